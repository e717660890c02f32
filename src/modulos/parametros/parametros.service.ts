import { dinero } from '../../comun/dinero.ts'
import { DatosInvalidos, NoEncontrado, SinPermiso } from '../../comun/errores.ts'
import { configDelProceso } from '../../plataforma/config.ts'
import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import { deduccionesUsuales } from './deducciones.service.ts'
import type { FilaParametro, PaginaParametros } from './parametros.contrato.ts'
import { faltaDe, guardado, legible, valorDe } from './parametros.reglas.ts'
import { guardarParametro, listarParametros } from './parametros.repo.ts'
import {
  PARAMETROS,
  type ClaveParametro,
  type DefParametro,
  type Parametros,
  type ValorDeParametro,
} from './parametros.tipos.ts'

const CLAVES = Object.keys(PARAMETROS) as ClaveParametro[]

/** What a setting is while nobody changes it. */
function defectoDe(def: DefParametro): ValorDeParametro {
  return def.clase === 'tasa' ? dinero(configDelProceso().tipoCambioUsd) : def.defecto
}

/** The settings in force. */
export async function leerParametros(ctx: CtxLectura): Promise<Parametros> {
  const guardados = new Map((await listarParametros(ctx.bd)).map(({ clave, valor }) => [clave, valor]))
  return Object.fromEntries(
    CLAVES.map((clave) => {
      const def: DefParametro = PARAMETROS[clave]
      const texto = guardados.get(clave)
      return [clave, (texto === undefined ? null : valorDe(def, texto)) ?? defectoDe(def)]
    }),
  ) as unknown as Parametros
}

const SOLO_SUPERUSUARIO = 'Solo un superusuario puede cambiar ese parámetro.'

function esReservado(ctx: CtxLectura, clave: ClaveParametro): boolean {
  return PARAMETROS[clave].soloSuperusuario && ctx.usuario?.esSuperusuario !== true && !ctx.sistema
}

/** Every setting and the deductions that are offered, for their page. */
export async function paginaDeParametros(ctx: CtxLectura): Promise<PaginaParametros> {
  const valores = await leerParametros(ctx)
  const filas = CLAVES.map((clave): FilaParametro => {
    const def: DefParametro = PARAMETROS[clave]
    return {
      clave,
      texto: def.texto,
      clase: def.clase,
      ayuda: def.clase === 'si_no' ? '' : def.ayuda,
      valor: guardado(valores[clave]),
      defecto: def.clase === 'si_no' ? null : guardado(defectoDe(def)),
      cerrado: esReservado(ctx, clave) ? SOLO_SUPERUSUARIO : null,
    }
  })
  return { filas, deducciones: await deduccionesUsuales(ctx) }
}

/**
 * Gives a setting its value; one that it already has changes nothing, and an empty one is the default again.
 * @throws NoEncontrado for another name; SinPermiso when only a superuser may (settled.md §8); DatosInvalidos for the value.
 */
export async function cambiarParametro(ctx: Contexto, clave: string, texto: string): Promise<void> {
  if (!Object.hasOwn(PARAMETROS, clave)) throw new NoEncontrado('Ese parámetro no existe.')
  const cual = clave as ClaveParametro
  const def: DefParametro = PARAMETROS[cual]
  if (esReservado(ctx, cual)) throw new SinPermiso(SOLO_SUPERUSUARIO)
  const valor = texto.trim() === '' && def.clase !== 'si_no' ? defectoDe(def) : valorDe(def, texto)
  if (valor === null) throw new DatosInvalidos(faltaDe(def), { campos: { [clave]: faltaDe(def) } })
  await conTransaccion(ctx, async (tx) => {
    const anterior = (await leerParametros(tx))[cual]
    if (guardado(anterior) === guardado(valor)) return
    await guardarParametro(tx, clave, guardado(valor))
    await registrarEvento(tx, {
      tabla: TABLA_LOG.PARAMETRO,
      registroId: null,
      evento: 'MODIFICAR',
      campo: def.texto,
      anterior: legible(anterior),
      actual: legible(valor),
      detalle: `el parámetro «${def.texto}»`,
    })
  })
}

import { NoEncontrado, SinPermiso } from '../../comun/errores.ts'
import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import type { FilaParametro } from './parametros.contrato.ts'
import { guardarParametro, listarParametros } from './parametros.repo.ts'
import { PARAMETROS, type ClaveParametro, type Parametros } from './parametros.tipos.ts'

/** The settings in force. */
export async function leerParametros(ctx: CtxLectura): Promise<Parametros> {
  const guardados = new Map((await listarParametros(ctx.bd)).map(({ clave, valor }) => [clave, valor === 'si']))
  return Object.fromEntries(
    Object.entries(PARAMETROS).map(([clave, { defecto }]) => [clave, guardados.get(clave) ?? defecto]),
  ) as Parametros
}

const SOLO_SUPERUSUARIO = 'Solo un superusuario puede cambiar ese parámetro.'

function esReservado(ctx: CtxLectura, clave: ClaveParametro): boolean {
  return PARAMETROS[clave].soloSuperusuario && ctx.usuario?.esSuperusuario !== true && !ctx.sistema
}

/** Every setting, for its page. */
export async function paginaDeParametros(ctx: CtxLectura): Promise<{ filas: FilaParametro[] }> {
  const valores = await leerParametros(ctx)
  const filas = Object.entries(PARAMETROS).map(([clave, { texto }]) => ({
    clave,
    texto,
    activo: valores[clave as ClaveParametro],
    cerrado: esReservado(ctx, clave as ClaveParametro) ? SOLO_SUPERUSUARIO : null,
  }))
  return { filas }
}

/**
 * Turns a setting on or off; setting what it already is changes nothing.
 * @throws NoEncontrado for another name; SinPermiso when only a superuser may (settled.md §8).
 */
export async function cambiarParametro(ctx: Contexto, clave: string, valor: boolean): Promise<void> {
  if (!Object.hasOwn(PARAMETROS, clave)) throw new NoEncontrado('Ese parámetro no existe.')
  const { texto } = PARAMETROS[clave as ClaveParametro]
  if (esReservado(ctx, clave as ClaveParametro)) throw new SinPermiso(SOLO_SUPERUSUARIO)
  await conTransaccion(ctx, async (tx) => {
    const anterior = (await leerParametros(tx))[clave as ClaveParametro]
    if (anterior === valor) return
    await guardarParametro(tx, clave, valor ? 'si' : 'no')
    await registrarEvento(tx, {
      tabla: TABLA_LOG.PARAMETRO,
      registroId: null,
      evento: 'MODIFICAR',
      campo: texto,
      anterior: anterior ? 'sí' : 'no',
      actual: valor ? 'sí' : 'no',
      detalle: `el parámetro «${texto}»`,
    })
  })
}

/** Exchange rates by date (issue D §2): captured with their source and their person; estimations keep the one they took. */
import { NoEncontrado, Conflicto } from '../../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { tienePermiso, type Contexto, type CtxLectura } from '../../../plataforma/contexto.ts'
import {
  elegirColumnas,
  exportarTabla,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../../plataforma/exportar-tabla.ts'
import { idsDeTabla, type PeticionTabla } from '../../../plataforma/tabla.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import {
  conflictoDeVersion,
  registrarEvento,
  registrarExportacion,
  registrarEventos,
  TABLA_LOG,
} from '../../auditoria/index.ts'
import { falta } from '../cambios.service.ts'
import { tasaPara } from '../tipo-cambio.service.ts'
import type { DatosTasa, PaginaTasas, TasaDelDia } from './tasas.contrato.ts'
import { faltaDelDia, LARGO_MINIMO_MOTIVO, saltoDe } from './tasas.reglas.ts'
import * as repo from './tasas.repo.ts'
import type { CapturarTasa, CorregirTasa } from './tasas.schema.ts'
import { TABLA_TASAS, type FiltrosTasas } from './tasas.tabla.ts'

const NO_EXISTE = 'El tipo de cambio no existe.'

/** The page: what this person may do, and the rate that today takes. */
export async function paginaDeTasas(ctx: Contexto): Promise<PaginaTasas> {
  const puede = (accion: string): boolean => tienePermiso(ctx, `operaciones.${accion}`)
  const crear = puede('add_tipocambio')
  const editar = puede('change_tipocambio')
  return {
    hoy: ctx.hoy,
    puede: { crear, editar, importar: crear && editar, exportar: puede('exportar_estimacionheader') },
    vigente: await tasaDelDia(ctx, ctx.hoy),
  }
}

/** The rate that an estimation of a day takes by itself. */
export async function tasaDelDia(ctx: CtxLectura, fecha: FechaIso | null): Promise<TasaDelDia> {
  if (fecha === null) throw falta('fecha', 'Escribe la fecha.')
  const { valor, fuente, dia } = await tasaPara(ctx, fecha, null)
  return { valor: valor.toFixed(4), fuente, dia }
}

/** A rate, for the form of its correction. @throws NoEncontrado. */
export async function obtenerTasa(ctx: CtxLectura, id: number | null | undefined): Promise<DatosTasa> {
  const tasa = id == null ? null : await repo.buscarTasa(ctx.bd, id)
  if (!tasa) throw new NoEncontrado(NO_EXISTE)
  return datosDe(tasa)
}

const datosDe = ({ id, version, fecha, valor, fuente }: repo.TasaGuardada): DatosTasa => ({
  id,
  version,
  fecha,
  valor: valor.toFixed(4),
  fuente,
  textos: {},
})

/**
 * The rate of a day.
 * @returns what is odd of it, or null.
 * @throws DatosInvalidos for what is missing; Conflicto when that day already has one.
 */
export async function capturarTasa(ctx: Contexto, datos: CapturarTasa): Promise<{ id: number; aviso: string | null }> {
  const { fecha = null, valor = null, fuente = null } = datos
  if (fecha === null) throw falta('fecha', 'Escribe la fecha.')
  const lejos = faltaDelDia(fecha, ctx.hoy)
  if (lejos !== null) throw falta('fecha', lejos)
  if (valor === null) throw falta('valor', 'Escribe el tipo de cambio.')
  if (fuente === null) throw falta('fuente', 'Escribe de dónde sale el tipo de cambio.')
  return conTransaccion(ctx, async (tx) => {
    const anterior = await repo.buscarAnterior(tx.bd, fecha)
    const [id = 0] = await repo.insertarTasas(tx, [{ fecha, valor: valor.toFixed(), fuente }])
    await registrarEvento(tx, {
      tabla: TABLA_LOG.TIPO_CAMBIO,
      registroId: id,
      evento: 'CREAR',
      campo: 'Creó',
      actual: `${valor.toFixed(4)} (${fuente})`,
      detalle: `el tipo de cambio del ${aDdMmAaaa(fecha)}`,
      version: 1,
    })
    return { id, aviso: saltoDe(anterior, valor) }
  })
}

/**
 * Another value or source for a captured day, with its reason; the estimations that took it keep what they have.
 * @returns whether something changed, and what is odd of the new value, or null.
 * @throws DatosInvalidos; NoEncontrado; Conflicto when somebody corrected it meanwhile.
 */
export async function corregirTasa(
  ctx: Contexto,
  datos: CorregirTasa,
): Promise<{ cambio: boolean; aviso: string | null }> {
  const { id = null, version = null, motivo = null } = datos
  if (version === null) throw falta('version', 'Falta la versión del tipo de cambio. Actualiza la página.')
  return conTransaccion(ctx, async (tx) => {
    const actual = id === null ? null : await repo.buscarTasa(tx.bd, id, true)
    if (!actual) throw new NoEncontrado(NO_EXISTE)
    if (actual.version !== version) {
      const conflicto = await conflictoDeVersion(tx, TABLA_LOG.TIPO_CAMBIO, actual.id, version, actual.version)
      throw new Conflicto(conflicto.detalles, {
        codigo: conflicto.codigo,
        extra: { ...conflicto.extra, datos: datosDe(actual) },
      })
    }
    const { valor = actual.valor, fuente = actual.fuente } = datos
    if (valor === null) throw falta('valor', 'Escribe el tipo de cambio.')
    if (fuente === null) throw falta('fuente', 'Escribe de dónde sale el tipo de cambio.')
    const cambios = [
      { campo: 'Tipo de cambio', clave: 'valor', antes: actual.valor.toFixed(4), despues: valor.toFixed(4) },
      { campo: 'Fuente', clave: 'fuente', antes: actual.fuente, despues: fuente },
    ].filter(({ antes, despues }) => antes !== despues)
    if (cambios.length === 0) return { cambio: false, aviso: null }
    if ((motivo ?? '').length < LARGO_MINIMO_MOTIVO)
      throw falta('motivo', `Escribe por qué se corrige (${String(LARGO_MINIMO_MOTIVO)} caracteres o más).`)
    await repo.actualizarTasas(tx, [{ id: actual.id, campos: { valor: valor.toFixed(), fuente } }])
    await registrarEventos(
      tx,
      cambios.map(({ campo, clave, antes, despues }) => ({
        tabla: TABLA_LOG.TIPO_CAMBIO,
        registroId: actual.id,
        evento: 'MODIFICAR' as const,
        campo,
        campoClave: clave,
        anterior: antes,
        actual: despues,
        detalle: `del ${aDdMmAaaa(actual.fecha)}: ${motivo ?? ''}`,
        version: actual.version + 1,
      })),
    )
    const anterior = cambios.some(({ clave }) => clave === 'valor')
      ? await repo.buscarAnterior(tx.bd, actual.fecha)
      : null
    return { cambio: true, aviso: saltoDe(anterior, valor) }
  })
}

/** The list as a file, with the filters of the address. */
export async function exportarTasas(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosTasas>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const ids = await idsDeTabla(ctx, TABLA_TASAS, peticion)
  const archivo = exportarTabla(ctx, TABLA_TASAS, ids, {
    formato,
    nombre: `tipos-de-cambio-${ctx.hoy}`,
    hoja: 'Tipos de cambio',
    columnas: elegirColumnas(TABLA_TASAS, claves),
  })
  await registrarExportacion(ctx, {
    tabla: TABLA_LOG.TIPO_CAMBIO,
    registroId: null,
    detalle: `${plural(ids.length, 'tipo de cambio', 'tipos de cambio')} en ${archivo.nombre}`,
  })
  return archivo
}

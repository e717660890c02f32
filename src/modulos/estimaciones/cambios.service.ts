/** What every change of an estimation shares: whose turn it is, its version, its totals and its entry in the log (settled.md §8). */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import { textoPlano } from '../../comun/dinero.ts'
import type { CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { conflictoDeVersion, TABLA_LOG } from '../auditoria/index.ts'
import { bloquearFamilia } from '../ot/index.ts'
import { anotar, nombreDe } from './estimaciones.auditoria.ts'
import * as repo from './estimaciones.repo.ts'
import type { Estimacion, Totales } from './estimaciones.tipos.ts'

/** What a change leaves: totals and version (settled.md §8). */
export interface Resultado {
  readonly id: number
  readonly totales: Totales
  readonly version: number
}

const NO_EXISTE = 'Estimación no encontrada'
const SIN_VERSION = 'Falta la versión de la estimación. Actualiza la página.'

/** A field that is missing or wrong. */
export function falta(campo: string, mensaje: string): DatosInvalidos {
  return new DatosInvalidos(mensaje, { campos: { [campo]: mensaje } })
}

/** A header, or 404; without an id, 400. */
export async function obtenerEstimacion(ctx: CtxLectura, id: number | null | undefined): Promise<Estimacion> {
  if (id == null) throw falta('id', 'Falta el id de la estimación.')
  const estimacion = await repo.buscarEstimacion(ctx.bd, id)
  if (!estimacion) throw new NoEncontrado(NO_EXISTE)
  return estimacion
}

/** A line of some estimation, or 404; without an id, 400. */
export async function obtenerLinea(ctx: CtxLectura, id: number | null | undefined): Promise<repo.LineaGuardada> {
  if (id == null) throw falta('id_detalle', 'Falta el id de la línea.')
  const linea = await repo.buscarLinea(ctx.bd, id)
  if (!linea) throw new NoEncontrado('La línea ya no está en la estimación.')
  return linea
}

/**
 * An estimation held for a change, its family first (the same order as every other writer).
 * @throws DatosInvalidos without version; Conflicto when somebody saved it meanwhile.
 */
export async function tomarEstimacion(
  tx: CtxTx,
  id: number | null | undefined,
  version: number | null | undefined,
): Promise<Estimacion> {
  const antes = await obtenerEstimacion(tx, id)
  if (version == null) throw falta('version', SIN_VERSION)
  await bloquearFamilia(tx, antes.idOt)
  const estimacion = await repo.buscarEstimacion(tx.bd, antes.id, true)
  if (!estimacion) throw new NoEncontrado(NO_EXISTE)
  if (estimacion.version !== version)
    throw await conflictoDeVersion(tx, TABLA_LOG.ESTIMACION, estimacion.id, version, estimacion.version)
  return estimacion
}

/** @throws Conflicto unless it is a draft (§5.4). */
export function exigirBorrador(estimacion: Estimacion): void {
  if (estimacion.estatus !== 'EN_ESTIMACION')
    throw new Conflicto(`EST-${String(estimacion.numero)} ya no es un borrador: sus líneas no cambian.`)
}

/** Totals again from the lines, and the version they leave. */
export async function cerrarCambio(tx: CtxTx, id: number): Promise<Resultado> {
  const version = await repo.recalcularTotales(tx, id)
  const { totales } = await obtenerEstimacion(tx, id)
  return { id, totales, version }
}

/** What a change that changes nothing answers: it raises no version. */
export function sinCambio({ id, totales, version }: Estimacion): Resultado {
  return { id, totales, version }
}

/** Closes a change of lines and writes it down. */
export async function terminar(tx: CtxTx, actual: Estimacion, campo: string, detalle: string): Promise<Resultado> {
  const resultado = await cerrarCambio(tx, actual.id)
  await anotar(tx, actual, resultado.version, [
    {
      evento: 'MODIFICAR',
      campo,
      anterior: textoPlano(actual.totales.homologado),
      actual: textoPlano(resultado.totales.homologado),
      detalle: `${detalle} de la estimación ${nombreDe(actual)}`,
    },
  ])
  return resultado
}

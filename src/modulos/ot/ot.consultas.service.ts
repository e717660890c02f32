/** What is read of OTs: the data of the form, the short lists, the progress, and what the pages of the module show. */
import { DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { historialDe, TABLA_LOG } from '../auditoria/index.ts'
import { clientesActivos, responsablesActivos, sitiosActivos } from '../catalogos/index.ts'
import type { CatalogosOt, DatosOt, OtInicial, ProgresoOt } from './ot.contrato.ts'
import { avanceOt } from './ot.progreso.reglas.ts'
import * as repo from './ot.repo.ts'
import { ESTATUS_LOGICO, TIPO_OT, type Ot } from './ot.tipos.ts'
import { datosOt, type FichaOt } from './ot.vista.ts'
import { contarPasosDe } from './pasos/pasos.repo.ts'

/** A live OT. @throws NoEncontrado when there is none with that id or it was deleted. */
export async function obtenerOt(ctx: CtxLectura, id: number): Promise<Ot> {
  const ot = await repo.buscarOt(ctx.bd, id)
  if (ot === null || ot.estatus === ESTATUS_LOGICO.ELIMINADA) throw new NoEncontrado('OT no encontrada')
  return ot
}

/** The data of the form (ot.md §6.3). @throws DatosInvalidos without id, NoEncontrado. */
export async function datosDeOt(ctx: CtxLectura, id: number | null | undefined): Promise<DatosOt> {
  if (id == null) throw new DatosInvalidos('ID del OT no proporcionado')
  const ot = await obtenerOt(ctx, id)
  const [textos, pte] = [await repo.listarTextos(ctx.bd, [ot]), await repo.buscarFolioPte(ctx.bd, ot.idPteHeader)]
  return datosOt(ot, textos, pte)
}

/** Live initial orders, newest first (ot.md §6.4). */
export function otsIniciales(ctx: CtxLectura, excepto: number | null, busqueda: string | null): Promise<OtInicial[]> {
  return repo.listarIniciales(ctx.bd, excepto, busqueda)
}

/** Progress of an OT today (ot.md §6.15). @throws DatosInvalidos without id, NoEncontrado. */
export async function progresoDeOt(
  ctx: CtxLectura,
  id: number | null | undefined,
): Promise<ProgresoOt & { ot_id: number; progreso: number }> {
  if (id == null) throw new DatosInvalidos('ID de la OT no proporcionado')
  const ot = await obtenerOt(ctx, id)
  const avance = avanceOt(ot, await contarPasosDe(ctx.bd, id), ctx.hoy)
  return { ot_id: id, progreso: avance.progreso_final, ...avance }
}

/** Lists of the form and of the filters. */
export async function catalogosDeOt(ctx: CtxLectura): Promise<CatalogosOt> {
  const [responsables, clientes, sitios] = [
    await responsablesActivos(ctx),
    await clientesActivos(ctx),
    await sitiosActivos(ctx),
  ]
  return { responsables: [...responsables], clientes: [...clientes], sitios: [...sitios] }
}

/** Years of the live orders, newest first. */
export function aniosDeOts(ctx: CtxLectura): Promise<number[]> {
  return repo.listarAnios(ctx.bd)
}

/** @throws NoEncontrado. */
export async function fichaDeOt(ctx: CtxLectura, id: number): Promise<FichaOt> {
  const ot = await obtenerOt(ctx, id)
  const pasos = await contarPasosDe(ctx.bd, id)
  return {
    ot,
    textos: await repo.listarTextos(ctx.bd, [ot]),
    folioPte: await repo.buscarFolioPte(ctx.bd, ot.idPteHeader),
    progreso: avanceOt(ot, pasos, ctx.hoy),
    familia: await repo.listarFamilia(ctx.bd, ot.otPrincipal ?? id),
    reprogramaciones: ot.idTipo === TIPO_OT.INICIAL ? await repo.contarReprogramaciones(ctx.bd, id) : 0,
    actividad: await historialDe(ctx, TABLA_LOG.OT, id),
    catalogos: await catalogosDeOt(ctx),
  }
}

/** Pure rules of the steps of a PTE: progress (pte.md §5.5), parents and substeps (§6), and when an OT may be born (R-PTE-13). */
import { Conflicto } from '../../../comun/errores.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import { compararOrden, ESTATUS_PASO } from '../../../comun/pasos.ts'
import { type AvancePte, TIPO_PASO } from '../pte.tipos.ts'

/** What the rules look at in a step. */
export interface PasoMirado {
  readonly id: number
  readonly orden: string
  /** 1 main, 2 substep. */
  readonly tipo: number
  readonly estatusPaso: number
}

/** The same and what the parent rule writes. */
export interface PasoConFechas extends PasoMirado {
  readonly fechaTermino: FechaIso | null
  readonly fechaEntrega: FechaIso | null
  readonly comentario: string | null
}

/** COMPLETADO and NO APLICA count as done (§4.3). */
export function estaConcluido({ estatusPaso }: Pick<PasoMirado, 'estatusPaso'>): boolean {
  return estatusPaso === ESTATUS_PASO.COMPLETADO || estatusPaso === ESTATUS_PASO.NO_APLICA
}

/** Percent of `hechos` among `total`, half up, with integers; 100 only when nothing is pending (§5.5, §6.4). */
export function porcentaje(hechos: number, total: number): number {
  if (total === 0) return 0
  const redondeado = Math.floor((200 * hechos + total) / (2 * total))
  return hechos < total ? Math.min(redondeado, 99) : redondeado
}

/** The one progress of a PTE (§5.5): main steps and substeps weigh the same. */
export function avancePte(pasos: readonly Pick<PasoMirado, 'estatusPaso'>[]): AvancePte {
  const concluidos = pasos.filter(estaConcluido).length
  return {
    progreso: porcentaje(concluidos, pasos.length),
    pasos_completados: concluidos,
    total_pasos: pasos.length,
  }
}

/** By `orden` in numeric segments, ties by id (§6.2). */
export function ordenarPasos<P extends Pick<PasoMirado, 'id' | 'orden'>>(pasos: readonly P[]): P[] {
  return [...pasos].sort((a, b) => compararOrden(a.orden, b.orden) || a.id - b.id)
}

const parteEntera = ({ orden }: Pick<PasoMirado, 'orden'>): number => Number(orden.split('.')[0])

/** A parent and what hangs from it, by `orden`. */
export interface Rama<P> {
  readonly padre: P
  readonly subpasos: readonly P[]
}

/** Main steps by `orden`, each with its substeps: those with the same integer part (§6.3). Most have none. */
export function ramas<P extends PasoMirado>(pasos: readonly P[]): Rama<P>[] {
  const ordenados = ordenarPasos(pasos)
  const principales = ordenados.filter(({ tipo }) => tipo === TIPO_PASO.PRINCIPAL)
  const duenio = new Map<number, number>()
  for (const principal of principales) {
    const entera = parteEntera(principal)
    if (!duenio.has(entera)) duenio.set(entera, principal.id)
  }
  const subpasos = ordenados.filter(({ tipo }) => tipo === TIPO_PASO.SUBPASO)
  return principales.map((padre) => ({
    padre,
    subpasos: subpasos.filter((subpaso) => duenio.get(parteEntera(subpaso)) === padre.id),
  }))
}

/** What the automatic completion writes on the parent. */
export const COMENTARIO_AUTOMATICO = 'Entregables finalizados'

/**
 * §6.4: what a parent must be after its substeps changed; null when it is right as it is. It is completed when all of
 * them are done, and goes back to PROCESO when one is opened again.
 */
export function padreRecalculado<P extends PasoConFechas>({ padre, subpasos }: Rama<P>, hoy: FechaIso): P | null {
  if (subpasos.length === 0) return null
  const completo = subpasos.every(estaConcluido)
  const cerrado = padre.estatusPaso === ESTATUS_PASO.COMPLETADO
  if (completo === cerrado) return null
  if (completo)
    return {
      ...padre,
      estatusPaso: ESTATUS_PASO.COMPLETADO,
      comentario: COMENTARIO_AUTOMATICO,
      fechaTermino: hoy,
      fechaEntrega: null,
    }
  return {
    ...padre,
    estatusPaso: ESTATUS_PASO.PROCESO,
    // What the program wrote is no longer true; what a person wrote stays.
    comentario: padre.comentario === COMENTARIO_AUTOMATICO ? '' : padre.comentario,
    fechaTermino: null,
    fechaEntrega: null,
  }
}

/** §6.4: the status of a step with substeps is theirs. @throws Conflicto (`advertencia`). */
export function exigirSinSubpasos<P extends PasoMirado>({ subpasos }: Rama<P>): void {
  if (subpasos.length > 0)
    throw new Conflicto('El estatus de este paso depende de sus subpasos: cambia el de cada uno de ellos.')
}

/**
 * R-PTE-13.2: there are steps and every one is COMPLETADO, CANCELADO or NO APLICA; a parent is judged by its substeps,
 * because a cancelled one keeps it open.
 */
export function pasosTerminados(pasos: readonly PasoMirado[]): boolean {
  const conSubpasos = new Set(ramas(pasos).flatMap(({ padre, subpasos }) => (subpasos.length > 0 ? [padre.id] : [])))
  const juzgados = pasos.filter(({ id }) => !conSubpasos.has(id))
  return pasos.length > 0 && juzgados.every((p) => estaConcluido(p) || p.estatusPaso === ESTATUS_PASO.CANCELADO)
}

/** R-PTE-09: nobody has worked on the step. */
export function estaIntacto(
  paso: PasoConFechas & { readonly fechaInicio: FechaIso | null; readonly archivo: string | null },
): boolean {
  return (
    paso.estatusPaso === ESTATUS_PASO.PENDIENTE &&
    [paso.fechaInicio, paso.fechaTermino, paso.fechaEntrega, paso.archivo].every((valor) => valor === null) &&
    (paso.comentario ?? '') === ''
  )
}

/**
 * Progress of an OT (ot.md §4): steps, programme, actual time and their weighted sum. Whole numbers only: with binary
 * floats 177 of the 10,201 pairs of percentages come out one point low (§4.4).
 */
import { type FechaIso, diasEntre, plazoEntre } from '../../comun/fechas.ts'
import { type AvanceOt, ESTATUS_PASO, type ProgramaOt } from './ot.tipos.ts'

/** Weights of the final progress, in tenths (ot.md §3.6: time 70 %, steps 30 %). */
const PESO_TIEMPO = 7
const PESO_PASOS = 3

/** Number of steps and how many of them are COMPLETADO. */
export interface ConteoPasos {
  readonly total: number
  readonly completados: number
}

/** Counts steps by their status; NO APLICA and CANCELADO do not count as completed here (§4.1). */
export function contarPasos(estatus: readonly number[]): ConteoPasos {
  return { total: estatus.length, completados: estatus.filter((e) => e === ESTATUS_PASO.COMPLETADO).length }
}

/** Percentage of steps completed, floored; 0 without steps (§4.1). */
export function avanceDePasos({ total, completados }: ConteoPasos): number {
  return total === 0 ? 0 : div(100 * completados, total)
}

/** Time against a start and an end, in days. */
export interface AvanceTiempo {
  readonly progreso: number
  readonly restantes: number
  readonly transcurridos: number
  readonly plazo: number
}

const SIN_TIEMPO: AvanceTiempo = { progreso: 0, restantes: 0, transcurridos: 0, plazo: 0 }

/** Days of the term elapsed and left on `hoy` (§4.2). All zero when a date is missing or the end precedes the start. */
export function avanceDeTiempo(inicio: FechaIso | null, fin: FechaIso | null, hoy: FechaIso): AvanceTiempo {
  if (inicio === null || fin === null || fin < inicio) return SIN_TIEMPO
  const plazo = plazoEntre(inicio, fin)
  if (hoy < inicio) return { plazo, progreso: 0, transcurridos: 0, restantes: plazo }
  if (hoy > fin) return { plazo, progreso: 100, transcurridos: plazo, restantes: 0 }
  const transcurridos = diasEntre(inicio, hoy)
  return { plazo, progreso: div(100 * transcurridos, plazo), transcurridos, restantes: plazo - transcurridos }
}

/** Weighted sum of time and steps, 0 to 100 (§4.4). */
export function avanceFinal(progresoTiempo: number, progresoPasos: number): number {
  const suma = div(PESO_TIEMPO * progresoTiempo + PESO_PASOS * progresoPasos, PESO_TIEMPO + PESO_PASOS)
  return Math.min(Math.max(suma, 0), 100)
}

/**
 * Every number of progress of an OT on `hoy`, with the keys of its JSON (§6.2, §6.15). The real time runs from the
 * real start to the PROGRAMMED end (§4.3). The status of the OT does not matter.
 */
export function avanceOt(
  ot: Pick<ProgramaOt, 'fechaInicioProgramado' | 'fechaTerminoProgramado' | 'fechaInicioReal'>,
  pasos: ConteoPasos,
  hoy: FechaIso,
): AvanceOt {
  const programado = avanceDeTiempo(ot.fechaInicioProgramado, ot.fechaTerminoProgramado, hoy)
  const real = avanceDeTiempo(ot.fechaInicioReal, ot.fechaTerminoProgramado, hoy)
  const progresoPasos = avanceDePasos(pasos)
  return {
    total_pasos: pasos.total,
    pasos_completados: pasos.completados,
    progreso_pasos: progresoPasos,
    progreso_tiempo: programado.progreso,
    dias_restantes: programado.restantes,
    dias_transcurridos: programado.transcurridos,
    plazo_total: programado.plazo,
    progreso_tiempo_real: real.progreso,
    dias_restantes_real: real.restantes,
    dias_transcurridos_real: real.transcurridos,
    plazo_total_real: real.plazo,
    progreso_final: avanceFinal(programado.progreso, progresoPasos),
    progreso_final_real: avanceFinal(real.progreso, progresoPasos),
  }
}

/** Floor of an exact division of non-negative integers. */
function div(dividendo: number, divisor: number): number {
  return (dividendo - (dividendo % divisor)) / divisor
}

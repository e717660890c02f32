import type { FechaIso } from '../../../comun/fechas.ts'

/** Days of a guard (produccion.md §3.2). */
export const DIAS_DE_GUARDIA = 14

/** Who heads the work of a site during a guard. */
export interface SuperDeGuardia {
  readonly id: number
  readonly nombre: string
  /** `#rrggbb` */
  readonly color: string
}

/** A configuration of the guards of a site, in force from a day on (produccion.md §2.6). */
export interface Ciclo {
  readonly a: SuperDeGuardia
  readonly b: SuperDeGuardia
  /** First day of a guard of A; the cycle goes both ways from it. */
  readonly inicioA: FechaIso
  readonly dias: number
  readonly vigenteDesde: FechaIso
}

/** A configuration as it is stored. */
export interface CicloGuardado extends Ciclo {
  readonly id: number
  readonly idSitio: number
  readonly sitio: string
  readonly usuario: string | null
  readonly fecha: Date
}

/** Consecutive days of a month with the same person; both ends are numbers of days. */
export interface BloqueDeGuardia {
  readonly superintendente: SuperDeGuardia
  readonly inicio: number
  readonly fin: number
}

/** A day on which another person takes the guard. */
export interface Relevo {
  readonly fecha: FechaIso
  readonly sale: SuperDeGuardia
  readonly entra: SuperDeGuardia
}

/** What the guards and the browser agree on (produccion.md §6.10-6.12). */
import type { FechaIso } from '../../../comun/fechas.ts'

export const RUTA_GUARDIAS = '/operaciones/produccion/guardias/'
export const RUTA_SUPERS = '/operaciones/produccion/obtener_supers_por_sitio/'
export const RUTA_CICLO = '/operaciones/produccion/obtener_ciclo_guardia/'
export const RUTA_CONFIGURAR_CICLO = '/operaciones/produccion/configurar_ciclo_guardia/'
export const RUTA_GUARDIAS_MES = '/operaciones/produccion/obtener_guardias_mes/'

/** Consecutive days of a month with the same superintendent; `inicio` and `fin` are numbers of days. */
export interface BloqueGuardia {
  nombre: string
  /** `#rrggbb` */
  color: string
  inicio: number
  fin: number
}

export interface RespuestaGuardiasMes {
  guardias: BloqueGuardia[]
}

/** A superintendent that the dialog offers. */
export interface OpcionSuper {
  id: number
  nombre: string
}

/** The configuration that holds today, for the dialog. */
export interface CicloVigente {
  id_super_a: number
  id_super_b: number
  super_a: string
  super_b: string
  fecha_inicio_a: FechaIso
  dias_ciclo: number
  vigente_desde: FechaIso
}

/** What the dialog «Configurar Ciclo de Guardia» opens with. */
export interface RespuestaCiclo {
  sitio: string
  supers: OpcionSuper[]
  /** Null while the site has none. */
  ciclo: CicloVigente | null
  /** From when a change holds if nobody says. */
  hoy: FechaIso
}

/** Data of the page of the calendar. */
export interface PaginaGuardias {
  /** Site chosen, for the button of the dialog; null = all of them. */
  sitio: number | null
  configurar: boolean
}

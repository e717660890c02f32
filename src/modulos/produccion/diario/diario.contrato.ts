/** What the grid of daily reports and its server agree on (produccion.md §6.3, §6.4). */
import type { EnvolturaCon } from '../../../comun/envoltura.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import type { EstatusDiario, EstatusMes } from './diario.tipos.ts'

export const RUTA_OTS_POR_SITIO = '/operaciones/produccion/ots_por_sitio_grid/'
export const RUTA_GUARDAR_DIARIOS = '/operaciones/produccion/guardar_reportes_diarios_masiva/'
export const RUTA_COMENTAR_DIA = '/operaciones/produccion/comentar_reporte_diario/'
export const RUTA_EXPORTAR_DIARIOS = '/operaciones/produccion/exportar_reportes_diarios/'

export { ESTATUS_DIARIO, type EstatusDiario, type EstatusMes } from './diario.tipos.ts'

/** Longest comment of a day. */
export const LARGO_COMENTARIO_DIA = 255

/** `dia1` … `dia31`: status of each day, null without one. */
export type DiasDelMes = Record<`dia${number}`, EstatusDiario | null>

/** An OT of the month at a site. */
export interface OtDelMes extends DiasDelMes {
  id_ot: number
  ot: string
  desc: string
  /** Window that applies to the site. */
  inicio_v: FechaIso
  fin_v: FechaIso
  /** Link of the evidence of the month; '' without it. */
  archivo: string
  /** Days of the month outside the window. */
  dias_bloqueados: number[]
  /** Version of the monthly folder; 0 while there is none. */
  version: number
  mes_cerrado: boolean
  estatus_cierre: EstatusMes
  /** Day → comment. */
  comentarios: Record<string, string>
  /** Day → who signed it and when (local). */
  firmas: Record<string, { usuario: string; fecha: string }>
  /** Days with production of the OT at this site. */
  dias_con_produccion: number[]
}

export interface RespuestaOtsDelMes {
  reportes_diarios: OtDelMes[]
}

/** A day that somebody changes. `valor_anterior`: the status as last seen, '' for none. */
export interface CambioDeDia {
  id_ot: number
  dia: number
  valor: EstatusDiario | ''
  valor_anterior: EstatusDiario | ''
}

/** What is sent to save statuses; `motivo` is asked when a signed day is opened. */
export interface GuardarDiarios {
  id_sitio: number
  mes: number
  anio: number
  cambios: CambioDeDia[]
  motivo?: string
}

/** A day that somebody else changed since it was seen. */
export interface ConflictoDeDia {
  /** OT and day, to be read. */
  clave: string
  id_ot: number
  ot: string
  dia: number
  propuesto: EstatusDiario | ''
  guardado: EstatusDiario | ''
  /** Who left what is stored; '' when nobody knows any more. */
  usuario: string
  fecha: string
}

export type RespuestaGuardarDiarios = EnvolturaCon<{
  creados: number
  actualizados: number
  eliminados: number
  /** OT → version of its folder. */
  versiones: Record<string, number>
}>

/** Closing of a month and its evidence (produccion.md §5.9, §5.11, §6.9, §6.16). */
import type { EstatusMes } from '../diario/diario.tipos.ts'
import { RUTA_PRODUCCION } from '../produccion.contrato.ts'

export const RUTA_CERRAR_MES = `${RUTA_PRODUCCION}cerrar_mes/`
export const RUTA_FIRMAR_MES = `${RUTA_PRODUCCION}firmar_mes/`
export const RUTA_REABRIR_MES = `${RUTA_PRODUCCION}reabrir_mes/`
export const RUTA_CIERRE = `${RUTA_PRODUCCION}obtener_cierre_mes/`
export const RUTA_GUARDAR_ENLACE = `${RUTA_PRODUCCION}guardar_archivo_mensual/`
export const RUTA_QUITAR_ENLACE = `${RUTA_PRODUCCION}quitar_archivo_mensual/`

/** Rules that a month must meet before it is closed or signed. */
export type ReglaDeCierre = 'dia_sin_firmar' | 'gpu_sin_firmar' | 'sin_enlace'

/** Something missing, with where it is mended. */
export interface Faltante {
  regla: ReglaDeCierre
  mensaje: string
  enlace: string
}

/** How the month of an OT is, and what it lacks to go on. */
export interface CierreDeMes {
  id_ot: number
  ot: string
  mes: number
  anio: number
  estatus: EstatusMes
  archivo: string
  version: number
  /** Who closed it and when (local); '' while it is open. */
  cerrado_por: string
  fecha_cierre: string
  /** To close an open month, or to sign a closed one. */
  faltantes: Faltante[]
  dias_con_produccion: number
  gpus: number
}

import type { FechaIso } from '../../../comun/fechas.ts'
import type { TipoTiempo } from '../captura/captura.contrato.ts'

/** Statuses of a GPU (produccion.md §3.1), from the least advanced to the most (§5.8.8). */
export const ESTATUS_GPU = { PENDIENTE: 19, PROCESO: 20, FALTA_FIRMA: 18, FIRMADO: 17 } as const

/** What a new GPU begins with (§5.8.1, settled.md §3). */
export const GPU_ESTATUS_INICIAL = ESTATUS_GPU.PROCESO

/** Note of the system while the production of a GPU is excedente (§5.8.5). */
export const NOTA_DE_EXCEDENTE =
  'Bloqueado: el volumen está por arriba del autorizado (excedente). No se puede firmar ni estimar.'

/** An estimation that bills a GPU. */
export interface EstimacionDeGpu {
  readonly id: number
  readonly folio: string
  readonly estatus: string
}

/** A production of a GPU annex with its GPU, if it has one, and where it comes from. */
export interface Gpu {
  readonly idProduccion: number
  readonly idGpu: number | null
  readonly idPrincipal: number
  readonly folio: string
  readonly idPartida: number
  readonly codigo: string
  readonly concepto: string
  readonly anexo: string
  readonly unidad: string
  readonly fecha: FechaIso
  readonly tipo: TipoTiempo
  readonly idSitio: number
  readonly sitio: string
  /** With 6 decimals. */
  readonly volumen: string
  readonly excedente: boolean
  readonly estatus: number
  readonly archivo: string | null
  readonly nota: string
  readonly notaAutomatica: boolean
  /** Live estimations of its production («EST-1, EST-3»): while there is one, it does not change. */
  readonly estimado: string | null
  /** The same, each with its id and its status, in order. */
  readonly estimaciones: readonly EstimacionDeGpu[]
  /** Files that were not taken away. */
  readonly evidencias: number
  readonly version: number
  /** Its month is neither closed nor signed. */
  readonly mesAbierto: boolean
  /** Its annex has GPUs (§5.8.3). */
  readonly deGpu: boolean
}

/** For the order of the rows (§5.4.5). */
export interface GpuDeGrid extends Gpu {
  readonly idConcepto: number
  readonly claveAnexo: string
  readonly claveCodigo: string
  readonly claveConcepto: string
  readonly idVersion: number
}

/** What somebody wants of a GPU. */
export interface CambioDeGpu {
  readonly estatus: number
  readonly archivo: string | null
  readonly nota: string
}

/** What of a GPU is written. */
export interface GpuEscrito extends CambioDeGpu {
  readonly idGpu: number
  readonly notaAutomatica: boolean
  /** It was signed or opened just now. */
  readonly firma: 'firmar' | 'abrir' | 'igual'
}

/** Codes and shapes of the capture of production (produccion.md §3.1, §5.6). */
import type { FechaIso } from '../../../comun/fechas.ts'

/** *Tipo de afectación*: effective time, and the minimum cost applied. */
export const TIPOS_TIEMPO = ['TE', 'CMA'] as const
export type TipoTiempo = (typeof TIPOS_TIEMPO)[number]

/** Annexes whose production has a GPU, as they read once normalised (§5.4.2, §5.8). */
export const ANEXOS_CON_GPU = ['C-2', 'C-3', 'C2EXT', 'C3EXT'] as const

/** Why one cell is closed although its day is open (§5.3.5). */
export type BloqueoDeCelda = 'GPU_FIRMADO' | 'ESTIMADA'

export const TEXTO_BLOQUEO_CELDA: Readonly<Record<BloqueoDeCelda, string>> = {
  GPU_FIRMADO: 'su GPU está firmado',
  ESTIMADA: 'ya está en una estimación',
}

/** Where production is captured. */
export interface LugarDeCaptura {
  readonly idPrincipal: number
  readonly idSitio: number
  readonly mes: number
  readonly anio: number
}

/** Folder of a month of a family. */
export interface Carpeta {
  readonly id: number
  readonly version: number
  readonly abierta: boolean
  readonly archivo: string
  /** Days signed at the site. */
  readonly diasFirmados: readonly number[]
}

/** A row of production of the month of a concept. */
export interface ProduccionDelMes {
  readonly dia: number
  readonly tipo: TipoTiempo
  readonly sitio: number
  readonly micras: bigint
  readonly excedente: boolean
  /** Clave of its billing state. */
  readonly cobro: string
  /** The live estimations it is in, by name. */
  readonly estimada: string | null
  /** Status of its GPU; null without one. */
  readonly gpu: number | null
  /** The GPU has a link or files. */
  readonly conEvidencia: boolean
  readonly usuario: string
  readonly fecha: Date
}

/** A concept of the family with what it has in the month (§5.4). */
export interface ConceptoDelMes {
  readonly idConcepto: number
  readonly idPartida: number
  readonly version: number
  readonly enVigor: boolean
  /** As its workbook says them. */
  readonly codigo: string
  readonly concepto: string
  readonly anexo: string
  readonly unidad: string
  /** Normalised. */
  readonly clave: { readonly anexo: string; readonly codigo: string; readonly concepto: string }
  readonly tope: bigint
  readonly precios: { readonly mn: bigint; readonly usd: bigint }
  /** Volume programmed on each day of the month, from the first; empty without programme. */
  readonly programa: readonly bigint[]
  /** Volume of the family before the month. */
  readonly previo: bigint
  readonly produccion: readonly ProduccionDelMes[]
}

/** A cell that is sent, already read. */
export interface CeldaEnviada {
  readonly idPartida: number
  /** As the client names it, for the messages about a partida that is not of the order. */
  readonly codigo: string
  readonly dia: number
  readonly texto: string
  /** As last seen; null when the client did not say. */
  readonly anterior: string | null
}

/** What is stored of a concept on a day, for the type and site of a save. */
export interface CeldaGuardada {
  readonly id: number
  readonly idConcepto: number
  readonly dia: number
  readonly micras: bigint
  readonly estimada: string | null
  /** Estimations that name it, live or not. */
  readonly historial: string | null
  readonly gpu: number | null
  readonly conEvidencia: boolean
  readonly usuario: string
  readonly fecha: Date
}

/** A cell that will be written. */
export interface CambioDeProduccion {
  /** Of the stored row; null when it is created. */
  readonly id: number | null
  readonly idConcepto: number
  readonly idPartida: number
  readonly codigo: string
  readonly fecha: FechaIso
  readonly dia: number
  readonly antes: bigint
  /** 0 = it is removed. */
  readonly despues: bigint
}

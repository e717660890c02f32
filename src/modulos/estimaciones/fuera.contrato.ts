/** What did not enter an estimation, and the way to what must be mended: agreed by its panel and the server. */
import type { FilaCandidata } from './estimaciones.contrato.ts'
import { MOTIVOS, type Motivo } from './estimaciones.tipos.ts'

export const RUTA_FUERA = '/operaciones/estimaciones/fuera/'
/** Leads to what must be mended so that a production may be billed. */
export const RUTA_CORREGIR = '/operaciones/estimaciones/corregir/'
export const RUTA_PERIODO_SUGERIDO = '/operaciones/estimaciones/periodo_sugerido/'
/** Rows of a group that travel at a time. */
export const FILAS_POR_GRUPO = 50

/** Reasons of estimaciones.md §2, and what may enter now: `ESTIMABLE`, or `RECHAZADA` when a person took it out of this one. */
export const GRUPOS_FUERA = {
  ESTIMABLE: 'Ya se puede estimar',
  RECHAZADA: 'Se rechazó en esta estimación',
  ...MOTIVOS,
} as const
export type GrupoFuera = keyof typeof GRUPOS_FUERA

/** What the link of each reason says. */
export const VERBO_DE_MOTIVO: Readonly<Record<Motivo, string>> = {
  YA_ESTIMADA: 'Ver la estimación',
  EXCEDENTE: 'Ver la captura',
  GPU_PENDIENTE: 'Ver el GPU',
  DIA_SIN_FIRMA: 'Ver el día',
  SIN_PRECIO: 'Ver el precio',
  MES_ABIERTO: 'Ver el cierre',
}

export function esMotivo(texto: string): texto is Motivo {
  return texto in VERBO_DE_MOTIVO
}

/** Address that opens what stops a production. */
export function rutaCorregir(idProduccion: number, motivo: string): string {
  return `${RUTA_CORREGIR}?id_produccion=${String(idProduccion)}&motivo=${motivo}`
}

/** A production that is not in the estimation, or a line of it that could no longer be sent. */
export type FilaFuera = Omit<FilaCandidata, 'volumen' | 'pu_mn' | 'pu_usd' | 'estimable'>

/** Another estimation that bills some of it. */
export interface OtraEstimacion {
  readonly id: number
  readonly folio: string
  readonly estatus: string
  readonly cuantas: number
  readonly importe_mn: string
  readonly importe_usd: string
}

/** Productions with the same first reason; each is in one group only. */
export interface GrupoDeFuera {
  readonly grupo: GrupoFuera
  readonly cuantas: number
  /** Of what is left to bill at the prices in force, rounded per concept; in another estimation, what it bills. */
  readonly importe_mn: string
  readonly importe_usd: string
  readonly estimaciones: readonly OtraEstimacion[]
  /** The first ones. */
  readonly filas: readonly FilaFuera[]
}

/** `estimaciones/fuera/?id`. */
export interface RespuestaFuera {
  readonly total: number
  readonly grupos: readonly GrupoDeFuera[]
  /** Lines in it that could no longer be sent, or that changed after it was. */
  readonly avisos: readonly GrupoDeFuera[]
}

/** `estimaciones/fuera/?id&grupo&desde`: more rows of a group. */
export interface MasFuera {
  readonly filas: readonly FilaFuera[]
}

/** `estimaciones/periodo_sugerido/?id_ot`: the last month with production not billed; nulls when there is none. */
export interface PeriodoSugerido {
  readonly fecha_desde: string | null
  readonly fecha_hasta: string | null
}

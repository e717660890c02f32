import type { Tono } from '../../comun/colores.ts'

/** Level-3 statuses by clave (estimaciones.md §3). */
export const ESTATUS_COBRO = {
  PENDIENTE: 12,
  COBRADA: 13,
  EN_ESTIMACION: 24,
  ENVIADA: 25,
  AUTORIZADA: 26,
  FACTURADA: 27,
  RECHAZADA: 28,
  CANCELADA: 29,
} as const
export type ClaveCobro = keyof typeof ESTATUS_COBRO
/** Statuses an estimation may have. */
export type EstatusEstimacion = Exclude<ClaveCobro, 'PENDIENTE'>

export const TEXTO_ESTATUS: Readonly<Record<ClaveCobro, string>> = {
  PENDIENTE: 'PENDIENTE',
  COBRADA: 'COBRADA',
  EN_ESTIMACION: 'EN ESTIMACION',
  ENVIADA: 'ENVIADA',
  AUTORIZADA: 'AUTORIZADA',
  FACTURADA: 'FACTURADA',
  RECHAZADA: 'RECHAZADA',
  CANCELADA: 'CANCELADA',
}

/** Colour of each status (estimaciones.md §7). */
export const TONO_ESTATUS: Readonly<Record<ClaveCobro, Tono>> = {
  PENDIENTE: 'gris',
  EN_ESTIMACION: 'gris',
  ENVIADA: 'azul',
  AUTORIZADA: 'cobalto',
  FACTURADA: 'amarillo',
  COBRADA: 'verde',
  RECHAZADA: 'naranja',
  CANCELADA: 'naranja',
}

import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'

import { ESTATUS_COBRO, type ClaveCobro, type EstatusEstimacion } from './estatus.tipos.ts'

export { ESTATUS_COBRO, TEXTO_ESTATUS, TONO_ESTATUS, type ClaveCobro, type EstatusEstimacion } from './estatus.tipos.ts'

const POR_ID = new Map(Object.entries(ESTATUS_COBRO).map(([clave, id]) => [id as number, clave as ClaveCobro]))

/** The clave of a level-3 status. */
export function claveDeCobro(id: number): ClaveCobro {
  const clave = POR_ID.get(id)
  if (clave === undefined) throw new Error(`Not a status of billing: ${String(id)}`)
  return clave
}

/** Shortest comment of an adjustment (estimaciones.md §5.2). */
export const LARGO_MINIMO_COMENTARIO = 5

/** Why a production may not be billed, in the order of estimaciones.md §2. */
export const MOTIVOS = {
  YA_ESTIMADA: 'Ya está estimada',
  EXCEDENTE: 'Es excedente',
  GPU_PENDIENTE: 'Falta firmar su GPU',
  DIA_SIN_FIRMA: 'El día no está firmado',
  SIN_PRECIO: 'No tiene precio',
  MES_ABIERTO: 'El mes no está cerrado',
} as const
export type Motivo = keyof typeof MOTIVOS

/** A production row as billing sees it. Volumes with six decimals, prices with four. */
export interface Candidata {
  readonly idProduccion: number
  readonly fecha: FechaIso
  readonly sitio: string
  readonly tipoTiempo: string
  /** As the annex says it; `S/A` without annex. */
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly volumen: Dinero
  readonly saldo: Dinero
  readonly puMn: Dinero
  readonly puUsd: Dinero
  readonly excedente: boolean
  /** Its annex needs a GPU (C-2, C-3 and their twins). */
  readonly llevaGpu: boolean
  readonly gpuFirmado: boolean
  readonly diaFirmado: boolean
  readonly mesCerrado: boolean
}

/** Totals of an estimation. */
export interface Totales {
  readonly volumenProducido: Dinero
  readonly volumenEstimado: Dinero
  readonly importeMn: Dinero
  readonly importeUsd: Dinero
  readonly homologado: Dinero
}

/** Header of an estimation. */
export interface Estimacion {
  readonly id: number
  readonly idOt: number
  readonly ot: string
  readonly descripcion: string
  readonly cliente: string | null
  readonly numero: number
  readonly fechaEstimacion: FechaIso
  readonly fechaDesde: FechaIso
  readonly fechaHasta: FechaIso
  readonly estatus: EstatusEstimacion
  readonly totales: Totales
  readonly tipoCambio: Dinero
  readonly tipoCambioFuente: string
  /** Day of the table of rates it took; null when it was typed or is that of the system. */
  readonly tipoCambioDia: FechaIso | null
  /** Who captured that day; null when it is not from the table, or the table says another rate by now. */
  readonly tipoCambioCapturo: string | null
  readonly comentario: string
  readonly version: number
  readonly creadoPor: string | null
  readonly fechaCreacion: Date
  readonly actualizadoPor: string | null
  readonly fechaActualizacion: Date
  readonly enviadoPor: number | null
  readonly enviadoPorNombre: string | null
  readonly fechaEnvio: Date | null
  readonly autorizadoPor: number | null
  readonly autorizadoPorNombre: string | null
  readonly fechaAutorizacion: FechaIso | null
  readonly folioFactura: string | null
  readonly fechaFactura: FechaIso | null
  readonly fechaCobro: FechaIso | null
  readonly motivo: string | null
}

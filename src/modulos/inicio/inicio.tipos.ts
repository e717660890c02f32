import type { FechaIso } from '../../comun/fechas.ts'

/** How many live OTs there are of a type with a status. */
export interface ConteoOt {
  readonly idTipo: number
  readonly idEstatus: number
  readonly total: number
}

/** How many live PTEs there are with a status. */
export interface ConteoPte {
  readonly estatus: number
  readonly total: number
}

/** A PTE or an OT whose term is over. */
export interface Vencida {
  readonly clase: 'pte' | 'ot'
  readonly id: number
  readonly folio: string
  readonly descripcion: string
  readonly paso: string | null
  readonly responsable: string | null
  readonly vencio: FechaIso
}

export interface Vencidas {
  readonly total: number
  readonly lista: readonly Vencida[]
  readonly porResponsable: readonly { readonly responsable: string | null; readonly total: number }[]
}

/** A record that a person changed, when they last did. */
export interface RegistroTocado {
  readonly clase: 'pte' | 'ot' | 'concepto'
  readonly id: number
  readonly folio: string
  readonly descripcion: string
  readonly fecha: Date
}

/** An OT that ends soon, with what its row shows. */
export interface OtConTermino {
  /** Size of the whole list. */
  readonly total: number
  readonly id: number
  readonly ordenTrabajo: string
  readonly descripcionTrabajo: string
  readonly estatus: number
  readonly idEstatus: number
  readonly fechaInicioProgramado: FechaIso | null
  readonly fechaTerminoProgramado: FechaIso
  readonly fechaInicioReal: FechaIso | null
  readonly pasos: number
  readonly pasosCompletados: number
}

/** Days ahead that the start page looks. */
export const DIAS_POR_TERMINAR = 30
/** Rows of each list. */
export const FILAS_POR_LISTA = 10
/** Records that a person touched last. */
export const TOCADOS = 8
/** Rows of the log of a person that are looked at for them. */
export const FILAS_DE_ACTIVIDAD_MIRADAS = 300

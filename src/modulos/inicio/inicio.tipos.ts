import type { FechaIso } from '../../comun/fechas.ts'

/** How many live OTs there are of a type with a status. */
export interface ConteoOt {
  readonly idTipo: number
  readonly idEstatus: number
  readonly total: number
}

/** An OT that ends soon or should have ended, with what its row shows. */
export interface OtConTermino {
  readonly lista: 'por_terminar' | 'vencidas'
  /** Size of its whole list. */
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

import type { EstatusMes } from '../diario/diario.tipos.ts'

/** Rows of `cat_estatus` of a month, level 5 (produccion.md §3.1). */
export const ID_ESTATUS_MES = { ABIERTO: 21, CERRADO: 22, FIRMADO: 23 } as const satisfies Record<EstatusMes, number>

export const TEXTO_ESTATUS_MES = { 21: 'ABIERTO', 22: 'CERRADO', 23: 'FIRMADO' } as const satisfies Record<
  number,
  EstatusMes
>

/** Monthly folder of a family. */
export interface Carpeta {
  readonly id: number
  /** Initial OT. */
  readonly idOt: number
  readonly estatus: EstatusMes
  readonly archivo: string | null
  readonly version: number
}

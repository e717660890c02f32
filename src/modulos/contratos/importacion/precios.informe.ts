/** What the report of a load of prices says (contract.md §4, settled.md §6). */
import type { Conteo, InformeBase, ResumenDeshacerBase } from '../../importacion/index.ts'

export interface InformePrecios extends InformeBase {
  /** Prices of a contract (its catalogue, its PUEs), or products of the system before. */
  readonly clase: 'precios' | 'productos'
  /** Null for products. */
  readonly contrato: string | null
  readonly conceptos: Conteo
  /** Rows that repeat another one to the letter: ignored, and out of `conceptos`. */
  readonly repetidas: number
  /** Headings kept: those of the workbook, and of them the new ones. */
  readonly secciones: { readonly total: number; readonly creadas: number }
  readonly sub_anexos_creados: number
}

export interface ResumenDeshacerPrecios extends ResumenDeshacerBase {
  readonly conceptos_borrados: number
  readonly conceptos_restaurados: number
  readonly secciones_borradas: number
  readonly sub_anexos_borrados: number
}

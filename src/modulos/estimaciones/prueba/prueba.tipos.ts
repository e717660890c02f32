import type { Dinero } from '../../../comun/dinero.ts'

/** The proof of one concept of a family at an estimation (issue D §2): volumes, and what it is worth. */
export interface FilaDePrueba {
  readonly idConcepto: number
  /** Its place in the proof. */
  readonly orden: number
  /** Its partida in force, or null when the annex no longer brings it. */
  readonly idPartida: number | null
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  /** Authorised volume of the partida in force (produccion.md §5.4.4). */
  readonly contratado: Dinero
  /** By live estimations of the family with a lower number. */
  readonly estimadoAntes: Dinero
  /** By this estimation. */
  readonly estimado: Dinero
  /** Produced that no estimation up to this one bills, and contracted that is not produced yet. */
  readonly porEstimar: Dinero
  /** Never positive: what was produced above what is contracted, taken away. */
  readonly excedente: Dinero
  readonly producido: Dinero
  readonly puMn: Dinero
  readonly puUsd: Dinero
  /** What this estimation bills of it. */
  readonly importeMn: Dinero
  readonly importeUsd: Dinero
}

/** What is contracted without any production: none of its concepts is in the rows. */
export interface SinProduccion {
  readonly conceptos: number
  readonly contratadoMn: Dinero
  readonly contratadoUsd: Dinero
}

/** The proof of an estimation. */
export interface Prueba {
  readonly filas: readonly FilaDePrueba[]
  readonly sinProduccion: SinProduccion
}

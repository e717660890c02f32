/** What anexo and the modules above it agree on: they depend on anexo, never the other way. */
import type { CtxLectura, CtxTx } from '../../plataforma/contexto.ts'

/** A concept of a family that has production. */
export interface ConceptoConProduccion {
  /** Of `concepto_consolidado`. */
  readonly idConcepto: number
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  /** Clave of its unit; '' without unit. */
  readonly unidad: string
  /** Rows of production and the volume they add up to (plain decimal text, 6 decimals). */
  readonly producciones: number
  readonly volumen: string
  /** Live estimations that bill some of it («EST-1, EST-3»), or null. */
  readonly estimaciones: string | null
}

/** A concept that became another of the same family: its production follows it. */
export interface TrasladoDeConcepto {
  readonly de: number
  readonly a: number
}

/** What re-attaching did (anexo-c.md §6.4). */
export interface Reacomodo {
  /** Rows whose excedente flag changed. */
  readonly recalculadas: number
  /** Rows that were added to another because both ended on the same concept, day, type and site. */
  readonly fusionadas: number
}

/** What the anexo asks of production; the module `produccion` implements it (`conectarProduccion`). */
export interface ProduccionDeLaFamilia {
  /** Concepts of the family that have production and are not among those. */
  sinDestino(
    ctx: CtxLectura,
    idPrincipal: number,
    conceptosEnVigor: readonly number[],
  ): Promise<readonly ConceptoConProduccion[]>
  /**
   * After the active versions of a family changed, in the same transaction and under the lock of the family: follows
   * the transfers, points every production row to the partida in force of its concept and recalculates the excedentes
   * of the family.
   */
  reacomodar(ctx: CtxTx, idPrincipal: number, traslados?: readonly TrasladoDeConcepto[]): Promise<Reacomodo>
  /** How much production the family has, for the questions of the page. */
  resumen(ctx: CtxLectura, idPrincipal: number): Promise<{ readonly producciones: number; readonly conceptos: number }>
}

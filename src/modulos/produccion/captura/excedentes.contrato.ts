/**
 * Excedentes of one concept of a family (produccion.md §5.7): the one algorithm. The page previews with this function and
 * `excedentes.repo.ts` is its twin over many concepts; a property test keeps them equal. Volumes in micras (`bigint`).
 */
import type { TipoTiempo } from './captura.contrato.ts'

/** A row of production of a concept. Its key (day, type, site) is unique, so that nothing else decides the order. */
export interface VolumenDeConcepto {
  /** 'YYYY-MM-DD', or any text that sorts like the days. */
  readonly fecha: string
  readonly tipo: TipoTiempo
  readonly sitio: number
  readonly micras: bigint
}

/** The order in which production uses up the authorised volume: day, TE before CMA, site. */
export function ordenDeExcedentes(a: VolumenDeConcepto, b: VolumenDeConcepto): number {
  if (a.fecha !== b.fecha) return a.fecha < b.fecha ? -1 : 1
  if (a.tipo !== b.tipo) return a.tipo === 'TE' ? -1 : 1
  return a.sitio - b.sitio
}

/**
 * Which rows are excedente, in the order they were given: those whose running total is strictly above the tope. The row
 * that crosses it is flagged whole, and every later one too.
 * @param previo what was produced before the first of these rows
 */
export function marcarExcedentes(tope: bigint, filas: readonly VolumenDeConcepto[], previo = 0n): boolean[] {
  const orden = filas.map((fila, i) => ({ fila, i })).sort((a, b) => ordenDeExcedentes(a.fila, b.fila))
  const marcas = filas.map(() => false)
  let total = previo
  for (const { fila, i } of orden) {
    total += fila.micras
    marcas[i] = total > tope
  }
  return marcas
}

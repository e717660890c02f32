/** Paging parameters of every table (pte.md §1.7, settled §2): they fall back, they never fail. */

export interface Paginacion {
  /** Echoed to the browser so it can discard answers that arrive late. */
  dibujo: number
  /** Rows to skip. */
  inicio: number
  /** Rows of the page; null = all. */
  limite: number | null
}

export const CANTIDAD_MAXIMA = 1000

/**
 * Reads `draw`, `start` and `length` as they come in the address. Not a whole number or negative -> default
 * (1, 0 and `cantidadPorDefecto`); length above 1,000 -> 1,000; length -1 -> all.
 */
export function leerPaginacion(
  parametros: { draw?: unknown; start?: unknown; length?: unknown },
  cantidadPorDefecto = 10,
): Paginacion {
  const cantidad = entero(parametros.length)
  return {
    dibujo: enteroNoNegativo(parametros.draw) ?? 1,
    inicio: enteroNoNegativo(parametros.start) ?? 0,
    limite:
      cantidad === -1 ? null : Math.min(enteroNoNegativo(parametros.length) ?? cantidadPorDefecto, CANTIDAD_MAXIMA),
  }
}

function entero(valor: unknown): number | null {
  if (typeof valor !== 'string' && typeof valor !== 'number') return null
  if (!/^\s*-?\d+\s*$/.test(String(valor))) return null
  const numero = Number(valor)
  return Number.isSafeInteger(numero) ? numero : null
}

function enteroNoNegativo(valor: unknown): number | null {
  const numero = entero(valor)
  return numero === null || numero < 0 ? null : numero
}

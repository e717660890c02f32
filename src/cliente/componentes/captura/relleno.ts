/** Copies of a block over a rectangle: fill down, fill right, the handle, and a block pasted on a selection that is a multiple of it. */
import type { Rango } from './tipos.ts'

export interface Copia {
  readonly f: number
  readonly c: number
  readonly deF: number
  readonly deC: number
}

/** Ctrl + D: the first row over the others; of a single row, the row above it. */
export function haciaAbajo(r: Rango): Copia[] {
  if (r.f1 === r.f2) return r.f1 === 0 ? [] : repetir({ ...r, f1: r.f1 - 1, f2: r.f1 - 1 }, r)
  return repetir({ ...r, f2: r.f1 }, { ...r, f1: r.f1 + 1 })
}

/** Ctrl + R: the first column over the others; of a single column, the column at its left. */
export function haciaDerecha(r: Rango): Copia[] {
  if (r.c1 === r.c2) return r.c1 === 0 ? [] : repetir({ ...r, c1: r.c1 - 1, c2: r.c1 - 1 }, r)
  return repetir({ ...r, c2: r.c1 }, { ...r, c1: r.c1 + 1 })
}

/** The handle: what was selected, repeated over the cells that the drag added. */
export function arrastre(origen: Rango, hasta: Rango): Copia[] {
  return repetir(origen, hasta).filter(({ f, c }) => f < origen.f1 || f > origen.f2 || c < origen.c1 || c > origen.c2)
}

/** Only down, up, left or right, whichever went further: the rectangle that the handle marks. */
export function alcanceDeArrastre(origen: Rango, f: number, c: number): Rango {
  const vertical = Math.max(origen.f1 - f, f - origen.f2, 0)
  const horizontal = Math.max(origen.c1 - c, c - origen.c2, 0)
  return vertical >= horizontal
    ? { ...origen, f1: Math.min(origen.f1, f), f2: Math.max(origen.f2, f) }
    : { ...origen, c1: Math.min(origen.c1, c), c2: Math.max(origen.c2, c) }
}

function repetir(origen: Rango, destino: Rango): Copia[] {
  const alto = origen.f2 - origen.f1 + 1
  const ancho = origen.c2 - origen.c1 + 1
  const copias: Copia[] = []
  for (let f = destino.f1; f <= destino.f2; f += 1) {
    for (let c = destino.c1; c <= destino.c2; c += 1)
      copias.push({ f, c, deF: origen.f1 + modulo(f - origen.f1, alto), deC: origen.c1 + modulo(c - origen.c1, ancho) })
  }
  return copias
}

const modulo = (n: number, m: number): number => ((n % m) + m) % m

/** Where each cell of a pasted block goes: from the corner on; if the selection holds the block a whole number of times, over all of it. */
export function destinosDePegado(
  bloque: readonly (readonly string[])[],
  r: Rango,
): { readonly f: number; readonly c: number; readonly texto: string }[] {
  const alto = bloque.length
  const ancho = Math.max(...bloque.map((fila) => fila.length))
  const filas = r.f2 - r.f1 + 1
  const columnas = r.c2 - r.c1 + 1
  const repite = filas % alto === 0 && columnas % ancho === 0
  const [total, lado] = repite ? [filas, columnas] : [alto, ancho]
  const destinos: { f: number; c: number; texto: string }[] = []
  for (let i = 0; i < total; i += 1) {
    const fila = bloque[i % alto] ?? []
    for (let j = 0; j < lado; j += 1) destinos.push({ f: r.f1 + i, c: r.c1 + j, texto: fila[j % ancho] ?? '' })
  }
  return destinos
}

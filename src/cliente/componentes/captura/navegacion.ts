/** Where each key leads, over positions alone: the grid only says how big it is, what is filled and what can be typed in. */
import type { Posicion, Rango } from './tipos.ts'

export interface Terreno {
  readonly filas: number
  readonly columnas: number
  /** First column where something can be typed; 0 when there is none. */
  readonly primera: number
  readonly llena: (f: number, c: number) => boolean
  /** Enter and Tab pass over it. */
  readonly saltar: (f: number, c: number) => boolean
}

export type Direccion = 'arriba' | 'abajo' | 'izquierda' | 'derecha'

const PASO: Record<Direccion, readonly [number, number]> = {
  arriba: [-1, 0],
  abajo: [1, 0],
  izquierda: [0, -1],
  derecha: [0, 1],
}

const entre = (valor: number, maximo: number): number => Math.max(0, Math.min(maximo, valor))

export const dentro = (terreno: Terreno, { f, c }: Posicion): Posicion => ({
  f: entre(f, terreno.filas - 1),
  c: entre(c, terreno.columnas - 1),
})

export function mover(terreno: Terreno, desde: Posicion, hacia: Direccion, cuantas = 1): Posicion {
  const [df, dc] = PASO[hacia]
  return dentro(terreno, { f: desde.f + df * cuantas, c: desde.c + dc * cuantas })
}

/** Ctrl + arrow: the end of the run of filled cells, or the next filled one, or the edge. */
export function saltar(terreno: Terreno, desde: Posicion, hacia: Direccion): Posicion {
  const [df, dc] = PASO[hacia]
  const hay = ({ f, c }: Posicion): boolean => f >= 0 && c >= 0 && f < terreno.filas && c < terreno.columnas
  const sigue = ({ f, c }: Posicion): Posicion => ({ f: f + df, c: c + dc })
  const llena = ({ f, c }: Posicion): boolean => terreno.llena(f, c)
  let actual = desde
  let proxima = sigue(actual)
  if (!hay(proxima)) return actual
  const enCorrida = llena(actual) && llena(proxima)
  while (hay(proxima) && llena(proxima) === enCorrida) {
    actual = proxima
    proxima = sigue(actual)
  }
  return enCorrida || !hay(proxima) ? actual : proxima
}

/** Home: where typing begins; once there, the very beginning. */
export const inicioDeFila = (terreno: Terreno, { f, c }: Posicion): Posicion => ({
  f,
  c: c === terreno.primera ? 0 : terreno.primera,
})

/**
 * Tab and Enter: one cell on, by rows or by columns, around inside `rango` when several cells are selected; over what cannot be typed in.
 * Null at the end of the grid: the key leaves it.
 */
export function siguiente(
  terreno: Terreno,
  desde: Posicion,
  paso: { por: 'filas' | 'columnas'; atras: boolean },
  rango: Rango | null,
): Posicion | null {
  const r = rango ?? {
    f1: 0,
    c1: paso.por === 'filas' ? terreno.primera : desde.c,
    f2: terreno.filas - 1,
    c2: paso.por === 'filas' ? terreno.columnas - 1 : desde.c,
  }
  const alto = r.f2 - r.f1 + 1
  const ancho = r.c2 - r.c1 + 1
  const total = alto * ancho
  const signo = paso.atras ? -1 : 1
  const porFilas = paso.por === 'filas'
  // Before the first column of typing, Tab enters by it.
  const c = Math.max(desde.c, r.c1) - r.c1
  const fueraPorIzquierda = desde.c < r.c1
  let orden = porFilas ? (desde.f - r.f1) * ancho + c : c * alto + (desde.f - r.f1)
  if (fueraPorIzquierda && !paso.atras) orden -= 1
  for (let i = 0; i < total; i += 1) {
    orden += signo
    if (orden < 0 || orden >= total) {
      if (rango === null) return null
      orden = (orden + total) % total
    }
    const f = r.f1 + (porFilas ? Math.floor(orden / ancho) : orden % alto)
    const columna = r.c1 + (porFilas ? orden % ancho : Math.floor(orden / alto))
    if (!terreno.saltar(f, columna)) return { f, c: columna }
  }
  return null
}

/** The rectangle between two corners. */
export const rangoDe = (a: Posicion, b: Posicion): Rango => ({
  f1: Math.min(a.f, b.f),
  c1: Math.min(a.c, b.c),
  f2: Math.max(a.f, b.f),
  c2: Math.max(a.c, b.c),
})

export const contiene = (r: Rango, f: number, c: number): boolean => f >= r.f1 && f <= r.f2 && c >= r.c1 && c <= r.c2

export const esUna = (r: Rango): boolean => r.f1 === r.f2 && r.c1 === r.c2

/** Repeatable chance: the same seed always tells the same story, so that pictures of the manual and tests agree. */
export interface Azar {
  /** Number in [0, 1). */
  real(): number
  /** Whole number in [min, max]. */
  entero(min: number, max: number): number
  /** True that share of the times. */
  sucede(probabilidad: number): boolean
  /** One of the list; the list must not be empty. */
  uno<T>(lista: readonly T[]): T
}

/** mulberry32: 32 bits of state, enough for some thousands of choices. */
export function crearAzar(semilla: number): Azar {
  let estado = semilla >>> 0
  const real = (): number => {
    estado = (estado + 0x6d2b79f5) >>> 0
    let mezcla = Math.imul(estado ^ (estado >>> 15), estado | 1)
    mezcla ^= mezcla + Math.imul(mezcla ^ (mezcla >>> 7), mezcla | 61)
    return ((mezcla ^ (mezcla >>> 14)) >>> 0) / 4_294_967_296
  }
  const entero = (min: number, max: number): number => min + Math.floor(real() * (max - min + 1))
  return {
    real,
    entero,
    sucede: (probabilidad) => real() < probabilidad,
    uno<T>(lista: readonly T[]): T {
      if (lista.length === 0) throw new Error('There is nothing to choose from')
      return lista[entero(0, lista.length - 1)] as T
    },
  }
}

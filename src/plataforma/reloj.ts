/** The only reader of the clock. Everything below the edge receives `ahora` and `hoy` in its context. */
export interface Reloj {
  ahora(): Date
}

/**
 * @param fijo ISO instant that freezes time (`RELOJ`, for tests and demos), or null for the real clock.
 */
export function crearReloj(fijo: string | null): Reloj {
  if (fijo === null) return { ahora: () => new Date() }
  const instante = new Date(fijo).getTime()
  return { ahora: () => new Date(instante) }
}

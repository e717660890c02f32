/** Moving things in a list where some hang from the one before: a block moves whole, and none hangs from nothing. */

interface Pieza {
  /** Hangs from the last piece before it that does not. */
  readonly subpaso: boolean
}

/** How many pieces move with the one at `desde`: itself and what hangs from it. */
export function largoDeBloque(lista: readonly Pieza[], desde: number): number {
  if (lista[desde]?.subpaso !== false) return 1
  let largo = 1
  while (lista[desde + largo]?.subpaso === true) largo += 1
  return largo
}

/**
 * The list with the block of `desde` where the piece of `hasta` is. A main piece never lands inside another block, and what
 * hangs never goes first.
 */
export function mover<P extends Pieza>(lista: readonly P[], desde: number, hasta: number): P[] {
  const largo = largoDeBloque(lista, desde)
  const bloque = lista.slice(desde, desde + largo)
  if (bloque.length === 0) return [...lista]
  const resto = [...lista.slice(0, desde), ...lista.slice(desde + largo)]
  let lugar = Math.max(0, Math.min(hasta, resto.length))
  if (bloque[0]?.subpaso === true) lugar = Math.max(lugar, 1)
  else {
    // Downwards it goes after the whole block it falls on; upwards, before it.
    const abajo = hasta > desde
    while (resto[lugar]?.subpaso === true) lugar += abajo ? 1 : -1
  }
  return [...resto.slice(0, lugar), ...bloque, ...resto.slice(lugar)]
}

/** The place one step above or below, jumping over whole blocks when a main piece moves. */
export function vecino(lista: readonly Pieza[], desde: number, sentido: 1 | -1): number {
  const pieza = lista[desde]
  if (pieza === undefined) return desde
  if (pieza.subpaso) return desde + sentido
  if (sentido === 1) {
    const siguiente = desde + largoDeBloque(lista, desde)
    return siguiente >= lista.length ? desde : desde + largoDeBloque(lista, siguiente)
  }
  let anterior = desde - 1
  while (lista[anterior]?.subpaso === true) anterior -= 1
  return Math.max(anterior, 0)
}

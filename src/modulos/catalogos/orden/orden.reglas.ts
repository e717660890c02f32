/** Order and weights of the steps of a template (catalogos.md §5). Pure. */
import { DatosInvalidos } from '../../../comun/errores.ts'
import { dinero, sumar } from '../../../comun/dinero.ts'

/** A step as the order sees it. */
export interface PasoOrdenable {
  readonly id: number
  readonly orden: string
  /** Inside the main step before it: 4.1 inside 4. */
  readonly subpaso: boolean
}

/**
 * The numbers of the steps in the order given: main steps 1, 2, 3…; a substep takes the number of the main step before it.
 * @returns id → order. @throws DatosInvalidos when the first one is a substep.
 */
export function numerar(pasos: readonly PasoOrdenable[]): Map<number, string> {
  const numeros = new Map<number, string>()
  let principal = 0
  let subpaso = 0
  for (const paso of pasos) {
    if (!paso.subpaso) {
      principal += 1
      subpaso = 0
      numeros.set(paso.id, String(principal))
      continue
    }
    if (principal === 0) throw new DatosInvalidos('El primer paso no puede ser un subpaso. Ponlo después de su paso.')
    subpaso += 1
    numeros.set(paso.id, `${String(principal)}.${String(subpaso)}`)
  }
  return numeros
}

/** Sum of the weights, as text without zeros that say nothing, and whether it is 100. */
export function sumarPesos(importancias: readonly string[]): { suma: string; completa: boolean } {
  const suma = sumar(importancias.map((importancia) => dinero(importancia)))
  return { suma: suma.toFixed(), completa: suma.equals(100) }
}

/** Rules of the proof of an estimation (issue D §2), without database nor clock. */
import { DINERO_CERO, redondear, sumar, type Dinero } from '../../../comun/dinero.ts'
import type { FilaDePrueba, Prueba } from './prueba.tipos.ts'

/** What is left over of a concept: contracted minus the four figures; zero when it balances. */
export function diferenciaDe(fila: FilaDePrueba): Dinero {
  return fila.contratado.minus(fila.estimadoAntes).minus(fila.estimado).minus(fila.porEstimar).minus(fila.excedente)
}

/** Whether the figures of a concept add up and none has a sign that it may not have. */
export function cuadra(fila: FilaDePrueba): boolean {
  const { contratado, estimadoAntes, estimado, porEstimar, excedente, producido } = fila
  return (
    diferenciaDe(fila).isZero() &&
    [contratado, estimadoAntes, estimado, porEstimar].every((figura) => !figura.isNegative()) &&
    excedente.lte(0) &&
    estimadoAntes.plus(estimado).lte(producido)
  )
}

/** Concepts that do not balance. */
export function descuadradas({ filas }: Prueba): FilaDePrueba[] {
  return filas.filter((fila) => !cuadra(fila))
}

/** The same figures in money. */
export interface ImportesDePrueba {
  readonly contratado: Dinero
  readonly estimadoAntes: Dinero
  readonly estimado: Dinero
  readonly porEstimar: Dinero
  readonly excedente: Dinero
}

/** Worth of a concept in a currency, at the price that this estimation gives it. */
export function importesDe(fila: FilaDePrueba, moneda: 'mn' | 'usd'): ImportesDePrueba {
  const precio = moneda === 'mn' ? fila.puMn : fila.puUsd
  const vale = (volumen: Dinero): Dinero => redondear(volumen.times(precio), 2)
  const contratado = vale(fila.contratado)
  const estimadoAntes = vale(fila.estimadoAntes)
  // What is billed is what the document bills, and what is left takes the cent that rounding each figure leaves over.
  const estimado = moneda === 'mn' ? fila.importeMn : fila.importeUsd
  const excedente = vale(fila.excedente)
  const porEstimar = contratado.minus(estimadoAntes).minus(estimado).minus(excedente)
  return { contratado, estimadoAntes, estimado, porEstimar, excedente }
}

/** Worth of all the concepts of a proof, with what is contracted without production, which is all left to bill. */
export function importesDeTodo({ filas, sinProduccion }: Prueba, moneda: 'mn' | 'usd'): ImportesDePrueba {
  const importes = filas.map((fila) => importesDe(fila, moneda))
  const suma = (figura: keyof ImportesDePrueba): Dinero => sumar(importes.map((importe) => importe[figura]))
  const resto = moneda === 'mn' ? sinProduccion.contratadoMn : sinProduccion.contratadoUsd
  return {
    contratado: suma('contratado').plus(resto),
    estimadoAntes: suma('estimadoAntes'),
    estimado: suma('estimado'),
    porEstimar: suma('porEstimar').plus(resto),
    excedente: suma('excedente').plus(DINERO_CERO),
  }
}

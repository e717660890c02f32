/** What undoing a load does with each record: pure. */
import { dinero, type Dinero } from '../../../comun/dinero.ts'
import type { Concepto, Producto } from '../contratos.tipos.ts'
import { CAMPOS } from './campos.reglas.ts'

const DE_DINERO = new Set<string>(['cantidad', 'precioUnitarioMn', 'precioUnitarioUsd'])

/** A value as the batch keeps it, back in the shape of the record. */
function revivido(campo: string, valor: unknown): unknown {
  const esImporte = DE_DINERO.has(campo)
  return esImporte && typeof valor === 'string' ? dinero(valor) : valor
}

const esDinero = (valor: unknown): valor is Dinero => typeof valor === 'object' && valor !== null && 'toFixed' in valor

const comoTexto = (valor: unknown): string => JSON.stringify(esDinero(valor) ? valor.toFixed() : valor)

/** A concept that a batch changed, as it goes back: field by field, but those that somebody changed afterwards. */
export function restaurarConcepto(
  ahora: Concepto,
  antes: Readonly<Record<string, unknown>>,
  despues: Readonly<Record<string, unknown>>,
): { readonly concepto: Concepto; readonly vuelven: readonly string[]; readonly conservados: readonly string[] } {
  const vuelven: string[] = []
  const conservados: string[] = []
  const valores: Record<string, unknown> = {}
  for (const [campo, valor] of Object.entries(antes)) {
    if (comoTexto(ahora[campo as keyof Concepto]) === comoTexto(revivido(campo, despues[campo]))) {
      vuelven.push(campo)
      valores[campo] = revivido(campo, valor)
    } else {
      conservados.push(etiquetaDe(campo))
    }
  }
  return { concepto: { ...ahora, ...valores }, vuelven, conservados }
}

const etiquetaDe = (campo: string): string => CAMPOS.find((uno) => uno.campo === campo)?.etiqueta ?? campo

/** A product as the batch keeps it. */
export function productoGuardado(guardado: Readonly<Record<string, unknown>>): Producto {
  return Object.fromEntries(
    Object.entries(guardado).map(([campo, valor]) => [campo, revivido(campo, valor)]),
  ) as unknown as Producto
}

/** How a field of a concept is told in the log of an undo. */
export function textoDeCampo(valor: unknown): string {
  if (esDinero(valor)) return valor.toFixed(2)
  return typeof valor === 'string' || typeof valor === 'number' || typeof valor === 'boolean'
    ? String(valor).slice(0, 2000)
    : ''
}

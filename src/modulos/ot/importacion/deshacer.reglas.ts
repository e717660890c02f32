/** What undoing a batch may do: nothing that a person did afterwards is lost (contract.md §4). */
import type { Conservada } from './importacion.tipos.ts'

/** An order that the batch created, as it is now. */
export interface CreadaPorLote {
  readonly id: number
  readonly orden_trabajo: string
  readonly ot_principal: number | null
  readonly editada: boolean
}

/** Which go and which stay: those that somebody edited, and the principals of those. */
export function repartirCreadas(creadas: readonly CreadaPorLote[]): { borrar: number[]; conservadas: Conservada[] } {
  const editadas = new Set(creadas.filter(({ editada }) => editada).map(({ id }) => id))
  const conHijaEditada = new Set(
    creadas.flatMap(({ editada, ot_principal: principal }) => (editada && principal !== null ? [principal] : [])),
  )
  const conservadas: Conservada[] = []
  const borrar: number[] = []
  for (const { id, orden_trabajo: folio } of creadas) {
    if (editadas.has(id))
      conservadas.push({ tabla: 'ot', id, folio, motivo: 'alguien la cambió después de importarla' })
    else if (conHijaEditada.has(id))
      conservadas.push({ tabla: 'ot', id, folio, motivo: 'se conserva una de sus reprogramaciones' })
    else borrar.push(id)
  }
  return { borrar, conservadas }
}

/** An order that the batch changed: each field before, as the batch left it, and now. */
export interface CambiadaPorLote {
  readonly id: number
  readonly orden_trabajo: string
  readonly antes: Readonly<Record<string, unknown>>
  readonly despues: Readonly<Record<string, unknown>>
  readonly ahora: Readonly<Record<string, unknown>>
}

/** Each field goes back, but those that now hold something else than what the batch left. */
export function camposPorRestaurar(ot: CambiadaPorLote): {
  campos: Record<string, unknown>
  conservada: Conservada | null
} {
  const campos: Record<string, unknown> = {}
  const ajenos: string[] = []
  for (const [campo, valor] of Object.entries(ot.antes)) {
    if (ot.ahora[campo] === ot.despues[campo]) campos[campo] = valor
    else ajenos.push(campo)
  }
  if (ajenos.length === 0) return { campos, conservada: null }
  const motivo = `alguien cambió después: ${ajenos.join(', ')}`
  return { campos, conservada: { tabla: 'ot', id: ot.id, folio: ot.orden_trabajo, motivo } }
}

/** Order of the rows of the sábana (produccion.md §5.4.5). */

/** What the order looks at: texts normalised, `anexo` 'S/A' when there is none. */
export interface ConceptoOrdenable {
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  /** Import of its partida in force. */
  readonly version: number
}

const natural = new Intl.Collator('es', { numeric: true })

/** By annex in natural order (none last), code by its numbers (2.2 before 2.10), concept, import. */
export function ordenDeConceptos(a: ConceptoOrdenable, b: ConceptoOrdenable): number {
  return (
    Number(a.anexo === 'S/A') - Number(b.anexo === 'S/A') ||
    natural.compare(a.anexo, b.anexo) ||
    natural.compare(a.codigo, b.codigo) ||
    natural.compare(a.concepto, b.concepto) ||
    a.version - b.version
  )
}

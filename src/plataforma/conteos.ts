/**
 * Counts and orders of big tables, kept while the data does not change.
 *
 * Why it is exact and not «a few seconds old»: every statement that changes a table that is shown takes a shared
 * advisory lock until its transaction ends and bumps a sequence (triggers of the migration). The *seal* is the value of
 * the sequence and, read *after* it, who holds the lock. Under one seal what can be seen does not change: a statement
 * that comes later moves the sequence, and a writer that commits leaves the holders, who never come back under the same
 * name. So what is counted after reading a seal is right for whoever reads the same seal, also while a long import is
 * writing what nobody sees yet.
 */
export class ConteosConSello {
  #porBase = new WeakMap<object, Map<string, { sello: string; valor: unknown }>>()
  readonly #maximo: number

  constructor(maximo = 64) {
    this.#maximo = maximo
  }

  /** The kept value with its seal, or null; the caller compares the seal with the one of now. */
  leer<T>(base: object, clave: string): { sello: string; valor: T } | null {
    const entradas = this.#porBase.get(base)
    const entrada = entradas?.get(clave)
    if (!entradas || !entrada) return null
    entradas.delete(clave)
    entradas.set(clave, entrada)
    return entrada as { sello: string; valor: T }
  }

  /** Keeps a value under the seal that was read before computing it; the least used one goes when there are too many. */
  guardar(base: object, clave: string, sello: string, valor: unknown): void {
    const entradas = this.#porBase.get(base) ?? new Map<string, { sello: string; valor: unknown }>()
    this.#porBase.set(base, entradas)
    entradas.delete(clave)
    entradas.set(clave, { sello, valor })
    if (entradas.size > this.#maximo) entradas.delete(entradas.keys().next().value ?? '')
  }
}

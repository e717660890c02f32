/**
 * Counts and orders of big tables, kept while the data does not change.
 *
 * Why it is exact and not «a few seconds old»: every change of a table that is shown takes a shared advisory lock and
 * bumps a sequence (triggers of the migration). A reader reads the sequence (the seal) and *then* looks for holders of
 * the lock. With no holder, every writer that bumped the sequence up to that seal has committed, so a count made
 * afterwards under that seal sees all of them; a writer that comes later moves the seal and the kept value stops being
 * used. With a holder, the value is used once and not kept.
 */
export class ConteosConSello {
  #porBase = new WeakMap<object, Map<string, { sello: number; valor: unknown }>>()
  readonly #maximo: number

  constructor(maximo = 64) {
    this.#maximo = maximo
  }

  /** The kept value with its seal, or null; the caller compares the seal with the one of now. */
  leer<T>(base: object, clave: string): { sello: number; valor: T } | null {
    const entradas = this.#porBase.get(base)
    const entrada = entradas?.get(clave)
    if (!entradas || !entrada) return null
    entradas.delete(clave)
    entradas.set(clave, entrada)
    return entrada as { sello: number; valor: T }
  }

  /** Keeps a value under a seal that had no writer in flight; the least used one goes when there are too many. */
  guardar(base: object, clave: string, sello: number, valor: unknown): void {
    const entradas = this.#porBase.get(base) ?? new Map<string, { sello: number; valor: unknown }>()
    this.#porBase.set(base, entradas)
    entradas.delete(clave)
    entradas.set(clave, { sello, valor })
    if (entradas.size > this.#maximo) entradas.delete(entradas.keys().next().value ?? '')
  }

  /** The kept value when the seal is still the same, else the computed one. */
  async obtener<T>(
    base: object,
    clave: string,
    sello: number,
    enVuelo: boolean,
    calcular: () => Promise<T>,
  ): Promise<T> {
    const guardado = this.leer<T>(base, clave)
    if (guardado?.sello === sello) return guardado.valor
    const valor = await calcular()
    if (!enVuelo) this.guardar(base, clave, sello, valor)
    return valor
  }
}

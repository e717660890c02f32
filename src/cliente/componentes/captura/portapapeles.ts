/**
 * Blocks of cells as Excel, LibreOffice and Calc of Google write them: tabs between columns, line breaks between rows, quotes around
 * what holds either. The only thing a block does not tell is what its commas are: see `convencionDe`.
 */

/** Rows of texts; the line break that closes the last row is not one more row. */
export function leerBloque(texto: string): string[][] {
  const filas: string[][] = [[]]
  let i = 0
  const campo = (): string => {
    if (texto[i] !== '"') return hastaSeparador()
    let leido = ''
    let j = i + 1
    for (; j < texto.length; j += 1) {
      if (texto[j] !== '"') leido += texto[j] ?? ''
      else if (texto[j + 1] === '"') {
        leido += '"'
        j += 1
      } else break
    }
    // A quote that nobody closes, or that closes before the end of the cell, was part of the text.
    const cierra = texto[j] === '"' && /^(?:\t|\r?\n|\r|$)/.test(texto.slice(j + 1, j + 3))
    if (!cierra) return hastaSeparador()
    i = j + 1
    return leido
  }
  const hastaSeparador = (): string => {
    const desde = i
    while (i < texto.length && !/[\t\r\n]/.test(texto[i] ?? '')) i += 1
    return texto.slice(desde, i)
  }
  for (;;) {
    filas.at(-1)?.push(campo())
    if (i >= texto.length) break
    if (texto[i] === '\t') {
      i += 1
      continue
    }
    i += texto.startsWith('\r\n', i) ? 2 : 1
    if (i >= texto.length) break
    filas.push([])
  }
  return filas
}

/** The same block for another program. */
export function escribirBloque(filas: readonly (readonly string[])[]): string {
  return filas.map((fila) => fila.map(entrecomillar).join('\t')).join('\n')
}

const entrecomillar = (texto: string): string =>
  /[\t\r\n]/.test(texto) || texto.startsWith('"') ? `"${texto.replaceAll('"', '""')}"` : texto

/**
 * `punto`: 1,234.5 (the house's own). `coma`: 1.234,5, what a workbook set up in Spanish of Spain gives. `duda`: there are cells such as 1,234
 * and nothing in the block says which of the two they are.
 */
export type Convencion = 'punto' | 'coma' | 'duda'

const SOLO_PUNTO =
  /^(?:\d+\.\d{1,2}|\d+\.\d{4,}|\d{4,}\.\d+|\.\d+|0+\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,})$/
const SOLO_COMA = /^(?:\d+,\d{1,2}|\d+,\d{4,}|\d{4,},\d+|,\d+|0+,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})$/
const DUDOSO = /^\d{1,3},\d{3}$/

const sinBlancos = (texto: string): string => texto.replace(/[\s\u00a0\u202f]+/g, '')

/**
 * What the commas of a block of numbers are. Decimal only when some cell can be nothing else and no cell says the contrary: a block that
 * mixes both is read with the point, and the others are refused one by one. `1.234` with nothing else is the house's 1.234.
 */
export function convencionDe(filas: readonly (readonly string[])[]): Convencion {
  const celdas = filas.flat().map(sinBlancos)
  if (celdas.some((celda) => SOLO_PUNTO.test(celda))) return 'punto'
  if (celdas.some((celda) => SOLO_COMA.test(celda))) return 'coma'
  return celdas.some((celda) => DUDOSO.test(celda)) ? 'duda' : 'punto'
}

/** A number with decimal comma as the house writes it; anything else comes back untouched, to be judged as it is. */
export function deComaAPunto(texto: string): string {
  const limpio = sinBlancos(texto)
  return /^(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?$/.test(limpio) && limpio !== ''
    ? limpio.replaceAll('.', '').replace(',', '.')
    : texto
}

/** Texts as people type them, cleaned the same way on the page, in the forms and in the imports. */

/** Marks without width that come with pasted text and make two equal folios different. */
const SIN_ANCHO = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g

/** Control characters except tab and line breaks, and halves of a character: PostgreSQL refuses NUL and both in JSON. */
const CONTROL = /(?![\t\n\v\f\r])[\p{Cc}\p{Cs}]/gu

/** One line: outer blanks gone, NBSP and zero-width characters removed, inner runs of blanks are one space. */
export function limpiar(texto: string): string {
  return texto.replace(SIN_ANCHO, '').replace(CONTROL, '').replace(/\s+/g, ' ').trim()
}

/** Several lines: like `limpiar` but keeps its line breaks (as \n) and the blanks inside each line. */
export function limpiarParrafos(texto: string): string {
  return texto
    .replace(SIN_ANCHO, '')
    .replace(CONTROL, '')
    .replaceAll('\u00a0', ' ')
    .split(/\r\n?|[\n\u2028\u2029]/)
    .map((renglon) => renglon.trimEnd())
    .join('\n')
    .trim()
}

/** What texts are compared by in annexes and workbooks: NFC, upper case, one line, single spaces. Accents count. */
export function textoNormal(texto: string): string {
  // Upper case can take a letter apart (ΐ); the second pass puts it together, so that normal is normal for good.
  return limpiar(texto.normalize('NFC').toUpperCase()).normalize('NFC')
}

/** What two folios are compared by (R-OT-07: trimmed, whatever the case). */
export function claveFolio(texto: string): string {
  return limpiar(texto).toLowerCase()
}

/** Without accents nor tildes, for loose search: 'Órdenes' -> 'Ordenes'. */
export function sinAcentos(texto: string): string {
  return texto.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
}

/** '1 orden', '2 órdenes', '1,234 órdenes'. */
export function plural(n: number, uno: string, varios: string): string {
  const cifra = String(n).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cifra} ${n === 1 ? uno : varios}`
}

/** At most `largo` characters; what was cut ends in '…'. */
export function recortar(texto: string, largo: number): string {
  const letras = Array.from(texto)
  return letras.length <= largo
    ? texto
    : `${letras
        .slice(0, Math.max(largo - 1, 0))
        .join('')
        .trimEnd()}…`
}

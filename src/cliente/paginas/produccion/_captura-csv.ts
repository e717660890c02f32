/** CSV of what is on screen (produccion.md §7.4): what a sheet would take for a formula is written as text. */

const NUMERO = /^-?[\d,]+(?:\.\d+)?$/

/** One cell of CSV. */
export function campoCsv(texto: string): string {
  const numero = NUMERO.test(texto)
  const seguro = !numero && /^[=+\-@\t\r]/.test(texto) ? `'${texto}` : texto
  const plano = numero ? texto.replaceAll(',', '') : seguro
  return /[",\r\n]/.test(plano) ? `"${plano.replaceAll('"', '""')}"` : plano
}

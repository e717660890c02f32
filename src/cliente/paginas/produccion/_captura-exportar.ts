/** The grid as it is on screen, in a file. */
import { crear } from '../../comun/dom.ts'
import { campoCsv } from './_captura-csv.ts'

/** Offers the rows as CSV, with the mark that makes Excel read its accents. */
export function descargarCsv(nombre: string, filas: readonly (readonly string[])[]): void {
  const texto = `\ufeff${filas.map((fila) => fila.map(campoCsv).join(',')).join('\r\n')}\r\n`
  const url = URL.createObjectURL(new Blob([texto], { type: 'text/csv;charset=utf-8' }))
  crear('a', { href: url, download: `${nombre}.csv` }).click()
  window.setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 1000)
}

/** CSV of RFC 4180, in UTF-8 with mark so that Excel reads its accents, streamed. */
import { setImmediate as ceder } from 'node:timers/promises'
import type { Writable } from 'node:stream'
import { esperarSitio, textoDeValor, type ContenidoDeLibro } from './escribir.ts'

const FILAS_POR_TURNO = 500

/**
 * Writes the rows and ends the stream. A text that a sheet would take for a formula is prefixed with an apostrophe;
 * numbers are not.
 * @returns how many rows it wrote, the header apart.
 */
export async function escribirCsv(
  salida: Writable,
  { columnas, filas }: Omit<ContenidoDeLibro, 'hoja'>,
): Promise<number> {
  let escritas = 0
  let lote = `\ufeff${columnas.map(({ titulo }) => campo(sinFormula(titulo))).join(',')}\r\n`
  for await (const fila of filas) {
    const campos = columnas.map(({ tipo }, i) => {
      const texto = textoDeValor(tipo, fila[i])
      return campo(tipo === 'texto' ? sinFormula(texto) : texto)
    })
    lote += `${campos.join(',')}\r\n`
    escritas += 1
    if (escritas % FILAS_POR_TURNO !== 0) continue
    await escribir(salida, lote)
    lote = ''
    await ceder()
  }
  await escribir(salida, lote)
  await new Promise<void>((listo, fallo) => {
    salida.once('error', fallo)
    salida.end(listo)
  })
  return escritas
}

async function escribir(salida: Writable, texto: string): Promise<void> {
  if (texto === '' || salida.write(texto)) return
  await esperarSitio(salida)
  if (salida.destroyed) throw new Error('The reader of the file left')
}

const campo = (texto: string): string => (/[",\r\n]/.test(texto) ? `"${texto.replaceAll('"', '""')}"` : texto)

const sinFormula = (texto: string): string => (/^[=+\-@\t\r]/.test(texto) ? `'${texto}` : texto)

import ExcelJS from 'exceljs'
import type supertest from 'supertest'

/** Rows of the first sheet of a downloaded workbook, as values. */
export async function leerLibro(ruta: string): Promise<unknown[][]> {
  const libro = new ExcelJS.Workbook()
  await libro.xlsx.readFile(ruta)
  const filas: unknown[][] = []
  libro.worksheets[0]?.eachRow((fila) => {
    filas.push((fila.values as unknown[]).slice(1))
  })
  return filas
}

/** Parser of supertest for files: the whole body as bytes. */
export function bytes(res: supertest.Response, listo: (error: Error | null, cuerpo: Buffer) => void): void {
  const trozos: Buffer[] = []
  res.on('data', (trozo: Buffer) => trozos.push(trozo))
  res.on('end', () => {
    listo(null, Buffer.concat(trozos))
  })
}

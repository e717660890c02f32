import ExcelJS from 'exceljs'

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

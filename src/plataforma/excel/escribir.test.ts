import { PassThrough, Writable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { dinero } from '../../comun/dinero.ts'
import { fechaIso } from '../../comun/fechas.ts'
import { escribirCsv } from './csv.ts'
import { escribirLibro, type ColumnaExcel, type ValorExcel } from './escribir.ts'
import { abrirLibro, type FilaLeida } from './leer.ts'

const COLUMNAS: ColumnaExcel[] = [
  { titulo: 'Folio & «OT»', tipo: 'texto' },
  { titulo: 'Plazo', tipo: 'entero' },
  { titulo: 'Monto', tipo: 'dinero', ancho: 30 },
  { titulo: 'Inicio', tipo: 'fecha' },
]
const FILAS: ValorExcel[][] = [
  ['=cmd()|A1', 22, dinero('12345678901234567890.12'), fechaIso('2024-02-29')],
  ['<script>_x0041_\u0001\n', null, dinero('-1.5'), null],
  ['x'.repeat(40_000), 0, dinero(0), fechaIso('1999-12-31')],
]

async function libro(filas: Iterable<ValorExcel[]> = FILAS): Promise<Buffer> {
  const salida = new PassThrough()
  const [bytes] = await Promise.all([
    buffer(salida),
    escribirLibro(salida, { hoja: 'OT [1]', columnas: COLUMNAS, filas }),
  ])
  return bytes
}

describe('workbooks', () => {
  it('what is written is what our reader reads', async () => {
    const abierto = await abrirLibro(await libro())
    const [hoja] = abierto.hojas
    if (hoja === undefined) throw new Error('no sheet')
    const filas: FilaLeida[] = []
    await abierto.leerFilas(hoja, (fila) => {
      filas.push(fila)
      return undefined
    })
    abierto.cerrar()
    expect(hoja.nombre).toBe('OT  1 ')
    const [ENTERO, DINERO] = ['#,##0', String.raw`"$"\ #,##0.00`]
    expect(filas.map(({ celdas }) => [...celdas.values()])).toEqual([
      COLUMNAS.map(({ titulo }) => ({ tipo: 'texto', texto: titulo })),
      [
        { tipo: 'texto', texto: '=cmd()|A1' },
        { tipo: 'numero', texto: '22', formato: ENTERO },
        { tipo: 'numero', texto: '12345678901234567890.12', formato: DINERO },
        { tipo: 'fecha', fecha: '2024-02-29', hora: null },
      ],
      [
        { tipo: 'texto', texto: '<script>_x0041_\n' },
        { tipo: 'numero', texto: '-1.5', formato: DINERO },
      ],
      [
        { tipo: 'texto', texto: 'x'.repeat(32_767) },
        { tipo: 'numero', texto: '0', formato: ENTERO },
        { tipo: 'numero', texto: '0', formato: DINERO },
        { tipo: 'fecha', fecha: '1999-12-31', hora: null },
      ],
    ])
  })

  it('another program reads it: frozen header, filters, formats, texts that are no formulas', async () => {
    const ajeno = new ExcelJS.Workbook()
    await ajeno.xlsx.load((await libro()) as never)
    const hoja = ajeno.worksheets[0]
    expect(hoja?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(hoja?.autoFilter).toBe('A1:D4')
    expect(hoja?.getCell('A2').value).toBe('=cmd()|A1')
    expect(hoja?.getCell('C2').numFmt).toMatch(/^"\$"\\? #,##0\.00$/)
    expect(hoja?.getCell('D2').value).toEqual(new Date('2024-02-29T00:00:00Z'))
    expect(hoja?.getColumn(3).width).toBe(30)
    expect(hoja?.getCell('A1').font.bold).toBe(true)
  })

  it('ends with a fault, and not never, when who reads leaves', async () => {
    const salida = new PassThrough()
    setTimeout(() => salida.destroy(), 20)
    const filas = (function* () {
      for (let i = 0; i < 200_000; i += 1) yield [`fila ${String(i)}`, i, dinero(i), null]
    })()
    await expect(escribirLibro(salida, { hoja: 'a', columnas: COLUMNAS, filas })).rejects.toThrow()
  })

  it('other work goes on meanwhile', async () => {
    let turnos = 0
    const reloj = setInterval(() => (turnos += 1), 5)
    const filas = (function* () {
      for (let i = 0; i < 20_000; i += 1) yield [`fila ${String(i)}`, i, dinero(i), fechaIso('2024-01-01')]
    })()
    const nada = new Writable({
      write: (_trozo, _codificacion, listo) => {
        listo()
      },
    })
    expect(await escribirLibro(nada, { hoja: 'a', columnas: COLUMNAS, filas })).toBe(20_000)
    clearInterval(reloj)
    expect(turnos).toBeGreaterThan(5)
  })
})

describe('csv', () => {
  it('quotes what it must, marks UTF-8, prefixes what looks like a formula, not numbers', async () => {
    const salida = new PassThrough()
    const filas: ValorExcel[][] = [
      ['=1+1', -2, dinero('-1.50'), fechaIso('2024-02-29')],
      ['a "b", c\nd', null, null, null],
      ['-x', 1, null, null],
    ]
    const [csv] = await Promise.all([text(salida), escribirCsv(salida, { columnas: COLUMNAS, filas })])
    // `text` decodes and drops the mark; the bytes begin with it.
    expect(csv.replace(/^\ufeff/, '')).toBe(
      `Folio & «OT»,Plazo,Monto,Inicio\r\n'=1+1,-2,-1.5,29/02/2024\r\n"a ""b"", c\nd",,,\r\n'-x,1,,\r\n`,
    )
  })
})

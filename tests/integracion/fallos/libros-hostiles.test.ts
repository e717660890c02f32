import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { COLUMNAS_DE_PRUEBA, inicial } from '../../apoyo/importacion.ts'
import { libroDePrueba } from '../../apoyo/libro.ts'
import { lanzarComando, type FinDeComando } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas()
const carpeta = mkdtempSync(join(tmpdir(), 'sascop-hostiles-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const MB = 1024 * 1024
/** A process that imports the real workbook holds some 200 MB. */
const MEGAS_MAXIMAS = 450
const PRINCIPAL = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OLE2 = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** An OLE2 file that names a stream, as Excel 97 and protected workbooks do. */
const ole2 = (flujo: string): Buffer =>
  Buffer.concat([OLE2, Buffer.alloc(504), Buffer.from(flujo, 'utf16le'), Buffer.alloc(2048)])

const DATOS = inicial()
const ENCABEZADO = [...COLUMNAS_DE_PRUEBA]
const FILA = COLUMNAS_DE_PRUEBA.map((columna) => DATOS[columna] ?? null)
const hojaCon = (filas: string): Buffer =>
  Buffer.from(`<?xml version="1.0"?><worksheet xmlns="${PRINCIPAL}"><sheetData>${filas}</sheetData></worksheet>`)

/** Header, one good row, and rows up to the last one of a sheet with formatted cells and nothing inside. */
function millonDeFilasVacias(): Buffer {
  const texto = (valor: unknown): string => String(valor).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const celda = (valor: unknown): string =>
    valor === null
      ? '<c s="1"/>'
      : typeof valor === 'number'
        ? `<c><v>${valor}</v></c>`
        : `<c t="inlineStr"><is><t>${texto(valor)}</t></is></c>`
  const fila = (celdas: readonly unknown[]): string => `<row>${celdas.map(celda).join('')}</row>`
  const vacias = Array.from({ length: 1_048_574 }, (_, i) => `<row r="${i + 3}" ht="15"><c r="A${i + 3}" s="1"/></row>`)
  const sheet = hojaCon(fila(ENCABEZADO) + fila(FILA) + vacias.join(''))
  return libroDePrueba({ hojas: [{ filas: [ENCABEZADO] }], partes: { 'xl/worksheets/sheet1.xml': sheet } })
}

async function simular(nombre: string, contenido: Buffer): Promise<FinDeComando> {
  const ruta = join(carpeta, nombre)
  writeFileSync(ruta, contenido)
  return lanzarComando('importar-ot', [ruta, '--simular', '--crear-ptes'], app.url).fin
}

describe('files that are not what they say', () => {
  it.each([
    ['0-byte.xlsx', () => Buffer.alloc(0), /El archivo está vacío \(0 bytes\)/],
    ['excel-97-renombrado.xlsx', () => ole2('Workbook'), /libro de Excel antiguo \(\.xls\)/],
    ['con-clave.xlsx', () => ole2('EncryptedPackage'), /protegido con contraseña/],
    [
      'bomba.xlsx',
      () =>
        libroDePrueba({
          hojas: [{ filas: [ENCABEZADO] }],
          partes: { 'xl/worksheets/sheet1.xml': hojaCon(' '.repeat(200 * MB)) },
        }),
      /tamaño exagerado/,
    ],
    [
      'bomba-en-textos.xlsx',
      () =>
        libroDePrueba({
          hojas: [{ filas: [ENCABEZADO] }],
          partes: {
            'xl/sharedStrings.xml': Buffer.from(
              `<sst xmlns="${PRINCIPAL}"><si><t>${'a'.repeat(200 * MB)}</t></si></sst>`,
            ),
          },
        }),
      /tamaño exagerado|demasiad|dañado/,
    ],
  ])('%s: one clear sentence, exit 2, bounded memory', async (nombre, construir, frase) => {
    const { codigo, salida, megas } = await simular(nombre, construir())
    console.info(`${nombre}: ${megas ?? '?'} MB: ${salida.trim()}`)
    expect(salida).toMatch(frase)
    expect(salida.trim().split('\n')).toHaveLength(1)
    expect(codigo).toBe(2)
    expect(megas).toBeLessThan(MEGAS_MAXIMAS)
  })

  it('a million empty rows under the data: what is written is read, in bounded memory', async () => {
    const { codigo, salida, megas } = await simular('millon.xlsx', millonDeFilasVacias())
    console.info(`millon.xlsx: ${megas ?? '?'} MB: ${salida.trim()}`)
    expect([codigo, salida]).toEqual([0, expect.stringContaining('1 fila en')])
    expect(megas).toBeLessThan(MEGAS_MAXIMAS)
  })
})

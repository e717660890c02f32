import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { libroDePrueba, zip, type CeldaDePrueba, type LibroDePrueba } from '../../../tests/apoyo/libro.ts'
import { MENSAJES_ARCHIVO } from './contenedor.ts'
import { abrirLibro, direccion, LIMITES_LIBRO, letraDeColumna, type Celda, type FilaLeida } from './leer.ts'

async function leerTodo(archivo: Buffer | string, hoja = 0, limites = LIMITES_LIBRO): Promise<FilaLeida[]> {
  const libro = await abrirLibro(archivo, limites)
  const filas: FilaLeida[] = []
  try {
    const elegida = libro.hojas[hoja]
    if (elegida === undefined) throw new Error('no sheet')
    await libro.leerFilas(elegida, (fila) => {
      filas.push(fila)
      return undefined
    })
  } finally {
    libro.cerrar()
  }
  return filas
}

async function leerCelda(celda: CeldaDePrueba, libro: Partial<LibroDePrueba> = {}): Promise<Celda | undefined> {
  const filas = await leerTodo(libroDePrueba({ hojas: [{ filas: [['x', celda]] }], ...libro }))
  return filas[0]?.celdas.get(2)
}

const conHoja = (cuerpo: string): Buffer =>
  libroDePrueba({ hojas: [{ filas: [] }], partes: { 'xl/worksheets/sheet1.xml': `<worksheet>${cuerpo}</worksheet>` } })

describe('cells', () => {
  const casos: [string, CeldaDePrueba, Celda | undefined][] = [
    ['shared string', 'hola & <adiós>', { tipo: 'texto', texto: 'hola & <adiós>' }],
    ['rich text joined, without its phonetic reading', { rico: ['OT-', '001'] }, { tipo: 'texto', texto: 'OT-001' }],
    ['inline string', { enLinea: 'aquí' }, { tipo: 'texto', texto: 'aquí' }],
    ['result of a formula that is a text', { formula: 'A1&"b"', resultado: 'xb' }, { tipo: 'texto', texto: 'xb' }],
    ['result of a formula that is a number', { formula: '1+1', resultado: 2 }, { tipo: 'numero', texto: '2' }],
    ['formula that nobody calculated', { formula: '1+1' }, { tipo: 'error', texto: 'fórmula sin resultado' }],
    ['number', 12.5, { tipo: 'numero', texto: '12.5' }],
    ['number in 17 digits is what was typed', { crudo: '6907712.1699999999' }, { tipo: 'numero', texto: '6907712.17' }],
    [
      'long decimal loses no cent',
      { crudo: '12345678901234567890.12' },
      { tipo: 'numero', texto: '12345678901234567890.12' },
    ],
    ['number in scientific notation', { crudo: '1.5E-3' }, { tipo: 'numero', texto: '0.0015' }],
    ['number stored as text stays text', '0012', { tipo: 'texto', texto: '0012' }],
    ['boolean', true, { tipo: 'booleano', valor: true }],
    ['error', { error: '#N/A' }, { tipo: 'error', texto: '#N/A' }],
    ['date', { fecha: '2024-02-29' }, { tipo: 'fecha', fecha: '2024-02-29' as never, hora: null }],
    ['date with time', { serie: 45_000.75 }, { tipo: 'fecha', fecha: '2023-03-15' as never, hora: '18:00:00' }],
    ['date before March 1900', { serie: 59 }, { tipo: 'fecha', fecha: '1900-02-28' as never, hora: null }],
    ['the day Excel invents is no date', { serie: 60 }, { tipo: 'numero', texto: '60' }],
    [
      'date of a builtin format',
      { xml: '<c r="{r}" s="1"><v>45000</v></c>' },
      { tipo: 'fecha', fecha: '2023-03-15' as never, hora: null },
    ],
    [
      'date of a format with words',
      { xml: '<c r="{r}" s="3"><v>45000</v></c>' },
      { tipo: 'fecha', fecha: '2023-03-15' as never, hora: null },
    ],
    [
      'number whose format only has words and a colour',
      { xml: '<c r="{r}" s="4"><v>45000</v></c>' },
      { tipo: 'numero', texto: '45000', formato: '[Red]"días" #,##0.00' },
    ],
    [
      'ISO date',
      { xml: '<c r="{r}" t="d"><v>2024-01-05T00:00:00</v></c>' },
      { tipo: 'fecha', fecha: '2024-01-05' as never, hora: null },
    ],
    ['blank text is nothing', '  \n ', undefined],
    ['style without value is nothing', { xml: '<c r="{r}" s="2"/>' }, undefined],
    ['escaped control characters', 'a_x000D_b', { tipo: 'texto', texto: 'a\rb' }],
    [
      'CDATA and single quotes',
      { xml: "<c r='{r}' t='inlineStr'><is><t><![CDATA[a<b]]></t></is></c>" },
      { tipo: 'texto', texto: 'a<b' },
    ],
    ['prefixed element names', { xml: '<x:c r="{r}"><x:v>7</x:v></x:c>' }, { tipo: 'numero', texto: '7' }],
  ]
  it.each(casos)('%s', async (_nombre, celda, esperada) => {
    expect(await leerCelda(celda)).toEqual(esperada)
  })

  it('dates of a workbook that counts from 1904', async () => {
    expect(await leerCelda({ serie: 43_538 }, { es1904: true })).toEqual({
      tipo: 'fecha',
      fecha: '2023-03-15',
      hora: null,
    })
  })

  it('a hyperlink is its text', async () => {
    const hoja =
      '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>ver</t></is></c></row></sheetData><hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>'
    expect((await leerTodo(conHoja(hoja)))[0]?.celdas.get(1)).toEqual({ tipo: 'texto', texto: 'ver' })
  })
})

describe('rows and sheets', () => {
  it('rows and cells without address count from the previous one', async () => {
    const filas = await leerTodo(
      conHoja(
        '<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row></sheetData>',
      ),
    )
    expect(filas.map(({ numero, celdas }) => [numero, [...celdas.keys()]])).toEqual([
      [1, [1, 2]],
      [5, [3, 4]],
    ])
  })

  it('empty rows are not told', async () => {
    const filas = await leerTodo(libroDePrueba({ hojas: [{ filas: [['a'], [null], ['   '], ['b']] }] }))
    expect(filas.map(({ numero }) => numero)).toEqual([1, 4])
  })

  it('sheets in order, with the hidden ones told', async () => {
    const libro = await abrirLibro(
      libroDePrueba({
        hojas: [
          { nombre: 'Uno & dos', filas: [] },
          { nombre: 'B', estado: 'veryHidden', filas: [] },
        ],
      }),
    )
    expect(libro.hojas.map(({ nombre, oculta }) => [nombre, oculta])).toEqual([
      ['Uno & dos', false],
      ['B', true],
    ])
    libro.cerrar()
  })

  it('a merged area keeps its value in the top-left cell and is told', async () => {
    const libro = await abrirLibro(
      libroDePrueba({
        hojas: [
          {
            filas: [
              ['a', 'b'],
              ['x', null],
            ],
            combinadas: ['B1:B2'],
          },
        ],
      }),
    )
    const [hoja] = libro.hojas
    if (hoja === undefined) throw new Error('no sheet')
    const filas: FilaLeida[] = []
    const areas = await libro.leerFilas(hoja, (fila) => {
      filas.push(fila)
      return undefined
    })
    libro.cerrar()
    expect(filas[1]?.celdas.has(2)).toBe(false)
    expect(areas).toEqual([{ filaInicial: 1, filaFinal: 2, columnaInicial: 2, columnaFinal: 2 }])
  })

  it('reading stops when the listener has enough', async () => {
    const libro = await abrirLibro(libroDePrueba({ hojas: [{ filas: [['a'], ['b'], ['c']] }] }))
    const [hoja] = libro.hojas
    if (hoja === undefined) throw new Error('no sheet')
    const vistas: number[] = []
    await libro.leerFilas(hoja, ({ numero }) => {
      vistas.push(numero)
      return numero < 2 ? undefined : false
    })
    libro.cerrar()
    expect(vistas).toEqual([1, 2])
  })

  it('a fault of the listener is not a damaged workbook', async () => {
    const libro = await abrirLibro(libroDePrueba({ hojas: [{ filas: [['a']] }] }))
    const [hoja] = libro.hojas
    if (hoja === undefined) throw new Error('no sheet')
    const falla = new Error('mine')
    await expect(
      libro.leerFilas(hoja, () => {
        throw falla
      }),
    ).rejects.toBe(falla)
    libro.cerrar()
  })

  it('addresses', () => {
    expect([letraDeColumna(1), letraDeColumna(26), letraDeColumna(27), letraDeColumna(703), direccion(9, 6)]).toEqual([
      'A',
      'Z',
      'AA',
      'AAA',
      'F9',
    ])
  })
})

describe('what is not a workbook we read is refused with one sentence', () => {
  const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const buena = libroDePrueba({ hojas: [{ filas: [['a'.repeat(500)]] }] })
  const daniado = Buffer.from(buena)
  daniado.fill(0x41, daniado.indexOf('xl/worksheets/sheet1.xml') + 40, daniado.indexOf('xl/worksheets/sheet1.xml') + 90)
  const cifrado = Buffer.from(buena)
  for (
    let i = cifrado.indexOf('PK\u0001\u0002', 0, 'latin1');
    i !== -1;
    i = cifrado.indexOf('PK\u0001\u0002', i + 4, 'latin1')
  ) {
    cifrado.writeUInt16LE(cifrado.readUInt16LE(i + 8) | 1, i + 8)
  }
  const casos: [string, Buffer, string][] = [
    ['0 bytes', Buffer.alloc(0), MENSAJES_ARCHIVO.vacio],
    ['renamed .xls', Buffer.concat([ole, Buffer.alloc(600)]), MENSAJES_ARCHIVO.xls],
    [
      'workbook with password',
      Buffer.concat([ole, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      MENSAJES_ARCHIVO.protegido,
    ],
    ['zip with password', cifrado, MENSAJES_ARCHIVO.protegido],
    ['a CSV', Buffer.from('a,b\n1,2\n'), MENSAJES_ARCHIVO.noEsLibro],
    ['another zip', zip([['a.txt', 'x']]), MENSAJES_ARCHIVO.noEsLibro],
    ['truncated', buena.subarray(0, buena.length - 40), MENSAJES_ARCHIVO.danado],
    ['a binary workbook', zip([['xl/workbook.bin', 'x']]), MENSAJES_ARCHIVO.xlsb],
    ['damaged inside', daniado, MENSAJES_ARCHIVO.danado],
    ['cut XML', conHoja('<sheetData><row r="1"><c r="A1">'), MENSAJES_ARCHIVO.danado],
    [
      'a document type',
      libroDePrueba({
        hojas: [{ filas: [] }],
        partes: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>' },
      }),
      MENSAJES_ARCHIVO.danado,
    ],
    ['rows that go back', conHoja('<sheetData><row r="2"/><row r="1"/></sheetData>'), MENSAJES_ARCHIVO.danado],
    [
      'a shared string that does not exist',
      conHoja('<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>'),
      MENSAJES_ARCHIVO.danado,
    ],
    ['no sheet', libroDePrueba({ hojas: [] }), 'El libro no tiene ninguna hoja con datos.'],
    ['a size that lies', zip([['xl/workbook.xml', '<workbook><sheets/></workbook>']], 5), MENSAJES_ARCHIVO.danado],
  ]
  it.each(casos)('%s', async (_nombre, archivo, mensaje) => {
    await expect(leerTodo(archivo)).rejects.toMatchObject({ estado: 400, detalles: mensaje })
  })

  it('a path that does not exist, a folder, and the same refusals from a path', async () => {
    const carpeta = await mkdtemp(join(tmpdir(), 'leer-'))
    await expect(abrirLibro(join(carpeta, 'no.xlsx'))).rejects.toMatchObject({ detalles: MENSAJES_ARCHIVO.noExiste })
    await expect(abrirLibro(carpeta)).rejects.toMatchObject({ estado: 400 })
    await writeFile(
      join(carpeta, 'a.xlsx'),
      Buffer.concat([ole, Buffer.alloc(3_000_000), Buffer.from('EncryptedPackage', 'utf16le')]),
    )
    await expect(abrirLibro(join(carpeta, 'a.xlsx'))).rejects.toMatchObject({ detalles: MENSAJES_ARCHIVO.protegido })
    await rm(carpeta, { recursive: true })
  })

  it('limits on the file, the expanded parts and the rows', async () => {
    await expect(leerTodo(buena, 0, { ...LIMITES_LIBRO, archivo: 100 })).rejects.toMatchObject({ estado: 400 })
    await expect(leerTodo(buena, 0, { ...LIMITES_LIBRO, porParte: 300 })).rejects.toMatchObject({
      detalles: MENSAJES_ARCHIVO.bomba,
    })
    const tres = libroDePrueba({ hojas: [{ filas: [['a'], ['b'], ['c']] }] })
    await expect(leerTodo(tres, 0, { ...LIMITES_LIBRO, filas: 2 })).rejects.toMatchObject({
      detalles: 'La hoja tiene más de 2 filas con datos. Divídela en varios libros.',
    })
  })

  it('a zip bomb, without holding it in memory', async () => {
    const ceros = Buffer.concat([
      Buffer.from('<worksheet><sheetData>'),
      Buffer.alloc(60_000_000, '<a/>'),
      Buffer.from('</sheetData></worksheet>'),
    ])
    const bomba = libroDePrueba({ hojas: [{ filas: [] }], partes: { 'xl/worksheets/sheet1.xml': ceros } })
    expect(bomba.length).toBeLessThan(100_000)
    await expect(leerTodo(bomba)).rejects.toMatchObject({ detalles: MENSAJES_ARCHIVO.bomba })
  })

  it('a piece without end, which would have to be held whole', async () => {
    await expect(
      leerTodo(conHoja(`<sheetData><row r="1"><c r="A1"><v>${'1'.repeat(3_000_000)}</v></c></row></sheetData>`)),
    ).rejects.toMatchObject({
      detalles: MENSAJES_ARCHIVO.bomba,
    })
  })

  it('a million empty rows are read in a moment and tell nothing', async () => {
    const filas = Array.from({ length: 1_000_000 }, (_fila, i) => `<row r="${String(i + 1)}"/>`).join('')
    expect(await leerTodo(conHoja(`<sheetData>${filas}</sheetData>`))).toEqual([])
  })
})

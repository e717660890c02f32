import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convencionDe, deComaAPunto, escribirBloque, leerBloque } from './portapapeles.ts'
import { alcanceDeArrastre, arrastre, destinosDePegado, haciaAbajo, haciaDerecha } from './relleno.ts'

describe('clipboard', () => {
  it.each([
    [
      '1\t2\r\n3\t4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['1\t\t2', [['1', '', '2']]],
    ['\t', [['', '']]],
    ['1\n\n2\n', [['1'], [''], ['2']]],
    ['"dos\nlíneas"\tx', [['dos\nlíneas', 'x']]],
    ['"dice ""hola"""\t5', [['dice "hola"', '5']]],
    ['tubo de 12" x 3\t5', [['tubo de 12" x 3', '5']]],
    ['"12" de largo\t5', [['"12" de largo', '5']]],
    ['"sin cerrar\t5', [['"sin cerrar', '5']]],
    ['', [['']]],
  ])('%j', (texto, filas) => {
    expect(leerBloque(texto)).toEqual(filas)
  })

  it('what is copied is pasted the same', () => {
    const celda = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '1', ' ', ',', '.') })
    const bloque = fc
      .integer({ min: 1, max: 4 })
      .chain((ancho) =>
        fc.array(fc.array(celda, { minLength: ancho, maxLength: ancho }), { minLength: 1, maxLength: 4 }),
      )
    fc.assert(
      fc.property(bloque, (filas) => {
        // A last row of a single empty cell is the line break that closes the block.
        fc.pre(filas.length === 1 || filas.at(-1)?.join('') !== '')
        expect(leerBloque(escribirBloque(filas))).toEqual(filas)
      }),
    )
  })

  it.each([
    [['12.5', '3'], 'punto'],
    [['1,234.5', '1,234'], 'punto'],
    [['12,5', '3', ''], 'coma'],
    [['1.234,5', '1.234'], 'coma'],
    [['0,125'], 'coma'],
    [['0.125', '1,234'], 'punto'],
    [['1,234', '12'], 'duda'],
    [['1.234', '12'], 'punto'],
    [['12,5', '12.5'], 'punto'],
    [['1,234,567'], 'punto'],
    [['1.234.567'], 'coma'],
    [['abc', ''], 'punto'],
  ] as const)('the commas of %j: %s', (celdas, convencion) => {
    expect(convencionDe([celdas])).toBe(convencion)
  })

  it.each([
    ['12,5', '12.5'],
    ['1.234,5', '1234.5'],
    ['1.234', '1234'],
    ['1234', '1234'],
    [',5', '.5'],
    ['1.23,5', '1.23,5'],
    ['abc', 'abc'],
    ['', ''],
  ])('%j with decimal comma is %j', (texto, leido) => {
    expect(deComaAPunto(texto)).toBe(leido)
  })
})

describe('filling', () => {
  const r = (f1: number, c1: number, f2: number, c2: number) => ({ f1, c1, f2, c2 })

  it('down: the first row over the others; of one row, the one above', () => {
    expect(haciaAbajo(r(1, 2, 3, 2))).toEqual([
      { f: 2, c: 2, deF: 1, deC: 2 },
      { f: 3, c: 2, deF: 1, deC: 2 },
    ])
    expect(haciaAbajo(r(1, 2, 1, 3))).toEqual([
      { f: 1, c: 2, deF: 0, deC: 2 },
      { f: 1, c: 3, deF: 0, deC: 3 },
    ])
    expect(haciaAbajo(r(0, 2, 0, 2))).toEqual([])
  })

  it('right: the first column over the others; of one column, the one at its left', () => {
    expect(haciaDerecha(r(1, 2, 1, 3))).toEqual([{ f: 1, c: 3, deF: 1, deC: 2 }])
    expect(haciaDerecha(r(1, 2, 1, 2))).toEqual([{ f: 1, c: 2, deF: 1, deC: 1 }])
  })

  it('the handle goes one way, and repeats what was selected also backwards', () => {
    expect(alcanceDeArrastre(r(2, 2, 3, 3), 7, 4)).toEqual(r(2, 2, 7, 3))
    expect(alcanceDeArrastre(r(2, 2, 3, 3), 3, 9)).toEqual(r(2, 2, 3, 9))
    expect(alcanceDeArrastre(r(2, 2, 3, 3), 0, 2)).toEqual(r(0, 2, 3, 3))
    const filas = arrastre(r(2, 2, 3, 2), r(0, 2, 6, 2)).map(({ f, deF }) => [f, deF])
    expect(filas).toEqual([
      [0, 2],
      [1, 3],
      [4, 2],
      [5, 3],
      [6, 2],
    ])
  })

  it('a block goes from the corner on, or over the whole selection when it fits a whole number of times', () => {
    expect(destinosDePegado([['1', '2']], r(4, 4, 4, 4))).toEqual([
      { f: 4, c: 4, texto: '1' },
      { f: 4, c: 5, texto: '2' },
    ])
    expect(destinosDePegado([['7']], r(0, 0, 1, 1))).toHaveLength(4)
    expect(destinosDePegado([['1'], ['2']], r(0, 0, 2, 0))).toHaveLength(2)
    expect(destinosDePegado([['1', '2'], ['3']], r(0, 0, 0, 0)).map(({ texto }) => texto)).toEqual(['1', '2', '3', ''])
  })
})

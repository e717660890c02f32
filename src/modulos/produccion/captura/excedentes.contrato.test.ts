import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aMicras } from '../../../comun/volumenes.ts'
import { marcarExcedentes, ordenDeExcedentes, type VolumenDeConcepto } from './excedentes.contrato.ts'
import { ordenDeConceptos } from './orden.contrato.ts'

const fila = (fecha: string, volumen: string, tipo: 'TE' | 'CMA' = 'TE', sitio = 1): VolumenDeConcepto => ({
  fecha,
  tipo,
  sitio,
  micras: aMicras(volumen),
})
const P1 = [
  fila('2026-01-30', '40', 'TE', 2),
  fila('2026-02-12', '35'),
  fila('2026-02-12', '10', 'CMA'),
  fila('2026-02-13', '20'),
  fila('2026-02-14', '1'),
]

describe('excedentes (produccion §5.7)', () => {
  it('produccion §10.10: the row that crosses the tope, whole, and every later one', () => {
    expect(marcarExcedentes(aMicras('100'), P1)).toEqual([false, false, false, true, true])
  })

  it('produccion §10.11: a higher tope clears flags; reaching it exactly is not excedente', () => {
    expect(marcarExcedentes(aMicras('105'), P1)).toEqual([false, false, false, false, true])
  })

  it('produccion §10.12: a late capture counts where its day is', () => {
    const tarde = [...P1, fila('2026-01-31', '5', 'TE', 2)]
    expect(marcarExcedentes(aMicras('105'), tarde)).toEqual([false, false, false, true, true, false])
  })

  it('produccion §10.13: all six decimals count', () => {
    const filas = [fila('2026-02-01', '10.000000'), fila('2026-02-02', '0.000001')]
    expect(marcarExcedentes(aMicras('10'), filas)).toEqual([false, true])
  })

  const filas = fc.uniqueArray(
    fc.record({
      fecha: fc.integer({ min: 1, max: 28 }).map((dia) => `2026-02-${String(dia).padStart(2, '0')}`),
      tipo: fc.constantFrom('TE' as const, 'CMA' as const),
      sitio: fc.integer({ min: 1, max: 3 }),
      micras: fc.bigInt({ min: 1n, max: 50_000_000n }),
    }),
    { selector: ({ fecha, tipo, sitio }) => `${fecha}${tipo}${String(sitio)}`, maxLength: 40 },
  )
  const tope = fc.bigInt({ min: 0n, max: 500_000_000n })

  it('property: whatever the order they come in, the flagged ones are a tail of the order of capture', () => {
    fc.assert(
      fc.property(filas, tope, (lista, maximo) => {
        const marcas = marcarExcedentes(maximo, lista)
        const ordenadas = lista.map((f, i) => ({ f, marca: marcas[i] })).sort((a, b) => ordenDeExcedentes(a.f, b.f))
        const primera = ordenadas.findIndex(({ marca }) => marca)
        if (primera >= 0) expect(ordenadas.slice(primera).every(({ marca }) => marca)).toBe(true)
        const hasta = primera < 0 ? ordenadas : ordenadas.slice(0, primera)
        expect(hasta.reduce((suma, { f }) => suma + f.micras, 0n) <= maximo).toBe(true)
      }),
    )
  })

  it('property: raising the tope or deleting production never adds a flag', () => {
    fc.assert(
      fc.property(filas, tope, fc.bigInt({ min: 0n, max: 100_000_000n }), fc.nat(), (lista, maximo, mas, cual) => {
        const antes = marcarExcedentes(maximo, lista)
        marcarExcedentes(maximo + mas, lista).forEach((marca, i) => {
          expect(!marca || antes[i]).toBe(true)
        })
        if (lista.length === 0) return
        const quitada = cual % lista.length
        const sin = lista.filter((_, i) => i !== quitada)
        const quedan = antes.filter((_, i) => i !== quitada)
        marcarExcedentes(maximo, sin).forEach((marca, i) => {
          expect(!marca || quedan[i]).toBe(true)
        })
      }),
    )
  })

  it('property: what was produced before weighs as a row before all', () => {
    fc.assert(
      fc.property(filas, tope, fc.bigInt({ min: 1n, max: 100_000_000n }), (lista, maximo, previo) => {
        const [, ...resto] = marcarExcedentes(maximo, [
          { fecha: '2026-01-01', tipo: 'TE', sitio: 1, micras: previo },
          ...lista,
        ])
        expect(marcarExcedentes(maximo, lista, previo)).toEqual(resto)
      }),
    )
  })
})

it('produccion §5.4.5: natural order of annex and code, no annex last', () => {
  const concepto = (anexo: string, codigo: string, texto = 'A', version = 1) => ({
    anexo,
    codigo,
    concepto: texto,
    version,
  })
  const ordenados = [
    concepto('C-2', '2.2'),
    concepto('C-2', '2.10'),
    concepto('C-2', '2.10', 'B'),
    concepto('C-2', '2.10', 'B', 2),
    concepto('C-10', '1'),
    concepto('S/A', '1'),
  ]
  expect([...ordenados].reverse().sort(ordenDeConceptos)).toEqual(ordenados)
})

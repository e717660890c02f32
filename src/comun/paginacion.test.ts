import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANTIDAD_MAXIMA, leerPagina } from './paginacion.ts'

describe('paging of tables', () => {
  it('without parameters: first ten rows', () => {
    expect(leerPagina({})).toEqual({ draw: 1, inicio: 0, cantidad: 10 })
  })

  it('reads whole numbers', () => {
    expect(leerPagina({ draw: '7', start: '20', length: '50' })).toEqual({ draw: 7, inicio: 20, cantidad: 50 })
  })

  it('each table may have its own default length', () => {
    expect(leerPagina({ length: 'x' }, 25).cantidad).toBe(25)
  })

  it('-1 is all; above 1,000 is 1,000', () => {
    expect(leerPagina({ length: '-1' }).cantidad).toBeNull()
    expect(leerPagina({ length: '5000' }).cantidad).toBe(1000)
  })

  it('what is not a number, is negative, a fraction or a list falls back', () => {
    const malos = ['abc', '', '-5', '2.5', '1e3', '99999999999999999999', ['5'], { a: 1 }, null, true]
    for (const malo of malos) {
      expect(leerPagina({ draw: malo, start: malo, length: malo })).toEqual({ draw: 1, inicio: 0, cantidad: 10 })
    }
  })

  it('property: whatever comes, the page is usable', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.string(), (draw, start, length) => {
        const pagina = leerPagina({ draw, start, length })
        expect(Number.isSafeInteger(pagina.draw) && pagina.draw >= 0).toBe(true)
        expect(Number.isSafeInteger(pagina.inicio) && pagina.inicio >= 0).toBe(true)
        expect(pagina.cantidad ?? 0).toBeLessThanOrEqual(CANTIDAD_MAXIMA)
      }),
    )
  })
})

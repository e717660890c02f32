import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANTIDAD_MAXIMA, leerPaginacion } from './paginacion.ts'

describe('paging of tables', () => {
  it('without parameters: first ten rows', () => {
    expect(leerPaginacion({})).toEqual({ dibujo: 1, inicio: 0, limite: 10 })
  })

  it('reads whole numbers', () => {
    expect(leerPaginacion({ draw: '7', start: '20', length: '50' })).toEqual({ dibujo: 7, inicio: 20, limite: 50 })
  })

  it('each table may have its own default length', () => {
    expect(leerPaginacion({ length: 'x' }, 25).limite).toBe(25)
  })

  it('-1 is all; above 1,000 is 1,000', () => {
    expect(leerPaginacion({ length: '-1' }).limite).toBeNull()
    expect(leerPaginacion({ length: '5000' }).limite).toBe(1000)
  })

  it('what is not a number, is negative, a fraction or a list falls back', () => {
    const malos = ['abc', '', '-5', '2.5', '1e3', '99999999999999999999', ['5'], { a: 1 }, null, true]
    for (const malo of malos) {
      expect(leerPaginacion({ draw: malo, start: malo, length: malo })).toEqual({ dibujo: 1, inicio: 0, limite: 10 })
    }
  })

  it('property: whatever comes, the page is usable', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.string(), (draw, start, length) => {
        const pagina = leerPaginacion({ draw, start, length })
        expect(Number.isSafeInteger(pagina.dibujo) && pagina.dibujo >= 0).toBe(true)
        expect(Number.isSafeInteger(pagina.inicio) && pagina.inicio >= 0).toBe(true)
        expect(pagina.limite ?? 0).toBeLessThanOrEqual(CANTIDAD_MAXIMA)
      }),
    )
  })
})

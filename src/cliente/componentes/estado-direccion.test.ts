import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escribirEstado, leerEstado, listaOtraCosa } from './estado-direccion.ts'

const FILTROS = ['filtro', 'estatus', 'tipo']

describe('state of a list in the address', () => {
  it('reads filters, order, page, size and columns', () => {
    expect(leerEstado('?estatus=8&orden=-id&pagina=3&por=50&columnas=a,b&otro=x', FILTROS)).toEqual({
      filtros: { estatus: '8' },
      orden: { columna: 'id', descendente: true },
      pagina: 2,
      porPagina: 50,
      columnas: ['a', 'b'],
    })
  })

  it('tells a filter sent empty from an absent one', () => {
    expect(leerEstado('?tipo=', FILTROS).filtros).toEqual({ tipo: '' })
    expect(leerEstado('', FILTROS).filtros).toEqual({})
  })

  it('falls back when page or size are not positive integers', () => {
    const { pagina, porPagina } = leerEstado('?pagina=-2&por=abc', FILTROS)
    expect([pagina, porPagina]).toEqual([0, null])
  })

  it('writes nothing for a list as it opens', () => {
    expect(escribirEstado({ filtros: {}, orden: null, pagina: 0, porPagina: null, columnas: null })).toBe('')
  })

  it('another filter, order or page is a step of the history; another size or other columns are not', () => {
    const de = (antes: string, despues: string): boolean =>
      listaOtraCosa(new URLSearchParams(antes), new URLSearchParams(despues))
    expect([
      de('', 'tipo=5'),
      de('tipo=5', 'tipo=5&pagina=2'),
      de('orden=id', 'orden=-id'),
      de('tipo=5', 'tipo=5&por=50'),
      de('columnas=a', 'columnas=a,b'),
      de('a=1&b=2', 'b=2&a=1'),
    ]).toEqual([true, true, true, false, false, false])
  })

  it('property: what was written is read back', () => {
    const nombre = fc.stringMatching(/^[a-z_]{1,12}$/)
    const estado = fc.record({
      filtros: fc.dictionary(fc.constantFrom(...FILTROS), fc.string(), { noNullPrototype: true }),
      orden: fc.option(fc.record({ columna: nombre, descendente: fc.boolean() })),
      pagina: fc.nat(500),
      porPagina: fc.option(fc.constantFrom(10, 50, 100)),
      columnas: fc.option(fc.array(nombre, { minLength: 1 })),
    })
    fc.assert(
      fc.property(estado, (uno) => {
        expect(leerEstado(escribirEstado(uno), FILTROS)).toEqual(uno)
      }),
    )
  })
})

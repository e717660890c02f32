import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LARGO_MAXIMO_ENLACE, leerEnlace } from './url.ts'

describe('links of steps', () => {
  it('P-36: only http(s) addresses; a space becomes %20', () => {
    expect(leerEnlace('drive/x')).toBeNull()
    expect(leerEnlace('javascript:alert(1)')).toBeNull()
    expect(leerEnlace('https://example.com/a b')).toBe('https://example.com/a%20b')
  })

  it('trims, and writes the address as the parser does', () => {
    expect(leerEnlace('  HTTPS://Ejemplo.MX ')).toBe('https://ejemplo.mx/')
  })

  it('refuses what the parser alone would take', () => {
    const malos = ['https:ejemplo.mx', 'https:/ejemplo.mx', 'http://', 'https://ejem plo.mx', 'data:text/html,x', '']
    expect(malos.map(leerEnlace)).toEqual(malos.map(() => null))
  })

  it('refuses more than 2000 characters, also after it is written out', () => {
    const base = 'https://ejemplo.mx/'
    expect(leerEnlace(base + 'a'.repeat(LARGO_MAXIMO_ENLACE - base.length))).toHaveLength(LARGO_MAXIMO_ENLACE)
    expect(leerEnlace(base + 'a'.repeat(LARGO_MAXIMO_ENLACE - base.length + 1))).toBeNull()
    expect(leerEnlace(base + 'ñ'.repeat(1500))).toBeNull()
  })

  it('property: what was stored reads as itself and is never another scheme', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (texto) => {
        const enlace = leerEnlace(texto)
        if (enlace === null) return
        expect(leerEnlace(enlace)).toBe(enlace)
        expect(enlace).toMatch(/^https?:\/\//)
      }),
    )
  })
})

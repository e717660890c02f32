import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claveFolio, limpiar, limpiarParrafos, plural, recortar, sinAcentos } from './texto.ts'

describe('texts', () => {
  it('cleans outer and repeated blanks, NBSP and characters without width', () => {
    expect(limpiar('\u00a0 OT-001\u200b \t\n  2025\ufeff ')).toBe('OT-001 2025')
    expect(limpiar('   ')).toBe('')
  })

  it('removes control characters, which the database refuses', () => {
    expect(limpiar('OT\u0000-1\u0007')).toBe('OT-1')
    expect(limpiarParrafos('uno\u0000\ndos')).toBe('uno\ndos')
  })

  it('keeps the lines of a long text', () => {
    expect(limpiarParrafos('  uno  \r\n\r\n  dos\u00a0tres \r fin ')).toBe('uno\n\n  dos tres\n fin')
  })

  it('compares folios without blanks nor case', () => {
    expect(claveFolio(' ot-2025-010 ')).toBe(claveFolio('OT-2025-010'))
  })

  it('takes accents away', () => {
    expect(sinAcentos('Órdenes de reprogramación, señal')).toBe('Ordenes de reprogramacion, senal')
  })

  it('makes numbers agree and groups thousands', () => {
    const textos = [0, 1, 2, 1234567].map((n) => plural(n, 'orden', 'órdenes'))
    expect(textos).toEqual(['0 órdenes', '1 orden', '2 órdenes', '1,234,567 órdenes'])
  })

  it('cuts long texts by whole characters and says so', () => {
    expect(recortar('https://ejemplo.mx', 30)).toBe('https://ejemplo.mx')
    expect(recortar('abcdefghij', 5)).toBe('abcd…')
    expect(recortar('🚢🚢🚢', 2)).toBe('🚢…')
  })

  it('property: cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        expect(limpiar(limpiar(s))).toBe(limpiar(s))
        expect(limpiarParrafos(limpiarParrafos(s))).toBe(limpiarParrafos(s))
        expect(claveFolio(claveFolio(s))).toBe(claveFolio(s))
      }),
    )
  })

  it('property: a cut text is never longer than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (s, n) => {
        expect(Array.from(recortar(s, n)).length).toBeLessThanOrEqual(n)
      }),
    )
  })
})

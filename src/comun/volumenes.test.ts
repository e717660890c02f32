import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aMicras, leerVolumen, textoFijo, textoVolumen } from './volumenes.ts'

describe('volumes', () => {
  it.each([
    ['', 0n],
    ['0', 0n],
    ['12', 12_000_000n],
    ['12.', 12_000_000n],
    ['.5', 500_000n],
    ['1,234.5', 1_234_500_000n],
    ['1,234', 1_234_000_000n],
    ['1 234.5', 1_234_500_000n],
    ['\u00a01\u00a0234\u202f567.8 ', 1_234_567_800_000n],
    ['0.1234567', 123_457n],
    ['0.1234564', 123_456n],
    ['0.9999995', 1_000_000n],
    ['999999999.999999', 999_999_999_999_999n],
    ['0012.5', 12_500_000n],
  ])('%j reads', (texto, micras) => {
    expect(leerVolumen(texto)).toEqual({ micras })
  })

  it.each([
    '12,5',
    '1 2',
    '12 34',
    '1 2345',
    'abc',
    '-3',
    '(3)',
    '1,23,4',
    '1e3',
    '.',
    '1.2.3',
    '12%',
    '1,2345',
    '1234567890',
    '999999999.9999995',
    '-',
  ])('%j is refused with a reason that quotes it', (texto) => {
    expect(leerVolumen(texto)).toEqual({ motivo: expect.stringContaining(`«${texto}»`) as string })
  })

  it('text and number go back and forth without losing a millionth', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (micras) => {
        expect(leerVolumen(textoVolumen(micras))).toEqual({ micras })
        expect(aMicras(textoFijo(micras))).toBe(micras)
        expect(aMicras(textoFijo(-micras))).toBe(-micras)
      }),
    )
  })
})

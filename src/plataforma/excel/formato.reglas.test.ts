import { describe, expect, it } from 'vitest'
import { numeroVisto } from './formato.reglas.ts'

describe('a number as its cell shows it', () => {
  it.each([
    ['2.1', '0.00', '2.10'],
    ['2.1', '0.00"."', '2.10.'],
    ['2.1', '0.0\\.', '2.1.'],
    ['7', '000', '007'],
    ['4.11', '0.0#', '4.11'],
    ['4', '0.0#', '4.0'],
    ['4', '#.##', '4.'],
    ['12', '"C-"0', 'C-12'],
    ['1234.5', '#,##0.00', '1,234.50'],
    ['1234.5', '[Red]"días" #,##0.00', 'días 1,234.50'],
    ['1234.5', '[$$-80A]#,##0.00', '$1,234.50'],
    ['-3', '0.0;(0.0)', '(3.0)'],
    ['-3', '0.0', '-3.0'],
    ['0.25', '0%', '25%'],
    ['2.005', '0.00', '2.01'],
  ])('%s under %s is %s', (exacto, codigo, visto) => {
    expect(numeroVisto(exacto, codigo)).toBe(visto)
  })

  it.each(['', 'General', '@', '# ?/?', '0.00E+00', '#,##0,'])('under «%s» nothing is pretended', (codigo) => {
    expect(numeroVisto('2.1', codigo)).toBeNull()
  })
})

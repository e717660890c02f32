import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leerFechaCapturada } from './fechas-capturadas.ts'
import { aDdMmAaaa, fechaIso } from './fechas.ts'

const HOY = fechaIso('2025-05-14')
const leer = (texto: string) => leerFechaCapturada(texto, HOY)

describe('dates as people type them', () => {
  it('reads day, month and year with any usual separator, or none', () => {
    const escritas = ['17/5/25', '17/05/2025', '17-5-2025', '17.05.25', '17052025', '170525', '2025-05-17', ' 17/5/25 ']
    expect(escritas.map(leer)).toEqual(escritas.map(() => '2025-05-17'))
  })

  it('reads today and days from today', () => {
    expect(['hoy', 'HOY', '+3', '-14', '+0', '+20'].map(leer)).toEqual([
      '2025-05-14',
      '2025-05-14',
      '2025-05-17',
      '2025-04-30',
      '2025-05-14',
      '2025-06-03',
    ])
  })

  it('never guesses: impossible days, month first, mixed separators and half-written dates are not dates', () => {
    const malas = [
      '30/2/25',
      '5/17/25',
      '17/5-25',
      '17/5',
      '1752025',
      '17/5/225',
      '3',
      '+',
      'mañana',
      '',
      '17/5/25 8:00',
    ]
    expect(malas.map(leer)).toEqual(malas.map(() => null))
  })

  it('property: parse(print(x)) = x in every way of printing a day', () => {
    const fechas = fc
      .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((d) => fechaIso(d.toISOString().slice(0, 10)))
    fc.assert(
      fc.property(fechas, (f) => {
        expect([f, aDdMmAaaa(f), aDdMmAaaa(f).replaceAll('/', '')].map(leer)).toEqual([f, f, f])
      }),
    )
  })
})

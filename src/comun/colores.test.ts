import { describe, expect, it } from 'vitest'
import { COLOR, tonoDeAvance, tonoDeTiempo } from './colores.ts'

describe('colours of bars', () => {
  it('O-15: bars at 24, 25, 74 and 75', () => {
    const colores = [24, 25, 74, 75].map((p) => COLOR[tonoDeAvance(p)])
    expect(colores).toEqual(['#f05523', '#fad91f', '#fad91f', '#95c93d'])
  })

  it('the ends of the scale', () => {
    expect([0, 100].map(tonoDeAvance)).toEqual(['naranja', 'verde'])
  })

  it('the bar of time warns by the days left', () => {
    expect([15, 14, 8, 7, 0].map((dias) => tonoDeTiempo(50, dias))).toEqual([
      'azul',
      'amarillo',
      'amarillo',
      'naranja',
      'naranja',
    ])
  })

  it('a programme that is over does not warn', () => {
    expect(tonoDeTiempo(100, 0)).toBe('azul')
  })
})

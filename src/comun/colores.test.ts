import { describe, expect, it } from 'vitest'
import { COLOR, textoSobre, tonoDeAvance, tonoDeTiempo } from './colores.ts'

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

describe('text on a colour that people chose', () => {
  it.each([
    ['#ffffff', '#000000'],
    ['#fad91f', '#000000'],
    ['#3498db', '#000000'],
    ['#20145f', '#ffffff'],
    ['#000000', '#ffffff'],
    ['rojo', '#ffffff'],
  ])('%s takes %s', (fondo, texto) => {
    expect(textoSobre(fondo)).toBe(texto)
  })
})

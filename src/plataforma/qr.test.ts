import jsQR from 'jsqr'
import { describe, expect, it } from 'vitest'
import { cuadrosQr, svgQr } from './qr.ts'

/** As a camera sees it: each square of the drawing, four pixels, with its margin. */
function leerQr(svg: string): string | null {
  const lado = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
  const escala = 4
  const ancho = lado * escala
  const pixeles = new Uint8ClampedArray(ancho * ancho * 4).fill(255)
  for (const [, x = '0', y = '0'] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < escala; dy += 1)
      for (let dx = 0; dx < escala; dx += 1) {
        const i = ((Number(y) * escala + dy) * ancho + Number(x) * escala + dx) * 4
        pixeles.fill(0, i, i + 3)
      }
  return jsQR.default(pixeles, ancho, ancho)?.data ?? null
}

describe('QR codes', () => {
  it('a reader finds in the drawing the very address', () => {
    for (const direccion of [
      'https://sascop.example/operaciones/produccion/gpu/1/',
      'http://127.0.0.1:3000/operaciones/produccion/gpu/9007199254740991/',
    ])
      expect(leerQr(svgQr(direccion))).toBe(direccion)
  })

  it('the same text gives the same drawing', () => {
    expect(svgQr('a')).toBe(svgQr('a'))
    expect(cuadrosQr('a').length).toBe(21)
  })
})

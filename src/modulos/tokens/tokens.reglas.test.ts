import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  alcancesPosibles,
  estadoDeToken,
  formarToken,
  pareceToken,
  permisosDeToken,
  prefijoDe,
} from './tokens.reglas.ts'

const AHORA = new Date('2025-06-16T18:00:00Z')

describe('tokens of the API', () => {
  it('a token has its mark and 256 bits; its prefix tells six letters of them', () => {
    const token = formarToken(randomBytes(32))
    expect(pareceToken(token)).toBe(true)
    expect(prefijoDe(token)).toBe(token.slice(0, 13))
    for (const otro of ['', 'sascop_', token.slice(1), `${token}a`, token.replace('sascop_', 'sascop-'), `${token} `])
      expect([otro, pareceToken(otro)]).toEqual([otro, false])
  })

  it('carries what it was given and its person still has, never more', () => {
    const tiene = (codigo: string) => codigo !== 'b'
    expect([...permisosDeToken(['a', 'b'], tiene)]).toEqual(['a'])
    expect(
      alcancesPosibles(
        [
          { codigo: 'a', texto: 'A' },
          { codigo: 'b', texto: 'B' },
        ],
        tiene,
      ),
    ).toEqual([{ codigo: 'a', texto: 'A' }])
  })

  it('ends at the very instant it says, or when it is revoked', () => {
    const caducaEn = AHORA
    expect(estadoDeToken({ caducaEn, revocadoEn: null }, new Date(AHORA.getTime() - 1))).toBe('vigente')
    expect(estadoDeToken({ caducaEn, revocadoEn: null }, AHORA)).toBe('caducado')
    expect(estadoDeToken({ caducaEn, revocadoEn: AHORA }, new Date(0))).toBe('revocado')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anexoNormal,
  claveDeConcepto,
  claveSinAnexo,
  codigoNormal,
  huellaDeClave,
  textoNormal,
} from './clave.reglas.ts'

describe('key of a concept (produccion §5.4.2)', () => {
  it('compares texts in NFC, upper case and single spaces; accents count', () => {
    expect(textoNormal('  Tubo \u00a0de\tacero\r\n al  carbo\u0301n ')).toBe('TUBO DE ACERO AL CARBÓN')
    expect(textoNormal('Camion')).not.toBe(textoNormal('Camión'))
  })

  it('drops one trailing dot of a code and never makes it a number', () => {
    expect(['2.1.', ' 2.1 ', '2.1', '2.10', '2.1..', 'c3ext-1538.1', '4.7.m.', '.'].map(codigoNormal)).toEqual([
      '2.1',
      '2.1',
      '2.1',
      '2.10',
      '2.1.',
      'C3EXT-1538.1',
      '4.7.M',
      '',
    ])
  })

  it('knows the spellings of an annex that the real workbooks have (anexo-c §9.3)', () => {
    const escritos = {
      'C-7': ['C-007', 'C-7', 'C7', 'c-007.', 'ANEXO C-7', 'anexo  c7.'],
      'C-2': ['C-2.', 'C-2', 'C2'],
      C3EXT: ['C3EXT', 'C3-EXT', '3C-EXT', 'ANEXO C3EXT', 'C-3-EXT', '3CEXT'],
      'C-4-1': ['C-4-1', 'C4-1', 'C-04-1'],
      'C-10': ['C-010', 'C-10'],
      CD: ['ANEXO CD', 'CD'],
      'C-2A': ['C-2A'],
      'ANEXOS C-2': ['anexos C-2'],
      'S/A': ['', '  ', 'ANEXO', 's/a', '.'],
    }
    for (const [normal, variantes] of Object.entries(escritos)) {
      expect(variantes.map(anexoNormal)).toEqual(variantes.map(() => normal))
    }
  })

  it('keeps the texts and the annex that are already normal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (texto) => {
        expect(textoNormal(textoNormal(texto))).toBe(textoNormal(texto))
      }),
    )
    for (const anexo of ['C-7', 'C3EXT', 'C-4-1', 'CD', 'S/A']) expect(anexoNormal(anexo)).toBe(anexo)
  })

  it('gives one fingerprint to the same K and another to any other', () => {
    const x = claveDeConcepto({ anexo: 'C-2.', codigo: '2.1.', descripcion: 'Tubo  de acero', idUnidad: 10 })
    const igual = claveDeConcepto({ anexo: 'c2', codigo: '2.1', descripcion: 'TUBO DE ACERO', idUnidad: 10 })
    expect(huellaDeClave(x)).toMatch(/^[0-9a-f]{64}$/)
    expect(huellaDeClave(igual)).toBe(huellaDeClave(x))
    for (const otra of [
      { ...x, anexo: 'C-3' },
      { ...x, codigo: '2.10' },
      { ...x, concepto: 'TUBO' },
      { ...x, idUnidad: 1 },
    ])
      expect(huellaDeClave(otra)).not.toBe(huellaDeClave(x))
    expect(claveSinAnexo({ ...x, anexo: 'C-3' })).toBe(claveSinAnexo(x))
    expect(claveDeConcepto({ anexo: null, codigo: '1', descripcion: 'A', idUnidad: 1 }).anexo).toBe('S/A')
  })
})

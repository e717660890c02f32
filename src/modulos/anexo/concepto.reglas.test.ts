import { describe, expect, it } from 'vitest'
import {
  claveSinAnexo,
  huellaDeConcepto,
  normalizarAnexo,
  normalizarCodigo,
  normalizarTexto,
} from './concepto.reglas.ts'

const X = { anexo: 'C-2', codigo: '2.1.', concepto: 'TUBO DE ACERO', idUnidadMedida: 4 }

describe('produccion §5.4.2: normalised parts of K', () => {
  it('text: NFC, upper case, every blank one space', () => {
    expect(normalizarTexto('  Tubo\u00a0 de\tacero\n')).toBe('TUBO DE ACERO')
    expect(normalizarTexto('Opéracio\u0301n')).toBe('OPÉRACIÓN')
  })

  it('code: one trailing dot is ignored, zeros are not', () => {
    expect(['2.1.', '2.1', ' 2.10 ', 'c3ext-1538.1', '2.1..'].map(normalizarCodigo)).toEqual([
      '2.1',
      '2.1',
      '2.10',
      'C3EXT-1538.1',
      '2.1.',
    ])
  })

  it.each([
    ['C-007', 'C-7'],
    ['C-7.', 'C-7'],
    ['C7', 'C-7'],
    ['ANEXO C-7', 'C-7'],
    ['C3EXT', 'C3EXT'],
    ['C3-EXT', 'C3EXT'],
    ['3C-EXT', 'C3EXT'],
    ['ANEXO C3EXT', 'C3EXT'],
    ['c-4-1', 'C-4-1'],
    ['C-2A', 'C-2A'],
    ['ANEXO CD', 'CD'],
    ['', 'S/A'],
    [null, 'S/A'],
    ['ANEXO', 'S/A'],
  ])('annex %s → %s', (anexo, esperado) => {
    expect(normalizarAnexo(anexo)).toBe(esperado)
  })
})

describe('produccion §5.4.3: K', () => {
  it('spelling does not change it; annex, code, concept and unit do', () => {
    const huella = huellaDeConcepto(X)
    expect(huella).toMatch(/^[\da-f]{64}$/)
    expect(huellaDeConcepto({ ...X, anexo: 'ANEXO C-02', codigo: ' 2.1', concepto: 'Tubo  de acero' })).toBe(huella)
    for (const otro of [{ anexo: 'C-4' }, { codigo: '2.10' }, { concepto: 'TUBO' }, { idUnidadMedida: null }])
      expect(huellaDeConcepto({ ...X, ...otro })).not.toBe(huella)
    expect(claveSinAnexo({ ...X, codigo: '2.1' })).toBe(claveSinAnexo(X))
  })
})

import { describe, expect, it } from 'vitest'
import { dinero } from '../../comun/dinero.ts'
import { fechaIso } from '../../comun/fechas.ts'
import { diferencias, imprimirValor, sonIguales } from './auditoria.reglas.ts'
import { TABLA_LOG, type EntidadAuditada, type Referencia } from './auditoria.tipos.ts'
import type { Dinero } from '../../comun/dinero.ts'

type Pte = { plazo_dias: Dinero; cliente: Referencia | null; total: Dinero }
const ENTIDAD: EntidadAuditada<Pte> = {
  tabla: TABLA_LOG.PTE,
  campos: {
    plazo_dias: { etiqueta: 'Plazo (días)', tipo: 'decimal' },
    cliente: { etiqueta: 'Cliente', tipo: 'referencia' },
    total: { etiqueta: 'Total homologado', tipo: 'dinero' },
  },
}

describe('values in the log', () => {
  it('prints each kind as core.md 9.3 says', () => {
    expect(imprimirValor('fecha', fechaIso('2025-11-03'))).toBe('03/11/2025')
    expect(imprimirValor('instante', new Date('2025-11-22T05:30:00Z'))).toBe('21/11/2025 23:30')
    expect(imprimirValor('dinero', dinero('1234.5'))).toBe('$ 1,234.50')
    expect(imprimirValor('decimal', dinero('10.500'))).toBe('10.5')
    expect(imprimirValor('booleano', false)).toBe('No')
    expect(imprimirValor('referencia', { id: 3, texto: 'CLIENTE A' })).toBe('CLIENTE A')
    expect(imprimirValor('texto', 'x'.repeat(3000))).toHaveLength(2000)
    expect(imprimirValor('texto', null)).toBe('')
  })

  it('compares typed values: 10 and 10.00 are equal, null and empty are equal', () => {
    expect(sonIguales('decimal', dinero('10'), dinero('10.00'))).toBe(true)
    expect(sonIguales('texto', null, '')).toBe(true)
    expect(sonIguales('referencia', { id: 1, texto: 'A' }, { id: 1, texto: 'B' })).toBe(true)
    expect(sonIguales('texto', 'a', 'A')).toBe(false)
  })

  it('core example 7: two changed fields give exactly two rows, the unchanged amount none', () => {
    const cambios = diferencias(ENTIDAD, {
      registroId: 9,
      antes: { plazo_dias: dinero(10), cliente: { id: 1, texto: 'CLIENTE A' }, total: dinero('100') },
      despues: { plazo_dias: dinero(15), cliente: { id: 2, texto: 'CLIENTE B' }, total: dinero('100.00') },
      detalle: 'de la PTE: BME-3801-001-2025',
    })
    expect(cambios.map(({ campoClave, anterior, actual, detalle }) => [campoClave, anterior, actual, detalle])).toEqual(
      [
        ['plazo_dias', '10', '15', 'de la PTE: BME-3801-001-2025'],
        ['cliente', 'CLIENTE A', 'CLIENTE B', 'de la PTE: BME-3801-001-2025'],
      ],
    )
  })
})

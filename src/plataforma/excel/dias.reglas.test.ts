import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aDdMmAaaa, diasEntre, fechaIso, sumarDias } from '../../comun/fechas.ts'
import type { Celda } from './leer.ts'
import { leerDia, pareceDia } from './dias.reglas.ts'

const texto = (escrito: string): Celda => ({ tipo: 'texto', texto: escrito })
const numero = (escrito: string): Celda => ({ tipo: 'numero', texto: escrito })
const dia = (celda: Celda, { derecha = true, es1904 = false } = {}): string | null => leerDia(celda, es1904, derecha)

describe('days of the programme (anexo-c §4.5)', () => {
  it('reads day first, ISO and months by their name in both languages', () => {
    const escritos = {
      '5/3/2026': '2026-03-05',
      '05/03/26': '2026-03-05',
      '05-03-2026': '2026-03-05',
      '2026-03-05': '2026-03-05',
      '2026-03-05 00:00:00': '2026-03-05',
      '05-MAR-26': '2026-03-05',
      '5-mar-2026': '2026-03-05',
      '05-ENE-26': '2026-01-05',
      '05-jan-26': '2026-01-05',
      '31-dic-2026': '2026-12-31',
      ' 05/03/2026\u00a0': '2026-03-05',
    }
    for (const [escrito, leido] of Object.entries(escritos))
      expect([escrito, dia(texto(escrito))]).toEqual([escrito, leido])
  })

  it('anexo-c §11.9: what is not a date is not a day', () => {
    for (const escrito of [
      '1',
      '31',
      '2026',
      'MAR',
      '1/3',
      'TOTAL',
      '13/112023',
      '31/02/2026',
      '05-XXX-26',
      '2026/03/05',
      '03/25/2026',
      '05/03-2026',
    ])
      expect([escrito, dia(texto(escrito))]).toEqual([escrito, null])
    for (const escrito of ['1', '31', '2026', '36525', '73051'])
      expect([escrito, dia(numero(escrito))]).toEqual([escrito, null])
    expect(dia({ tipo: 'booleano', valor: true })).toBeNull()
  })

  it('reads a serial only right of the mandatory columns, in the calendar of the workbook', () => {
    expect(dia(numero('46086'))).toBe('2026-03-05')
    expect(dia(numero('46086.5'))).toBe('2026-03-05')
    expect(dia(numero('46086'), { derecha: false })).toBeNull()
    expect(dia(numero('44624'), { es1904: true })).toBe('2026-03-05')
    expect(dia(numero('36526'))).toBe('2000-01-01')
    expect(dia(numero('73050'))).toBe('2099-12-31')
  })

  it('a real date loses its time; one of another century is no day of a programme, and it is told', () => {
    expect(dia({ tipo: 'fecha', fecha: fechaIso('2026-03-05'), hora: '12:00:00' }, { derecha: false })).toBe(
      '2026-03-05',
    )
    const uno: Celda = { tipo: 'fecha', fecha: fechaIso('1900-01-01'), hora: null }
    expect(dia(uno)).toBeNull()
    expect([uno, texto('31/02/2026'), texto('13/112023')].map(pareceDia)).toEqual([true, true, true])
    expect([texto('TOTAL'), texto('P.U. M.N.'), numero('12'), texto('OBSERVACIONES')].map(pareceDia)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('reads any day of the century in every spelling', () => {
    const inicio = fechaIso('2000-01-01')
    fc.assert(
      fc.property(fc.nat(diasEntre(inicio, fechaIso('2099-12-31'))), (n) => {
        const fecha = sumarDias(inicio, n)
        const [d = '', m = '', a = ''] = aDdMmAaaa(fecha).split('/')
        const escritos = [
          fecha,
          `${d}/${m}/${a}`,
          `${String(Number(d))}-${String(Number(m))}-${a}`,
          `${d}/${m}/${a.slice(2)}`,
        ]
        for (const escrito of escritos) expect(dia(texto(escrito))).toBe(fecha)
        expect(dia(numero(String(36_526 + n)))).toBe(fecha)
      }),
    )
  })
})

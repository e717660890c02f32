import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diasDelMes, diasEntre, fechaIso, sumarDias } from '../../../comun/fechas.ts'
import {
  bloquesDelMes,
  cicloDelDia,
  deGuardia,
  faltasDelCiclo,
  relevosDelMes,
  vigenciaPorOmision,
} from './guardias.reglas.ts'
import type { Ciclo } from './guardias.tipos.ts'

const A = { id: 1, nombre: 'Ana', color: '#112233' }
const B = { id: 2, nombre: 'Beto', color: '#445566' }
const C = { id: 3, nombre: 'Ana', color: '#778899' }

const ciclo = (cambios: Partial<Ciclo> = {}): Ciclo => ({
  a: A,
  b: B,
  inicioA: fechaIso('2026-01-05'),
  dias: 14,
  vigenteDesde: fechaIso('2026-01-05'),
  ...cambios,
})

const texto = (ciclos: readonly Ciclo[], anio: number, mes: number): string =>
  bloquesDelMes(ciclos, anio, mes)
    .map(({ superintendente, inicio, fin }) => `${superintendente.id === 1 ? 'A' : 'B'} ${inicio}–${fin}`)
    .join(', ')

describe('rotation of the guards', () => {
  it('produccion §10.23 · A starts 2026-01-05, fourteen days', () => {
    expect(texto([ciclo()], 2026, 1)).toBe('B 1–4, A 5–18, B 19–31')
    expect(texto([ciclo()], 2026, 2)).toBe('B 1–1, A 2–15, B 16–28')
    expect(texto([ciclo()], 2026, 3)).toBe('B 1–1, A 2–15, B 16–29, A 30–31')
    expect(texto([ciclo()], 2025, 12)).toBe('B 1–7, A 8–21, B 22–31')
  })

  it('no cycle gives no guards', () => {
    expect(bloquesDelMes([], 2026, 2)).toEqual([])
    expect(relevosDelMes([], 2026, 2)).toEqual([])
    expect(bloquesDelMes([ciclo()], 2026, 13)).toEqual([])
  })

  it('a change does not repaint the days before it', () => {
    const cambio = ciclo({ a: C, inicioA: fechaIso('2026-02-10'), vigenteDesde: fechaIso('2026-02-10') })
    const antes = bloquesDelMes([ciclo()], 2026, 2)
    const despues = bloquesDelMes([cambio, ciclo()], 2026, 2)
    expect(despues.map(({ superintendente, inicio, fin }) => [superintendente.id, inicio, fin])).toEqual([
      [2, 1, 1],
      [1, 2, 9],
      // Same name as A, another person.
      [3, 10, 23],
      [2, 24, 28],
    ])
    expect(despues[0]).toEqual(antes[0])
    expect(bloquesDelMes([cambio, ciclo()], 2026, 1)).toEqual(bloquesDelMes([ciclo()], 2026, 1))
  })

  it('the reliefs of a month name who leaves and who comes in', () => {
    expect(relevosDelMes([ciclo()], 2026, 3).map(({ fecha, sale, entra }) => [fecha, sale.id, entra.id])).toEqual([
      ['2026-03-02', 2, 1],
      ['2026-03-16', 1, 2],
      ['2026-03-30', 2, 1],
    ])
    // The guard changes on the very first day of the month.
    const desdeElUno = ciclo({ inicioA: fechaIso('2026-02-01'), vigenteDesde: fechaIso('2026-02-01') })
    expect(relevosDelMes([desdeElUno], 2026, 2)[0]?.fecha).toBe('2026-02-01')
  })

  it('property: blocks cover the month once, alternate, and every guard lasts its days', () => {
    const dia = fc.integer({ min: 0, max: 80_000 }).map((n) => sumarDias(fechaIso('1900-01-01'), n))
    const caso = fc.record({
      inicioA: dia,
      dias: fc.integer({ min: 1, max: 60 }),
      anio: fc.integer({ min: 1950, max: 2150 }),
      mes: fc.integer({ min: 1, max: 12 }),
    })
    fc.assert(
      fc.property(caso, ({ inicioA, dias, anio, mes }) => {
        const uno = ciclo({ inicioA, dias, vigenteDesde: inicioA })
        const bloques = bloquesDelMes([uno], anio, mes)
        let siguiente = 1
        for (const [i, bloque] of bloques.entries()) {
          expect(bloque.inicio).toBe(siguiente)
          siguiente = bloque.fin + 1
          if (i > 0) expect(bloque.superintendente.id).not.toBe(bloques[i - 1]?.superintendente.id)
          if (i > 0 && i < bloques.length - 1) expect(bloque.fin - bloque.inicio + 1).toBe(dias)
        }
        expect(siguiente).toBe(diasDelMes(anio, mes) + 1)
        for (let d = 1; d <= diasDelMes(anio, mes); d += 1) {
          const fecha = fechaIso(`${anio}-${String(mes).padStart(2, '0')}-${String(d).padStart(2, '0')}`)
          // Counted one day at a time and not with the floor of the rule.
          const vueltas = ((diasEntre(inicioA, fecha) % (2 * dias)) + 2 * dias) % (2 * dias)
          expect(deGuardia(uno, fecha)).toBe(vueltas < dias ? A : B)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('property: each day belongs to the last configuration in force by then', () => {
    const dia = fc.integer({ min: 0, max: 2000 }).map((n) => sumarDias(fechaIso('2024-01-01'), n))
    fc.assert(
      fc.property(fc.uniqueArray(dia, { minLength: 1, maxLength: 6 }), dia, (vigencias, hoy) => {
        const ciclos = vigencias.map((vigenteDesde) => ciclo({ vigenteDesde }))
        const ordenadas = [...vigencias].sort()
        const esperada = ordenadas.filter((vigencia) => vigencia <= hoy).at(-1) ?? ordenadas[0]
        expect(cicloDelDia(ciclos, hoy)?.vigenteDesde).toBe(esperada)
      }),
    )
  })
})

describe('a new configuration', () => {
  const delSitio = [{ id: 1 }, { id: 2 }]
  const inicioA = fechaIso('2026-01-05')

  it('produccion §10.24 · two different superintendents of that site, and a date', () => {
    expect(faltasDelCiclo({ idA: 1, idB: 2, inicioA }, delSitio)).toEqual({})
    expect(Object.keys(faltasDelCiclo({ idA: 1, idB: 1, inicioA }, delSitio))).toEqual(['id_super_b'])
    expect(Object.keys(faltasDelCiclo({ idA: 9, idB: 2, inicioA }, delSitio))).toEqual(['id_super_a'])
    expect(Object.keys(faltasDelCiclo({ idA: null, idB: null, inicioA: null }, delSitio))).toEqual([
      'id_super_a',
      'id_super_b',
      'fecha_inicio_a',
    ])
  })

  it('holds from its start when it is the first or still to come, else from today', () => {
    const hoy = fechaIso('2026-02-10')
    expect(vigenciaPorOmision(false, inicioA, hoy)).toBe(inicioA)
    expect(vigenciaPorOmision(true, inicioA, hoy)).toBe(hoy)
    expect(vigenciaPorOmision(true, fechaIso('2026-03-01'), hoy)).toBe('2026-03-01')
  })
})

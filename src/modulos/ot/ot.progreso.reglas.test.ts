import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diaLocal, fechaIso, leerFechaIso, sumarDias } from '../../comun/fechas.ts'
import { avanceDePasos, avanceDeTiempo, avanceFinal, avanceOt, contarPasos } from './ot.progreso.reglas.ts'
import { ESTATUS_PASO } from './ot.tipos.ts'

/** Progress of an OT given its texts: programme, actual start, today, completed/total steps. */
function avance(inicio: string, termino: string, hoy: string, pasos: string, inicioReal = '') {
  const [completados = 0, total = 0] = pasos.split('/').map(Number)
  return avanceOt(
    {
      fechaInicioProgramado: leerFechaIso(inicio),
      fechaTerminoProgramado: leerFechaIso(termino),
      fechaInicioReal: leerFechaIso(inicioReal),
    },
    { total, completados },
    fechaIso(hoy),
  )
}

describe('progress of an OT (ot.md §11.1)', () => {
  it('O-01: before its start nothing has elapsed', () => {
    expect(avance('2025-03-01', '2025-03-10', '2025-02-28', '0/8')).toMatchObject({
      plazo_total: 10,
      dias_transcurridos: 0,
      dias_restantes: 10,
      progreso_tiempo: 0,
      progreso_final: 0,
    })
  })

  it('O-02: on the first day nothing has elapsed yet', () => {
    expect(avance('2025-03-01', '2025-03-10', '2025-03-01', '0/8')).toMatchObject({
      dias_transcurridos: 0,
      plazo_total: 10,
      dias_restantes: 10,
      progreso_tiempo: 0,
    })
  })

  it('O-03: halfway, with a later actual start', () => {
    expect(avance('2025-03-01', '2025-03-10', '2025-03-06', '2/8', '2025-03-03')).toEqual({
      total_pasos: 8,
      pasos_completados: 2,
      progreso_pasos: 25,
      progreso_tiempo: 50,
      dias_restantes: 5,
      dias_transcurridos: 5,
      plazo_total: 10,
      progreso_tiempo_real: 37,
      dias_restantes_real: 5,
      dias_transcurridos_real: 3,
      plazo_total_real: 8,
      progreso_final: 42,
      progreso_final_real: 33,
    })
  })

  it('O-04: on the last day 90 %, and 63 % in all (a float gives 62)', () => {
    expect(avance('2025-03-01', '2025-03-10', '2025-03-10', '0/8', '2025-03-03')).toMatchObject({
      dias_transcurridos: 9,
      plazo_total: 10,
      progreso_tiempo: 90,
      dias_restantes: 1,
      progreso_final: 63,
      dias_transcurridos_real: 7,
      plazo_total_real: 8,
      progreso_tiempo_real: 87,
      progreso_final_real: 60,
    })
  })

  it('O-05: the day after the end time is 100 %', () => {
    expect(avance('2025-03-01', '2025-03-10', '2025-03-11', '3/8')).toMatchObject({
      dias_transcurridos: 10,
      plazo_total: 10,
      progreso_tiempo: 100,
      dias_restantes: 0,
      progreso_pasos: 37,
      progreso_final: 81,
    })
  })

  it('O-06: with every step completed, 100 %', () => {
    expect(avance('2025-03-01', '2025-03-10', '2025-03-11', '8/8').progreso_final).toBe(100)
  })

  it('O-07: without dates only the steps count', () => {
    expect(avance('', '', '2025-03-06', '4/8')).toMatchObject({
      progreso_tiempo: 0,
      dias_transcurridos: 0,
      plazo_total: 0,
      progreso_pasos: 50,
      progreso_final: 15,
    })
  })

  it('O-08: one-day programme, on its day, without steps', () => {
    expect(avance('2025-05-05', '2025-05-05', '2025-05-05', '0/0')).toMatchObject({
      plazo_total: 1,
      dias_transcurridos: 0,
      dias_restantes: 1,
      progreso_tiempo: 0,
      progreso_pasos: 0,
      progreso_final: 0,
    })
  })

  it('O-09: one-day programme, the day after', () => {
    expect(avance('2025-05-05', '2025-05-05', '2025-05-06', '0/0')).toMatchObject({
      dias_transcurridos: 1,
      plazo_total: 1,
      progreso_tiempo: 100,
      progreso_final: 70,
    })
  })

  it('O-10: across February 29th', () => {
    expect(avance('2024-02-01', '2024-03-01', '2024-02-29', '1/3')).toMatchObject({
      plazo_total: 30,
      dias_transcurridos: 28,
      dias_restantes: 2,
      progreso_tiempo: 93,
      progreso_pasos: 33,
      progreso_final: 75,
    })
  })

  it('O-11: an end before its start (old data) publishes no term', () => {
    expect(avance('2025-03-10', '2025-03-08', '2025-03-09', '1/2')).toMatchObject({
      plazo_total: 0,
      dias_transcurridos: 0,
      dias_restantes: 0,
      progreso_tiempo: 0,
      progreso_final: 15,
    })
  })

  it('O-12: a whole year, 29 of 50 steps (a float gives 57)', () => {
    expect(avance('2025-01-01', '2025-12-31', '2025-07-02', '29/50', '2025-02-01')).toMatchObject({
      dias_transcurridos: 182,
      plazo_total: 365,
      progreso_tiempo: 49,
      dias_restantes: 183,
      progreso_pasos: 58,
      progreso_final: 51,
      dias_transcurridos_real: 151,
      plazo_total_real: 334,
      progreso_tiempo_real: 45,
      dias_restantes_real: 183,
      progreso_final_real: 48,
    })
  })

  it('O-13: NO APLICA and CANCELADO are steps, but not completed ones', () => {
    const { COMPLETADO, NO_APLICA, CANCELADO, PENDIENTE, PROCESO } = ESTATUS_PASO
    const conteo = contarPasos([
      ...[COMPLETADO, COMPLETADO, COMPLETADO],
      ...[NO_APLICA, NO_APLICA, CANCELADO],
      ...[PENDIENTE, PENDIENTE, PROCESO, PROCESO],
    ])
    expect(conteo).toEqual({ total: 10, completados: 3 })
    expect(avanceDePasos(conteo)).toBe(30)
  })

  it('O-14: the day is the local one', () => {
    const hoy = diaLocal(new Date('2025-03-06T03:00:00Z'))
    expect(hoy).toBe('2025-03-05')
    expect(avance('2025-03-01', '2025-03-10', hoy, '0/8').dias_transcurridos).toBe(4)
  })

  it('O-16: an actual start after the programmed end publishes no real term', () => {
    expect(avance('2025-03-01', '2025-03-10', '2025-03-06', '1/4', '2025-03-15')).toMatchObject({
      progreso_pasos: 25,
      dias_transcurridos_real: 0,
      plazo_total_real: 0,
      progreso_tiempo_real: 0,
      progreso_final_real: 7,
    })
  })

  it('one date alone is not a programme', () => {
    expect(avance('2025-03-01', '', '2025-03-06', '0/8').plazo_total).toBe(0)
    expect(avance('', '2025-03-10', '2025-03-06', '0/8').plazo_total).toBe(0)
  })

  it('§4.4: the points that floats lose', () => {
    expect([avanceFinal(90, 0), avanceFinal(3, 3)]).toEqual([63, 3])
  })
})

describe('progress of an OT, for any dates', () => {
  const dias = fc.integer({ min: 0, max: 2000 }).map((n) => sumarDias(fechaIso('2023-01-01'), n))

  it('property: elapsed and left make the term, and percentages stay in 0..100', () => {
    fc.assert(
      fc.property(dias, dias, dias, (inicio, fin, hoy) => {
        const { plazo, transcurridos, restantes, progreso } = avanceDeTiempo(inicio, fin, hoy)
        expect(transcurridos + restantes).toBe(plazo)
        expect(Math.min(transcurridos, restantes, progreso, 100 - progreso)).toBeGreaterThanOrEqual(0)
        expect(progreso === 100).toBe(fin >= inicio && hoy > fin)
      }),
    )
  })

  it('property: time never goes back from one day to the next', () => {
    fc.assert(
      fc.property(dias, dias, dias, (inicio, fin, hoy) => {
        const antes = avanceDeTiempo(inicio, fin, hoy)
        const despues = avanceDeTiempo(inicio, fin, sumarDias(hoy, 1))
        expect(despues.progreso).toBeGreaterThanOrEqual(antes.progreso)
        expect(despues.transcurridos).toBeGreaterThanOrEqual(antes.transcurridos)
      }),
    )
  })

  it('property: the final progress is the exact floor, checked with big integers', () => {
    const porcentaje = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(porcentaje, porcentaje, (tiempo, pasos) => {
        expect(avanceFinal(tiempo, pasos)).toBe(Number((7n * BigInt(tiempo) + 3n * BigInt(pasos)) / 10n))
      }),
      { numRuns: 2000 },
    )
  })

  it('property: only all the steps make 100 % of steps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), (total, n) => {
        const completados = Math.min(n, total)
        expect(avanceDePasos({ total, completados }) === 100).toBe(completados === total)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rechazo } from '../../../../tests/apoyo/rechazo.ts'
import { fechaIso } from '../../../comun/fechas.ts'
import { compararOrden, ESTATUS_PASO } from '../../../comun/pasos.ts'
import {
  avancePte,
  COMENTARIO_AUTOMATICO,
  estaIntacto,
  exigirSinSubpasos,
  ordenarPasos,
  padreRecalculado,
  type PasoConFechas,
  pasosTerminados,
  porcentaje,
  ramas,
} from './pasos.reglas.ts'

const HOY = fechaIso('2025-03-05')
const { PENDIENTE, PROCESO, COMPLETADO, CANCELADO, NO_APLICA } = ESTATUS_PASO

/** Steps from their `orden` and status; those with a point are substeps. */
function pasos(estatus: Readonly<Record<string, number>>): PasoConFechas[] {
  return Object.entries(estatus).map(([orden, estatusPaso], i) => ({
    id: i + 1,
    orden,
    tipo: /\.[1-9]/.test(orden) ? 2 : 1,
    estatusPaso,
    fechaTermino: null,
    fechaEntrega: null,
    comentario: '',
  }))
}

const conEstatus = (completados: number, total: number): PasoConFechas[] =>
  pasos(Object.fromEntries(Array.from({ length: total }, (_, i) => [`${i + 1}`, i < completados ? COMPLETADO : 1])))

/** The template of the examples: main steps 1 to 8 and substeps 4.1 to 4.4, T = 12. */
const CONTRATO = ['1', '2', '3', '4', '4.1', '4.2', '4.3', '4.4', '5', '6', '7', '8']
const contrato = (otros: number, distintos: Readonly<Record<string, number>> = {}): PasoConFechas[] =>
  pasos(Object.fromEntries(CONTRATO.map((orden) => [orden, distintos[orden] ?? otros])))

describe('progress (§5.5)', () => {
  it('P-07: T = 12, C = 0', () => {
    expect(avancePte(contrato(PENDIENTE))).toEqual({ progreso: 0, pasos_completados: 0, total_pasos: 12 })
  })

  it('P-08: two COMPLETADO and one NO APLICA of 12', () => {
    expect(avancePte(contrato(PENDIENTE, { '1': COMPLETADO, '2': COMPLETADO, '3': NO_APLICA }))).toEqual({
      progreso: 25,
      pasos_completados: 3,
      total_pasos: 12,
    })
  })

  it('P-09: thirds', () => {
    expect([porcentaje(2, 3), porcentaje(1, 3)]).toEqual([67, 33])
  })

  it('P-10: half goes up', () => {
    expect([porcentaje(1, 8), porcentaje(5, 8)]).toEqual([13, 63])
  })

  it('P-11: 99.5 is capped at 99, and no OT is offered', () => {
    const casi = conEstatus(199, 200)
    expect([avancePte(casi).progreso, pasosTerminados(casi)]).toEqual([99, false])
  })

  it('without steps it is 0', () => {
    expect([avancePte([]).progreso, pasosTerminados([])]).toEqual([0, false])
  })

  it('property: between 0 and 100, never down when one more is done, 100 only when all are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(3000), (total, n) => {
        const hechos = Math.min(n, total)
        const p = porcentaje(hechos, total)
        expect(p === 100).toBe(hechos === total)
        expect(p).toBeGreaterThanOrEqual(0)
        if (hechos > 0) expect(porcentaje(hechos - 1, total)).toBeLessThanOrEqual(p)
        if (hechos < total) expect(Math.abs(p - (100 * hechos) / total)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('order of the steps (§6.2)', () => {
  it('P-39: 1, 2, 4, 10 and 4.1, 4.2', () => {
    const desordenados = pasos({ '1': 1, '10': 1, '2': 1, '4': 1, '4.2': 1, '4.1': 1 })
    const todas = ramas(desordenados)
    expect(todas.map(({ padre }) => padre.orden)).toEqual(['1', '2', '4', '10'])
    expect(todas.flatMap(({ subpasos }) => subpasos.map(({ orden }) => orden))).toEqual(['4.1', '4.2'])
  })

  it('4 and 4.0 are the same place: ties by id', () => {
    expect(compararOrden('4', '4.0')).toBe(0)
    expect(
      ordenarPasos([
        { id: 2, orden: '4.0' },
        { id: 1, orden: '4' },
      ]).map(({ id }) => id),
    ).toEqual([1, 2])
  })

  it('property: a total order, whatever the segments', () => {
    const orden = fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }).map((partes) => partes.join('.'))
    fc.assert(
      fc.property(orden, orden, orden, (a, b, c) => {
        expect(Math.sign(compararOrden(a, b))).toBe(-Math.sign(compararOrden(b, a)) + 0)
        if (compararOrden(a, b) <= 0 && compararOrden(b, c) <= 0) expect(compararOrden(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('parent step (§6.3, §6.4)', () => {
  const rama4 = (lista: readonly PasoConFechas[]) => {
    const rama = ramas(lista).find(({ padre }) => Number(padre.orden) === 4)
    if (rama === undefined) throw new Error('The example has no fourth step')
    return rama
  }

  it('the parent is the main step with the same integer part, written 4 or 4.0', () => {
    expect(rama4(pasos({ '3': 1, '4.0': 1, '4.1': 1, '40': 1 })).subpasos.map(({ orden }) => orden)).toEqual(['4.1'])
  })

  it('D-PTE-11: a parent that is not the fourth is one too', () => {
    const [, segunda] = ramas(pasos({ '1': 1, '7': 1, '7.1': 3 }))
    expect([segunda?.padre.orden, segunda?.subpasos.length]).toEqual(['7', 1])
  })

  it('is completed when all of its substeps are, with its comment, its end today and no delivery', () => {
    const lista = contrato(PENDIENTE, { '4.1': COMPLETADO, '4.2': COMPLETADO, '4.3': COMPLETADO, '4.4': NO_APLICA })
    expect(padreRecalculado(rama4(lista), HOY)).toMatchObject({
      estatusPaso: COMPLETADO,
      comentario: COMENTARIO_AUTOMATICO,
      fechaTermino: HOY,
      fechaEntrega: null,
    })
  })

  it('D-PTE-13: goes back to PROCESO when a substep is opened; what a person wrote stays', () => {
    const lista = contrato(COMPLETADO, { '4.2': PROCESO }).map((paso) =>
      paso.orden === '4' ? { ...paso, fechaTermino: HOY, fechaEntrega: HOY, comentario: 'Con planos' } : paso,
    )
    expect(padreRecalculado(rama4(lista), HOY)).toMatchObject({
      estatusPaso: PROCESO,
      fechaTermino: null,
      fechaEntrega: null,
      comentario: 'Con planos',
    })
  })

  it('is left alone when it is right, and when it has no substeps', () => {
    expect(padreRecalculado(rama4(contrato(PENDIENTE)), HOY)).toBeNull()
    expect(padreRecalculado(rama4(pasos({ '4': COMPLETADO })), HOY)).toBeNull()
  })

  it('its status is not set by hand', () => {
    expect(
      rechazo(() => {
        exigirSinSubpasos(rama4(contrato(PENDIENTE)))
      }),
    ).toMatchObject({ estado: 409, tipoAviso: 'advertencia' })
    expect(() => {
      exigirSinSubpasos(rama4(pasos({ '4': PENDIENTE })))
    }).not.toThrow()
  })

  it('property: after recalculating, a parent is COMPLETADO exactly when all its substeps are done', () => {
    const estatus = fc.constantFrom(PENDIENTE, PROCESO, COMPLETADO, CANCELADO, NO_APLICA)
    fc.assert(
      fc.property(estatus, fc.array(estatus, { minLength: 1, maxLength: 6 }), (padre, hijos) => {
        const lista = pasos({ '4': padre, ...Object.fromEntries(hijos.map((e, i) => [`4.${i + 1}`, e])) })
        const rama = rama4(lista)
        const despues = padreRecalculado(rama, HOY) ?? rama.padre
        const completos = hijos.every((e) => e === COMPLETADO || e === NO_APLICA)
        expect(despues.estatusPaso === COMPLETADO).toBe(completos)
        expect(padreRecalculado({ ...rama, padre: despues }, HOY)).toBeNull()
      }),
    )
  })
})

describe('when an OT may be born (R-PTE-13.2)', () => {
  it('P-12: a main step CANCELADO and the other eleven COMPLETADO', () => {
    const lista = contrato(COMPLETADO, { '8': CANCELADO })
    expect([avancePte(lista).progreso, avancePte(lista).pasos_completados, pasosTerminados(lista)]).toEqual([
      92,
      11,
      true,
    ])
  })

  it('P-12b: a substep CANCELADO keeps its parent open and does not stop the OT', () => {
    const lista = contrato(COMPLETADO, { '4': PROCESO, '4.2': CANCELADO })
    const [rama] = ramas(lista).filter(({ subpasos }) => subpasos.length > 0)
    expect(rama && porcentaje(rama.subpasos.filter((s) => s.estatusPaso === COMPLETADO).length, 4)).toBe(75)
    expect([avancePte(lista).progreso, avancePte(lista).pasos_completados, pasosTerminados(lista)]).toEqual([
      83,
      10,
      true,
    ])
  })

  it.each([PENDIENTE, PROCESO, 15])('a step in %i stops it', (estatus) => {
    expect(pasosTerminados(contrato(COMPLETADO, { '7': estatus }))).toBe(false)
    expect(pasosTerminados(contrato(COMPLETADO, { '4.3': estatus }))).toBe(false)
  })
})

describe('untouched steps (R-PTE-09)', () => {
  const nuevo = { ...pasos({ '1': PENDIENTE })[0], fechaInicio: null, archivo: null } as Parameters<
    typeof estaIntacto
  >[0]

  it.each([
    { estatusPaso: PROCESO },
    { fechaInicio: HOY },
    { fechaTermino: HOY },
    { fechaEntrega: HOY },
    { archivo: 'https://example.com' },
    { comentario: 'algo' },
  ])('%j is work', (cambio) => {
    expect(estaIntacto({ ...nuevo, ...cambio })).toBe(false)
    expect(estaIntacto({ ...nuevo, comentario: null })).toBe(true)
  })
})

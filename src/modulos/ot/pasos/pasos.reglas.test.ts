import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rechazo } from '../../../../tests/apoyo/rechazo.ts'
import { fechaIso } from '../../../comun/fechas.ts'
import { NOMBRE_FECHA_PASO, textoEstatusPaso, transicionPaso, validarFechaPaso } from '../../../comun/pasos.ts'
import { avanceDePasos, contarPasos } from '../ot.progreso.reglas.ts'
import { ESTATUS_PASO } from '../ot.tipos.ts'
import { pasosNuevos, plantillaDePasos, type ViaDeAlta } from './pasos.reglas.ts'

const HOY = fechaIso('2025-03-06')
const MARZO_2 = fechaIso('2025-03-02')
const MARZO_4 = fechaIso('2025-03-04')
const { PENDIENTE, PROCESO, COMPLETADO, CANCELADO, NO_APLICA } = ESTATUS_PASO

describe('template of the steps (§5.4)', () => {
  it.each<[ViaDeAlta, 4 | 5, contrato: number, intercom: number, otro: number]>([
    ['manual', 5, 5, 18, 5],
    ['manual', 4, 5, 5, 5],
    ['pte', 4, 4, 18, 4],
    ['pte', 5, 5, 18, 5],
    ['importacion', 4, 4, 4, 4],
    ['importacion', 5, 5, 5, 5],
  ])('%s, type %i: %i for contract, %i for intercom, %i otherwise', (via, tipo, contrato, intercom, otro) => {
    const plantillas = [15, 16, null, 99].map((tipoCliente) => plantillaDePasos(via, tipo, tipoCliente))
    expect(plantillas).toEqual([contrato, intercom, otro, otro])
  })
})

describe('steps of a new OT', () => {
  const paso = (id: number, activo = true, idPasoOrigen: number | null = null) => ({ id, activo, idPasoOrigen })

  it('O-33: the active steps of the template by id, all PENDIENTE', () => {
    const nuevos = pasosNuevos([paso(24), paso(21), paso(23, false), paso(22)])
    expect(nuevos.map(({ idPaso, estatusPaso }) => [idPaso, estatusPaso])).toEqual([
      [21, 1],
      [22, 1],
      [24, 1],
    ])
    expect(nuevos[0]).toEqual({
      idPaso: 21,
      estatusPaso: PENDIENTE,
      fechaInicio: null,
      fechaTermino: null,
      fechaEntrega: null,
      archivo: null,
    })
  })

  it('P-30: a step with origin copies status, dates and link of the step of the PTE', () => {
    const deLaPte = {
      estatusPaso: COMPLETADO,
      fechaInicio: fechaIso('2025-01-10'),
      fechaTermino: fechaIso('2025-01-20'),
      fechaEntrega: fechaIso('2025-01-21'),
      archivo: 'https://ejemplo.mx/l',
    }
    const nuevos = pasosNuevos([paso(15), paso(16, true, 37), paso(17, true, 44)], new Map([[37, deLaPte]]))
    expect(nuevos[1]).toEqual({ idPaso: 16, ...deLaPte })
    expect([nuevos[0]?.estatusPaso, nuevos[2]?.estatusPaso]).toEqual([PENDIENTE, PENDIENTE])
  })

  it('without PTE nothing is copied', () => {
    expect(pasosNuevos([paso(16, true, 37)])[0]?.estatusPaso).toBe(PENDIENTE)
  })

  it('a template without active steps gives none', () => {
    expect(pasosNuevos([paso(1, false)])).toEqual([])
  })
})

describe('status of a step (§5.9)', () => {
  const cambiar = (actual: number, nuevo: number, guardada: typeof HOY | null, recibida: typeof HOY | null) =>
    transicionPaso({ actual, nuevo, fechaEntrega: guardada, fechaRecibida: recibida, hoy: HOY })

  it('O-48: completed with its date, then back, and the progress falls', () => {
    const completo = cambiar(PROCESO, COMPLETADO, null, MARZO_2)
    const devuelto = cambiar(COMPLETADO, PROCESO, completo.fechaEntrega, null)
    expect([completo.fechaEntrega, devuelto.fechaEntrega]).toEqual([MARZO_2, null])
    expect(avanceDePasos(contarPasos([completo.estatusPaso, PENDIENTE]))).toBe(50)
    expect(avanceDePasos(contarPasos([devuelto.estatusPaso, PENDIENTE]))).toBe(0)
  })

  it('completed without date is delivered today', () => {
    expect(cambiar(PENDIENTE, COMPLETADO, null, null).fechaEntrega).toBe(HOY)
  })

  it('completed again takes a new date, or keeps its own', () => {
    expect(cambiar(COMPLETADO, COMPLETADO, MARZO_2, MARZO_4).fechaEntrega).toBe(MARZO_4)
    expect(cambiar(COMPLETADO, COMPLETADO, MARZO_2, null).fechaEntrega).toBe(MARZO_2)
  })

  it('between the others the date does not change', () => {
    expect(cambiar(PENDIENTE, NO_APLICA, MARZO_2, MARZO_4)).toEqual({ estatusPaso: 14, fechaEntrega: MARZO_2 })
  })

  it('a status that is not of a step is refused', () => {
    expect([5, 10, 15, 0].map((nuevo) => rechazo(() => cambiar(PENDIENTE, nuevo, null, null)).estado)).toEqual([
      400, 400, 400, 400,
    ])
  })

  it('an unknown status reads DESCONOCIDO', () => {
    expect([1, 14, 99].map(textoEstatusPaso)).toEqual(['PENDIENTE', 'NO APLICA', 'DESCONOCIDO'])
  })

  it('property: no step that is not completed gains a delivery date', () => {
    const estatus = fc.constantFrom(...Object.values(ESTATUS_PASO))
    fc.assert(
      fc.property(estatus, estatus, fc.constantFrom(null, MARZO_4), (actual, nuevo, recibida) => {
        const guardada = actual === COMPLETADO ? MARZO_2 : null
        const { fechaEntrega } = cambiar(actual, nuevo, guardada, recibida)
        expect(fechaEntrega !== null).toBe(nuevo === COMPLETADO)
      }),
    )
  })
})

describe('dates of a step (§5.9)', () => {
  const paso = (estatusPaso: number, fechaInicio = MARZO_2, fechaTermino = MARZO_4) => ({
    estatusPaso,
    fechaInicio,
    fechaTermino,
  })

  it('kinds 1, 2 and 3 are start, end and delivery', () => {
    expect(validarFechaPaso(paso(PROCESO), '1', MARZO_4)).toBe('fechaInicio')
    expect(validarFechaPaso(paso(PROCESO), '2', HOY)).toBe('fechaTermino')
    expect(validarFechaPaso(paso(COMPLETADO), '3', HOY)).toBe('fechaEntrega')
    expect(NOMBRE_FECHA_PASO.fechaTermino).toBe('término')
  })

  it('any other kind is refused', () => {
    expect(
      ['', '0', '4', '7', 'inicio'].map((tipo) => rechazo(() => validarFechaPaso(paso(1), tipo, HOY)).estado),
    ).toEqual([400, 400, 400, 400, 400])
  })

  it('empty clears', () => {
    expect(validarFechaPaso(paso(PENDIENTE), '1', null)).toBe('fechaInicio')
  })

  it('P-37: an end before its start is a warning, from either side', () => {
    const termino = rechazo(() => validarFechaPaso(paso(PROCESO, MARZO_4), '2', MARZO_2))
    expect(termino).toMatchObject({
      estado: 400,
      tipoAviso: 'advertencia',
      detalles: 'El término debe ser igual o posterior al inicio (04/03/2025)',
    })
    expect(rechazo(() => validarFechaPaso(paso(PROCESO), '1', HOY)).detalles).toBe(
      'El inicio debe ser igual o anterior al término (04/03/2025)',
    )
  })

  it('start and end are locked in COMPLETADO and NO APLICA', () => {
    const estados = [COMPLETADO, NO_APLICA].flatMap((estatus) =>
      ['1', '2'].map((tipo) => rechazo(() => validarFechaPaso(paso(estatus), tipo, MARZO_4)).estado),
    )
    expect(estados).toEqual([409, 409, 409, 409])
  })

  it('delivery only in COMPLETADO', () => {
    const estados = [PENDIENTE, PROCESO, CANCELADO, NO_APLICA].map(
      (estatus) => rechazo(() => validarFechaPaso(paso(estatus), '3', HOY)).estado,
    )
    expect(estados).toEqual([409, 409, 409, 409])
  })
})

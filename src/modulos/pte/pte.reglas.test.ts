import { describe, expect, it } from 'vitest'
import { rechazo } from '../../../tests/apoyo/rechazo.ts'
import { dinero } from '../../comun/dinero.ts'
import { fechaIso } from '../../comun/fechas.ts'
import {
  estatusDePasosFaltantes,
  estatusMostrado,
  exigirObligatorios,
  exigirPrioridad,
  textoPrioridad,
  transicionEstatusPte,
  type Obligatorios,
} from './pte.reglas.ts'
import { ESTATUS_DE_PTE } from './pte.tipos.ts'

const HOY = fechaIso('2025-03-05')
const COMPLETOS: Obligatorios = {
  idCliente: 1,
  idResponsableProyecto: 1,
  idTipo: 12,
  plazoDias: dinero(30),
  prioridad: 1,
}

const falta = (cambio: Partial<Obligatorios>) =>
  rechazo(() => {
    exigirObligatorios({ ...COMPLETOS, ...cambio })
  })

describe('required data (R-PTE-01)', () => {
  it.each<[Partial<Obligatorios>, string]>([
    [{ idCliente: null, idResponsableProyecto: null }, 'El Cliente es obligatorio'],
    [{ idResponsableProyecto: null, idTipo: null }, 'El Responsable del Proyecto es obligatorio'],
    [{ idTipo: null, plazoDias: null }, 'El Tipo de PTE es obligatorio'],
    [{ plazoDias: null, prioridad: null }, 'El Plazo en Días debe ser mayor a 0'],
    [{ plazoDias: dinero(0) }, 'El Plazo en Días debe ser mayor a 0'],
    [{ plazoDias: dinero('-3') }, 'El Plazo en Días debe ser mayor a 0'],
    [{ prioridad: null }, 'La Prioridad es obligatoria'],
  ])('%j: %s', (cambio, mensaje) => {
    expect(falta(cambio)).toMatchObject({ estado: 400, tipoAviso: 'error', detalles: mensaje })
    expect(Object.keys(falta(cambio).campos ?? {})).toHaveLength(Object.keys(cambio).length)
  })

  it('complete, with decimals in the term', () => {
    expect(() => {
      exigirObligatorios({ ...COMPLETOS, plazoDias: dinero('2.5') })
    }).not.toThrow()
  })

  it('a priority is one of four (R-PTE-04)', () => {
    expect([1, 2, 3, 4].map((id) => textoPrioridad(id))).toEqual(['ALTA', 'MEDIA', 'BAJA', 'TBD'])
    expect(
      rechazo(() => {
        exigirPrioridad(5)
      }).estado,
    ).toBe(400)
  })
})

describe('status (§4.2, §5.4)', () => {
  const cambiar = (actual: number, nuevo: number, fechaEntrega: string | null, recibida: string | null) =>
    transicionEstatusPte({
      actual,
      nuevo,
      fechaEntrega: fechaEntrega === null ? null : fechaIso(fechaEntrega),
      fechaRecibida: recibida === null ? null : fechaIso(recibida),
      hoy: HOY,
    }).fechaEntrega

  it('the table of dates', () => {
    expect([
      cambiar(1, 3, null, '2025-03-01'),
      cambiar(1, 3, null, null),
      cambiar(3, 3, '2025-03-01', '2025-03-04'),
      cambiar(3, 3, '2025-03-01', null),
      cambiar(3, 2, '2025-03-04', null),
      cambiar(1, 4, '2025-06-30', null),
    ]).toEqual(['2025-03-01', HOY, '2025-03-04', '2025-03-01', null, '2025-06-30'])
  })

  it('any of the five may follow any other; nothing else is a status', () => {
    const ids = ESTATUS_DE_PTE.map(({ id }) => id)
    for (const actual of ids) for (const nuevo of ids) expect(() => cambiar(actual, nuevo, null, null)).not.toThrow()
    for (const nuevo of [0, 5, 9, 14, 99]) expect(rechazo(() => cambiar(1, nuevo, null, null)).estado).toBe(400)
  })

  it('D-PTE-06: 15 and the legacy 9 read SUSPENDIDA, grey; an unknown one DESCONOCIDO', () => {
    expect([estatusMostrado(15), estatusMostrado(9)]).toEqual([
      { id: 15, texto: 'SUSPENDIDA', tono: 'gris' },
      { id: 15, texto: 'SUSPENDIDA', tono: 'gris' },
    ])
    expect(estatusMostrado(7)).toEqual({ id: 7, texto: 'DESCONOCIDO', tono: 'gris' })
  })

  it('steps created later take the status of their PTE, suspended ones PENDIENTE', () => {
    expect([1, 2, 3, 4, 15, 9].map(estatusDePasosFaltantes)).toEqual([1, 2, 3, 4, 1, 1])
  })
})

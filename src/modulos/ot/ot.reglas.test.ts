import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rechazo } from '../../../tests/apoyo/rechazo.ts'
import { fechaIso, leerFechaIso, plazoEntre, sumarDias } from '../../comun/fechas.ts'
import { comentarioTrasCambio } from '../../comun/pasos.ts'
import {
  completarPlazo,
  conflictoDeFolio,
  conflictoDeNumero,
  editarPlazo,
  estatusTrasEditar,
  exigirFolio,
  exigirMismoTipo,
  exigirNoVaciados,
  exigirObligatorios,
  exigirPrincipal,
  type FechasOt,
  herenciaDeReprogramacion,
  leerNumeroReprogramacion,
  reprogramacionesDe,
  siguienteNumero,
  textoEstatusOt,
  textoEstatusTabla,
  tipoOt,
  transicionEstatusOt,
  validarParesDeFechas,
} from './ot.reglas.ts'
import { ESTATUS_OT, TIPO_OT } from './ot.tipos.ts'

const HOY = fechaIso('2025-03-06')
const { ASIGNADA, EN_EJECUCION, SUSPENDIDA, TERMINADA } = ESTATUS_OT

describe('required data (R-OT-01)', () => {
  const completos = {
    ordenTrabajo: 'OT-1',
    descripcionTrabajo: 'Obra',
    idResponsableProyecto: 1,
    responsableCliente: 'R',
    idCliente: 1,
  }

  it('O-22: without folio, the text of the owner', () => {
    expect(
      [null, undefined, ''].map((folio) =>
        rechazo(() => {
          exigirFolio(folio)
        }),
      ),
    ).toMatchObject(Array(3).fill({ estado: 400, tipoAviso: 'error', detalles: 'El Folio de la OT es obligatorio' }))
  })

  it('every missing field is named; the notice says the first', () => {
    const error = rechazo(() => {
      exigirObligatorios({ ...completos, idResponsableProyecto: null, responsableCliente: '' })
    })
    expect(error).toMatchObject({
      tipoAviso: 'error',
      detalles: 'El Responsable del Proyecto es obligatorio',
      campos: {
        responsable_proyecto: 'El Responsable del Proyecto es obligatorio',
        responsable_cliente: 'El Responsable del cliente es obligatorio',
      },
    })
  })

  it('R-OT-06: the client is required', () => {
    expect(
      rechazo(() => {
        exigirObligatorios({ ...completos, idCliente: null })
      }).campos,
    ).toEqual({
      id_cliente: 'El Cliente es obligatorio',
    })
  })

  it('complete data pass', () => {
    expect(() => {
      exigirObligatorios(completos)
    }).not.toThrow()
  })

  it('the type is 4 or 5, and never changes', () => {
    expect([4, 5].map(tipoOt)).toEqual([4, 5])
    expect([18, 0, null, undefined].map((tipo) => rechazo(() => tipoOt(tipo)).estado)).toEqual([400, 400, 400, 400])
    expect(
      rechazo(() => {
        exigirMismoTipo(TIPO_OT.REPROGRAMACION, 4)
      }).campos,
    ).toHaveProperty('id_tipo')
    expect(() => {
      exigirMismoTipo(TIPO_OT.REPROGRAMACION, 5)
    }).not.toThrow()
    expect(() => {
      exigirMismoTipo(TIPO_OT.REPROGRAMACION, undefined)
    }).not.toThrow()
  })

  it('O-32: a folio that is taken is a 409 error', () => {
    expect(conflictoDeFolio('OT-1')).toMatchObject({ estado: 409, tipoAviso: 'error' })
  })
})

describe('principal of a reprogramación', () => {
  const inicial = { id: 3, idTipo: 4, estatus: 1 }

  it('O-23: without principal, a warning with the text of the owner', () => {
    expect(rechazo(() => exigirPrincipal(null, null))).toMatchObject({
      estado: 400,
      tipoAviso: 'advertencia',
      detalles: 'Para una reprogramación, debe seleccionar la OT Inicial.',
    })
  })

  it('O-24: a principal that is a reprogramación, is deleted or does not exist is rejected', () => {
    expect(rechazo(() => exigirPrincipal(3, { ...inicial, idTipo: 5 }))).toMatchObject({
      estado: 400,
      tipoAviso: 'error',
    })
    expect(rechazo(() => exigirPrincipal(3, { ...inicial, estatus: 0 }))).toMatchObject({
      estado: 404,
      tipoAviso: 'error',
    })
    expect(rechazo(() => exigirPrincipal(3, null)).estado).toBe(404)
  })

  it('R-OT-22: never itself', () => {
    expect(rechazo(() => exigirPrincipal(3, inicial, 3)).estado).toBe(400)
  })

  it('a live initial order is accepted, also one por definir', () => {
    expect(exigirPrincipal(3, inicial, 9)).toBe(inicial)
    expect(exigirPrincipal(3, { ...inicial, estatus: -1 }).id).toBe(3)
  })
})

describe('inheritance of a reprogramación (R-OT-05)', () => {
  const principal = {
    idPteHeader: 7,
    idCliente: 1,
    idResponsableProyecto: 20,
    responsableCliente: 'Residente',
    descripcionTrabajo: 'Tendido de línea',
    oficioOt: 'X-2024',
  }

  it('O-25: PTE and client of the principal', () => {
    expect(herenciaDeReprogramacion({}, principal)).toEqual({
      idPteHeader: 7,
      idCliente: 1,
      idResponsableProyecto: 20,
      responsableCliente: 'Residente',
      descripcionTrabajo: 'Tendido de línea',
    })
  })

  it('O-26: explicit values win, empty ones do not', () => {
    const enviado = { idCliente: 3, idResponsableProyecto: null, descripcionTrabajo: 'Otra' }
    expect(herenciaDeReprogramacion(enviado, principal)).toMatchObject({
      idCliente: 3,
      idResponsableProyecto: 20,
      descripcionTrabajo: 'Otra',
    })
  })
})

describe('numbering of reprogramaciones (§5.3)', () => {
  it('O-27: live 1 and 2, next 3', () => {
    expect(siguienteNumero({ cuenta: 2, maximo: 2 })).toBe(3)
  })

  it('O-28: live 1 and deleted 2, next 3', () => {
    expect(siguienteNumero({ cuenta: 2, maximo: 2 })).toBe(3)
  })

  it('O-29: only number 5, next 6', () => {
    expect(siguienteNumero({ cuenta: 1, maximo: 5 })).toBe(6)
  })

  it('the first is 1; unnumbered ones count too', () => {
    expect(siguienteNumero({ cuenta: 0, maximo: null })).toBe(1)
    expect(siguienteNumero({ cuenta: 3, maximo: null })).toBe(4)
  })

  it('O-30: a word is not a number; a taken one is a conflict', () => {
    for (const malo of ['dos', '0', '-1', '1.5', '2147483648', 0]) {
      expect(rechazo(() => leerNumeroReprogramacion(malo))).toMatchObject({
        estado: 400,
        tipoAviso: 'error',
        detalles: 'El número de reprogramación debe ser un número válido',
      })
    }
    expect(conflictoDeNumero(2)).toMatchObject({ estado: 409, tipoAviso: 'advertencia' })
  })

  it('reads a number, and empty as none', () => {
    expect([' 2 ', 7, '', null].map(leerNumeroReprogramacion)).toEqual([2, 7, null, null])
  })

  it('property: whatever was created or deleted, a number is never given twice', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 1, max: 30 }))), (familia) => {
        const numeros = familia.filter((n) => n !== null)
        const siguiente = siguienteNumero({
          cuenta: familia.length,
          maximo: numeros.length === 0 ? null : Math.max(...numeros),
        })
        expect(numeros).not.toContain(siguiente)
        expect(siguiente).toBeGreaterThan(familia.length)
      }),
    )
  })

  it('O-34: only an initial order has reprogramaciones', () => {
    expect(reprogramacionesDe(4, 2)).toEqual({ tiene_reprogramaciones: true, count_reprogramaciones: 2 })
    expect(reprogramacionesDe(4, 0)).toEqual({ tiene_reprogramaciones: false, count_reprogramaciones: 0 })
    expect(reprogramacionesDe(5, 2)).toEqual({ tiene_reprogramaciones: false, count_reprogramaciones: 0 })
  })
})

describe('dates and term (ot.md §11.2)', () => {
  const programa = (inicio: string, termino: string, plazoDias: number | null) =>
    completarPlazo({
      fechaInicioProgramado: leerFechaIso(inicio),
      fechaTerminoProgramado: leerFechaIso(termino),
      plazoDias,
    })

  it('O-17: start and 30 days', () => {
    expect(programa('2025-01-15', '', 30).fechaTerminoProgramado).toBe('2025-02-13')
  })

  it('O-18: across February 29th', () => {
    expect(programa('2024-02-01', '', 30).fechaTerminoProgramado).toBe('2024-03-01')
  })

  it('O-19: across the end of the year', () => {
    expect(programa('2025-12-20', '', 20).fechaTerminoProgramado).toBe('2026-01-08')
  })

  it('O-20: start and end give the term', () => {
    expect(programa('2025-03-01', '2025-03-10', null).plazoDias).toBe(10)
    expect(programa('2025-03-01', '2025-03-10', 0).plazoDias).toBe(10)
  })

  it('the three given are kept, although they disagree', () => {
    expect(programa('2025-03-01', '2025-03-10', 99)).toEqual({
      fechaInicioProgramado: '2025-03-01',
      fechaTerminoProgramado: '2025-03-10',
      plazoDias: 99,
    })
  })

  it('with too little nothing is invented; an empty term is 0', () => {
    expect(programa('', '', 30)).toEqual({ fechaInicioProgramado: null, fechaTerminoProgramado: null, plazoDias: 30 })
    expect(programa('2025-03-01', '', null)).toMatchObject({ fechaTerminoProgramado: null, plazoDias: 0 })
  })

  it('a term that leaves the calendar is refused with its field', () => {
    expect(rechazo(() => programa('2025-03-01', '', 2_000_000_000)).campos).toHaveProperty('plazo_dias')
  })

  it('property: completing the end and completing the term are inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 5000 }), (dia, plazo) => {
        const inicio = sumarDias(fechaIso('2000-01-01'), dia)
        const termino = programa(inicio, '', plazo).fechaTerminoProgramado
        expect(termino === null ? 0 : plazoEntre(inicio, termino)).toBe(plazo)
        expect(programa(inicio, termino ?? '', 0).plazoDias).toBe(plazo)
      }),
    )
  })

  const SIN_FECHAS: FechasOt = {
    fechaInicioProgramado: null,
    fechaTerminoProgramado: null,
    fechaInicioReal: null,
    fechaTerminoReal: null,
    fechaInicioPatio: null,
    fechaFinPatio: null,
  }
  const INVERTIDA: FechasOt = {
    ...SIN_FECHAS,
    fechaInicioProgramado: fechaIso('2025-03-05'),
    fechaTerminoProgramado: fechaIso('2025-03-01'),
  }

  it('O-21: an end before its start is a warning that says the start', () => {
    expect(
      rechazo(() => {
        validarParesDeFechas(INVERTIDA)
      }),
    ).toMatchObject({
      estado: 400,
      tipoAviso: 'advertencia',
      detalles: 'El término programado debe ser igual o posterior al inicio (05/03/2025)',
      campos: { fecha_termino_programado: 'El término debe ser igual o posterior al inicio (05/03/2025)' },
    })
  })

  it('R-OT-08: each of the three pairs is judged, all at once', () => {
    const inicio = fechaIso('2025-11-03')
    const termino = fechaIso('2025-11-02')
    const error = rechazo(() => {
      validarParesDeFechas({
        fechaInicioProgramado: inicio,
        fechaTerminoProgramado: termino,
        fechaInicioReal: inicio,
        fechaTerminoReal: termino,
        fechaInicioPatio: inicio,
        fechaFinPatio: termino,
      })
    })
    const mensaje = 'El término debe ser igual o posterior al inicio (03/11/2025)'
    expect(error.campos).toEqual({
      fecha_termino_programado: mensaje,
      fecha_termino_real: mensaje,
      fecha_fin_patio: mensaje,
    })
  })

  it('R-OT-08: equal dates and missing dates are right', () => {
    const dia = fechaIso('2025-03-05')
    expect(() => {
      validarParesDeFechas({ ...SIN_FECHAS, fechaInicioReal: dia, fechaTerminoReal: dia })
    }).not.toThrow()
    expect(() => {
      validarParesDeFechas({ ...SIN_FECHAS, fechaTerminoReal: dia })
    }).not.toThrow()
  })

  it('an imported pair that nobody touches does not block another edit', () => {
    expect(() => {
      validarParesDeFechas(INVERTIDA, new Set(['fechaInicioReal']))
    }).not.toThrow()
    expect(
      rechazo(() => {
        validarParesDeFechas(INVERTIDA, new Set(['fechaInicioProgramado']))
      }).estado,
    ).toBe(400)
  })
})

describe('edition of the programme (§4.5, R-OT-21)', () => {
  const guardado = {
    fechaInicioProgramado: fechaIso('2025-03-01'),
    fechaTerminoProgramado: fechaIso('2025-03-10'),
    plazoDias: 10,
  }

  it('what did not come stays, even when the three disagree', () => {
    const desigual = { ...guardado, plazoDias: 3 }
    expect(editarPlazo(desigual, {})).toEqual(desigual)
  })

  it('an end sent empty by itself is cleared; with start and term it is computed', () => {
    expect(editarPlazo(guardado, { fechaTerminoProgramado: null }).fechaTerminoProgramado).toBeNull()
    const calculado = editarPlazo(guardado, {
      fechaInicioProgramado: fechaIso('2025-01-15'),
      fechaTerminoProgramado: null,
      plazoDias: 30,
    })
    expect(calculado.fechaTerminoProgramado).toBe('2025-02-13')
  })

  it('an empty term is computed from both dates, and is 0 without them', () => {
    expect(editarPlazo(guardado, { plazoDias: null }).plazoDias).toBe(10)
    expect(editarPlazo({ ...guardado, fechaTerminoProgramado: null }, { plazoDias: null }).plazoDias).toBe(0)
  })
})

describe('required fields on edition (R-OT-20)', () => {
  it('names those that came empty and leaves alone those that did not come', () => {
    const error = rechazo(() => {
      exigirNoVaciados({ ordenTrabajo: null, idCliente: null, descripcionTrabajo: 'x' })
    })
    expect(Object.keys(error.campos ?? {})).toEqual(['orden_trabajo', 'id_cliente'])
    expect(() => {
      exigirNoVaciados({})
    }).not.toThrow()
  })
})

describe('status texts', () => {
  it('O-35: POR DEFINIR only while por definir; editing activates', () => {
    expect(textoEstatusOt(-1, 'ASIGNADA')).toBe('POR DEFINIR')
    expect(textoEstatusTabla(-1, 'ASIGNADA')).toBe('Por definir')
    expect(textoEstatusOt(estatusTrasEditar(-1), 'ASIGNADA')).toBe('ASIGNADA')
    expect(estatusTrasEditar(1)).toBe(1)
  })

  it('an empty operative status reads ASIGNADA', () => {
    expect([null, '', ' '].map((texto) => textoEstatusOt(1, texto))).toEqual(['ASIGNADA', 'ASIGNADA', 'ASIGNADA'])
    expect(textoEstatusTabla(1, 'EN EJECUCION')).toBe('EN EJECUCION')
  })
})

describe('operative status (§5.8)', () => {
  const marzo4 = fechaIso('2025-03-04')
  const marzo2 = fechaIso('2025-03-02')
  const cambiar = (actual: number, nuevo: number, guardada: typeof HOY | null, recibida: typeof HOY | null) =>
    transicionEstatusOt({
      estatusLogico: 1,
      actual,
      nuevo,
      fechaTerminoReal: guardada,
      fechaRecibida: recibida,
      hoy: HOY,
    })

  it('O-43: TERMINADA takes the date received, or today', () => {
    expect(cambiar(EN_EJECUCION, TERMINADA, null, marzo4)).toEqual({ idEstatusOt: 10, fechaTerminoReal: marzo4 })
    expect(cambiar(EN_EJECUCION, TERMINADA, marzo2, null).fechaTerminoReal).toBe(HOY)
  })

  it('TERMINADA again takes a new date, or keeps its own', () => {
    expect(cambiar(TERMINADA, TERMINADA, marzo2, marzo4).fechaTerminoReal).toBe(marzo4)
    expect(cambiar(TERMINADA, TERMINADA, marzo2, null).fechaTerminoReal).toBe(marzo2)
  })

  it('O-44: leaving TERMINADA clears the date', () => {
    expect(cambiar(TERMINADA, SUSPENDIDA, marzo2, marzo4).fechaTerminoReal).toBeNull()
  })

  it('O-45: between the others no date changes', () => {
    expect(cambiar(ASIGNADA, EN_EJECUCION, null, marzo4).fechaTerminoReal).toBeNull()
    expect(cambiar(ASIGNADA, EN_EJECUCION, marzo2, null).fechaTerminoReal).toBe(marzo2)
  })

  it('O-46: a status of a step is refused', () => {
    expect([3, 1, 14, 99].map((nuevo) => rechazo(() => cambiar(ASIGNADA, nuevo, null, null)).estado)).toEqual([
      400, 400, 400, 400,
    ])
  })

  it('O-47: an OT por definir cannot change', () => {
    const cambio = { actual: 5, nuevo: 8, fechaTerminoReal: null, fechaRecibida: null, hoy: HOY }
    expect(rechazo(() => transicionEstatusOt({ ...cambio, estatusLogico: -1 }))).toMatchObject({
      estado: 409,
      tipoAviso: 'advertencia',
    })
  })

  it('property: from any status to any other', () => {
    const estatus = fc.constantFrom(...Object.values(ESTATUS_OT))
    fc.assert(
      fc.property(estatus, estatus, (actual, nuevo) => {
        expect(cambiar(actual, nuevo, null, null)).toEqual({
          idEstatusOt: nuevo,
          fechaTerminoReal: nuevo === TERMINADA && actual !== TERMINADA ? HOY : null,
        })
      }),
    )
  })

  it('a blank comment keeps what there is', () => {
    expect([undefined, null, '', '  ', 'nuevo'].map((recibido) => comentarioTrasCambio('viejo', recibido))).toEqual([
      'viejo',
      'viejo',
      'viejo',
      'viejo',
      'nuevo',
    ])
  })
})

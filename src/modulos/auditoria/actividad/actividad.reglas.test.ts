import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fechaIso, sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import {
  intervaloTecleado,
  mesSiguiente,
  oracion,
  planDeConteo,
  segmentosDePagina,
  type Tramo,
} from './actividad.reglas.ts'

const f = fechaIso

describe('sentences of core.md §9.5', () => {
  it.each([
    ['CREAR', 'Creó OT INICIAL con folio: OT-1 nuevo'],
    ['REGISTRAR', 'Registró OT INICIAL con folio: OT-1'],
    ['MODIFICAR', 'Modificó el campo Plazo (días) de ______ a nuevo OT INICIAL con folio: OT-1'],
    ['ACTUALIZAR', 'Actualizó OT INICIAL con folio: OT-1'],
    ['ELIMINAR', 'Eliminó OT INICIAL con folio: OT-1'],
    ['IMPORTAR', 'Importó OT INICIAL con folio: OT-1'],
    ['EXPORTAR', 'Exportó OT INICIAL con folio: OT-1'],
    ['ENVIAR', 'Envió OT INICIAL con folio: OT-1'],
    ['REACTIVAR', 'Reactivó OT INICIAL con folio: OT-1'],
    ['OTRO', ' - '],
  ])('%s', (evento, esperada) => {
    const partes = { campo: 'Plazo (días)', valor_anterior: '', valor_actual: 'nuevo' }
    expect(oracion({ ...partes, evento, detalle: 'OT INICIAL con folio: OT-1' })).toBe(esperada)
  })
})

describe('a typed date', () => {
  it.each([
    ['21/11/2025', '2025-11-21 00:00:00', '2025-11-22 00:00:00'],
    ['1/2/2025', '2025-02-01 00:00:00', '2025-02-02 00:00:00'],
    ['21/11/2025 23', '2025-11-21 23:00:00', '2025-11-22 00:00:00'],
    ['21/11/2025 23:30', '2025-11-21 23:30:00', '2025-11-21 23:31:00'],
    ['21/11/2025 23:59:59', '2025-11-21 23:59:59', '2025-11-22 00:00:00'],
    ['12/2025', '2025-12-01 00:00:00', '2026-01-01 00:00:00'],
  ])('%s', (texto, desde, hasta) => {
    expect(intervaloTecleado(texto)).toEqual({ desde, hasta })
  })

  it.each(['31/02/2025', '13/2025', '31/12/9999', '12/9999', '21/11/2025 24:00', '21-11-2025', 'OT-21/11/2025'])(
    '%s is only a text',
    (texto) => {
      expect(intervaloTecleado(texto)).toBeNull()
    },
  )
})

describe('counting by months', () => {
  it('whole months by their counts, the edges row by row', () => {
    expect(planDeConteo({ desde: f('2025-01-15'), hasta: f('2025-06-10') }, f('2025-12-01'))).toEqual({
      meses: { primero: '2025-02-01', ultimo: '2025-05-01' },
      directos: [
        { desde: '2025-06-01', hasta: '2025-06-10' },
        { desde: '2025-01-15', hasta: '2025-02-01' },
      ],
    })
    expect(planDeConteo({ desde: null, hasta: null }, f('2025-12-01'))).toEqual({
      meses: { primero: null, ultimo: '2025-11-01' },
      directos: [{ desde: '2025-12-01', hasta: null }],
    })
  })

  it('counts each day once and none besides, whatever the days and the closed months', () => {
    const dia = fc.integer({ min: 0, max: 400 }).map((n) => sumarDias(f('2024-01-01'), n))
    const abiertos = fc.constantFrom(...(['2024-01-01', '2024-06-01', '2025-03-01'] as FechaIso[]), null)
    fc.assert(
      fc.property(dia, dia, abiertos, (a, b, abierto) => {
        const [desde, hasta] = a < b ? [a, sumarDias(b, 1)] : [b, sumarDias(a, 1)]
        const { meses, directos } = planDeConteo({ desde, hasta }, abierto)
        const vistos: string[] = []
        const recorrer = (tramo: Tramo) => {
          for (let d = tramo.desde ?? desde; d < (tramo.hasta ?? hasta); d = sumarDias(d, 1)) vistos.push(d)
        }
        directos.forEach(recorrer)
        if (meses) {
          expect(meses.primero?.endsWith('-01') && meses.ultimo.endsWith('-01')).toBe(true)
          expect(abierto !== null && meses.ultimo < abierto).toBe(true)
          recorrer({ desde: meses.primero, hasta: mesSiguiente(meses.ultimo) })
        }
        const todos: string[] = []
        for (let d = desde; d < hasta; d = sumarDias(d, 1)) todos.push(d)
        expect(vistos.sort()).toEqual(todos)
      }),
    )
  })

  it('takes from the cells exactly the rows of the page', () => {
    const celda = fc.record({ grupo: fc.constantFrom('a', 'b', 'c'), filas: fc.integer({ min: 0, max: 7 }) })
    fc.assert(
      fc.property(fc.array(celda), fc.nat(30), fc.integer({ min: 1, max: 12 }), (celdas, inicio, limite) => {
        const ordenadas = [...celdas].sort((x, y) => x.grupo.localeCompare(y.grupo))
        const conTramo = ordenadas.map((c, i) => ({
          ...c,
          tramo: { desde: f(`2025-01-${String(i + 1).padStart(2, '0')}`), hasta: null },
        }))
        const filas = conTramo.flatMap(({ grupo, filas: n }) => Array.from({ length: n }, () => grupo))
        const tomadas = segmentosDePagina(conTramo, { inicio, limite, descendente: false }).flatMap(
          ({ grupo, tomar }) => Array.from({ length: tomar }, () => grupo),
        )
        expect(tomadas).toEqual(filas.slice(inicio, inicio + limite))
      }),
      { examples: [[[{ grupo: 'a', filas: 3 }], 1, 1]] },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dinero, textoPlano } from '../../../comun/dinero.ts'
import { diasEntre, fechaIso, leerFechaIso, sumarDias } from '../../../comun/fechas.ts'
import {
  compararVersiones,
  type Diferencia,
  etiquetaDeVersion,
  linajeDe,
  ordenarFamilia,
  type VersionComparable,
  type VersionOt,
} from './linaje.reglas.ts'

/** A version: null number is the initial order. */
function version(numero: number | null, inicio: string, termino: string, mxn: string, usd = '0'): VersionOt {
  return {
    id: (numero ?? 0) + 100,
    idTipo: numero === null ? 4 : 5,
    numReprogramacion: numero,
    fechaInicioProgramado: leerFechaIso(inicio),
    fechaTerminoProgramado: leerFechaIso(termino),
    montoMxn: dinero(mxn),
    montoUsd: dinero(usd),
  }
}

const legible = (diferencia: Diferencia | null | undefined) =>
  diferencia && {
    ...diferencia,
    montoMxn: textoPlano(diferencia.montoMxn),
    montoUsd: textoPlano(diferencia.montoUsd),
  }

const FAMILIA = [
  version(2, '2025-03-10', '2025-04-10', '900.00', '20'),
  version(null, '2025-03-01', '2025-03-10', '1000.00'),
  version(1, '2025-03-05', '2025-03-20', '1250.50', '10.10'),
]

describe('lineage of a family', () => {
  it('the initial order first, then by number; unnumbered last', () => {
    const sinNumero = { ...version(null, '', '', '0'), id: 1, idTipo: 5 }
    const orden = ordenarFamilia([sinNumero, ...FAMILIA]).map(etiquetaDeVersion)
    expect(orden).toEqual(['Inicial', 'Reprogramación 1', 'Reprogramación 2', 'Reprogramación'])
  })

  it('each version against the previous one and against the initial one', () => {
    const { eslabones } = linajeDe(FAMILIA)
    expect(eslabones.map(({ dias }) => dias)).toEqual([10, 16, 32])
    expect(eslabones[0]).toMatchObject({ contraAnterior: null, contraInicial: null })
    expect(legible(eslabones[2]?.contraAnterior)).toEqual({
      inicio: 5,
      termino: 21,
      dias: 16,
      montoMxn: '-350.50',
      montoUsd: '9.90',
    })
    expect(legible(eslabones[2]?.contraInicial)).toEqual({
      inicio: 9,
      termino: 31,
      dias: 22,
      montoMxn: '-100.00',
      montoUsd: '20.00',
    })
  })

  it('the sum of the differences is the last minus the initial', () => {
    const { eslabones, suma } = linajeDe(FAMILIA)
    expect(legible(suma)).toEqual(legible(eslabones.at(-1)?.contraInicial))
  })

  it('a single version has no differences', () => {
    expect(linajeDe([version(null, '2025-03-01', '2025-03-10', '5')])).toMatchObject({
      eslabones: [{ dias: 10, contraAnterior: null, contraInicial: null }],
      suma: null,
    })
  })

  it('an empty family has no lineage', () => {
    expect(linajeDe([])).toEqual({ eslabones: [], suma: null })
  })

  it('a version without dates loses no days: the next one is compared with the last that had them', () => {
    const { eslabones, suma } = linajeDe([
      version(null, '2025-03-01', '2025-03-10', '0'),
      version(1, '', '', '0'),
      version(2, '2025-03-01', '2025-03-15', '0'),
    ])
    expect(eslabones.map(({ contraAnterior }) => contraAnterior?.dias)).toEqual([undefined, null, 5])
    expect(suma?.dias).toBe(5)
  })

  it('an end before its start (old data) has no length', () => {
    expect(linajeDe([version(null, '2025-03-10', '2025-03-01', '0')]).eslabones[0]?.dias).toBeNull()
  })
})

describe('lineage of any family', () => {
  const fecha = fc.option(fc.integer({ min: 0, max: 1500 }).map((n) => sumarDias(fechaIso('2023-01-01'), n)))
  const importe = fc.bigInt({ min: 0n, max: 10n ** 24n }).map((centavos) => dinero(centavos.toString()).div(100))
  const datos = fc.record({
    fechaInicioProgramado: fecha,
    fechaTerminoProgramado: fecha,
    montoMxn: importe,
    montoUsd: importe,
  })
  const familia = fc
    .array(datos, { minLength: 2, maxLength: 12 })
    .map((lista) =>
      lista.map((uno, n): VersionOt => ({ ...uno, id: n, idTipo: n === 0 ? 4 : 5, numReprogramacion: n || null })),
    )

  it('property: the sum of the differences equals last minus initial, in money and in days', () => {
    fc.assert(
      fc.property(familia, (versiones) => {
        const { eslabones, suma } = linajeDe(versiones)
        const acumulada = eslabones.at(-1)?.contraInicial
        expect(legible(suma)).toMatchObject({
          montoMxn: acumulada && textoPlano(acumulada.montoMxn),
          montoUsd: acumulada && textoPlano(acumulada.montoUsd),
        })
        expect(acumulada?.inicio ?? suma?.inicio).toBe(suma?.inicio)
        expect(acumulada?.termino ?? suma?.termino).toBe(suma?.termino)
        expect(acumulada?.dias ?? suma?.dias).toBe(suma?.dias)
      }),
    )
  })

  it('property: with gaps in the dates, the sum is the last known minus the first known', () => {
    fc.assert(
      fc.property(familia, (versiones) => {
        const inicios = versiones.flatMap(({ fechaInicioProgramado }) => fechaInicioProgramado ?? [])
        const [primero, ultimo] = [inicios[0], inicios.at(-1)]
        const esperado = primero && ultimo && inicios.length > 1 ? diasEntre(primero, ultimo) : null
        expect(linajeDe(versiones).suma?.inicio).toBe(esperado)
      }),
    )
  })

  it('property: the order in which the versions come does not matter', () => {
    fc.assert(
      fc.property(familia, (versiones) => {
        expect(linajeDe([...versiones].reverse())).toEqual(linajeDe(versiones))
      }),
    )
  })
})

describe('comparison of two versions', () => {
  const base: VersionComparable = {
    ...version(null, '2025-03-01', '2025-03-10', '1000'),
    ordenTrabajo: 'OT-1',
    oficioOt: 'PENDIENTE',
    descripcionTrabajo: 'Obra',
    responsableProyecto: 'Ana',
    responsableCliente: 'Luis',
    cliente: 'CLIENTE A',
    estatusTexto: 'ASIGNADA',
    frente: 'BARCO',
    embarcacion: 'NAVE 1',
    plataforma: '',
    intercom: '',
    patio: '',
    requierePatio: false,
    fechaInicioPatio: null,
    fechaFinPatio: null,
    fechaInicioReal: null,
    fechaTerminoReal: null,
    plazoDias: 10,
    motivo: '',
    comentarioReprogramacion: '',
    comentario: '',
  }

  it('a version equals itself in every field', () => {
    const campos = compararVersiones(base, base)
    expect(campos.filter(({ igual }) => !igual)).toEqual([])
    expect(campos).toHaveLength(26)
  })

  it('says what changed, as people read it', () => {
    const otra: VersionComparable = {
      ...base,
      idTipo: 5,
      numReprogramacion: 1,
      fechaTerminoProgramado: fechaIso('2025-03-20'),
      plazoDias: 20,
      montoMxn: dinero('1250.5'),
      motivo: 'Clima',
    }
    expect(compararVersiones(base, otra).filter(({ igual }) => !igual)).toEqual([
      { campo: 'Versión', a: 'Inicial', b: 'Reprogramación 1', igual: false },
      { campo: 'Término programado', a: '10/03/2025', b: '20/03/2025', igual: false },
      { campo: 'Plazo (días)', a: '10', b: '20', igual: false },
      { campo: 'Monto MXN', a: '$ 1,000.00', b: '$ 1,250.50', igual: false },
      { campo: 'Motivo de la reprogramación', a: '', b: 'Clima', igual: false },
    ])
  })
})

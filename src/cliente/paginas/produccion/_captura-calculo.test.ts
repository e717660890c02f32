import { describe, expect, it } from 'vitest'
import { textoFijo } from '../../../comun/volumenes.ts'
import type { CeldaProduccion, FilaDeConcepto, Sabana } from '../../../modulos/produccion/captura/captura.contrato.ts'
import { textoImporte } from '../../../modulos/produccion/captura/importes.contrato.ts'
import {
  claveDeConcepto,
  derivar,
  filasDeCaptura,
  homologado,
  leerTipoDeCambio,
  subtotalDe,
  tarjetasDe,
} from './_captura-calculo.ts'
import { campoCsv } from './_captura-csv.ts'

const celda = (te: string, cma = '0', programado = '0'): CeldaProduccion => ({
  valor: te,
  programado,
  es_excedente: false,
  te_dia: te,
  cma_dia: cma,
})

const SIN_DIAS = Object.fromEntries(Array.from({ length: 31 }, (_, i) => [`dia${String(i + 1)}`, null]))

function concepto(campos: Partial<FilaDeConcepto>): FilaDeConcepto {
  return {
    ...SIN_DIAS,
    es_subtitulo: false,
    id_partida_imp: 1,
    codigo: '2.1.',
    concepto: 'TUBO',
    anexo: 'C-2',
    anexo_clave: 'C-2',
    unidad: 'M',
    pu_mn: '1000.0000',
    pu_usd: '50.0000',
    archivo: '',
    estatus_gpu: 'AUTORIZADO',
    sin_anexo_vigente: false,
    previo: '0',
    otros_sitios: [],
    vol_total_proyectado: '100.000000',
    acumulado_mes: '0',
    acumulado_programado: '0',
    monto_mn: '0',
    monto_usd: '0',
    ...campos,
  } as FilaDeConcepto
}

const TE = { tipo: 'TE', sitio: 1 } as const
const sin = (): string | null => null

describe('what the page works out while somebody types', () => {
  it('produccion §10.20: the hidden type counts in the row', () => {
    const fila = concepto({ dia12: celda('35', '10'), dia13: celda('20') })
    const derivado = derivar(fila, TE, (dia) => (dia === 12 ? '30' : null))
    expect([
      textoFijo(derivado.acumulado),
      textoImporte(derivado.importes.mn),
      textoImporte(derivado.importes.usd),
    ]).toEqual(['60.000000', '60000.00', '3000.00'])
  })

  it('produccion §10.10: excedentes with what the family produced before and elsewhere', () => {
    const fila = concepto({ previo: '40.000000', dia12: celda('35', '10'), dia13: celda('20'), dia14: celda('1') })
    expect([...derivar(fila, TE, sin).excedentes]).toEqual([13, 14])
    const enOtro = concepto({ ...fila, otros_sitios: [{ dia: 12, tipo_tiempo: 'TE', id_sitio: 2, volumen: '16' }] })
    // Site 2 comes after the CMA of site 1 only on its own type: TE of both sites first.
    expect([...derivar(enOtro, TE, sin).excedentes]).toEqual([12, 13, 14])
  })

  it('produccion §10.13: reaching the authorised volume exactly is not excedente', () => {
    const fila = concepto({ vol_total_proyectado: '10.000000', dia1: celda('10.000000') })
    expect([...derivar(fila, TE, sin).excedentes]).toEqual([])
    expect([...derivar(fila, TE, (dia) => (dia === 2 ? '0.000001' : null)).excedentes]).toEqual([2])
  })

  it('produccion §10.18, §10.19, §10.21: cards, homologado and subtotal', () => {
    const filas = [
      concepto({ previo: '40.000000', dia12: celda('35', '10'), dia13: celda('20') }),
      concepto({
        codigo: '3.5.',
        anexo_clave: 'C-3',
        vol_total_proyectado: '20.500000',
        pu_mn: '2500.5000',
        pu_usd: '0.0000',
        otros_sitios: [{ dia: 3, tipo_tiempo: 'TE', id_sitio: 2, volumen: '3.250000' }],
      }),
      concepto({
        codigo: '5.1.',
        anexo_clave: 'C-5',
        vol_total_proyectado: '300.000000',
        pu_mn: '1125.0000',
        pu_usd: '0.0000',
        dia12: celda('12'),
      }),
    ].map((datos) => ({ datos, derivado: derivar(datos, TE, sin) }))
    const { autorizado, mes, general, porProducir } = tarjetasDe(filas)
    const textos = [autorizado, mes, general, porProducir].map(({ mn, usd }) => [textoImporte(mn), textoImporte(usd)])
    expect(textos).toEqual([
      ['488760.25', '5000.00'],
      ['78500.00', '3250.00'],
      ['126626.63', '5250.00'],
      ['362133.63', '-250.00'],
    ])
    const con = (tc: string): string[] =>
      [autorizado, mes].map((importes) => textoImporte(homologado(importes, leerTipoDeCambio(tc) ?? 0n)))
    expect([con('19.1648'), con('20')]).toEqual([
      ['584584.25', '140785.60'],
      ['588760.25', '143500.00'],
    ])
    const subtotal = subtotalDe(filas.slice(0, 1))
    expect([
      textoFijo(subtotal.proyectado),
      textoFijo(subtotal.acumulado),
      textoImporte(subtotal.importes.mn),
      textoFijo(subtotal.propio[11] ?? 0n),
      textoFijo(subtotal.otro[11] ?? 0n),
    ]).toEqual(['100.000000', '65.000000', '65000.00', '35.000000', '10.000000'])
  })

  it('an exchange rate is a plain positive number of four decimals', () => {
    expect(['19.1648', '20', ' 20.5 ', '', '-1', '19,2', '1.23456'].map(leerTipoDeCambio)).toEqual([
      191_648n,
      200_000n,
      205_000n,
      null,
      null,
      null,
      null,
    ])
  })

  it('rows keep their key when a new version of the annex writes them otherwise', () => {
    const vieja = claveDeConcepto(101, concepto({}))
    expect(claveDeConcepto(101, concepto({ id_partida_imp: 9, codigo: '2.1', concepto: ' tubo ' }))).toBe(vieja)
    expect(claveDeConcepto(102, concepto({}))).not.toBe(vieja)
  })

  it('several orders are one under another, each with its title', () => {
    const sabana = { partidas: [concepto({})] } as unknown as Sabana
    const ot = (idOt: number) => ({ idOt, folio: `OT-${String(idOt)}`, sabana })
    expect(filasDeCaptura([ot(1)]).map(({ clase }) => clase)).toEqual(['concepto'])
    expect(filasDeCaptura([ot(1), ot(2)]).map(({ clase }) => clase)).toEqual(['ot', 'concepto', 'ot', 'concepto'])
  })
})

describe('the export of the grid', () => {
  it.each([
    ['1,234.5', '1234.5'],
    ['-250.00', '-250.00'],
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-cmd', "'-cmd"],
    ['@x', "'@x"],
    ['TUBO DE 12", PINTADO', '"TUBO DE 12"", PINTADO"'],
    ['', ''],
  ])('%j is written %j', (texto, escrito) => {
    expect(campoCsv(texto)).toBe(escrito)
  })
})

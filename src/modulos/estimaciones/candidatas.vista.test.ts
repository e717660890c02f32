import { describe, expect, it } from 'vitest'
import { dinero, textoPlano } from '../../comun/dinero.ts'
import { textoFijo } from '../../comun/volumenes.ts'
import type { ConceptoConProduccion } from './candidatas.repo.ts'
import { jsonDeCandidatas } from './candidatas.vista.ts'
import { centavosDe, importeDe, precioEntero } from './importes.contrato.ts'

const EXIGE = {
  exigir_gpu_firmado: true,
  exigir_dia_firmado: true,
  exigir_mes_cerrado: false,
  permitir_excedente: false,
}

/** A row as the query packs it. */
const fila = (id: number, saldo: string, { excedente = false, firmada = true } = {}): string =>
  [id, '2026-02-12', 'TE', '35.000000', saldo, [excedente, firmada, true].map(Number).join(''), 'BARCO «A» "1"'].join(
    '\x1f',
  )

const concepto = ({
  filas,
  ...cambios
}: Partial<ConceptoConProduccion> & { filas: readonly string[] }): ConceptoConProduccion => ({
  anexo: 'C-3',
  codigo: '3.1.',
  concepto: 'TUBERÍA DE 8" \\ CON «TODO»\n',
  unidad: 'M',
  puMn: dinero('2500.5'),
  puUsd: dinero('0.3333'),
  llevaGpu: true,
  empacadas: filas.join('\x1e'),
  ...cambios,
})

interface Leida {
  data: Record<string, unknown>[]
  resumen: Record<string, unknown>
}

const leer = (conceptos: readonly ConceptoConProduccion[]): Leida =>
  JSON.parse(jsonDeCandidatas(conceptos, EXIGE).toString('utf8')) as Leida

describe('the answer with the candidates (§6)', () => {
  it('writes each row whole, with its amounts and its reasons', () => {
    const { data } = leer([
      concepto({ filas: [fila(1, '3.250000'), fila(2, '0.000000', { excedente: true, firmada: false })] }),
      concepto({ codigo: '5.1.', llevaGpu: false, puMn: dinero(0), puUsd: dinero(0), filas: [fila(3, '1.000000')] }),
    ])
    expect(data[0]).toEqual({
      id_produccion: 1,
      fecha: '2026-02-12',
      sitio: 'BARCO «A» "1"',
      tipo_tiempo: 'TE',
      anexo: 'C-3',
      codigo: '3.1.',
      concepto: 'TUBERÍA DE 8" \\ CON «TODO»\n',
      unidad: 'M',
      volumen: '35.000000',
      saldo: '3.250000',
      pu_mn: '2500.5000',
      pu_usd: '0.3333',
      importe_mn: '8126.63',
      importe_usd: '1.08',
      estimable: true,
      motivos: [],
    })
    expect(data.slice(1).map(({ estimable, motivos, importe_mn }) => [estimable, motivos, importe_mn])).toEqual([
      [false, ['YA_ESTIMADA', 'EXCEDENTE', 'GPU_PENDIENTE'], '0.00'],
      [false, ['SIN_PRECIO'], '0.00'],
    ])
  })

  it('sums what may be billed rounded per concept, also when two partidas bring it (§11.7)', () => {
    const { resumen } = leer([
      concepto({ filas: [fila(1, '3.250000')] }),
      concepto({ filas: [fila(2, '3.250000'), fila(3, '9.000000', { excedente: true })] }),
    ])
    expect(resumen).toEqual({
      total: 3,
      estimables: 2,
      volumen: '6.500000',
      importe_mn: '16253.25',
      importe_usd: '2.17',
      motivos: { EXCEDENTE: 1 },
    })
  })

  it('nothing produced is an empty list', () => {
    expect(leer([])).toEqual({
      data: [],
      resumen: { total: 0, estimables: 0, volumen: '0.000000', importe_mn: '0.00', importe_usd: '0.00', motivos: {} },
    })
  })
})

it('whole numbers round as the exact decimals do', () => {
  const azar = (maximo: number): bigint => BigInt(Math.floor(Math.random() * maximo))
  for (let i = 0; i < 2000; i += 1) {
    const micras = azar(10 ** (i % 15)) * 5n
    const precio = dinero(azar(10 ** (i % 11)).toString()).div(10_000)
    const exacto = textoPlano(importeDe(dinero(textoFijo(micras)), precio).times(100), 0)
    expect([micras, precio.toFixed(), String(centavosDe(micras, precioEntero(precio)))]).toEqual([
      micras,
      precio.toFixed(),
      exacto,
    ])
  }
})

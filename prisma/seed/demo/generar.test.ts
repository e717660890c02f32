import { describe, expect, it } from 'vitest'
import { diasEntre, fechaIso } from '../../../src/comun/fechas.ts'
import { type BaseDeDemo, generarEmpresa } from './generar.ts'

const hoy = fechaIso('2026-11-21')
const sitios = (desde: number, cuantos: number) =>
  Array.from({ length: cuantos }, (_, i) => ({ id: desde + i, nombre: `SITIO-${String(desde + i)}` }))
const base: BaseDeDemo = {
  hoy,
  clientes: [
    { id: 1, id_tipo: 15 },
    { id: 2, id_tipo: 16 },
  ],
  pasosPte: [15, 16].flatMap((id_tipo_cliente) =>
    ['1', '2', '3', '4', '4.1', '4.2', '5'].map((orden, i) => ({
      id: id_tipo_cliente * 100 + i,
      orden,
      tipo: orden.includes('.') ? 2 : 1,
      id_tipo_cliente,
    })),
  ),
  pasosOt: [4, 5, 18].flatMap((tipo) => Array.from({ length: 10 }, (_, i) => ({ id: tipo * 100 + i, tipo }))),
  lideres: [1, 2, 3],
  sitios: { embarcacion: sitios(1, 2), plataforma: sitios(10, 5), patio: sitios(30, 1), intercom: sitios(40, 1) },
}
const empresa = generarEmpresa(base)
const iniciales = empresa.ots.filter(({ id_tipo }) => id_tipo === 4)
const reprogramaciones = empresa.ots.filter(({ id_tipo }) => id_tipo === 5)
const deOt = new Map(empresa.ots.map((ot) => [ot.id, ot]))

describe('demo company', () => {
  it('is the same for the same day', () => {
    expect(generarEmpresa(base)).toEqual(empresa)
  })

  it('has some 300 PTEs and 350 OTs, two in five of them reprogramaciones', () => {
    expect(empresa.ptes.length).toBe(300)
    expect(empresa.ots.length).toBe(352)
    expect(reprogramaciones.length).toBe(140)
  })

  it('numbers each family 1, 2, 3… under a live initial order with the same folio and PTE', () => {
    for (const inicial of iniciales) {
      const familia = reprogramaciones.filter(({ ot_principal }) => ot_principal === inicial.id)
      expect(familia.map(({ num_reprogramacion }) => num_reprogramacion)).toEqual(familia.map((_, i) => i + 1))
      expect(
        familia.every(
          (ot) =>
            ot.orden_trabajo === inicial.orden_trabajo &&
            ot.id_pte_header === inicial.id_pte_header &&
            ot.id > inicial.id,
        ),
      ).toBe(true)
    }
    expect(reprogramaciones.every(({ ot_principal }) => deOt.get(ot_principal ?? 0)?.id_tipo === 4)).toBe(true)
  })

  it('repeats no folio', () => {
    expect(new Set(iniciales.map(({ orden_trabajo }) => orden_trabajo)).size).toBe(iniciales.length)
    expect(new Set(empresa.ptes.map(({ oficio_pte }) => oficio_pte)).size).toBe(empresa.ptes.length)
  })

  it('has work that ends in the next 30 days, late work, and orders por definir', () => {
    const enMarcha = empresa.ots.filter(({ id_estatus_ot, estatus }) => id_estatus_ot === 8 && estatus === 1)
    const faltan = enMarcha.map((ot) =>
      ot.fecha_termino_programado === null ? 999 : diasEntre(hoy, ot.fecha_termino_programado),
    )
    expect(faltan.filter((dias) => dias >= 0 && dias <= 30).length).toBeGreaterThanOrEqual(18)
    expect(faltan.filter((dias) => dias < 0).length).toBeGreaterThanOrEqual(12)
    expect(empresa.ots.filter(({ estatus }) => estatus === -1).length).toBe(6)
  })

  it('keeps start before end in every pair and real dates out of the future', () => {
    for (const ot of empresa.ots) {
      expect((ot.fecha_inicio_programado ?? '') <= (ot.fecha_termino_programado ?? '')).toBe(true)
      expect((ot.fecha_inicio_real ?? '') <= (ot.fecha_termino_real ?? '9999')).toBe(true)
      expect((ot.fecha_inicio_real ?? '') <= hoy && (ot.fecha_termino_real ?? '') <= hoy).toBe(true)
    }
    for (const paso of [...empresa.pasosOt, ...empresa.pasosPte])
      expect((paso.fecha_inicio ?? '') <= (paso.fecha_termino ?? '9999')).toBe(true)
  })

  it('has steps in every status', () => {
    expect(new Set(empresa.pasosOt.map(({ estatus_paso }) => estatus_paso))).toEqual(new Set([1, 2, 3, 4, 14]))
  })

  it('spans about three years', () => {
    const inicios = empresa.ots
      .flatMap(({ fecha_inicio_programado: inicio }) => (inicio === null ? [] : [inicio]))
      .sort()
    expect(diasEntre(inicios[0] ?? hoy, hoy)).toBeGreaterThan(850)
    expect(diasEntre(inicios[0] ?? hoy, hoy)).toBeLessThan(1_300)
  })
})

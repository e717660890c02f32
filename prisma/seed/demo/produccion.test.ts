import { describe, expect, it } from 'vitest'
import { fechaIso, sumarDias } from '../../../src/comun/fechas.ts'
import { type BaseDeDemo, generarEmpresa } from './generar.ts'
import { generarProduccion } from './produccion.ts'

const sitios = (desde: number, cuantos: number) =>
  Array.from({ length: cuantos }, (_, i) => ({ id: desde + i, nombre: `SITIO-${String(desde + i)}` }))
const base: Omit<BaseDeDemo, 'hoy'> = {
  clientes: [
    { id: 1, id_tipo: 15 },
    { id: 2, id_tipo: 16 },
  ],
  pasosPte: [],
  pasosOt: [],
  lideres: [1],
  sitios: { embarcacion: sitios(1, 2), plataforma: sitios(10, 12), patio: sitios(30, 1), intercom: sitios(40, 1) },
}
const delDia = (dia: string) => {
  const hoy = fechaIso(dia)
  const { ots } = generarEmpresa({ ...base, hoy })
  return { hoy, ots, datos: generarProduccion({ hoy, ots }) }
}

// Any day of the year is a day of the demo: the edges of a month and of a year too.
describe.each(['2026-11-21', '2026-12-31', '2027-01-01', '2028-02-29', '2027-03-01'])(
  'demo production of %s',
  (dia) => {
    const { hoy, ots, datos } = delDia(dia)
    const conceptoDe = new Map(datos.conceptos.map((concepto) => [concepto.id, concepto]))

    it('is the same for the same day, and believable in size', () => {
      expect(delDia(dia).datos).toEqual(datos)
      expect(datos.producciones.length).toBeGreaterThan(2000)
      expect(datos.producciones.length).toBeLessThan(12_000)
      expect(new Set(datos.mensuales.map(({ id_ot: id }) => id)).size).toBeGreaterThan(8)
      expect(new Set(datos.producciones.map(({ id_sitio_produccion: id }) => id)).size).toBeGreaterThan(2)
    })

    it('nothing before the work begins, after it ends or from today on', () => {
      for (const { fecha_produccion: fecha, id_concepto_consolidado: id } of datos.producciones) {
        const idOt = conceptoDe.get(id)?.id_ot
        const familia = ots.filter((ot) => ot.id === idOt || ot.ot_principal === idOt)
        const inicial = familia.find((ot) => ot.id === idOt)
        expect(fecha >= (inicial?.fecha_inicio_real ?? inicial?.fecha_inicio_programado ?? '')).toBe(true)
        expect(familia.some((ot) => fecha <= (ot.fecha_termino_real ?? ot.fecha_termino_programado ?? ''))).toBe(true)
        expect(fecha < hoy).toBe(true)
      }
    })

    it('has closed months whose days and GPUs are all signed, and days still to sign', () => {
      const cerrados = new Map(datos.mensuales.map(({ id, id_estatus: estatus }) => [id, estatus !== 21]))
      expect(new Set(cerrados.values())).toEqual(new Set([true, false]))
      const abiertos = datos.diarios.filter(({ id_reporte_mensual: id }) => !cerrados.get(id))
      expect(datos.diarios.filter((d) => cerrados.get(d.id_reporte_mensual) && d.id_estatus !== 17)).toEqual([])
      expect(new Set(abiertos.map(({ id_estatus: estatus }) => estatus))).toEqual(new Set([17, 18, 19, 20]))
      const carpetaDe = new Map(datos.producciones.map(({ id, id_reporte_mensual: mes }) => [id, mes]))
      const sinFirmar = datos.gpus.filter(
        ({ id_produccion: id, id_estatus: estatus }) => cerrados.get(carpetaDe.get(id) ?? 0) && estatus !== 17,
      )
      expect(sinFirmar).toEqual([])
    })

    it('flags as excedente what passes the ceiling, which happens but is not the rule', () => {
      const excedentes = datos.producciones.filter(({ es_excedente: si }) => si).length
      expect(excedentes).toBeGreaterThan(0)
      expect(excedentes).toBeLessThan(datos.producciones.length / 20)
      expect(datos.gpus.filter(({ excedente, id_estatus: estatus }) => excedente && estatus === 17)).toEqual([])
    })

    it('has bad weather as CMA, replaced annexes and annexes of reprogramaciones', () => {
      const cma = datos.producciones.filter(({ tipo_tiempo: tipo }) => tipo === 'CMA').length
      expect(cma / datos.producciones.length).toBeGreaterThan(0.01)
      expect(datos.versiones.some(({ es_activo: activo }) => !activo)).toBe(true)
      const reprogramadas = new Set(ots.flatMap(({ id, ot_principal }) => (ot_principal === null ? [] : [id])))
      expect(datos.versiones.some(({ id_ot: id }) => reprogramadas.has(id))).toBe(true)
      expect(datos.versiones.every(({ fecha_carga: fecha }) => fecha.slice(0, 10) <= sumarDias(hoy, 0))).toBe(true)
    })

    it('gives guards to its busiest sites', () => {
      expect(datos.guardias.length).toBeGreaterThan(1)
      expect(datos.superintendentes.length).toBe(2 * datos.guardias.length)
    })
  },
)

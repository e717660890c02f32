import { describe, expect, it } from 'vitest'
import type { DetalleDeProduccion } from '../../../src/modulos/produccion/captura/detalle.contrato.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas()
const { P1, P3 } = await datosComunes(app.conexion.pool)
const crea = fabricasProduccion(app.conexion.pool)
await crea.produccion(P1, { fecha: '2026-01-30', volumen: '40', sitio: 2 })
await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', sitio: 1 })
await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10.000001', sitio: 1, tipo: 'CMA' })
await crea.produccion(P3, { fecha: '2026-02-28', volumen: '12', sitio: 1 })
await crea.produccion(P3, { fecha: '2026-03-01', volumen: '7', sitio: 1 })
const { agente } = await app.entrarComo('consulta')

async function detalle(consulta: Record<string, string | number>): Promise<DetalleDeProduccion> {
  const respuesta = await agente
    .get('/operaciones/produccion/detalle_produccion/')
    .query({ id_ot: 101, id_sitio: 1, mes: 2, anio: 2026, ...consulta })
  expect(respuesta.status).toBe(200)
  return respuesta.body as DetalleDeProduccion
}

describe('the rows behind a number', () => {
  it('of a day of a concept, both kinds of time', async () => {
    const { filas, cuantas, volumen } = await detalle({ dia: 12, id_partida_imp: P1.id })
    expect([cuantas, volumen, filas.map(({ tipo_tiempo, volumen: v }) => [tipo_tiempo, v])]).toEqual([
      2,
      '45.000001',
      [
        ['TE', '35.000000'],
        ['CMA', '10.000001'],
      ],
    ])
    expect(filas[0]).toMatchObject({ fecha: '2026-02-12', sitio: 'EMBARCACION-UNO', anexo: 'C-2', codigo: '2.1' })
  })

  it('of the month at the site, of an annex, and of the family so far', async () => {
    expect((await detalle({})).volumen).toBe('57.000001')
    expect((await detalle({ anexo: 'C-5' })).volumen).toBe('12.000000')
    expect((await detalle({ acumulado: 1 })).volumen).toBe('97.000001')
    expect((await detalle({ id_ot: 102, acumulado: 1 })).cuantas).toBe(4)
  })

  it('an incomplete question, another family or a day that does not exist have no rows', async () => {
    expect((await detalle({ id_ot: 103 })).cuantas).toBe(0)
    expect((await detalle({ id_ot: 999_999 })).cuantas).toBe(0)
    expect((await detalle({ dia: 30 })).cuantas).toBe(0)
    expect((await detalle({ id_ot: '' })).filas).toEqual([])
  })
})

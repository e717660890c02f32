import { describe, expect, it } from 'vitest'
import type { HistorialDeRegistro } from '../../../src/modulos/auditoria/auditoria.contrato.ts'
import { historialDe, registrarEventos, TABLA_LOG } from '../../../src/modulos/auditoria/index.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const RUTA = '/operaciones/actividad/'

function anotar(eventos: { tabla: 4 | 5 | 14; registroId: number; detalle: string }[]): Promise<void> {
  app.reloj.avanzar({ segundos: 1 })
  return conTransaccion(app.ctx, (tx) =>
    registrarEventos(
      tx,
      eventos.map((evento) => ({ ...evento, evento: 'ACTUALIZAR' as const, campo: 'Actualizó' })),
    ),
  )
}

const ot = await crea.ot({ pasos: [1] })
const { rows } = await app.conexion.pool.query<{ id: string }>('SELECT id FROM ot_detalle WHERE id_ot = $1', [ot])
const paso = Number(rows[0]?.id)
await anotar(Array.from({ length: 60 }, (_, i) => ({ tabla: 4 as const, registroId: ot, detalle: `ot ${i}` })))
await anotar([
  { tabla: 5, registroId: paso, detalle: 'del paso' },
  { tabla: 5, registroId: paso + 1000, detalle: 'de un paso ajeno' },
  { tabla: 14, registroId: ot, detalle: 'de un cliente con el mismo id' },
])

describe('history of a record', () => {
  it('brings the record and its steps, newest first, by pages without repeating nor losing any', async () => {
    const primera = await historialDe(app.ctx, TABLA_LOG.OT, ot)
    expect([primera.filas.length, primera.filas[0]?.detalle]).toEqual([50, 'del paso'])
    const { agente } = await app.entrarComo('consulta')
    const segunda = await tipado(agente)
      .get<HistorialDeRegistro>(RUTA)
      .query({ tabla: 4, registro: ot, antes: primera.siguiente ?? '' })
    expect([segunda.status, segunda.body.siguiente]).toEqual([200, null])
    const vistas = [...primera.filas, ...segunda.body.filas].map(({ detalle }) => detalle)
    expect(vistas).toEqual(['del paso', ...Array.from({ length: 60 }, (_, i) => `ot ${59 - i}`)])
  })

  it('asks for the permission of the page of the record', async () => {
    const pedir = async (quien: readonly string[], tabla: number) =>
      (await (await app.entrarComo(quien)).agente.get(RUTA).query({ tabla, registro: ot })).status
    expect(await pedir(['operaciones.view_ote'], 4)).toBe(200)
    expect(await pedir(['operaciones.view_ote'], 14)).toBe(403)
    expect(await pedir(['operaciones.view_registroactividad'], 28)).toBe(200)
    expect(await pedir(['operaciones.view_ote'], 77)).toBe(404)
  })

  it('refuses what is not a record with 400', async () => {
    const { agente } = await app.entrarComo('consulta')
    const malos = await Promise.all(
      [{}, { tabla: 4 }, { tabla: 'x', registro: 1 }, { tabla: 4, registro: 1, antes: 'ayer' }].map((consulta) =>
        agente.get(RUTA).query(consulta),
      ),
    )
    expect(malos.map(({ status }) => status)).toEqual([400, 400, 400, 400])
  })

  it('the page of an OT shows it, and says so when there is nothing', async () => {
    const { agente } = await app.entrarComo('consulta')
    const con = await agente.get(`/operaciones/ot/${ot}/`)
    const sin = await agente.get(`/operaciones/ot/${await crea.ot()}/`)
    expect(con.text).toContain('data-ver-mas')
    expect(sin.text).toContain('Sin actividad registrada.')
  })
})

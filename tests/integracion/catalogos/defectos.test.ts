import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const agente = tipado((await app.entrarComo('administrador')).agente)
const BASE = '/operaciones/catalogos/'

interface Lista {
  readonly data: readonly Record<string, unknown>[]
}
const enviar = (ruta: string, cuerpo: object) => agente.post(`${BASE}${ruta}/`).send(cuerpo)

describe('defects of the old system that have no test of their own elsewhere (catalogos.md §14)', () => {
  it('CAT-01: nothing is read nor written without a session', async () => {
    const lecturas = ['datatable_sitios/', 'sitios/obtener/?id=1', 'unidad_medida/obtener/', 'tipos/exportar/']
    for (const ruta of lecturas) expect([ruta, (await app.anonimo().get(BASE + ruta)).status]).toEqual([ruta, 401])
    for (const accion of ['crear', 'editar', 'eliminar', 'reactivar'])
      expect((await app.anonimo().post(`${BASE}frentes/${accion}/`).send({ id: 1 })).status).toBeGreaterThan(400)
    const { rows } = await pool.query('SELECT activo FROM frente WHERE id = 1')
    expect(rows).toEqual([{ activo: true }])
  })

  it('CAT-03: what is searched is what is seen, not the flag of active', async () => {
    for (const filtro of ['true', 'rue']) {
      const { body } = await agente.get<Lista>(`${BASE}datatable_frentes/`).query({ filtro })
      expect(body.data).toEqual([])
    }
  })

  it('CAT-04: a front that nothing needs is deactivated', async () => {
    const { body } = await enviar('frentes/crear', { descripcion: 'FRENTE NUEVO', afectacion: 1 })
    const id = (body as unknown as { id: number }).id
    expect((await enviar('frentes/eliminar', { id })).body.detalles).toBe('Frente desactivado correctamente')
  })

  it('CAT-05: a step of OT is read with its template', async () => {
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM paso_ot WHERE tipo = 18 ORDER BY id LIMIT 1')
    const { body } = await agente
      .get<Record<string, unknown>>(`${BASE}pasos_ot/obtener/`)
      .query({ id: Number(rows[0]?.id) })
    expect(body['tipo']).toBe(18)
  })

  it('CAT-06: a step needs its type of client and its template', async () => {
    const paso = { descripcion: 'PASO SIN NADA', orden: '99', importancia: 1 }
    expect((await enviar('pasos/crear', paso)).body.detalles).toBe('El cliente es obligatorio')
    expect((await enviar('pasos_ot/crear', { ...paso, afectacion: 15 })).body.detalles).toBe('El tipo es obligatorio')
  })

  it('CAT-07: the form of statuses has the six levels, and a row of any of them keeps its own', async () => {
    const { text } = await agente.get<unknown>(`${BASE}estatus/`)
    for (const nivel of [1, 2, 3, 4, 5, 6]) expect(text).toMatch(new RegExp(`<option value="${nivel}"`))
    for (const nivel of [4, 5, 6]) {
      const { body } = await enviar('estatus/crear', { descripcion: `NIVEL ${nivel}`, afectacion: nivel })
      const { id } = body as unknown as { id: number }
      await enviar('estatus/editar', { id, comentario: 'otro' })
      const leido = await agente.get<Record<string, unknown>>(`${BASE}estatus/obtener/`).query({ id })
      expect(leido.body['afectacion']).toBe(nivel)
    }
  })

  it('CAT-19: the choices of a form are the active rows of their level', async () => {
    await enviar('frentes/crear', { descripcion: 'MUELLE DE SITIOS', afectacion: 1 })
    await enviar('frentes/crear', { descripcion: 'MUELLE DE OTS', afectacion: 2 })
    await enviar('tipos/crear', { descripcion: 'CLIENTE PRIVADO', afectacion: 5 })
    const sitios = (await agente.get<unknown>(`${BASE}sitios/`)).text
    expect(sitios).toContain('MUELLE DE SITIOS')
    expect(sitios).not.toContain('MUELLE DE OTS')
    expect(sitios).not.toContain('FRENTE NUEVO')
    expect((await agente.get<unknown>(`${BASE}cliente/`)).text).toContain('CLIENTE PRIVADO')
  })
})

import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const RUTA = '/operaciones/vistas/'

describe('saved views', () => {
  it('are kept per person, listed by name with their link, and removed', async () => {
    const [ana, beto] = [await app.entrarComo('operaciones'), await app.entrarComo('consulta')]
    const guardada = await ana.agente
      .post(`${RUTA}guardar/`)
      .send({ tabla: 'ot', nombre: ' Mis  atrasadas ', estado: 'estatus=8&orden=-id' })
    expect(guardada.body).toMatchObject({ exito: true, tipo_aviso: 'exito', id_nuevo: expect.any(Number) as number })
    const { id_nuevo: id } = guardada.body as { id_nuevo: number }
    expect((await ana.agente.get(RUTA).query({ tabla: 'ot' })).body).toEqual([
      { id, nombre: 'Mis atrasadas', estado: 'estatus=8&orden=-id', enlace: '/operaciones/ot/?estatus=8&orden=-id' },
    ])
    expect((await beto.agente.get(RUTA).query({ tabla: 'ot' })).body).toEqual([])
    expect((await beto.agente.post(`${RUTA}eliminar/`).send({ id })).status).toBe(404)
    expect((await ana.agente.post(`${RUTA}eliminar/`).send({ id })).status).toBe(200)
    expect((await ana.agente.get(RUTA).query({ tabla: 'ot' })).body).toEqual([])
  })

  it('a name is not repeated', async () => {
    const { agente } = await app.entrarComo('estimaciones')
    const envio = { tabla: 'ot', nombre: 'Mías', estado: '' }
    await agente.post(`${RUTA}guardar/`).send(envio)
    const otra = await agente.post(`${RUTA}guardar/`).send(envio)
    expect([otra.status, (otra.body as { campos: unknown }).campos]).toEqual([
      409,
      { nombre: 'Ya tienes una vista con ese nombre. Escribe otro.' },
    ])
  })

  it('what is not a query becomes one, and nothing leaves the page', async () => {
    const { agente } = await app.entrarComo('superusuario')
    await agente.post(`${RUTA}guardar/`).send({ tabla: 'ot', nombre: 'rara', estado: '"><script>//evil.example' })
    const lista = await agente.get(RUTA).query({ tabla: 'ot' })
    expect((lista.body as { enlace: string }[])[0]?.enlace).toBe(
      '/operaciones/ot/?%22%3E%3Cscript%3E%2F%2Fevil.example=',
    )
  })

  it('refuses an unknown table, an empty name and an endless state', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const envios = [
      { tabla: 'toString', nombre: 'x', estado: '' },
      { tabla: 'ot', nombre: '  ', estado: '' },
      { tabla: 'ot', nombre: 'x'.repeat(101), estado: '' },
      { tabla: 'ot', nombre: 'x', estado: 'a'.repeat(4001) },
      {},
    ]
    const respuestas = await Promise.all(envios.map((envio) => agente.post(`${RUTA}guardar/`).send(envio)))
    expect(respuestas.map((r) => r.status)).toEqual([400, 400, 400, 400, 400])
    expect((await agente.get(RUTA)).status).toBe(400)
  })
})

import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricas(pool)
const PTES = '/operaciones/api/ptes/'

interface Creado {
  exito: boolean
  id: number
  token: string
  detalles: string
  campos: Record<string, string>
}

let numero = 0
async function crear(
  agente: ReturnType<typeof app.anonimo>,
  datos: object = {},
): Promise<{ status: number; body: Creado }> {
  numero += 1
  const r = await agente
    .post('/perfil/tokens/crear/')
    .send({ nombre: `Programa ${String(numero)}`, alcances: ['operaciones.view_pteheader'], dias: 30, ...datos })
  return { status: r.status, body: r.body as Creado }
}

const con = (token: string, ruta: string) => app.anonimo().get(ruta).set('Authorization', `Bearer ${token}`)

describe('tokens: made, shown once, stored as a hash', () => {
  it('the answer has the secret; the database and the page have not', async () => {
    const { agente, usuarioId } = await app.entrarComo('operaciones')
    const { status, body } = await crear(agente, { nombre: 'Tablero' })
    expect([status, body.exito]).toEqual([200, true])
    expect(body.token).toMatch(/^sascop_[\w-]{43}$/)
    const { rows } = await pool.query<{ todo: string; prefijo: string; id_usuario: string }>(
      'SELECT t::text AS todo, prefijo, id_usuario FROM token_acceso t WHERE id = $1',
      [body.id],
    )
    expect(rows[0]?.todo).not.toContain(body.token.slice(13))
    expect(rows[0]).toMatchObject({ prefijo: body.token.slice(0, 13), id_usuario: String(usuarioId) })
    const pagina = await agente.get('/perfil/tokens/')
    expect(pagina.text).toContain('Tablero')
    expect(pagina.text).toContain(`${body.token.slice(0, 13)}…`)
    expect(pagina.text).not.toContain(body.token)
  })

  it('is audited without the secret', async () => {
    const { agente, usuarioId } = await app.entrarComo('operaciones')
    const { body } = await crear(agente)
    await agente.post('/perfil/tokens/revocar/').send({ id: body.id })
    const { rows } = await pool.query<{ fila: string; evento: string }>(
      'SELECT a::text AS fila, evento FROM registro_actividad a WHERE tabla_log = 28 AND registro_id = $1 ORDER BY id DESC LIMIT 2',
      [usuarioId],
    )
    expect(rows.map(({ evento }) => evento)).toEqual(['ELIMINAR', 'CREAR'])
    for (const { fila } of rows) expect(fila).not.toContain(body.token.slice(13))
  })

  it.each([
    [{ nombre: '  ' }, 'nombre'],
    [{ alcances: [] }, 'alcances'],
    [{ alcances: ['operaciones.delete_ote'] }, 'alcances'],
    [{ dias: 4000 }, 'dias'],
    [{ dias: '' }, 'dias'],
  ])('refuses %o, and says the field', async (datos, campo) => {
    const { agente } = await app.entrarComo('operaciones')
    const { status, body } = await crear(agente, datos)
    expect(status).toBe(400)
    expect(Object.keys(body.campos)).toEqual([campo])
  })

  it('two live tokens do not share a name, a revoked one gives it back', async () => {
    const { agente } = await app.entrarComo('consulta')
    const { body } = await crear(agente, { nombre: 'Único' })
    expect((await crear(agente, { nombre: ' ÚNICO ' })).status).toBe(409)
    await agente.post('/perfil/tokens/revocar/').send({ id: body.id })
    expect((await crear(agente, { nombre: 'Único' })).status).toBe(200)
  })

  it('nobody has more than twenty', async () => {
    const { agente } = await app.entrarComo(['operaciones.view_pteheader'])
    for (let i = 0; i < 20; i += 1) expect((await crear(agente)).status).toBe(200)
    expect((await crear(agente)).status).toBe(409)
  })
})

describe('tokens: what they open', () => {
  it('the API with what they carry, without a cookie', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const { body } = await crear(agente)
    const r = await con(body.token, PTES)
    expect(r.status).toBe(200)
    expect(r.headers['set-cookie']).toBeUndefined()
    expect((await con(body.token, '/operaciones/api/ots/')).status).toBe(403)
  })

  it('nothing that is not the API, and nothing that changes, even for a superuser', async () => {
    const { agente } = await app.entrarComo('superusuario')
    const { body } = await crear(agente, { alcances: ['operaciones.view_pteheader', 'operaciones.view_ote'] })
    for (const ruta of ['/operaciones/ot/', '/operaciones/ot/datatable/', '/perfil/tokens/', '/'])
      expect([ruta, (await con(body.token, ruta).set('Accept', 'application/json')).status]).toEqual([ruta, 403])
    for (const ruta of [
      '/accounts/login/',
      '/operaciones/accounts/login/',
      '/accounts/recuperar/',
      '/accounts/clave/x/',
    ])
      expect([ruta, (await con(body.token, ruta)).status]).toEqual([ruta, 403])
    const entrar = app.anonimo().post('/accounts/login/').set('Authorization', `Bearer ${body.token}`)
    expect((await entrar.send({ username: 'x', password: 'x' })).status).toBe(403)
    expect((await con(body.token, '/no-existe/')).status).toBe(404)
    expect((await con(body.token, '/api/openapi.json')).status).toBe(200)
    const ot = await crea.ot({})
    const r = await app
      .anonimo()
      .post('/operaciones/ot/eliminar/')
      .set('Authorization', `Bearer ${body.token}`)
      .send({ id: ot })
    expect(r.status).toBe(403)
    const { rows } = await pool.query('SELECT estatus FROM ot WHERE id = $1', [ot])
    expect(rows).toEqual([{ estatus: 1 }])
    const metodo = await app.anonimo().post(PTES).set('Authorization', `Bearer ${body.token}`).send({})
    expect(metodo.status).toBe(405)
  })

  it('never more than their person has now: a permission taken is taken at once', async () => {
    const { agente, usuarioId } = await app.entrarComo(['operaciones.view_pteheader', 'operaciones.view_ote'])
    const { body } = await crear(agente)
    expect((await con(body.token, PTES)).status).toBe(200)
    await pool.query('DELETE FROM user_permissions WHERE user_id = $1', [usuarioId])
    expect((await con(body.token, PTES)).status).toBe(403)
    await pool.query('UPDATE "user" SET is_active = FALSE WHERE id = $1', [usuarioId])
    expect((await con(body.token, PTES)).status).toBe(401)
  })

  it('a revoked, expired, malformed or unknown one: 401 with its envelope, even beside a good cookie', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const { body } = await crear(agente)
    const otro = await app.entrarComo('administrador')
    expect((await otro.agente.post('/perfil/tokens/revocar/').send({ id: body.id })).status).toBe(404)
    expect((await agente.post('/perfil/tokens/revocar/').send({ id: body.id })).status).toBe(200)
    expect((await agente.post('/perfil/tokens/revocar/').send({ id: body.id })).status).toBe(409)
    const vencido = await crear(agente)
    await pool.query("UPDATE token_acceso SET creado_en = '2000-01-01', caduca_en = $2 WHERE id = $1", [
      vencido.body.id,
      app.reloj.ahora(),
    ])
    for (const token of [body.token, vencido.body.token, 'sascop_x', `sascop_${'a'.repeat(43)}`, '']) {
      const r = await agente.get(PTES).set('Authorization', `Bearer ${token}`)
      expect([r.status, (r.body as { codigo: string }).codigo]).toEqual([401, 'TOKEN'])
      expect(r.headers['www-authenticate']).toContain('Bearer')
    }
    expect((await agente.get(PTES)).status).toBe(200)
  })

  it('their last use is noted, once a minute', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const { body } = await crear(agente)
    const uso = async () =>
      (await pool.query<{ u: Date }>('SELECT ultimo_uso AS u FROM token_acceso WHERE id = $1', [body.id])).rows[0]?.u
    await con(body.token, PTES)
    const primero = await uso()
    expect(primero).toEqual(app.reloj.ahora())
    app.reloj.avanzar({ segundos: 30 })
    await con(body.token, PTES)
    expect(await uso()).toEqual(primero)
    app.reloj.avanzar({ segundos: 31 })
    await con(body.token, PTES)
    expect(await uso()).toEqual(app.reloj.ahora())
  })

  it('600 a minute, counted by token', async () => {
    const { agente } = await app.entrarComo('estimaciones')
    const [uno, otro] = [await crear(agente), await crear(agente)]
    const r = await con(uno.body.token, '/operaciones/api/estadisticas/')
    expect(r.headers['ratelimit-limit']).toBe('600')
    expect(r.headers['ratelimit-remaining']).toBe('599')
    expect((await con(otro.body.token, '/operaciones/api/estadisticas/')).headers['ratelimit-remaining']).toBe('599')
    let ultima = 0
    for (let i = 0; i < 600; i += 1) ultima = (await con(uno.body.token, '/operaciones/api/estadisticas/')).status
    expect(ultima).toBe(429)
  })
})

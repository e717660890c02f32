import { describe, expect, it } from 'vitest'
import { crearPersonaConClave, entrar, tokenDe } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { hasta } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas({ cola: true, config: { hayServidorDeCorreo: true } })
const { pool } = app.conexion
const NUEVA = 'ancla verde 22'
const VENCIDO = 'Este enlace ya no sirve'

async function enviar(ruta: string, datos: Record<string, string>) {
  const agente = app.anonimo()
  const csrfmiddlewaretoken = await tokenDe(agente, ruta)
  return agente
    .post(ruta)
    .set('Accept', 'text/html')
    .type('form')
    .send({ csrfmiddlewaretoken, ...datos })
}

const conClave = { clave: NUEVA, clave_confirmacion: NUEVA }

/** The address inside the last message to somebody. */
async function enlaceDe(correo: string): Promise<string> {
  const hallar = (): string | undefined =>
    app.correos
      .filter(({ para }) => para.includes(correo))
      .map(({ texto }) => /\/accounts\/clave\/[\w-]+\//.exec(texto)?.[0])
      .at(-1)
  await hasta(() => Promise.resolve(hallar() !== undefined), `a message to ${correo}`)
  return hallar() ?? ''
}

async function restablecer(username: string): Promise<{ id: number; ruta: string }> {
  const email = `${username}@example.com`
  const id = await crearPersonaConClave(app, { username, email, grupos: ['consulta'] })
  const { agente } = await app.entrarComo('administrador')
  const r = await agente.post('/administracion/usuarios/restablecer_clave/').send({ id })
  expect([r.status, (r.body as { enlace: unknown }).enlace]).toEqual([200, null])
  return { id, ruta: await enlaceDe(email) }
}

describe('link made by an administrator', () => {
  it('goes by mail, is stored only as a hash, opens once, ends the sessions and is in the log without secrets', async () => {
    const { id, ruta } = await restablecer('olvidadiza')
    const abierta = app.anonimo()
    await entrar(abierta, { username: 'olvidadiza' })
    const token = ruta.split('/')[3] ?? ''
    const { rows } = await pool.query<{ todo: string }>(
      `SELECT (SELECT string_agg(e::text, '') FROM enlace_clave e) || (SELECT string_agg(c::text, '') FROM correo_saliente c WHERE c.estado = 'enviado')
         || (SELECT string_agg(r::text, '') FROM registro_actividad r) AS todo`,
    )
    expect(rows[0]?.todo).not.toContain(token)
    // Looking at it does not spend it: mail programs do so by themselves.
    for (let i = 0; i < 2; i += 1) expect((await app.anonimo().get(ruta)).text).toContain('Guardar contraseña')
    const r = await enviar(ruta, conClave)
    expect([r.status, r.headers['location']]).toEqual([302, '/accounts/login/'])
    expect((await abierta.get('/perfil/').set('Accept', 'text/html')).status).toBe(302)
    expect((await entrar(app.anonimo(), { username: 'olvidadiza', password: NUEVA })).status).toBe(302)
    expect((await entrar(app.anonimo(), { username: 'olvidadiza' })).status).toBe(200)
    const otra = await enviar(ruta, { clave: 'barco azul 33', clave_confirmacion: 'barco azul 33' })
    expect([otra.status, otra.text.includes(VENCIDO)]).toEqual([409, true])
    const { rows: log } = await pool.query(
      `SELECT evento, detalle, usuario_id FROM registro_actividad WHERE tabla_log = 28 AND registro_id = $1 ORDER BY id DESC LIMIT 2`,
      [id],
    )
    expect(log).toEqual([
      { evento: 'MODIFICAR', detalle: 'del usuario: olvidadiza, con un enlace de un solo uso', usuario_id: String(id) },
      expect.objectContaining({
        evento: 'CREAR',
        detalle: 'un enlace de un solo uso para la contraseña del usuario: olvidadiza',
      }),
    ])
  })

  it('two at once: only one of them keeps its password', async () => {
    const { ruta } = await restablecer('apurada')
    const respuestas = await Promise.all([
      enviar(ruta, conClave),
      enviar(ruta, { clave: 'barco azul 33', clave_confirmacion: 'barco azul 33' }),
    ])
    expect(respuestas.map(({ status }) => status).toSorted()).toEqual([302, 409])
  })

  it('a weak or unequal password is refused in its field, and the link still opens', async () => {
    const { ruta } = await restablecer('debil')
    const debil = await enviar(ruta, { clave: '12345678', clave_confirmacion: '12345678' })
    const parecida = await enviar(ruta, { clave: 'debil123', clave_confirmacion: 'debil123' })
    const distinta = await enviar(ruta, { clave: NUEVA, clave_confirmacion: 'x' })
    expect([debil, parecida, distinta].map(({ status }) => status)).toEqual([400, 400, 400])
    expect(distinta.text).toContain('Las dos contraseñas no coinciden.')
    expect((await enviar(ruta, conClave)).status).toBe(302)
  })

  it('expires after 24 hours, and dies with a newer one, another e-mail or the account', async () => {
    const casos: [string, (id: number) => Promise<unknown>][] = [
      [
        'tarde',
        () => {
          app.reloj.avanzar({ horas: 24, segundos: 1 })
          return Promise.resolve()
        },
      ],
      [
        'reemplazada',
        async (id) =>
          (await app.entrarComo('superusuario')).agente
            .post('/administracion/usuarios/restablecer_clave/')
            .send({ id }),
      ],
      [
        'mudada',
        async (id) =>
          (await app.entrarComo('superusuario')).agente
            .post('/administracion/usuarios/editar/')
            .send({ id, email: 'mudada2@example.com' }),
      ],
      [
        'baja',
        async (id) =>
          (await app.entrarComo('superusuario')).agente.post('/administracion/usuarios/eliminar/').send({ id }),
      ],
    ]
    for (const [username, pasa] of casos) {
      const { id, ruta } = await restablecer(username)
      await pasa(id)
      const r = await app.anonimo().get(ruta).set('Accept', 'text/html')
      expect([username, r.text.includes(VENCIDO)]).toEqual([username, true])
    }
    const desconocido = await app.anonimo().get('/accounts/clave/no-existe/').set('Accept', 'text/html')
    expect([desconocido.status, desconocido.text.includes(VENCIDO)]).toEqual([200, true])
  })
})

describe('who forgot (core.md §3)', () => {
  it('always the same answer; a link of 30 minutes only for an active account', async () => {
    await crearPersonaConClave(app, { username: 'pierde', email: 'Pierde@Example.com' })
    const conocida = await enviar('/accounts/recuperar/', { email: 'pierde@example.com' })
    const desconocida = await enviar('/accounts/recuperar/', { email: 'nadie@example.com' })
    const sinToken = (html: string): string => html.replaceAll(/[\da-f]{64,}/g, '')
    expect([conocida.status, sinToken(conocida.text)]).toEqual([200, sinToken(desconocida.text)])
    const ruta = await enlaceDe('Pierde@Example.com')
    app.reloj.avanzar({ minutos: 30 })
    expect((await app.anonimo().get(ruta)).text).toContain(VENCIDO)
    expect(app.correos.some(({ para }) => para.includes('nadie@example.com'))).toBe(false)
  })

  it('two accounts with that e-mail, or an inactive one: nobody is written to', async () => {
    await pool.query('DROP INDEX user_email_unico')
    for (const username of ['gemela1', 'gemela2'])
      await pool.query(`INSERT INTO "user" (username, email, password) VALUES ($1, 'gemelas@example.com', '!')`, [
        username,
      ])
    await pool.query(
      `INSERT INTO "user" (username, email, password, is_active) VALUES ('ida', 'ida@example.com', '!', false)`,
    )
    const antes = app.correos.length
    for (const email of ['gemelas@example.com', 'ida@example.com']) await enviar('/accounts/recuperar/', { email })
    await crearPersonaConClave(app, { username: 'testigo', email: 'testigo@example.com' })
    await enviar('/accounts/recuperar/', { email: 'testigo@example.com' })
    await enlaceDe('testigo@example.com')
    expect(app.correos.length).toBe(antes + 1)
  })

  it('at most three links in an hour, and the address is refused when it insists', async () => {
    await crearPersonaConClave(app, { username: 'insiste', email: 'insiste@example.com' })
    const estados = []
    const agente = app.anonimo()
    const csrfmiddlewaretoken = await tokenDe(agente, '/accounts/recuperar/')
    for (let i = 0; i < 6; i += 1)
      estados.push(
        (
          await agente
            .post('/accounts/recuperar/')
            .set('X-Forwarded-For', '10.9.8.7')
            .set('Accept', 'text/html')
            .type('form')
            .send({ csrfmiddlewaretoken, email: 'insiste@example.com' })
        ).status,
      )
    expect(estados).toEqual([200, 200, 200, 200, 200, 429])
    await hasta(async () => {
      const { rows } = await pool.query(
        `SELECT 1 FROM trabajos.job WHERE name = 'recuperar-clave' AND state IN ('created', 'active')`,
      )
      return rows.length === 0
    }, 'the work ends')
    const { rows } = await pool.query<{ n: string }>(
      `SELECT count(*) AS n FROM enlace_clave e JOIN "user" u ON u.id = e.id_usuario WHERE u.username = 'insiste'`,
    )
    expect(rows[0]?.n).toBe('3')
  })
})

it('in production without a mail server there is nothing to click nor to open', async () => {
  const sin = await crearAppDePruebas({ config: { produccion: true } })
  expect((await sin.anonimo().get('/accounts/login/').set('Accept', 'text/html')).text).not.toContain('¿Olvidaste')
  expect((await sin.anonimo().get('/accounts/recuperar/').set('Accept', 'text/html')).status).toBe(404)
  expect((await app.anonimo().get('/accounts/login/').set('Accept', 'text/html')).text).toContain(
    '¿Olvidaste tu contraseña?',
  )
})

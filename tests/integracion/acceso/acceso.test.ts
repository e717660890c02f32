import { pbkdf2Sync } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { CLAVE, crearPersonaConClave, entrar, tokenDe } from '../../apoyo/acceso.ts'
import { crearAppDePruebas, INICIO } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
await crearPersonaConClave(app, { username: 'usuario1', email: 'Usuario.Uno@Example.COM', grupos: ['operaciones'] })

const INCORRECTO = 'Usuario/email o contraseña incorrectos.'
const BLOQUEADO = 'Demasiados intentos. Intenta más tarde.'
const HTML = ['Accept', 'text/html'] as const

async function auditoria(): Promise<{ evento: string; campo: string; detalle: string; usuario_id: string | null }[]> {
  const { rows } = await pool.query(
    'SELECT evento, campo, detalle, usuario_id FROM registro_actividad WHERE tabla_log = 29 ORDER BY id',
  )
  return rows as Awaited<ReturnType<typeof auditoria>>
}

beforeEach(async () => {
  app.reloj.fijar(INICIO)
  await pool.query('DELETE FROM intento_acceso')
})

describe('login (core.md §3)', () => {
  it('core §16.1: by user name, by e-mail in any case; the user name itself is case-sensitive', async () => {
    const porNombre = await entrar(app.anonimo(), { username: ' usuario1 ' })
    const porCorreo = await entrar(app.anonimo(), { username: 'usuario.uno@example.com' })
    const mayusculas = await entrar(app.anonimo(), { username: 'USUARIO1' })
    expect([porNombre.status, porNombre.headers['location']]).toEqual([302, '/?login_exitoso=1'])
    expect([porCorreo.status, porCorreo.headers['location']]).toEqual([302, '/?login_exitoso=1'])
    expect([mayusculas.status, mayusculas.text.includes(INCORRECTO)]).toEqual([200, true])
  })

  it('core §16.2: an e-mail that two active people share lets nobody in; the user name does', async () => {
    // The database forbids it today; rows of before the constraint may still be like this.
    await pool.query('DROP INDEX user_email_unico')
    await crearPersonaConClave(app, { username: 'gemela1', email: 'taller@example.com' })
    await crearPersonaConClave(app, { username: 'gemela2', email: 'Taller@example.com' })
    const porCorreo = await entrar(app.anonimo(), { username: 'taller@example.com' })
    const porNombre = await entrar(app.anonimo(), { username: 'gemela2' })
    expect([porCorreo.status, porCorreo.text.includes(INCORRECTO), porNombre.status]).toEqual([200, true, 302])
  })

  it('core §16.3: after 5 failures the right password is refused; 15 minutes later it is accepted', async () => {
    for (let i = 0; i < 5; i += 1) await entrar(app.anonimo(), { username: 'usuario1', password: `mala ${i}` })
    const sexto = await entrar(app.anonimo(), { username: 'usuario1' })
    const porCorreo = await entrar(app.anonimo(), { username: 'usuario.uno@example.com' })
    app.reloj.avanzar({ minutos: 14, segundos: 59 })
    const pronto = await entrar(app.anonimo(), { username: 'usuario1' })
    app.reloj.avanzar({ segundos: 1 })
    const despues = await entrar(app.anonimo(), { username: 'usuario1' })
    expect([sexto, porCorreo, pronto].map((r) => [r.status, r.text.includes(BLOQUEADO)])).toEqual([
      [429, true],
      [429, true],
      [429, true],
    ])
    expect(despues.status).toBe(302)
  })

  it('failures far apart do not add up, and a success starts the count again', async () => {
    for (let i = 0; i < 4; i += 1) await entrar(app.anonimo(), { username: 'usuario1', password: 'mala' })
    expect((await entrar(app.anonimo(), { username: 'usuario1' })).status).toBe(302)
    for (let i = 0; i < 4; i += 1) await entrar(app.anonimo(), { username: 'usuario1', password: 'mala' })
    app.reloj.avanzar({ minutos: 15 })
    await entrar(app.anonimo(), { username: 'usuario1', password: 'mala' })
    expect((await entrar(app.anonimo(), { username: 'usuario1' })).status).toBe(302)
  })

  it('20 failures from one address refuse it for every account', async () => {
    for (let i = 0; i < 20; i += 1) await entrar(app.anonimo(), { username: `nadie${i}` })
    expect((await entrar(app.anonimo(), { username: 'usuario1' })).status).toBe(429)
  })

  it('simultaneous guesses count as well as one after the other', async () => {
    const agentes = Array.from({ length: 12 }, () => app.anonimo())
    const respuestas = await Promise.all(
      agentes.map((agente) => entrar(agente, { username: 'usuario1', password: 'mala' })),
    )
    const estados = respuestas.map((r) => r.status).sort()
    expect(estados).toEqual([...Array<number>(5).fill(200), ...Array<number>(7).fill(429)])
  })

  it('core §16.5: lands where it was going, and only inside', async () => {
    const sinSesion = await app
      .anonimo()
      .get('/operaciones/ot/?x=1')
      .set(...HTML)
    expect(sinSesion.headers['location']).toBe('/accounts/login/?next=%2Foperaciones%2Fot%2F%3Fx%3D1')
    const dentro = await entrar(app.anonimo(), { username: 'usuario1', next: '/operaciones/ot/?x=1' })
    const fuera = await entrar(app.anonimo(), { username: 'usuario1', next: 'https://evil.example/' })
    expect(dentro.headers['location']).toBe('/operaciones/ot/?x=1&login_exitoso=1')
    expect(fuera.headers['location']).toBe('/?login_exitoso=1')
  })

  it('an inactive person fails like an unknown one', async () => {
    await crearPersonaConClave(app, { username: 'exempleado', email: 'ex@example.com' })
    await pool.query(`UPDATE "user" SET is_active = false WHERE username = 'exempleado'`)
    const r = await entrar(app.anonimo(), { username: 'exempleado' })
    expect([r.status, r.text.includes(INCORRECTO)]).toEqual([200, true])
  })

  it('an old pbkdf2_sha256 hash lets in once and becomes argon2id', async () => {
    const hash = pbkdf2Sync('MareaAlta2024', 'q7Zs1kP0', 1000, 32, 'sha256').toString('base64')
    await pool.query(`INSERT INTO "user" (username, email, password) VALUES ('antiguo', 'antiguo@example.com', $1)`, [
      `pbkdf2_sha256$1000$q7Zs1kP0$${hash}`,
    ])
    const primera = await entrar(app.anonimo(), { username: 'antiguo', password: 'MareaAlta2024' })
    const { rows } = await pool.query<{ password: string }>(`SELECT password FROM "user" WHERE username = 'antiguo'`)
    const segunda = await entrar(app.anonimo(), { username: 'antiguo', password: 'MareaAlta2024' })
    expect([primera.status, rows[0]?.password.startsWith('$argon2id$'), segunda.status]).toEqual([302, true, 302])
  })

  it('the session id of the visitor is not the one of the person (fixation)', async () => {
    const agente = app.anonimo()
    const antes =
      /sascop_sesion=([^;]+)/.exec(String((await agente.get('/accounts/login/?next=')).headers['set-cookie']))?.[1] ??
      'none'
    const r = await entrar(agente, { username: 'usuario1' })
    const cookie = String(r.headers['set-cookie'])
    expect(cookie).toContain('sascop_sesion=')
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toContain(antes)
  })

  it('empty fields, and who is already inside', async () => {
    const vacio = await entrar(app.anonimo(), { username: '', password: '' })
    const { agente } = await app.entrarComo('consulta')
    expect([vacio.status, vacio.text.includes('Campos incompletos.')]).toEqual([200, true])
    expect((await agente.get('/accounts/login/')).headers['location']).toBe('/')
    expect((await app.anonimo().get('/operaciones/accounts/login/')).headers['location']).toBe('/accounts/login/')
  })

  it('what was typed stays, except the password, and nothing of it becomes HTML', async () => {
    const r = await entrar(app.anonimo(), { username: '"><script>alert(1)</script>', password: 'secreta-123' })
    expect(r.text).toContain('value="&#34;&gt;&lt;script&gt;'.replace('&#34;', '&quot;'))
    expect(r.text).not.toContain('<script>alert')
    expect(r.text).not.toContain('secreta-123')
  })

  it('a form without its token changes nothing and opens the login again', async () => {
    const r = await app
      .anonimo()
      .post('/accounts/login/')
      .set(...HTML)
      .set('Referer', `${app.direccion}/accounts/login/`)
      .type('form')
      .send({ username: 'usuario1', password: CLAVE })
    expect([r.status, r.headers['refresh']]).toEqual([403, '3; url=/accounts/login/'])
    expect(r.text).toContain('La sesión ha expirado. Por favor, recarga la página e intenta nuevamente.')
  })

  it('is audited: success, failure with what was typed, never a password', async () => {
    const antes = (await auditoria()).length
    await entrar(app.anonimo(), { username: 'usuario1' })
    await entrar(app.anonimo(), { username: 'intruso', password: 'clave-del-intruso' })
    const filas = (await auditoria()).slice(antes)
    expect(
      filas.map(({ evento, campo, detalle, usuario_id }) => [evento, campo, detalle, usuario_id !== null]),
    ).toEqual([
      ['INICIAR SESION', 'Inició', 'sesión: usuario1', true],
      ['INICIAR SESION', 'Falló', 'con el usuario: intruso', false],
    ])
    expect(JSON.stringify(filas)).not.toContain('clave-del-intruso')
  })
})

describe('logout (core.md §5)', () => {
  it('core §16.6: GET is 405 and stays inside; POST with its token leaves', async () => {
    const agente = app.anonimo()
    await entrar(agente, { username: 'usuario1' })
    expect((await agente.get('/accounts/logout/')).status).toBe(405)
    expect((await agente.get('/perfil/')).status).toBe(200)
    const csrfmiddlewaretoken = await tokenDe(agente, '/perfil/')
    expect((await agente.post('/accounts/logout/').type('form').send({})).status).toBe(403)
    const salida = await agente.post('/accounts/logout/').type('form').send({ csrfmiddlewaretoken })
    expect(salida.headers['location']).toBe('/accounts/login/?logout_exitoso=1')
    expect((await agente.get('/accounts/login/?logout_exitoso=1')).text).toContain('Sesión cerrada correctamente.')
    expect((await agente.get('/perfil/').set(...HTML)).status).toBe(302)
    expect((await auditoria()).at(-1)).toMatchObject({ evento: 'CERRAR SESION', campo: 'Cerró' })
  })
})

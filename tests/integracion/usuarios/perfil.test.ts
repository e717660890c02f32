import { describe, expect, it } from 'vitest'
import { CLAVE, crearPersonaConClave, entrar, tokenDe } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion

const NUEVA = 'ancla verde 22'

describe('own profile (core.md §6)', () => {
  it('shows user name, name, e-mail, groups and last login', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const { status, text } = await agente.get('/perfil/').set('Accept', 'text/html')
    expect(status).toBe(200)
    for (const dato of [
      'prueba.operaciones',
      'Prueba operaciones',
      'prueba.operaciones@example.com',
      'Último acceso',
    ]) {
      expect(text).toContain(dato)
    }
  })

  it('changes the password: the other sessions end, this one goes on with a new id, one audit row without passwords', async () => {
    await crearPersonaConClave(app, { username: 'cambiante', email: 'cambiante@example.com', grupos: ['consulta'] })
    const [aqui, otra] = [app.anonimo(), app.anonimo()]
    await entrar(aqui, { username: 'cambiante' })
    await entrar(otra, { username: 'cambiante' })
    const csrfmiddlewaretoken = await tokenDe(aqui, '/perfil/')
    const r = await aqui
      .post('/perfil/clave/')
      .type('form')
      .send({ csrfmiddlewaretoken, clave_actual: CLAVE, clave: NUEVA, clave_confirmacion: NUEVA })
    expect([r.status, r.headers['location']]).toEqual([302, '/perfil/'])
    const despues = await aqui.get('/perfil/').set('Accept', 'text/html')
    expect([despues.status, despues.text.includes('Contraseña cambiada.')]).toEqual([200, true])
    expect((await otra.get('/perfil/').set('Accept', 'text/html')).status).toBe(302)
    expect((await entrar(app.anonimo(), { username: 'cambiante' })).status).toBe(200)
    expect((await entrar(app.anonimo(), { username: 'cambiante', password: NUEVA })).status).toBe(302)
    const { rows } = await pool.query(
      `SELECT evento, campo, valor_anterior, valor_actual, detalle FROM registro_actividad WHERE tabla_log = 28 ORDER BY id DESC LIMIT 1`,
    )
    expect(rows[0]).toEqual({
      evento: 'MODIFICAR',
      campo: 'Contraseña',
      valor_anterior: '',
      valor_actual: '',
      detalle: 'del usuario: cambiante',
    })
  })

  const malas = [
    {
      caso: 'wrong current password',
      envio: { clave_actual: 'otra', clave: NUEVA, clave_confirmacion: NUEVA },
      mensaje: 'La contraseña actual no es correcta.',
    },
    {
      caso: 'weak',
      envio: { clave_actual: CLAVE, clave: '12345678', clave_confirmacion: '12345678' },
      mensaje: 'La contraseña no puede tener solo números.',
    },
    {
      caso: 'the same as before',
      envio: { clave_actual: CLAVE, clave: CLAVE, clave_confirmacion: CLAVE },
      mensaje: 'La contraseña nueva es igual a la actual.',
    },
    {
      caso: 'not repeated',
      envio: { clave_actual: CLAVE, clave: NUEVA, clave_confirmacion: 'x' },
      mensaje: 'Las dos contraseñas nuevas no coinciden.',
    },
    { caso: 'nothing at all', envio: {}, mensaje: 'Escribe tu contraseña actual.' },
  ]
  it.each(malas)('refuses with 400 in its field: $caso', async ({ caso, envio, mensaje }) => {
    const username = `terca${malas.findIndex((mala) => mala.caso === caso)}`
    await crearPersonaConClave(app, { username, email: `${username}@example.com` })
    const agente = app.anonimo()
    await entrar(agente, { username })
    const csrfmiddlewaretoken = await tokenDe(agente, '/perfil/')
    const r = await agente
      .post('/perfil/clave/')
      .set('Accept', 'text/html')
      .type('form')
      .send({ csrfmiddlewaretoken, ...envio })
    expect([r.status, r.text.includes(mensaje)]).toEqual([400, true])
    expect((await entrar(app.anonimo(), { username })).status).toBe(302)
  })
})

import { describe, expect, it } from 'vitest'
import { crearPersonaConClave, entrar, tokenDe } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion

async function navegador(username: string, agenteTexto: string) {
  const agente = app.anonimo().set('User-Agent', agenteTexto)
  await entrar(agente, { username })
  const csrf = await tokenDe(agente, '/perfil/')
  const ver = () => agente.get('/perfil/sesiones/').set('Accept', 'text/html')
  const mandar = (ruta: string, datos: object) =>
    agente.post(`/perfil/sesiones/${ruta}/`).set('X-CSRFToken', csrf).send(datos)
  return { agente, ver, mandar }
}

const filas = (html: string): string[] =>
  [...html.matchAll(/<th scope="row">([^<]+)<\/th>/g)].map(([, texto = '']) => texto)
const claves = (html: string): string[] =>
  [...html.matchAll(/data-cerrar-sesion="(\w+)"/g)].map(([, clave = '']) => clave)

describe('own open sessions', () => {
  it('says where each is, marks this one, ends another one at its next click, and never gives an id away', async () => {
    await crearPersonaConClave(app, { username: 'sesiones', email: 'sesiones@example.com' })
    const casa = await navegador('sesiones', 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0')
    const oficina = await navegador('sesiones', 'Mozilla/5.0 (X11; Linux x86_64) Chrome/143.0 Safari/537.36')
    const { text } = await oficina.ver()
    expect(filas(text)).toEqual(['Chrome en Linux', 'Firefox en Windows'])
    expect(text.match(/Es esta/g)).toHaveLength(1)
    expect(text).toContain('127.0.0.1')
    const { rows } = await pool.query<{ sid: string }>('SELECT sid FROM session')
    for (const { sid } of rows) expect(text).not.toContain(sid)
    const [clave = ''] = claves(text)
    expect((await oficina.mandar('cerrar', { sesion: clave })).status).toBe(200)
    expect((await casa.agente.get('/perfil/').set('Accept', 'text/html')).status).toBe(302)
    expect((await oficina.mandar('cerrar', { sesion: clave })).status).toBe(404)
    expect(filas((await oficina.ver()).text)).toEqual(['Chrome en Linux'])
    const { rows: log } = await pool.query(
      `SELECT evento, campo, detalle FROM registro_actividad WHERE tabla_log = 29 ORDER BY id DESC LIMIT 1`,
    )
    expect(log[0]).toEqual({
      evento: 'CERRAR SESION',
      campo: 'Cerró',
      detalle: 'sesión abierta en Firefox en Windows: sesiones',
    })
  })

  it('ends all the others but not the sessions of other people', async () => {
    await crearPersonaConClave(app, { username: 'varias', email: 'varias@example.com' })
    await crearPersonaConClave(app, { username: 'ajena', email: 'ajena@example.com' })
    const [una, dos, tres, otra] = [
      await navegador('varias', 'a'),
      await navegador('varias', 'b'),
      await navegador('varias', 'c'),
      await navegador('ajena', 'd'),
    ]
    const [deOtra = ''] = claves((await una.ver()).text)
    expect((await otra.mandar('cerrar', { sesion: deOtra })).status).toBe(404)
    expect((await una.mandar('cerrar_otras', {})).body).toMatchObject({ detalles: '2 sesiones cerradas.' })
    const estados = []
    for (const { agente } of [una, dos, tres, otra])
      estados.push((await agente.get('/perfil/').set('Accept', 'text/html')).status)
    expect(estados).toEqual([200, 302, 302, 200])
  })

  it('one that is over is not shown', async () => {
    await crearPersonaConClave(app, { username: 'vieja', email: 'vieja@example.com' })
    await navegador('vieja', 'x')
    app.reloj.avanzar({ horas: 2, segundos: 1 })
    const ahora = await navegador('vieja', 'y')
    expect(filas((await ahora.ver()).text)).toHaveLength(1)
  })
})

describe('own data', () => {
  async function conPerfil(username: string) {
    await crearPersonaConClave(app, { username, email: `${username}@example.com` })
    const agente = app.anonimo()
    await entrar(agente, { username })
    const csrfmiddlewaretoken = await tokenDe(agente, '/perfil/')
    return (datos: object) =>
      agente
        .post('/perfil/')
        .set('Accept', 'text/html')
        .type('form')
        .send({ csrfmiddlewaretoken, ...datos })
  }

  it('the name is changed freely and audited; the e-mail asks for the password', async () => {
    const guardar = await conPerfil('propia')
    const email = 'propia@example.com'
    expect((await guardar({ first_name: 'Ana', last_name: 'Ñu', email })).status).toBe(302)
    const sin = await guardar({ first_name: 'Ana', last_name: 'Ñu', email: 'nuevo@example.com' })
    expect([sin.status, sin.text.includes('Para cambiar tu correo escribe tu contraseña actual')]).toEqual([400, true])
    expect(sin.text).toContain('value="nuevo@example.com"')
    const con = await guardar({
      first_name: 'Ana',
      last_name: 'Ñu',
      email: 'nuevo@example.com',
      clave_actual: 'boya naranja 7',
    })
    expect(con.status).toBe(302)
    const { rows } = await pool.query(
      `SELECT campo, valor_actual FROM registro_actividad WHERE tabla_log = 28 AND evento = 'MODIFICAR' AND detalle = 'del usuario: propia' ORDER BY id`,
    )
    expect(rows).toEqual([
      { campo: 'Nombre', valor_actual: 'Ana' },
      { campo: 'Apellidos', valor_actual: 'Ñu' },
      { campo: 'Correo', valor_actual: 'nuevo@example.com' },
    ])
  })

  it('an e-mail of somebody else, or that is not one, is refused in its field', async () => {
    const guardar = await conPerfil('copiona')
    await crearPersonaConClave(app, { username: 'duenia', email: 'duenia@example.com' })
    const clave_actual = 'boya naranja 7'
    const ajeno = await guardar({ email: 'DUENIA@example.com', clave_actual })
    const malo = await guardar({ email: 'no es', clave_actual })
    expect([ajeno.status, malo.status]).toEqual([409, 400])
    expect(ajeno.text).toContain('Ya existe una cuenta activa con ese correo')
  })
})

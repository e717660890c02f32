import { beforeEach, describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const HTML = ['Accept', 'text/html'] as const

async function ultimaActividad(sid: string): Promise<string | null> {
  const { rows } = await pool.query<{ ms: string | null }>(
    `SELECT sess ->> 'ultimaActividad' AS ms FROM session WHERE sid = $1`,
    [sid],
  )
  const ms = rows[0]?.ms
  return ms === null || ms === undefined ? null : new Date(Number(ms)).toISOString()
}

beforeEach(() => {
  app.reloj.fijar('2025-06-16T10:00:00Z')
})

describe('idle timeout (core.md §4)', () => {
  it('core §16.4: exactly 7,200 s is still valid; 7,201 s goes to the login that says why', async () => {
    const { agente, sid } = await app.entrarComo('consulta')
    app.reloj.fijar('2025-06-16T12:00:00Z')
    expect((await agente.get('/perfil/')).status).toBe(200)
    expect(await ultimaActividad(sid)).toBe('2025-06-16T12:00:00.000Z')
    app.reloj.fijar('2025-06-16T14:00:01Z')
    const vencida = await agente.get('/perfil/').set(...HTML)
    expect([vencida.status, vencida.headers['location']]).toEqual([
      302,
      '/accounts/login/?session_expired=1&next=%2Fperfil%2F',
    ])
    expect(await ultimaActividad(sid)).toBeNull()
    expect((await agente.get(String(vencida.headers['location']))).text).toContain(
      'La sesión ha expirado por inactividad. Por favor, ingresa tus datos nuevamente.',
    )
    const { rows } = await pool.query(
      'SELECT evento, campo, usuario_id IS NOT NULL AS suya FROM registro_actividad ORDER BY id DESC LIMIT 1',
    )
    expect(rows[0]).toEqual({ evento: 'CERRAR SESION', campo: 'Expiró', suya: true })
  })

  it('core §16.4: the same as AJAX is 401 with its code', async () => {
    const { agente } = await app.entrarComo('consulta')
    app.reloj.fijar('2025-06-16T12:00:01Z')
    const r = await agente.get('/perfil/').set('X-Requested-With', 'XMLHttpRequest')
    expect([r.status, r.body]).toEqual([
      401,
      {
        exito: false,
        tipo_aviso: 'advertencia',
        detalles: 'Tu sesión ha expirado. Inicia sesión de nuevo.',
        codigo: 'SESION',
      },
    ])
  })

  it('what the person did not cause does not extend the session', async () => {
    const { agente } = await app.entrarComo('consulta')
    app.reloj.fijar('2025-06-16T11:59:00Z')
    expect((await agente.get('/perfil/').set('X-Background', '1')).status).toBe(200)
    app.reloj.fijar('2025-06-16T12:00:01Z')
    expect((await agente.get('/perfil/').set(...HTML)).status).toBe(302)
  })

  it('the exact instant counts although the row is rewritten every 30 s at most', async () => {
    const { agente, sid } = await app.entrarComo('consulta')
    app.reloj.fijar('2025-06-16T10:00:20Z')
    await agente.get('/perfil/')
    expect(await ultimaActividad(sid)).toBe('2025-06-16T10:00:00.000Z')
    app.reloj.fijar('2025-06-16T12:00:20Z')
    expect((await agente.get('/perfil/')).status).toBe(200)
  })

  it('12 hours after the login it ends, however active', async () => {
    const { agente } = await app.entrarComo('consulta')
    for (let i = 0; i < 12; i += 1) {
      app.reloj.avanzar({ horas: 1 })
      expect((await agente.get('/perfil/')).status).toBe(200)
    }
    app.reloj.avanzar({ segundos: 1 })
    expect((await agente.get('/perfil/').set(...HTML)).status).toBe(302)
  })

  it('who is deactivated is out at the next request', async () => {
    const { agente, usuarioId } = await app.entrarComo(['operaciones.view_ote'])
    await pool.query('UPDATE "user" SET is_active = false WHERE id = $1', [usuarioId])
    expect((await agente.get('/perfil/').set(...HTML)).headers['location']).toBe('/accounts/login/?next=%2Fperfil%2F')
  })
})

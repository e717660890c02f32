import { request } from 'node:http'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Conflicto } from '../../../src/comun/errores.ts'
import { accion, archivo, datos, exito, json, pagina, PUBLICO, SESION, vista } from '../../../src/web/rutas.ts'
import { rutasAcceso } from '../../../src/modulos/acceso/acceso.routes.ts'
import { rutasUsuarios } from '../../../src/modulos/usuarios/usuarios.routes.ts'
import { rutasInicio } from '../../../src/modulos/inicio/inicio.routes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const MEGA = 1024 * 1024
const app = await crearAppDePruebas({
  config: { maxSubidaBytes: MEGA },
  rutas: [
    ...rutasAcceso,
    ...rutasUsuarios,
    ...rutasInicio,
    datos({ ruta: '/eco/', permiso: SESION, manejar: ({ consulta }) => json(consulta) }),
    datos({
      ruta: '/falla/',
      permiso: PUBLICO,
      manejar: () => {
        throw new Error('clave=secreta de la base')
      },
    }),
    pagina({
      ruta: '/falla-pagina/',
      permiso: PUBLICO,
      manejar: () => {
        throw new Error('clave=secreta de la base')
      },
    }),
    pagina({
      ruta: '/sin-campo/',
      permiso: PUBLICO,
      manejar: () => vista('acceso/login', { acceso: { username: '' } }, { titulo: 'Rota' }),
    }),
    datos({
      ruta: '/descarga/',
      permiso: SESION,
      manejar: () =>
        archivo({ nombre: 'Órdenes "ñ".csv', tipo: 'text/csv', escribir: (salida) => escribirTodo(salida) }),
    }),
    datos({
      ruta: '/descarga-rota/',
      permiso: SESION,
      manejar: () =>
        archivo({
          nombre: 'x.csv',
          tipo: 'text/csv',
          escribir: () => Promise.reject(new Conflicto('No se puede exportar ahora.')),
        }),
    }),
    accion({
      ruta: '/subir/',
      permiso: SESION,
      archivos: { maximo: 1 },
      cuerpo: z.object({ nota: z.string().default('') }),
      sinAuditoria: 'only a test of the shell',
      manejar: ({ cuerpo, solicitud }) =>
        exito('Subido', {
          nota: cuerpo.nota,
          archivos: solicitud.archivos.map(({ nombre, bytes }) => [nombre, bytes]),
        }),
    }),
    accion({
      ruta: '/poco/',
      permiso: SESION,
      limite: { maximo: 2, ventanaMs: 60_000, mensaje: 'Espera un minuto.' },
      sinAuditoria: 'only a test of the shell',
      manejar: () => exito('Hecho'),
    }),
  ],
})

function escribirTodo(salida: NodeJS.WritableStream): Promise<void> {
  return new Promise((listo, fallar) => {
    Readable.from(['folio\n', 'OT-1\n']).pipe(salida).on('finish', listo).on('error', fallar)
  })
}

describe('headers', () => {
  it('CSP without inline script, no framing, no sniffing, nothing kept, on pages, data, errors and files', async () => {
    const { agente } = await app.entrarComo('consulta')
    for (const ruta of ['/perfil/', '/eco/', '/no-existe/', '/falla/', '/accounts/login/', '/logo.svg']) {
      const { headers } = await agente.get(ruta)
      expect(headers['content-security-policy']).toBe(
        "default-src 'self';script-src 'self';style-src 'self';style-src-attr 'unsafe-inline';img-src 'self' data: blob:;font-src 'self' data:;connect-src 'self';object-src 'none';base-uri 'self';form-action 'self';frame-ancestors 'none'",
      )
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
      })
      expect(headers['x-powered-by']).toBeUndefined()
      expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/)
      if (ruta !== '/logo.svg') expect(headers['cache-control']).toBe('no-store')
    }
  })

  it('the id of the answer is in its log line, which has the pattern and not the address', async () => {
    const { agente } = await app.entrarComo('consulta')
    const { headers } = await agente.get('/eco/?curp=XEXX010101')
    const linea = app.lineas.find((l) => l['solicitudId'] === headers['x-request-id'] && l['msg'] === 'solicitud')
    expect(linea).toMatchObject({ ruta: '/eco/', estado: 200, metodo: 'GET' })
    expect(JSON.stringify(app.lineas)).not.toContain('XEXX010101')
  })

  it('a Host that is not ours is refused', async () => {
    const estado = await new Promise<number | undefined>((listo) => {
      request(`${app.direccion}/accounts/login/`, { headers: { Host: 'evil.example' } }, (r) => {
        r.resume()
        listo(r.statusCode)
      }).end()
    })
    expect(estado).toBe(400)
  })
})

describe('health', () => {
  it('/salud says that the database answers, for any host', async () => {
    const r = await app.anonimo().get('/salud').set('Host', 'balanceador.interno')
    expect([r.status, r.body]).toEqual([200, { estado: 'ok', base_datos: 'ok', version: '0.0.0-pruebas' }])
  })
})

describe('errors', () => {
  it('what nobody foresaw is 500 with an id that is in the log, and its text never leaves', async () => {
    const r = await app.anonimo().get('/falla/')
    const cuerpo = r.body as { exito: boolean; detalles: string; error: string }
    expect([r.status, cuerpo.exito, cuerpo.error]).toEqual([500, false, expect.stringMatching(/^[a-z2-9]{12}$/)])
    expect(cuerpo.detalles).toContain(cuerpo.error)
    expect(app.errores.at(-1)).toMatchObject({ codigo: cuerpo.error })
    const html = await app.anonimo().get('/falla-pagina/').set('Accept', 'text/html')
    expect([html.status, html.text.includes('secreta'), html.text.includes('Código para el administrador')]).toEqual([
      500,
      false,
      true,
    ])
  })

  it('a view that prints what does not exist is an error, not a hole', async () => {
    expect((await app.anonimo().get('/sin-campo/').set('Accept', 'text/html')).status).toBe(500)
  })

  it('an address that does not exist: a page for people, the envelope for scripts', async () => {
    const { agente } = await app.entrarComo('consulta')
    const html = await agente.get('/nada/').set('Accept', 'text/html')
    const script = await agente.get('/nada/').set('X-Requested-With', 'XMLHttpRequest')
    const preferido = await agente.get('/nada/').set('Accept', 'application/json')
    expect([html.status, html.type, script.status, (script.body as { exito: boolean }).exito, preferido.type]).toEqual([
      404,
      'text/html',
      404,
      false,
      'application/json',
    ])
  })

  it('a download that fails before its first byte is an ordinary error', async () => {
    const { agente } = await app.entrarComo('consulta')
    const r = await agente.get('/descarga-rota/')
    expect([r.status, (r.body as { detalles: string }).detalles, r.headers['content-disposition']]).toEqual([
      409,
      'No se puede exportar ahora.',
      undefined,
    ])
  })
})

describe('requests', () => {
  it('flat keys of the query arrive as they are, repeated ones as a list, none as a prototype', async () => {
    const { agente } = await app.entrarComo('consulta')
    const eco = await agente.get('/eco/?columns[25][data]=id&tipo=4&tipo=5&__proto__=x&constructor=y')
    expect(eco.body).toMatchObject({ 'columns[25][data]': 'id', tipo: ['4', '5'], constructor: 'y' })
  })

  it('a download has its name whole and is not cut', async () => {
    const { agente } = await app.entrarComo('consulta')
    const r = await agente.get('/descarga/')
    expect([r.status, r.text]).toEqual([200, 'folio\nOT-1\n'])
    expect(r.headers['content-disposition']).toContain("filename*=UTF-8''%C3%93rdenes%20%22%C3%B1%22.csv")
  })

  it('a file arrives with its Spanish name; too big, too many or without token leave nothing on disk', async () => {
    const { readdirSync } = await import('node:fs')
    const { agente } = await app.entrarComo('consulta')
    const bien = await agente
      .post('/subir/')
      .field('nota', 'hola')
      .attach('archivo', Buffer.from('datos'), 'Estimación_ñ.xlsx')
    expect(bien.body).toMatchObject({ exito: true, nota: 'hola', archivos: [['Estimación_ñ.xlsx', 5]] })
    const antes = readdirSync(app.carpetaSubidas).length
    const grande = await agente.post('/subir/').attach('archivo', Buffer.alloc(MEGA + 1), 'g.xlsx')
    const dos = await agente.post('/subir/').attach('a', Buffer.from('1'), '1').attach('b', Buffer.from('2'), '2')
    const sinToken = await agente
      .post('/subir/')
      .set('X-CSRFToken', '')
      .attach('archivo', Buffer.from('datos'), 'x.xlsx')
    expect([grande.status, dos.status, sinToken.status]).toEqual([413, 400, 403])
    expect((grande.body as { exito: boolean }).exito).toBe(false)
    expect(readdirSync(app.carpetaSubidas)).toHaveLength(antes)
  })

  it('a limit of frequency is per person', async () => {
    const { agente } = await app.entrarComo('consulta')
    const otra = await app.entrarComo('operaciones')
    const estados = []
    for (let i = 0; i < 3; i += 1) estados.push((await agente.post('/poco/').send({})).status)
    estados.push((await otra.agente.post('/poco/').send({})).status)
    expect(estados).toEqual([200, 200, 429, 200])
  })
})

describe('while the database is away', () => {
  it('answers 503 with the envelope or a page, and comes back by itself', async () => {
    const { agente } = await app.entrarComo('consulta')
    const { pool } = app.conexion
    const original = pool.query.bind(pool)
    const conectar = pool.connect.bind(pool)
    const caida = () =>
      Promise.reject(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }))
    Object.assign(pool, {
      query: (...args: unknown[]) => {
        const listo = args.at(-1)
        return typeof listo === 'function' ? void caida().catch(listo as (e: unknown) => void) : caida()
      },
      connect: caida,
    })
    const salud = await agente.get('/salud')
    const html = await agente.get('/perfil/').set('Accept', 'text/html')
    const script = await agente.get('/eco/').set('X-Requested-With', 'XMLHttpRequest')
    Object.assign(pool, { query: original, connect: conectar })
    expect([salud.status, (salud.body as { base_datos: string }).base_datos]).toEqual([503, 'sin conexión'])
    expect([html.status, html.type, script.status, (script.body as { codigo: string }).codigo]).toEqual([
      503,
      'text/html',
      503,
      'SIN_BASE',
    ])
    expect((await agente.get('/salud')).status).toBe(200)
    expect((await agente.get('/perfil/').set('Accept', 'text/html')).status).toBe(200)
  })
})

/**
 * The whole application over a database of its own, for integration tests. One per test file:
 *
 *   const app = await crearAppDePruebas()                    // top level of the file; everything closes by itself
 *   const { agente } = await app.entrarComo('operaciones')    // a group, 'superusuario', or a list of permission codes
 *   const r = await agente.post('/operaciones/ot/crear/').send({ orden_trabajo: 'OT-1' })   // token already in a header
 *   const ctx = await app.ctxDe('administrador')             // to call a service directly; app.ctx acts as Sistema
 *   app.reloj.avanzar({ minutos: 10 })                       // «now» is app.reloj, frozen at INICIO unless told
 *   await app.conexion.pool.query('SELECT …')                // to look at what is stored
 *
 * The agent keeps its cookie, so each `entrarComo` is another browser; the same group is always the same person.
 * `app.anonimo()` is a browser without a session. `app.errores` holds what the log got as an error (expect it empty).
 */
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import supertest from 'supertest'
import { afterAll } from 'vitest'
import { diaLocal } from '../../src/comun/fechas.ts'
import { oficiosDeAnexo } from '../../src/modulos/anexo/importar/importar.jobs.ts'
import { oficiosDeCorreo } from '../../src/modulos/correo/correo.jobs.ts'
import { oficiosDeExpediente } from '../../src/modulos/estimaciones/expediente/expediente.jobs.ts'
import { cargarUsuario } from '../../src/modulos/usuarios/index.ts'
import type { Grupo } from '../../src/modulos/usuarios/permisos-por-grupo.ts'
import { almacenEnDisco } from '../../src/plataforma/almacen-disco.ts'
import type { Almacen } from '../../src/plataforma/archivos.ts'
import type { Conexion } from '../../src/plataforma/bd.ts'
import { crearBitacora } from '../../src/plataforma/bitacora.ts'
import { crearCola } from '../../src/plataforma/cola.ts'
import type { Contexto } from '../../src/plataforma/contexto.ts'
import type { MensajeDeCorreo, TransporteDeCorreo } from '../../src/plataforma/correo.ts'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import type { Reloj } from '../../src/plataforma/reloj.ts'
import { OFICIOS } from '../../src/trabajos.ts'
import { crearApp } from '../../src/web/app.ts'
import { RUTAS } from '../../src/web/rutas-montadas.ts'
import type { Ruta } from '../../src/web/rutas.ts'
import { baseDePruebas } from './bd.ts'

/** Noon of a Monday in Mexico City. */
export const INICIO = '2025-06-16T18:00:00.000Z'

const SECRETO = 'secreto-de-las-pruebas-que-no-sirve-en-ningun-otro-lado'

/** A clock that the test moves. */
export interface RelojMovible extends Reloj {
  fijar(instante: string): void
  avanzar(cuanto: { horas?: number; minutos?: number; segundos?: number }): void
}

/** Who enters: a seeded group, everything, or exactly those permissions. */
export type Quien = Grupo | 'superusuario' | readonly string[]

/** A browser with a session. */
export interface Entrada {
  readonly agente: ReturnType<typeof supertest.agent>
  readonly usuarioId: number
  readonly username: string
  /** Token of the session; the agent already sends it as `X-CSRFToken`. */
  readonly csrf: string
  /** Id of the row in `session`. */
  readonly sid: string
  /** Value of the cookie `sascop_sesion`, for a browser. */
  readonly galleta: string
}

export interface AppDePruebas {
  readonly conexion: Conexion
  readonly url: string
  readonly reloj: RelojMovible
  /** Acts as *Sistema*; its `ahora` is the one of the moment it is read. */
  readonly ctx: Contexto
  readonly direccion: string
  /** Error lines of the log, in order. */
  readonly errores: Record<string, unknown>[]
  /** Every line of the log. */
  readonly lineas: Record<string, unknown>[]
  readonly carpetaSubidas: string
  /** Mail that left (with `cola`), in order: nothing goes to any network. */
  readonly correos: readonly MensajeDeCorreo[]
  ctxDe(quien: Quien): Promise<Contexto>
  entrarComo(quien: Quien): Promise<Entrada>
  anonimo(): ReturnType<typeof supertest.agent>
}

/**
 * @param opciones.reloj first instant (default INICIO) · `cola` true serves the background jobs too ·
 *   `transporte` instead of keeping the mail in `correos` · `almacen` instead of a folder · `rutas` instead of those of the system · `config` what differs from the one of the tests
 */
export async function crearAppDePruebas(
  opciones: {
    reloj?: string
    cola?: boolean
    transporte?: TransporteDeCorreo
    rutas?: readonly Ruta[]
    almacen?: Almacen
    config?: Partial<Parameters<typeof crearApp>[0]['config']>
  } = {},
): Promise<AppDePruebas> {
  const { conexion, url } = await baseDePruebas()
  const reloj = crearRelojMovible(opciones.reloj ?? INICIO)
  const carpetaSubidas = mkdtempSync(join(tmpdir(), 'sascop-subidas-'))
  const lineas: Record<string, unknown>[] = []
  const errores: Record<string, unknown>[] = []
  const bitacora = crearBitacora({
    nivel: 'info',
    legible: false,
    destino: {
      write: (texto) => {
        const linea = JSON.parse(texto) as Record<string, unknown>
        lineas.push(linea)
        if (linea['level'] === 'error') errores.push(linea)
      },
    },
  })
  const almacen = opciones.almacen ?? almacenEnDisco(carpetaSubidas)
  const app = crearApp({
    conexion,
    reloj,
    bitacora,
    rutas: opciones.rutas ?? RUTAS,
    almacen,
    raiz: RAIZ,
    version: '0.0.0-pruebas',
    config: {
      produccion: false,
      secreto: SECRETO,
      hostsConfiables: ['127.0.0.1'],
      publicUrl: 'http://127.0.0.1',
      proxiesConfiables: 1,
      sesionSegundos: 7200,
      limpiarSesiones: false,
      maxSubidaBytes: 20 * 1024 * 1024,
      carpetaSubidas,
      hayServidorDeCorreo: false,
      hayDemo: () => false,
      ...opciones.config,
    },
  })
  const servidor = createServer({ maxHeaderSize: 16 * 1024 }, app)
  await new Promise<void>((listo) => servidor.listen(0, '127.0.0.1', listo))
  const direccion = `http://127.0.0.1:${(servidor.address() as AddressInfo).port}`
  const personas = new Map<string, Promise<{ id: number; username: string }>>()

  const persona = (quien: Quien) => {
    const clave = typeof quien === 'string' ? quien : `permisos ${[...quien].sort().join(' ')}`
    const hallada = personas.get(clave) ?? crearPersona(conexion, quien, personas.size + 1)
    personas.set(clave, hallada)
    return hallada
  }
  const contexto = async (usuarioId: number | null): Promise<Contexto> => {
    const cargado = usuarioId === null ? null : await cargarUsuario(conexion.bd, usuarioId)
    return { ...contextoDeSistema(conexion, reloj), ...cargado, sistema: usuarioId === null }
  }
  const correos: MensajeDeCorreo[] = []
  const transporte = opciones.transporte ?? {
    enviar: (mensaje) => {
      correos.push(mensaje)
      return Promise.resolve()
    },
  }
  const cola = opciones.cola
    ? crearCola({
        conexion,
        bitacora,
        oficios: [
          ...OFICIOS,
          ...oficiosDeAnexo(almacen),
          ...oficiosDeExpediente(almacen),
          ...oficiosDeCorreo(transporte),
        ],
        contextoDe: contexto,
        cadaSegundos: 0.5,
      })
    : null
  await cola?.iniciar()
  // Hooks of vitest run from the last to the first: this one ends before the database goes away.
  afterAll(async () => {
    await cola?.detener(1000)
    servidor.closeAllConnections()
    await new Promise((listo) => servidor.close(listo))
    rmSync(carpetaSubidas, { recursive: true, force: true })
  })

  return {
    conexion,
    url,
    reloj,
    get ctx() {
      return contextoDeSistema(conexion, reloj)
    },
    direccion,
    errores,
    lineas,
    carpetaSubidas,
    correos,
    ctxDe: async (quien) => contexto((await persona(quien)).id),
    async entrarComo(quien) {
      const { id, username } = await persona(quien)
      const sid = randomUUID()
      const csrf = randomBytes(16).toString('hex')
      const ahora = reloj.ahora().getTime()
      const sesion = {
        cookie: { originalMaxAge: 86_400_000, httpOnly: true, path: '/' },
        usuarioId: id,
        creada: ahora,
        ultimaActividad: ahora,
        csrfToken: csrf,
      }
      await conexion.pool.query("INSERT INTO session (sid, sess, expire) VALUES ($1, $2, now() + interval '1 day')", [
        sid,
        JSON.stringify(sesion),
      ])
      const agente = supertest.agent(direccion).set('X-CSRFToken', csrf)
      const galleta = encodeURIComponent(firmar(sid))
      agente.jar.setCookie(`sascop_sesion=${galleta}; Path=/`, '127.0.0.1', '/')
      return { agente, usuarioId: id, username, csrf, sid, galleta }
    },
    anonimo: () => supertest.agent(direccion),
  }
}

function crearRelojMovible(inicio: string): RelojMovible {
  let actual = new Date(inicio).getTime()
  return {
    ahora: () => new Date(actual),
    fijar(instante) {
      actual = new Date(instante).getTime()
    },
    avanzar({ horas = 0, minutos = 0, segundos = 0 }) {
      actual += ((horas * 60 + minutos) * 60 + segundos) * 1000
    },
  }
}

function contextoDeSistema(conexion: Conexion, reloj: Reloj): Contexto {
  const ahora = reloj.ahora()
  return {
    usuario: null,
    sistema: true,
    permisos: new Set(),
    solicitudId: randomUUID(),
    transaccion: randomUUID(),
    ip: '127.0.0.1',
    agente: 'pruebas',
    ahora,
    hoy: diaLocal(ahora),
    bd: conexion.bd,
  }
}

/** A person whose password nobody knows, by SQL: hashing one costs more than the whole login of a test. */
async function crearPersona(
  { pool }: Conexion,
  quien: Quien,
  numero: number,
): Promise<{ id: number; username: string }> {
  const nombre = typeof quien === 'string' ? quien : `permisos${numero}`
  const username = `prueba.${nombre}`
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "user" (username, first_name, last_name, email, password, is_superuser)
     VALUES ($1::text, 'Prueba', $2, $1::text || '@example.com', '!', $3) RETURNING id`,
    [username, nombre, quien === 'superusuario'],
  )
  const id = Number(rows[0]?.id)
  if (typeof quien !== 'string') {
    await pool.query(
      'INSERT INTO permission (codigo, etiqueta) SELECT c, c FROM unnest($1::text[]) c ON CONFLICT DO NOTHING',
      [quien],
    )
    await pool.query(
      'INSERT INTO user_permissions (user_id, permission_id) SELECT $1, id FROM permission WHERE codigo = ANY($2)',
      [id, quien],
    )
  } else if (quien !== 'superusuario') {
    await pool.query('INSERT INTO user_groups (user_id, group_id) SELECT $1, id FROM "group" WHERE name = $2', [
      id,
      quien,
    ])
  }
  return { id, username }
}

/** As express-session signs its cookie. */
function firmar(sid: string): string {
  const firma = createHmac('sha256', SECRETO).update(sid).digest('base64').replace(/=+$/, '')
  return `s:${sid}.${firma}`
}

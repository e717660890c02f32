import { randomUUID } from 'node:crypto'
import connectPgSimple from 'connect-pg-simple'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import session from 'express-session'
import type { Logger } from 'pino'
import { diaLocal } from '../comun/fechas.ts'
import { registrarExpiracion } from '../modulos/acceso/index.ts'
import { actualizarSesion } from '../modulos/sesiones/index.ts'
import { cargarUsuario } from '../modulos/usuarios/index.ts'
import type { Conexion } from '../plataforma/bd.ts'
import type { Contexto } from '../plataforma/contexto.ts'
import type { Reloj } from '../plataforma/reloj.ts'
import type { SesionWeb } from './rutas.ts'

/** Absolute life of a session (core.md §4). */
const VIDA_MAXIMA_MS = 12 * 60 * 60 * 1000
/** The row and its cookie outlive the session by far, so that who comes back on Monday is told that it expired. */
const VIDA_COOKIE_MS = 7 * 24 * 60 * 60 * 1000
/** How often expired rows are removed. */
const LIMPIEZA_S = 15 * 60
/** The row of the session is rewritten at most this often; in between, this process remembers the exact instant. */
const REESCRITURA_MS = 30_000

/** What the sessions need of the rest. */
export interface OpcionesDeSesion {
  readonly conexion: Conexion
  readonly reloj: Reloj
  readonly bitacora: Logger
  readonly secreto: string
  readonly segura: boolean
  readonly inactividadMs: number
  /** Remove expired rows now and then; tests do without the timer. */
  readonly limpiar: boolean
}

/** Sessions in PostgreSQL behind an HttpOnly cookie; the store never creates its table nor touches on reads. */
export function sesiones(opciones: OpcionesDeSesion): RequestHandler {
  const Almacen = soloVivas(connectPgSimple(session), opciones.conexion)
  return session({
    name: 'sascop_sesion',
    secret: opciones.secreto,
    resave: false,
    saveUninitialized: false,
    rolling: false,
    store: new Almacen({
      pool: opciones.conexion.pool,
      tableName: 'session',
      createTableIfMissing: false,
      disableTouch: true,
      pruneSessionInterval: opciones.limpiar ? LIMPIEZA_S : false,
      errorLog: (...args: unknown[]) => {
        opciones.bitacora.error({ args }, 'almacén de sesiones')
      },
    }),
    cookie: { httpOnly: true, sameSite: 'lax', secure: opciones.segura, maxAge: VIDA_COOKIE_MS, path: '/' },
  })
}

/**
 * A session that somebody ended while one of its requests was on its way is not born again when that request saves it:
 * only `iniciar` makes the row of a person, everything else may only change it.
 */
function soloVivas(Almacen: ReturnType<typeof connectPgSimple>, { bd }: Conexion): typeof Almacen {
  return class extends Almacen {
    override set(sid: string, sesion: session.SessionData, listo?: (error?: unknown) => void): void {
      const { usuarioId, nueva } = sesion as Partial<session.SessionData>
      if (usuarioId === undefined || nueva === true) {
        const { nueva: _nueva, ...guardada } = sesion
        super.set(sid, guardada, listo)
        return
      }
      const vence = new Date(Date.now() + VIDA_COOKIE_MS)
      actualizarSesion(bd, sid, sesion, vence).then(
        () => listo?.(),
        (error: unknown) => listo?.(error),
      )
    }
  }
}

/** Loads who acts, or ends the session when its time is over (core.md §4: exactly the timeout is still valid). */
export function identidad(opciones: OpcionesDeSesion): RequestHandler {
  const exactas = new Map<string, number>()
  return async (req: Request, _res: Response, siguiente: NextFunction) => {
    const { usuarioId } = req.session
    if (usuarioId === undefined) {
      siguiente()
      return
    }
    const ahora = opciones.reloj.ahora()
    const ultima = Math.max(req.session.ultimaActividad ?? 0, exactas.get(req.sessionID) ?? 0)
    const vencida =
      ahora.getTime() - ultima > opciones.inactividadMs || ahora.getTime() - (req.session.creada ?? 0) > VIDA_MAXIMA_MS
    const cargado = vencida ? null : await cargarUsuario(opciones.conexion.bd, usuarioId)
    if (cargado === null) {
      exactas.delete(req.sessionID)
      await destruir(req)
      if (vencida) {
        req.sesionExpirada = true
        await registrarExpiracion(contextoDe(req, opciones, null), usuarioId)
      }
      siguiente()
      return
    }
    // Requests that the person did not cause (polling) do not extend the session.
    if (req.get('X-Background') !== '1') {
      exactas.set(req.sessionID, ahora.getTime())
      if (exactas.size > 10_000) exactas.delete(exactas.keys().next().value ?? '')
      if (ahora.getTime() - (req.session.ultimaActividad ?? 0) >= REESCRITURA_MS)
        Object.assign(req.session, { ultimaActividad: ahora.getTime(), ...origenDe(req) })
    }
    req.identidad = { usuarioId, ctx: contextoDe(req, opciones, cargado) }
    siguiente()
  }
}

/** The context of a request: the only place where HTTP becomes «who, when and from where». */
export function contextoDe(
  req: Request,
  opciones: Pick<OpcionesDeSesion, 'conexion' | 'reloj'>,
  cargado: Pick<Contexto, 'usuario' | 'permisos'> | null,
): Contexto {
  const ahora = opciones.reloj.ahora()
  return {
    usuario: cargado?.usuario ?? null,
    sistema: false,
    permisos: cargado?.permisos ?? new Set(),
    solicitudId: req.solicitudId,
    transaccion: randomUUID(),
    ...origenDe(req),
    ahora,
    hoy: diaLocal(ahora),
    bd: opciones.conexion.bd,
  }
}

/** From where a request comes. */
function origenDe(req: Request): { ip: string | null; agente: string | null } {
  return { ip: req.ip ?? null, agente: req.get('User-Agent')?.slice(0, 300) ?? null }
}

/** The session as handlers see it. */
export function sesionDe(
  req: Request,
  { reloj, inactividadMs }: Pick<OpcionesDeSesion, 'reloj' | 'inactividadMs'>,
): SesionWeb {
  const haceMs = (ms: number): Date => new Date(reloj.ahora().getTime() - ms)
  return {
    id: req.sessionID,
    usuarioId: (req.session as Request['session'] | undefined)?.usuarioId ?? null,
    vigencia: { actividadDesde: haceMs(inactividadMs), inicioDesde: haceMs(VIDA_MAXIMA_MS) },
    async iniciar(usuarioId) {
      await promesa((listo) => req.session.regenerate(listo))
      const ahora = reloj.ahora().getTime()
      Object.assign(req.session, { usuarioId, creada: ahora, ultimaActividad: ahora, ...origenDe(req), nueva: true })
      await promesa((listo) => req.session.save(listo))
      delete req.session.nueva
    },
    cerrar: () => destruir(req),
  }
}

/** Saves before a redirect leaves: otherwise the next page can arrive before the row is written. */
export function guardarSesion(req: Request): Promise<void> {
  return promesa((listo) => req.session.save(listo))
}

async function destruir(req: Request): Promise<void> {
  await promesa((listo) => req.session.regenerate(listo))
}

function promesa(hacer: (listo: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((cumplir, fallar) => {
    hacer((error) => {
      if (error) fallar(error instanceof Error ? error : new Error('No se pudo guardar la sesión', { cause: error }))
      else cumplir()
    })
  })
}

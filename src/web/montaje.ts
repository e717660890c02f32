import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { PassThrough } from 'node:stream'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import multer from 'multer'
import {
  DemasiadosIntentos,
  DatosInvalidos,
  ErrorDeDominio,
  NoEncontrado,
  SesionExpirada,
  SinPermiso,
  TipoNoAdmitido,
} from '../comun/errores.ts'
import type { Almacen } from '../plataforma/archivos.ts'
import { tienePermiso } from '../plataforma/contexto.ts'
import { analizar } from './analisis.ts'
import { autenticar } from './autenticacion.ts'
import { exigirCsrf } from './csrf.ts'
import { PUBLICO, SESION, type CorreoDelSistema, type Ruta } from './rutas.ts'
import type { Respuesta } from './respuestas.ts'
import { contextoDe, guardarSesion, sesionDe, type OpcionesDeSesion } from './sesiones.ts'

/** Draws a page inside its layout. */
export type DibujarPagina = (req: Request, res: Response, respuesta: Extract<Respuesta, { clase: 'vista' }>) => void

/** What mounting needs besides the routes. */
export interface OpcionesDeMontaje extends OpcionesDeSesion {
  readonly dibujarPagina: DibujarPagina
  readonly carpetaSubidas: string
  readonly almacen: Almacen
  readonly maximoSubidaBytes: number
  readonly publicUrl: string
  readonly correo: CorreoDelSistema
}

/**
 * Mounts the routes: permission → CSRF → method → rate → parsing → handler → answer, in the order of refusals of
 * settled.md §2. Addresses without parameters go first, so `/ot/datatable/` never reaches `/ot/:id/`.
 */
export function montarRutas(rutas: readonly Ruta[], opciones: OpcionesDeMontaje): express.Router {
  const enrutador = express.Router({ caseSensitive: true })
  const ordenadas = [...rutas].sort((a, b) => Number(a.ruta.includes(':')) - Number(b.ruta.includes(':')))
  const porDireccion = agrupar(ordenadas)
  for (const [direccion, grupo] of porDireccion) {
    for (const ruta of grupo) {
      const pasos: RequestHandler[] = [anunciar(ruta), autorizar(ruta)]
      if (ruta.metodo === 'POST') pasos.push(...leerCuerpo(ruta.archivos, opciones), comprobarCsrf)
      if (ruta.limite) pasos.push(limitar(ruta))
      pasos.push(manejar(ruta, opciones))
      if (ruta.metodo === 'GET') enrutador.get(direccion, ...pasos)
      else enrutador.post(direccion, ...pasos)
    }
    // A form carries its token in the body: it is read before saying that the address admits no POST.
    enrutador.post(
      direccion,
      exigirAcceso(grupo),
      siSinEncabezado,
      ...leerCuerpo(null, opciones),
      rechazarMetodo(grupo),
    )
    enrutador.all(direccion, exigirAcceso(grupo), rechazarMetodo(grupo))
  }
  return enrutador
}

function agrupar(rutas: readonly Ruta[]): Map<string, Ruta[]> {
  const grupos = new Map<string, Ruta[]>()
  for (const ruta of rutas) grupos.set(ruta.ruta, [...(grupos.get(ruta.ruta) ?? []), ruta])
  return grupos
}

function anunciar(ruta: Ruta): RequestHandler {
  return (req, _res, siguiente) => {
    req.patron = ruta.ruta
    req.repiteMensaje = ruta.repiteMensaje
    req.respondeJson = ruta.clase === 'datos' || ruta.clase === 'accion' || ruta.clase === 'tabla'
    siguiente()
  }
}

const SOLO_API = 'Un token solo abre las direcciones de la API, y solo para leer. Están en /api/docs/.'

/** Deny by default: without the declared permission nobody passes. */
function autorizar(ruta: Ruta): RequestHandler {
  return (req, _res, siguiente) => {
    // Public pages too: they are made of a session, and who comes with a token has none.
    if (req.identidad?.tokenId !== undefined && !ruta.conToken) throw new SinPermiso(SOLO_API)
    if (ruta.permiso !== PUBLICO) {
      if (!req.identidad) throw new SesionExpirada()
      if (ruta.permiso !== SESION && !tienePermiso(req.identidad.ctx, ruta.permiso))
        throw new SinPermiso(ruta.sinPermiso ?? undefined)
    }
    siguiente()
  }
}

const comprobarCsrf: RequestHandler = (req, _res, siguiente) => {
  try {
    exigirCsrf(req)
    siguiente()
  } catch (error) {
    borrarSubidas(req).then(() => {
      siguiente(error)
    }, siguiente)
  }
}

const JSON_CUERPO = express.json({ limit: '2mb' })
const FORMULARIO = express.urlencoded({ extended: false, limit: '2mb', parameterLimit: 5000 })
const CAMPOS_MULTIPARTE = { fieldSize: 1024 * 1024, fields: 500, parts: 520 }
const SIN_ARCHIVOS = multer({ limits: CAMPOS_MULTIPARTE }).none()

/** Form, multipart or JSON, same keys; anything else is 415. Files go to a private folder under random names. */
function leerCuerpo(archivos: Ruta['archivos'], opciones: OpcionesDeMontaje): RequestHandler[] {
  const multiparte = archivos
    ? multer({
        storage: multer.diskStorage({
          destination: opciones.carpetaSubidas,
          filename: (_req, _archivo, listo) => {
            listo(null, randomUUID())
          },
        }),
        defParamCharset: 'utf8',
        limits: { ...CAMPOS_MULTIPARTE, files: archivos.maximo, fileSize: opciones.maximoSubidaBytes },
      }).any()
    : SIN_ARCHIVOS
  const admitir: RequestHandler = (req, _res, siguiente) => {
    // With the header the token is known before the body: a forged upload does not even touch the disk.
    if (archivos && req.get('X-CSRFToken') !== undefined) exigirCsrf(req)
    const sinCuerpo = req.get('Transfer-Encoding') === undefined && Number(req.get('Content-Length') ?? 0) === 0
    if (
      !sinCuerpo &&
      req.is(['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']) === false
    ) {
      throw new TipoNoAdmitido('El tipo de contenido no se admite. Envía un formulario o JSON.')
    }
    siguiente()
  }
  const reunir: RequestHandler = (req, _res, siguiente) => {
    req.body = { ...(req.body as Record<string, unknown> | undefined) }
    const subidos = Array.isArray(req.files) ? req.files : []
    req.archivosSubidos = subidos.map((archivo) => ({
      campo: archivo.fieldname,
      nombre: archivo.originalname,
      ruta: archivo.path,
      bytes: archivo.size,
    }))
    siguiente()
  }
  return [admitir, JSON_CUERPO, FORMULARIO, multiparte, reunir]
}

async function borrarSubidas(req: Request): Promise<void> {
  await Promise.all((req.archivosSubidos ?? []).map(({ ruta }) => rm(ruta, { force: true })))
}

function limitar(ruta: Ruta): RequestHandler {
  const { limite } = ruta
  return rateLimit({
    windowMs: limite?.ventanaMs ?? 60_000,
    limit: limite?.maximo ?? 60,
    standardHeaders: true,
    legacyHeaders: false,
    keyGenerator: (req) => {
      if (!req.identidad) return ipKeyGenerator(req.ip ?? '')
      const { tokenId, usuarioId } = req.identidad
      return tokenId === undefined ? `u${usuarioId}` : `t${tokenId}`
    },
    handler: (req, _res, siguiente) => {
      borrarSubidas(req).then(() => {
        siguiente(new DemasiadosIntentos(limite?.mensaje))
      }, siguiente)
    },
  })
}

function manejar(ruta: Ruta, opciones: OpcionesDeMontaje): RequestHandler {
  return async (req: Request, res: Response, siguiente: NextFunction) => {
    try {
      const respuesta = await ruta.manejar({
        ctx: req.identidad?.ctx ?? contextoDe(req, opciones, null),
        consulta: (ruta.consulta ? analizar(ruta.consulta, req.query) : req.query) as never,
        parametros: leerParametros(ruta, req) as never,
        cuerpo: (ruta.cuerpo ? analizar(ruta.cuerpo, req.body) : undefined) as never,
        solicitud: {
          sesion: sesionDe(req, opciones),
          archivos: req.archivosSubidos ?? [],
          almacen: opciones.almacen,
          dominioPublico: opciones.publicUrl,
          correo: opciones.correo,
          autenticar: (verificar, credenciales) => autenticar(req, res, verificar, credenciales),
        },
      })
      await responder(req, res, respuesta, opciones.dibujarPagina)
    } catch (error) {
      await borrarSubidas(req)
      siguiente(error)
    }
  }
}

/** An id that is not a number is a record that does not exist, not a form with a fault. */
function leerParametros(ruta: Ruta, req: Request): unknown {
  if (!ruta.parametros) return undefined
  try {
    return analizar(ruta.parametros, req.params)
  } catch (error) {
    if (error instanceof DatosInvalidos)
      throw new NoEncontrado('No existe lo que buscas. Revisa la dirección o vuelve a la lista.')
    throw error
  }
}

/** An envelope with `detalles` also as `mensaje`; anything else as it is. */
function repetirMensaje(cuerpo: unknown): unknown {
  return typeof cuerpo === 'object' && cuerpo !== null && 'detalles' in cuerpo
    ? { mensaje: cuerpo.detalles, ...cuerpo }
    : cuerpo
}

async function responder(
  req: Request,
  res: Response,
  respuesta: Respuesta,
  dibujarPagina: DibujarPagina,
): Promise<void> {
  switch (respuesta.clase) {
    case 'vista':
      dibujarPagina(req, res, respuesta)
      return
    case 'json':
      res.status(respuesta.estado).json(req.repiteMensaje ? repetirMensaje(respuesta.cuerpo) : respuesta.cuerpo)
      return
    case 'json-escrito':
      await enviarEscrito(req, res.type('json'), respuesta.bytes)
      return
    case 'redireccion':
      if (respuesta.aviso) req.session.avisos = [...(req.session.avisos ?? []), respuesta.aviso]
      await guardarSesion(req)
      res.redirect(302, respuesta.a)
      return
    case 'archivo': {
      const salida = new PassThrough()
      res.attachment(respuesta.nombre)
      res.type(respuesta.tipo)
      await Promise.all([respuesta.escribir(salida), pipeline(salida, res)])
    }
  }
}

const comprimir = promisify(gzip)
/** Of many megabytes that repeat themselves, a third of the time of the usual level for 6 % more bytes. */
const NIVEL_DE_LO_GRANDE = 3

/** Without `send`, which would digest all of it for an ETag that nobody keeps, nor the level of small answers. */
async function enviarEscrito(req: Request, res: Response, bytes: Buffer): Promise<void> {
  const conGzip = req.acceptsEncodings('gzip', 'identity') === 'gzip'
  const cuerpo = conGzip ? await comprimir(bytes, { level: NIVEL_DE_LO_GRANDE }) : bytes
  if (conGzip) res.setHeader('Content-Encoding', 'gzip')
  res.vary('Accept-Encoding').setHeader('Content-Length', cuerpo.length)
  res.end(cuerpo)
}

/** The path exists, the method does not: 401 without a session, 403 without permission. */
function exigirAcceso(grupo: readonly Ruta[]): RequestHandler {
  return (req, res, siguiente) => {
    const [primera] = grupo
    if (primera) anunciar(primera)(req, res, () => undefined)
    const publica = grupo.some(({ permiso }) => permiso === PUBLICO)
    if (!publica && !req.identidad) throw new SesionExpirada()
    const puede =
      publica ||
      grupo.some(({ permiso }) => permiso === SESION || (req.identidad && tienePermiso(req.identidad.ctx, permiso)))
    if (!puede) throw new SinPermiso()
    if (req.identidad?.tokenId !== undefined && !grupo.some(({ conToken }) => conToken)) throw new SinPermiso(SOLO_API)
    siguiente()
  }
}

/** A token in the header is enough to judge it. */
const siSinEncabezado: RequestHandler = (req, _res, siguiente) => {
  siguiente(req.get('X-CSRFToken') === undefined && req.identidad?.tokenId === undefined ? undefined : 'route')
}

/** Then 403 without a valid CSRF token, and at last 405. */
function rechazarMetodo(grupo: readonly Ruta[]): RequestHandler {
  const permitidos = [...new Set(grupo.flatMap(({ metodo }) => (metodo === 'GET' ? ['GET', 'HEAD'] : [metodo])))]
  return (req, res) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(req.method) && req.identidad?.tokenId === undefined) exigirCsrf(req)
    res.setHeader('Allow', permitidos.join(', '))
    throw new ErrorDeDominio(405, 'Esta dirección no admite ese tipo de solicitud.')
  }
}

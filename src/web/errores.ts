import { randomInt } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'
import { MulterError } from 'multer'
import type { Logger } from 'pino'
import { ArchivoMuyGrande, DatosInvalidos, ErrorDeDominio, TipoNoAdmitido } from '../comun/errores.ts'
import { AlmacenCaido } from '../plataforma/archivos.ts'
import { esErrorDeConexion } from '../plataforma/bd.ts'
import { traducirErrorBd } from '../plataforma/errores-bd.ts'

/** Draws an error page; written by the shell because it needs the layout. */
export type DibujarError = (
  req: Request,
  res: Response,
  datos: { estado: number; detalles: string; codigo: string | null },
) => void

/**
 * The only place that answers errors. Expected ones keep their status and sentence; anything else becomes 500 (or 503
 * while the database is away) with a generic text and an id of twelve characters that is also in the log. Exception
 * text never reaches a client.
 */
export function crearManejadorDeErrores(bitacora: Logger, dibujar: DibujarError, produccion: boolean) {
  return (error: unknown, req: Request, res: Response, _siguiente: NextFunction): void => {
    const conocido = reconocer(error)
    const codigo = conocido ? null : idDeError()
    const fallo = conocido ?? imprevisto(error, codigo ?? '')
    if (!conocido) bitacora.error({ err: error, codigo, ruta: req.patron }, 'error no previsto')
    if (res.headersSent) {
      // Half of a download is out: cutting it is the only way to tell the client that it is not whole.
      res.destroy()
      return
    }
    if (fallo.estado === 401 && !quiereJson(req)) {
      res.redirect(302, rutaDeLogin(req))
      return
    }
    // A download that failed before its first byte is an answer like any other.
    for (const cabecera of ['Content-Disposition', 'Content-Type', 'Content-Length']) res.removeHeader(cabecera)
    res.status(fallo.estado)
    if (fallo.estado === 429) res.setHeader('Retry-After', '60')
    if (quiereJson(req)) {
      res.json({
        exito: false,
        tipo_aviso: fallo.tipoAviso,
        detalles: fallo.detalles,
        ...(req.repiteMensaje ? { mensaje: fallo.detalles } : {}),
        ...(fallo.codigo ? { codigo: fallo.codigo } : {}),
        ...(codigo ? { error: codigo } : {}),
        ...(fallo.campos ? { campos: fallo.campos } : {}),
        ...fallo.extra,
        ...(codigo && !produccion ? { depuracion: mensajeDe(error) } : {}),
      })
      return
    }
    // core.md §3: a form whose page was left open too long is opened again by itself, with a token of now.
    if (fallo.codigo === 'CSRF') res.setHeader('Refresh', `3; url=${paginaDelFormulario(req)}`)
    dibujar(req, res, { estado: fallo.estado, detalles: fallo.detalles, codigo })
  }
}

/** JSON when the route is a data endpoint, or the request says it is a script, or its `Accept` prefers JSON. */
export function quiereJson(req: Request): boolean {
  if (req.respondeJson === true || req.get('X-Requested-With') === 'XMLHttpRequest') return true
  return req.accepts(['html', 'json']) === 'json'
}

/** Where a page goes without a session; after an expiry the login says so. */
export function rutaDeLogin(req: Request): string {
  const parametros = new URLSearchParams()
  if (req.sesionExpirada) parametros.set('session_expired', '1')
  const destino = req.method === 'GET' ? req.originalUrl : '/'
  if (destino !== '/') parametros.set('next', destino)
  const texto = parametros.toString()
  return texto === '' ? '/accounts/login/' : `/accounts/login/?${texto}`
}

/** Path of the page that sent the form when it is ours, else the start page. */
function paginaDelFormulario(req: Request): string {
  const referente = req.get('Referer') ?? ''
  if (!URL.canParse(referente)) return '/'
  const { host, pathname, search } = new URL(referente)
  return host === req.get('Host') && !pathname.startsWith('//') ? `${pathname}${search}` : '/'
}

function reconocer(error: unknown): ErrorDeDominio | null {
  if (error instanceof ErrorDeDominio) return error
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE')
      return new ArchivoMuyGrande(
        'El archivo es demasiado grande. Divide la información o pide al administrador que suba el límite.',
      )
    return error.code === 'LIMIT_FIELD_VALUE'
      ? new ArchivoMuyGrande('Los datos enviados son demasiado grandes.')
      : new DatosInvalidos('El formulario trae más datos de los que admite. Revisa los archivos e inténtalo de nuevo.')
  }
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown }
  if (typeof type === 'string') {
    if (type === 'entity.too.large' || type === 'parameters.too.many')
      return new ArchivoMuyGrande('Los datos enviados son demasiado grandes.')
    if (type === 'entity.parse.failed') return new DatosInvalidos('Los datos enviados no tienen un formato válido.')
    if (type === 'charset.unsupported' || type === 'encoding.unsupported')
      return new TipoNoAdmitido('El tipo de contenido no se admite.')
    if (type === 'request.aborted') return new DatosInvalidos('La solicitud se interrumpió.')
  }
  if (status === 400 || error instanceof URIError) return new DatosInvalidos('La solicitud no es válida.')
  return traducirErrorBd(error)
}

function imprevisto(error: unknown, codigo: string): ErrorDeDominio {
  if (error instanceof AlmacenCaido)
    return new ErrorDeDominio(
      503,
      `El almacén de archivos no responde. Vuelve a intentarlo en unos minutos; si sigue igual, avisa al administrador con el código ${codigo}.`,
      { codigo: 'SIN_ALMACEN' },
    )
  return esErrorDeConexion(error)
    ? new ErrorDeDominio(
        503,
        'El sistema no puede consultar sus datos en este momento. Inténtalo de nuevo en unos segundos.',
        { codigo: 'SIN_BASE' },
      )
    : new ErrorDeDominio(
        500,
        `Ocurrió un error inesperado. Inténtalo de nuevo; si se repite, avisa al administrador con el código ${codigo}.`,
      )
}

function mensajeDe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

const LETRAS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Twelve characters without ambiguous letters: people read it over the phone. */
function idDeError(): string {
  return Array.from({ length: 12 }, () => LETRAS[randomInt(LETRAS.length)]).join('')
}

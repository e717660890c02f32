import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { ErrorDeDominio } from '../comun/errores.ts'
import { portadorDe } from '../modulos/tokens/index.ts'
import { contextoDe, type OpcionesDeSesion } from './sesiones.ts'

/**
 * Who comes with `Authorization: Bearer …` (issue B §7): a program with the token of a person. It has no session and no
 * cookie; what it may open is decided where the routes are mounted. A token that opens nothing is always refused, even
 * beside a good cookie: otherwise a revoked one would seem to work from a browser.
 */
export function portador(opciones: Pick<OpcionesDeSesion, 'conexion' | 'reloj'>): RequestHandler {
  return async (req: Request, res: Response, siguiente: NextFunction) => {
    const [esquema = '', token = ''] = (req.get('Authorization') ?? '').trim().split(/\s+/, 2)
    if (esquema.toLowerCase() !== 'bearer') {
      siguiente()
      return
    }
    const visita = contextoDe(req, opciones, null)
    const hallado = await portadorDe(visita, token)
    if (!hallado) {
      req.respondeJson = true
      res.setHeader('WWW-Authenticate', 'Bearer realm="SASCOP", error="invalid_token"')
      throw new ErrorDeDominio(401, 'El token no existe, caducó o fue revocado. Crea otro en Mi perfil.', {
        codigo: 'TOKEN',
      })
    }
    const { tokenId, usuario, permisos } = hallado
    req.identidad = { usuarioId: usuario.id, ctx: contextoDe(req, opciones, { usuario, permisos }), tokenId }
    siguiente()
  }
}

/** Runs a step of the sessions unless the request came with a token. */
export function salvoConToken(paso: RequestHandler): RequestHandler {
  return (req, res, siguiente) => {
    if (req.identidad?.tokenId === undefined) return paso(req, res, siguiente)
    siguiente()
    return undefined
  }
}

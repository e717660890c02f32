import type { Request, Response } from 'express'
import passport from 'passport'
import { Strategy } from 'passport-local'

/** What a person typed in the login. */
export interface Credenciales {
  readonly username: string
  readonly password: string
}

/** Judges credentials; whatever it returns comes back from `autenticar`. */
export type Verificador<R> = (escrito: string, clave: string) => Promise<R>

/**
 * Runs passport's local strategy once for this request, with the lookup that the module of access gives. Passport only
 * judges: the session is of `sesiones.ts`.
 * @returns null when the strategy saw no complete credentials.
 */
export function autenticar<R>(
  req: Request,
  res: Response,
  verificar: Verificador<R>,
  credenciales: Credenciales,
): Promise<R | null> {
  return new Promise((cumplir, fallar) => {
    let resultado: R | null = null
    const estrategia = new Strategy((escrito, clave, listo) => {
      verificar(escrito, clave).then((obtenido) => {
        resultado = obtenido
        listo(null, {})
      }, listo)
    })
    const terminar = (error: unknown): void => {
      if (error) fallar(error instanceof Error ? error : new Error('La verificación falló', { cause: error }))
      else cumplir(resultado)
    }
    req.body = { ...(req.body as object), ...credenciales }
    const middleware = passport.authenticate(estrategia, { session: false }, terminar) as (
      req: Request,
      res: Response,
      siguiente: (error?: unknown) => void,
    ) => void
    middleware(req, res, terminar)
  })
}

import { csrfSync } from 'csrf-sync'
import type { Request } from 'express'
import { SinPermiso } from '../comun/errores.ts'

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (req) => {
    const cuerpo = req.body as Record<string, unknown> | undefined
    const campo = cuerpo?.['csrfmiddlewaretoken']
    return req.get('X-CSRFToken') ?? (typeof campo === 'string' ? campo : undefined)
  },
})

/** The session of a visitor only holds the token of the login form: it need not outlive the day. */
const VIDA_DE_VISITA_MS = 12 * 60 * 60 * 1000

/** Token of the session, created on first use; every page carries it (contract.md §3). */
export function tokenCsrf(req: Request): string {
  if (req.session.usuarioId === undefined) req.session.cookie.maxAge = VIDA_DE_VISITA_MS
  return generateToken(req)
}

/**
 * Synchroniser token of the session plus the origin of the request.
 * @throws SinPermiso (403): nothing has been changed.
 */
export function exigirCsrf(req: Request): void {
  const sitio = req.get('Sec-Fetch-Site')
  const origen = req.get('Origin')
  const ajeno =
    (sitio !== undefined && sitio !== 'same-origin' && sitio !== 'none') ||
    (origen !== undefined && origen !== 'null' && hostDe(origen) !== req.get('Host'))
  if (ajeno || !isRequestValid(req)) {
    throw new SinPermiso('La sesión ha expirado. Por favor, recarga la página e intenta nuevamente.', {
      codigo: 'CSRF',
    })
  }
}

function hostDe(origen: string): string | null {
  return URL.canParse(origen) ? new URL(origen).host : null
}

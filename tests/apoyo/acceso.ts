/** The real login, through its form, for the few tests that are about it. */
import type supertest from 'supertest'
import { crearUsuario } from '../../src/modulos/usuarios/index.ts'
import type { AppDePruebas } from './app.ts'

export const CLAVE = 'boya naranja 7'

/** A person with a password that is known. */
export function crearPersonaConClave(
  app: AppDePruebas,
  datos: { username: string; email: string; grupos?: readonly string[] },
): Promise<number> {
  return crearUsuario(app.ctx, { clave: CLAVE, grupos: [], esSuperusuario: false, ...datos })
}

/** Token that a page carries. */
export async function tokenDe(agente: ReturnType<typeof supertest.agent>, ruta: string): Promise<string> {
  const { text } = await agente.get(ruta).set('Accept', 'text/html')
  const token = /<meta name="csrf-token" content="([^"]+)">/.exec(text)?.[1]
  if (token === undefined) throw new Error(`${ruta} carries no token`)
  return token
}

/** Opens the login, fills it in and sends it. */
export async function entrar(
  agente: ReturnType<typeof supertest.agent>,
  datos: { username: string; password?: string; next?: string },
): Promise<supertest.Response> {
  const consulta = datos.next === undefined ? '' : `?next=${encodeURIComponent(datos.next)}`
  const csrfmiddlewaretoken = await tokenDe(agente, `/accounts/login/${consulta}`)
  return agente
    .post('/accounts/login/')
    .type('form')
    .send({ password: CLAVE, next: '', ...datos, csrfmiddlewaretoken })
}

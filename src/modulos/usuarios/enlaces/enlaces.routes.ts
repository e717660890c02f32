import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { PUBLICO, formulario, pagina, redireccion, vista, type Limite, type Respuesta } from '../../../web/rutas.ts'
import { CuerpoEnlace, CuerpoRecuperar, ParametroToken } from './enlaces.schema.ts'
import { enlaceSirve, pedirRecuperacion, usarEnlace } from './enlaces.service.ts'

const LIMITE: Limite = {
  maximo: 20,
  ventanaMs: 15 * 60_000,
  mensaje: 'Demasiados intentos. Intenta más tarde.',
}

/** The same whether the account exists or not. */
const RESPUESTA_CONSTANTE =
  'Si ese correo es de una cuenta activa, en unos minutos llegará un enlace para elegir otra contraseña. Sirve durante 30 minutos.'

function paginaDelEnlace(
  token: string,
  sirve: boolean,
  campos: Readonly<Record<string, string>> = {},
  estado = 200,
): Respuesta {
  const errores = { clave: campos['clave'] ?? '', clave_confirmacion: campos['clave_confirmacion'] ?? '' }
  return vista('usuarios/enlace', { enlace: { token, sirve, errores } }, { titulo: 'Elegir contraseña', estado })
}

function paginaRecuperar(
  correo: { hayServidor: boolean; sirve: boolean },
  datos: { enviado?: boolean; email?: string; error?: string } = {},
): Respuesta {
  if (!correo.sirve)
    throw new NoEncontrado('Este sistema no envía correo. Pide al administrador un enlace para tu contraseña.')
  const { enviado = false, email = '', error = '' } = datos
  const mensaje = enviado ? RESPUESTA_CONSTANTE : ''
  return vista(
    'usuarios/recuperar',
    { recuperar: { mensaje, email, error, hayServidor: correo.hayServidor } },
    { titulo: 'Recuperar contraseña', estado: error === '' ? 200 : 400 },
  )
}

/** Pages without a session: use a one-time link, and ask for one (core.md §3). */
export const rutasEnlaces = [
  pagina({
    ruta: '/accounts/clave/:token/',
    permiso: PUBLICO,
    parametros: ParametroToken,
    manejar: async ({ ctx, parametros: { token } }) => paginaDelEnlace(token, await enlaceSirve(ctx, token)),
  }),
  formulario({
    ruta: '/accounts/clave/:token/',
    permiso: PUBLICO,
    parametros: ParametroToken,
    cuerpo: CuerpoEnlace,
    limite: LIMITE,
    manejar: async ({ ctx, parametros: { token }, cuerpo, solicitud }) => {
      try {
        await usarEnlace(ctx, token, { clave: cuerpo.clave, confirmacion: cuerpo.clave_confirmacion })
      } catch (error) {
        if (error instanceof DatosInvalidos) return paginaDelEnlace(token, true, error.campos, 400)
        if (error instanceof Conflicto) return paginaDelEnlace(token, false, {}, 409)
        throw error
      }
      // Whoever was logged in on this browser was perhaps somebody else: the new password is for entering again.
      await solicitud.sesion.cerrar()
      return redireccion('/accounts/login/', {
        tipo: 'exito',
        texto: 'Contraseña guardada. Ya puedes iniciar sesión con ella.',
      })
    },
  }),
  pagina({
    ruta: '/accounts/recuperar/',
    permiso: PUBLICO,
    manejar: ({ solicitud }) => paginaRecuperar(solicitud.correo),
  }),
  formulario({
    ruta: '/accounts/recuperar/',
    permiso: PUBLICO,
    cuerpo: CuerpoRecuperar,
    limite: { ...LIMITE, maximo: 5 },
    manejar: async ({ ctx, cuerpo: { email }, solicitud }) => {
      if (!solicitud.correo.sirve) return paginaRecuperar(solicitud.correo)
      if (!email.includes('@')) return paginaRecuperar(solicitud.correo, { email, error: 'Escribe tu correo.' })
      const { hayServidor } = solicitud.correo
      await pedirRecuperacion(ctx, email, { dominio: solicitud.dominioPublico, hayServidor })
      return paginaRecuperar(solicitud.correo, { enviado: true })
    },
  }),
]

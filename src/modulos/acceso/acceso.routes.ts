import { DatosInvalidos, SesionExpirada } from '../../comun/errores.ts'
import { PUBLICO, SESION, formulario, pagina, redireccion, vista, type Aviso, type Respuesta } from '../../web/rutas.ts'
import { verPerfil } from '../usuarios/index.ts'
import { conBienvenida, destinoLocal } from './acceso.reglas.ts'
import { ConsultaLogin, CuerpoClave, CuerpoLogin } from './acceso.schema.ts'
import { cambiarMiClave, cerrarSesion, iniciarSesion } from './acceso.service.ts'
import { MENSAJE, type ResultadoDeAcceso } from './acceso.tipos.ts'
import { vistaPerfil, type VistaLogin } from './acceso.vista.ts'

const MIGAS_PERFIL = [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Mi perfil' }]

function paginaDeAcceso(acceso: VistaLogin, aviso: Aviso | null, estado = 200): Respuesta {
  return vista('acceso/login', { acceso }, { titulo: 'Iniciar sesión', estado, avisos: aviso ? [aviso] : [] })
}

const RECHAZO: Readonly<Record<Exclude<ResultadoDeAcceso['clase'], 'correcto'>, { aviso: Aviso; estado: number }>> = {
  incorrecto: { aviso: { tipo: 'error', texto: MENSAJE.incorrecto }, estado: 200 },
  incompleto: { aviso: { tipo: 'advertencia', texto: MENSAJE.incompleto }, estado: 200 },
  bloqueado: { aviso: { tipo: 'advertencia', texto: MENSAJE.bloqueado }, estado: 429 },
}

function avisoDeLlegada(consulta: {
  session_expired?: string | undefined
  logout_exitoso?: string | undefined
}): Aviso | null {
  if (consulta.session_expired !== undefined) return { tipo: 'error', texto: MENSAJE.expirada }
  return consulta.logout_exitoso === undefined ? null : { tipo: 'exito', texto: MENSAJE.salida }
}

/** Login, logout and the own profile. `/perfil/` lives here because changing the password ends sessions, which are of this module. */
export const rutasAcceso = [
  pagina({
    ruta: '/accounts/login/',
    permiso: PUBLICO,
    consulta: ConsultaLogin,
    manejar: ({ ctx, consulta }) =>
      ctx.usuario ? redireccion('/') : paginaDeAcceso({ next: consulta.next, username: '' }, avisoDeLlegada(consulta)),
  }),
  pagina({
    ruta: '/operaciones/accounts/login/',
    permiso: PUBLICO,
    consulta: ConsultaLogin,
    manejar: ({ consulta: { next } }) =>
      redireccion(next === '' ? '/accounts/login/' : `/accounts/login/?${new URLSearchParams({ next }).toString()}`),
  }),
  formulario({
    ruta: '/accounts/login/',
    permiso: PUBLICO,
    cuerpo: CuerpoLogin,
    consulta: ConsultaLogin,
    manejar: async ({ ctx, cuerpo, consulta, solicitud }) => {
      const next = cuerpo.next === '' ? consulta.next : cuerpo.next
      const resultado = await solicitud.autenticar((escrito, clave) => iniciarSesion(ctx, escrito, clave), cuerpo)
      if (resultado === null) return rechazar('incompleto')
      if (resultado.clase !== 'correcto') return rechazar(resultado.clase)
      await solicitud.sesion.iniciar(resultado.usuarioId)
      return redireccion(conBienvenida(destinoLocal(next)))

      function rechazar(clase: keyof typeof RECHAZO): Respuesta {
        const { aviso, estado } = RECHAZO[clase]
        return paginaDeAcceso({ next, username: cuerpo.username }, aviso, estado)
      }
    },
  }),
  formulario({
    ruta: '/accounts/logout/',
    permiso: SESION,
    manejar: async ({ ctx, solicitud }) => {
      await cerrarSesion(ctx)
      await solicitud.sesion.cerrar()
      return redireccion('/accounts/login/?logout_exitoso=1')
    },
  }),
  pagina({
    ruta: '/perfil/',
    permiso: SESION,
    manejar: async ({ ctx }) =>
      vista(
        'usuarios/perfil',
        { perfil: vistaPerfil(await verPerfil(ctx)) },
        { titulo: 'Mi perfil', migas: MIGAS_PERFIL },
      ),
  }),
  formulario({
    ruta: '/perfil/clave/',
    permiso: SESION,
    // Whoever finds an open session must not be able to guess the password from here.
    limite: { maximo: 10, ventanaMs: 15 * 60_000, mensaje: 'Demasiados intentos. Intenta más tarde.' },
    cuerpo: CuerpoClave,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      if (!ctx.usuario) throw new SesionExpirada()
      try {
        await cambiarMiClave(
          ctx,
          { claveActual: cuerpo.clave_actual, clave: cuerpo.clave, confirmacion: cuerpo.clave_confirmacion },
          solicitud.sesion.id,
        )
      } catch (error) {
        if (!(error instanceof DatosInvalidos)) throw error
        const perfil = vistaPerfil(await verPerfil(ctx), error.campos)
        return vista(
          'usuarios/perfil',
          { perfil },
          { titulo: 'Mi perfil', migas: MIGAS_PERFIL, estado: 400, avisos: [{ tipo: 'error', texto: error.detalles }] },
        )
      }
      await solicitud.sesion.iniciar(ctx.usuario.id)
      return redireccion('/perfil/', { tipo: 'exito', texto: 'Contraseña cambiada. Tus otras sesiones se cerraron.' })
    },
  }),
]

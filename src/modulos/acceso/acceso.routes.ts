import { PUBLICO, SESION, formulario, pagina, redireccion, vista, type Aviso, type Respuesta } from '../../web/rutas.ts'
import { conBienvenida, destinoLocal } from './acceso.reglas.ts'
import { ConsultaLogin, CuerpoLogin } from './acceso.schema.ts'
import { cerrarSesion, iniciarSesion } from './acceso.service.ts'
import { MENSAJE, type ResultadoDeAcceso } from './acceso.tipos.ts'
import type { VistaLogin } from './acceso.vista.ts'

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

/** Login and logout. */
export const rutasAcceso = [
  pagina({
    ruta: '/accounts/login/',
    permiso: PUBLICO,
    consulta: ConsultaLogin,
    manejar: ({ ctx, consulta, solicitud }) =>
      ctx.usuario
        ? redireccion('/')
        : paginaDeAcceso(
            { next: consulta.next, username: '', puedeRecuperar: solicitud.correo.sirve },
            avisoDeLlegada(consulta),
          ),
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
        return paginaDeAcceso(
          { next, username: cuerpo.username, puedeRecuperar: solicitud.correo.sirve },
          aviso,
          estado,
        )
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
]

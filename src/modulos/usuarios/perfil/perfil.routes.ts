import { DatosInvalidos, ErrorDeDominio, SesionExpirada } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { SESION, accion, exito, formulario, pagina, redireccion, vista, type Respuesta } from '../../../web/rutas.ts'
import { cerrarMisOtrasSesiones, cerrarUnaSesion, misSesiones } from '../../sesiones/index.ts'
import { CuerpoCerrarSesion, CuerpoClave, CuerpoDatos } from './perfil.schema.ts'
import { cambiarClave, cambiarMisDatos, verPerfil } from './perfil.service.ts'
import { vistaPerfil, vistaSesion, type VistaPerfil } from './perfil.vista.ts'

const MIGA_INICIO = { texto: 'Inicio', ruta: '/operaciones/' }
const MIGA_PERFIL = { texto: 'Mi perfil', ruta: '/perfil/' }

// Whoever finds an open session must not be able to guess the password from here.
const LIMITE_CLAVE = { maximo: 10, ventanaMs: 15 * 60_000, mensaje: 'Demasiados intentos. Intenta más tarde.' }

async function paginaPerfil(
  ctx: Contexto,
  rechazo?: { error: ErrorDeDominio; escrito?: Partial<VistaPerfil['valores']> },
): Promise<Respuesta> {
  const perfil = vistaPerfil(await verPerfil(ctx), rechazo?.error.campos, rechazo?.escrito)
  const comun = { titulo: 'Mi perfil', migas: [MIGA_INICIO, { texto: 'Mi perfil' }] }
  if (!rechazo) return vista('usuarios/perfil', { perfil }, comun)
  const { estado, detalles } = rechazo.error
  return vista('usuarios/perfil', { perfil }, { ...comun, estado, avisos: [{ tipo: 'error', texto: detalles }] })
}

/** `/perfil/`: own data, own password, own open sessions (core.md §6, issue B §4). */
export const rutasPerfil = [
  pagina({ ruta: '/perfil/', permiso: SESION, manejar: ({ ctx }) => paginaPerfil(ctx) }),
  formulario({
    ruta: '/perfil/',
    permiso: SESION,
    limite: LIMITE_CLAVE,
    cuerpo: CuerpoDatos,
    manejar: async ({ ctx, cuerpo }) => {
      try {
        await cambiarMisDatos(ctx, cuerpo)
      } catch (error) {
        if (!(error instanceof ErrorDeDominio) || error.campos === undefined) throw error
        const { first_name, last_name, email } = cuerpo
        return paginaPerfil(ctx, { error, escrito: { first_name, last_name, email } })
      }
      return redireccion('/perfil/', { tipo: 'exito', texto: 'Tus datos se guardaron.' })
    },
  }),
  formulario({
    ruta: '/perfil/clave/',
    permiso: SESION,
    limite: LIMITE_CLAVE,
    cuerpo: CuerpoClave,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      if (!ctx.usuario) throw new SesionExpirada()
      try {
        await cambiarClave(
          ctx,
          { claveActual: cuerpo.clave_actual, clave: cuerpo.clave, confirmacion: cuerpo.clave_confirmacion },
          solicitud.sesion.id,
        )
      } catch (error) {
        if (!(error instanceof DatosInvalidos)) throw error
        return paginaPerfil(ctx, { error })
      }
      await solicitud.sesion.iniciar(ctx.usuario.id)
      return redireccion('/perfil/', { tipo: 'exito', texto: 'Contraseña cambiada. Tus otras sesiones se cerraron.' })
    },
  }),
  pagina({
    ruta: '/perfil/sesiones/',
    permiso: SESION,
    manejar: async ({ ctx, solicitud }) => {
      const { id, vigencia } = solicitud.sesion
      const sesiones = (await misSesiones(ctx, id, vigencia)).map(vistaSesion)
      return vista(
        'usuarios/sesiones',
        { sesiones },
        { titulo: 'Mis sesiones', migas: [MIGA_INICIO, MIGA_PERFIL, { texto: 'Sesiones' }] },
      )
    },
  }),
  accion({
    ruta: '/perfil/sesiones/cerrar/',
    permiso: SESION,
    cuerpo: CuerpoCerrarSesion,
    manejar: async ({ ctx, cuerpo }) => {
      await cerrarUnaSesion(ctx, cuerpo.sesion)
      return exito('Sesión cerrada.')
    },
  }),
  accion({
    ruta: '/perfil/sesiones/cerrar_otras/',
    permiso: SESION,
    manejar: async ({ ctx, solicitud }) => {
      const cuantas = await cerrarMisOtrasSesiones(ctx, solicitud.sesion.id)
      return exito(
        cuantas === 0 ? 'No había otras sesiones.' : `${plural(cuantas, 'sesión cerrada', 'sesiones cerradas')}.`,
      )
    },
  }),
]

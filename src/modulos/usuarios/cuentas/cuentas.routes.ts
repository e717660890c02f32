import { instanteLocal } from '../../../comun/fechas.ts'
import { tienePermiso, type CtxLectura } from '../../../plataforma/contexto.ts'
import { OpcionesDeExportacion } from '../../../plataforma/exportar-tabla.ts'
import { analizar } from '../../../web/analisis.ts'
import { leerPeticionTabla } from '../../../web/peticion-tabla.ts'
import {
  accion,
  archivo,
  datos,
  exito,
  json,
  LIMITE_EXPORTAR,
  pagina,
  tabla,
  vista,
  type Limite,
  type Solicitud,
} from '../../../web/rutas.ts'
import { historialDe, TABLA_LOG } from '../../auditoria/index.ts'
import { avisoDeFallos } from '../../correo/index.ts'
import type { EnlaceCreado } from '../enlaces/enlaces.service.ts'
import { gruposActivos } from '../grupos/grupos.service.ts'
import { areasDePermisos } from '../permisos/permisos.service.ts'
import { RUTA_USUARIOS, type PaginaUsuario, type PaginaUsuarios } from '../usuarios.contrato.ts'
import type { EnvioDeEnlace } from '../usuarios.tipos.ts'
import { datosDeCuenta, fichaDeCuenta } from './cuentas.vista.ts'
import { ConsultaDeTabla, CrearUsuario, EditarUsuario, ParametroId, PorUsuario } from './cuentas.schema.ts'
import {
  activarCuenta,
  crearCuenta,
  editarCuenta,
  exportarCuentas,
  restablecerClave,
  verCuenta,
} from './cuentas.service.ts'
import { TABLA_USUARIOS } from './cuentas.tabla.ts'

export const VER_USUARIOS = 'auth.view_user'
export const CAMBIAR_USUARIOS = 'auth.change_user'

const MIGA_INICIO = { texto: 'Inicio', ruta: '/operaciones/' }

/** Each link may be a message: nobody needs hundreds of them at once. */
const LIMITE_DE_CORREO: Limite = {
  maximo: 30,
  ventanaMs: 60_000,
  mensaje: 'Creaste muchos enlaces en poco tiempo. Espera un minuto y vuelve a intentarlo.',
}

const envioDe = ({ dominioPublico, correo }: Solicitud): EnvioDeEnlace => ({
  dominio: dominioPublico,
  hayServidor: correo.hayServidor,
})

/** How the person gets the link, told to who asked for it. */
function comoLlega({ enlace, enviadoA }: EnlaceCreado): string {
  if (enlace === null) return `Le llegará por correo a ${enviadoA ?? ''} un enlace para elegir su contraseña.`
  return enviadoA === null
    ? 'La cuenta no tiene correo: entrega tú el enlace a la persona.'
    : 'No hay servidor de correo: el mensaje quedó en DATA_DIR/correo. Entrega tú el enlace a la persona.'
}

const deEnlace = (creado: EnlaceCreado) => ({
  enlace: creado.enlace,
  vence: instanteLocal(creado.vence).slice(0, 16),
})

async function datosDePagina(ctx: CtxLectura, solicitud: Solicitud): Promise<PaginaUsuarios> {
  return {
    puede: {
      cambiar: tienePermiso(ctx, CAMBIAR_USUARIOS),
      nombrarSuperusuarios: ctx.usuario?.esSuperusuario === true,
    },
    propio: ctx.usuario?.id ?? 0,
    grupos: await gruposActivos(ctx),
    areas: await areasDePermisos(ctx),
    hayServidorDeCorreo: solicitud.correo.hayServidor,
    avisoDeCorreo: await avisoDeFallos(ctx),
  }
}

/** Its actions, for who may read the log. */
const rutaActividad = (ctx: CtxLectura, id: number): string =>
  tienePermiso(ctx, 'operaciones.view_registroactividad')
    ? `/operaciones/registro_actividad/?usuario_id=${String(id)}`
    : ''

async function datosDeFicha(ctx: CtxLectura, solicitud: Solicitud, id: number): Promise<PaginaUsuario> {
  const cuenta = await verCuenta(ctx, id)
  const comun = await datosDePagina(ctx, solicitud)
  return {
    ...comun,
    ...fichaDeCuenta(cuenta, comun.areas, await historialDe(ctx, TABLA_LOG.USUARIO, id)),
    rutaActividad: rutaActividad(ctx, id),
  }
}

/** `/administracion/usuarios/` (settled.md §5). */
export const rutasCuentas = [
  pagina({
    ruta: '/administracion/usuarios/',
    permiso: VER_USUARIOS,
    manejar: async ({ ctx, solicitud }) =>
      vista(
        'usuarios/lista',
        { datos: await datosDePagina(ctx, solicitud) },
        { titulo: 'Usuarios', migas: [MIGA_INICIO, { texto: 'Usuarios' }] },
      ),
  }),
  pagina({
    ruta: '/administracion/usuarios/:id/',
    permiso: VER_USUARIOS,
    parametros: ParametroId,
    manejar: async ({ ctx, parametros, solicitud }) => {
      const ficha = await datosDeFicha(ctx, solicitud, parametros.id)
      return vista(
        'usuarios/usuario',
        { datos: ficha },
        {
          titulo: ficha.titulo,
          migas: [MIGA_INICIO, { texto: 'Usuarios', ruta: RUTA_USUARIOS }, { texto: ficha.titulo }],
        },
      )
    },
  }),
  tabla(TABLA_USUARIOS, { ruta: '/administracion/usuarios/datatable/', permiso: VER_USUARIOS }),
  datos({
    ruta: '/administracion/usuarios/exportar/',
    permiso: VER_USUARIOS,
    consulta: ConsultaDeTabla,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(
        await exportarCuentas(
          ctx,
          leerPeticionTabla(TABLA_USUARIOS, consulta),
          analizar(OpcionesDeExportacion, consulta),
        ),
      ),
  }),
  datos({
    ruta: '/administracion/usuarios/obtener/',
    permiso: VER_USUARIOS,
    consulta: PorUsuario,
    manejar: async ({ ctx, consulta }) =>
      json({ exito: true, datos: datosDeCuenta(await verCuenta(ctx, consulta.id)) }),
  }),
  accion({
    ruta: '/administracion/usuarios/crear/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: CrearUsuario,
    limite: LIMITE_DE_CORREO,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      const { id, enlace } = await crearCuenta(ctx, cuerpo, envioDe(solicitud))
      const detalles = enlace === null ? 'Usuario creado correctamente' : `Usuario creado. ${comoLlega(enlace)}`
      return exito(detalles, { id_nuevo: id, registro_id: id, ...(enlace === null ? {} : deEnlace(enlace)) })
    },
  }),
  accion({
    ruta: '/administracion/usuarios/editar/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: EditarUsuario,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, version } = await editarCuenta(ctx, cuerpo)
      return exito('Usuario actualizado correctamente', { registro_id: id, version })
    },
  }),
  accion({
    ruta: '/administracion/usuarios/eliminar/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: PorUsuario,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, username } = await activarCuenta(ctx, cuerpo.id, false)
      return exito(`Cuenta desactivada: ${username} ya no puede entrar y sus sesiones se cerraron.`, {
        registro_id: id,
      })
    },
  }),
  accion({
    ruta: '/administracion/usuarios/reactivar/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: PorUsuario,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, username } = await activarCuenta(ctx, cuerpo.id, true)
      return exito(`Cuenta reactivada: ${username} ya puede entrar.`, { registro_id: id })
    },
  }),
  accion({
    ruta: '/administracion/usuarios/restablecer_clave/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: PorUsuario,
    limite: LIMITE_DE_CORREO,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      const creado = await restablecerClave(ctx, cuerpo.id, envioDe(solicitud))
      return exito(`Enlace creado para ${creado.username}. ${comoLlega(creado)}`, {
        registro_id: creado.id,
        ...deEnlace(creado),
      })
    },
  }),
]

import { tienePermiso, type CtxLectura } from '../../../plataforma/contexto.ts'
import { OpcionesDeExportacion } from '../../../plataforma/exportar-tabla.ts'
import { analizar } from '../../../web/analisis.ts'
import { leerPeticionTabla } from '../../../web/peticion-tabla.ts'
import { accion, archivo, datos, exito, json, LIMITE_EXPORTAR, pagina, tabla, vista } from '../../../web/rutas.ts'
import { historialDe, TABLA_LOG } from '../../auditoria/index.ts'
import { CAMBIAR_USUARIOS, VER_USUARIOS } from '../cuentas/cuentas.routes.ts'
import { ConsultaDeTabla, ParametroId } from '../cuentas/cuentas.schema.ts'
import { areasDePermisos } from '../permisos/permisos.service.ts'
import { RUTA_GRUPOS, type PaginaGrupo, type PaginaGrupos } from '../usuarios.contrato.ts'
import { CambiarCelda, CrearGrupo, EditarGrupo, EliminarGrupo, PorGrupo } from './grupos.schema.ts'
import {
  cambiarCelda,
  crearGrupo,
  datosDeGrupo,
  desactivarGrupo,
  editarGrupo,
  exportarGrupos,
  exportarMatriz,
  matrizDePermisos,
  reactivarGrupo,
  verGrupo,
} from './grupos.service.ts'
import { TABLA_GRUPOS } from './grupos.tabla.ts'
import { fichaDeGrupo } from './grupos.vista.ts'

const MIGA_INICIO = { texto: 'Inicio', ruta: '/operaciones/' }

const datosDePagina = async (ctx: CtxLectura): Promise<PaginaGrupos> => ({
  puede: { cambiar: tienePermiso(ctx, CAMBIAR_USUARIOS) },
  areas: await areasDePermisos(ctx),
})

/** `/administracion/grupos/` and the matrix `/administracion/permisos/` (settled.md §5, issue B §4). */
export const rutasGrupos = [
  pagina({
    ruta: '/administracion/grupos/',
    permiso: VER_USUARIOS,
    manejar: async ({ ctx }) => {
      return vista(
        'usuarios/grupos',
        { datos: await datosDePagina(ctx) },
        { titulo: 'Grupos', migas: [MIGA_INICIO, { texto: 'Grupos' }] },
      )
    },
  }),
  pagina({
    ruta: '/administracion/grupos/:id/',
    permiso: VER_USUARIOS,
    parametros: ParametroId,
    manejar: async ({ ctx, parametros: { id } }) => {
      const grupo = await verGrupo(ctx, id)
      const comun = await datosDePagina(ctx)
      const ficha: PaginaGrupo = {
        ...comun,
        ...fichaDeGrupo(grupo, comun.areas, await historialDe(ctx, TABLA_LOG.GRUPO, id)),
      }
      return vista(
        'usuarios/grupo',
        { datos: ficha },
        {
          titulo: grupo.nombre,
          migas: [MIGA_INICIO, { texto: 'Grupos', ruta: RUTA_GRUPOS }, { texto: grupo.nombre }],
        },
      )
    },
  }),
  tabla(TABLA_GRUPOS, { ruta: '/administracion/grupos/datatable/', permiso: VER_USUARIOS }),
  datos({
    ruta: '/administracion/grupos/exportar/',
    permiso: VER_USUARIOS,
    consulta: ConsultaDeTabla,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(
        await exportarGrupos(ctx, leerPeticionTabla(TABLA_GRUPOS, consulta), analizar(OpcionesDeExportacion, consulta)),
      ),
  }),
  datos({
    ruta: '/administracion/grupos/obtener/',
    permiso: VER_USUARIOS,
    consulta: PorGrupo,
    manejar: async ({ ctx, consulta }) => json({ exito: true, datos: datosDeGrupo(await verGrupo(ctx, consulta.id)) }),
  }),
  accion({
    ruta: '/administracion/grupos/crear/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: CrearGrupo,
    manejar: async ({ ctx, cuerpo }) => {
      const id = await crearGrupo(ctx, cuerpo)
      return exito('Grupo creado correctamente', { id_nuevo: id, registro_id: id })
    },
  }),
  accion({
    ruta: '/administracion/grupos/editar/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: EditarGrupo,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, version } = await editarGrupo(ctx, cuerpo)
      return exito('Grupo actualizado correctamente', { registro_id: id, version })
    },
  }),
  accion({
    ruta: '/administracion/grupos/eliminar/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: EliminarGrupo,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, nombre } = await desactivarGrupo(ctx, cuerpo.id, cuerpo.confirmar)
      return exito(`Grupo desactivado: ${nombre} ya no da permisos a nadie.`, { registro_id: id })
    },
  }),
  accion({
    ruta: '/administracion/grupos/reactivar/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: PorGrupo,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, nombre } = await reactivarGrupo(ctx, cuerpo.id)
      return exito(`Grupo reactivado: ${nombre} vuelve a dar sus permisos.`, { registro_id: id })
    },
  }),
  pagina({
    ruta: '/administracion/permisos/',
    permiso: VER_USUARIOS,
    manejar: async ({ ctx }) => {
      const { grupos, areas } = await matrizDePermisos(ctx)
      const matriz = {
        cambiar: tienePermiso(ctx, CAMBIAR_USUARIOS),
        grupos: grupos.map(({ id, nombre, personas, permisos }) => ({
          id,
          nombre,
          personas,
          permisos: new Set(permisos),
        })),
        areas,
      }
      return vista('usuarios/permisos', { matriz }, { titulo: 'Permisos', migas: [MIGA_INICIO, { texto: 'Permisos' }] })
    },
  }),
  accion({
    ruta: '/administracion/permisos/cambiar/',
    permiso: CAMBIAR_USUARIOS,
    cuerpo: CambiarCelda,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, nombre, version } = await cambiarCelda(ctx, cuerpo)
      const detalles = cuerpo.concedido ? `Permiso dado a ${nombre}.` : `Permiso quitado a ${nombre}.`
      return exito(detalles, { registro_id: id, version, concedido: cuerpo.concedido })
    },
  }),
  datos({
    ruta: '/administracion/permisos/exportar/',
    permiso: VER_USUARIOS,
    consulta: OpcionesDeExportacion,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => archivo(await exportarMatriz(ctx, consulta.formato)),
  }),
]

import { tienePermiso, type CtxLectura } from '../../plataforma/contexto.ts'
import { accion, datos, exito, json, pagina, tabla, vista } from '../../web/rutas.ts'
import { aniosDeOts, catalogosDeOt, datosDeOt, fichaDeOt, otsIniciales, progresoDeOt } from './ot.consultas.service.ts'
import { type PaginaListaOt } from './ot.contrato.ts'
import { rutasDesdePte } from './desde-pte/desde-pte.routes.ts'
import { rutasExportacion } from './exportacion/exportacion.routes.ts'
import { rutasDeImportacion } from '../importacion/index.ts'
import { CLASE_OT } from './importacion/importacion.clase.ts'
import { rutasLinaje } from './linaje/linaje.routes.ts'
import { MIGA_INICIO, MIGA_LISTA } from './ot.migas.ts'
import { PERMISO_OT } from './ot.permisos.ts'
import {
  CambiarEstatusOt,
  CrearOt,
  EditarOt,
  EliminarOt,
  OtsIniciales,
  ParametroId,
  PorId,
  PorOt,
} from './ot.schema.ts'
import { cambiarEstatusOt, crearOt, editarOt, eliminarOt } from './ot.service.ts'
import { TABLA_OT } from './ot.tabla.ts'
import { paginaDetalle, puedeOt } from './ot.vista.ts'
import { rutasPasos } from './pasos/pasos.routes.ts'

const { VER, CREAR, EDITAR, ELIMINAR } = PERMISO_OT

const puede = (ctx: CtxLectura) => puedeOt((codigo) => tienePermiso(ctx, codigo))

/** Addresses of the OT module (ot.md §6). */
export const rutasOt = [
  pagina({
    ruta: '/operaciones/ot/',
    permiso: VER,
    manejar: async ({ ctx }) => {
      const datosDePagina: PaginaListaOt = {
        hoy: ctx.hoy,
        puede: puede(ctx),
        catalogos: await catalogosDeOt(ctx),
        anios: await aniosDeOts(ctx),
      }
      return vista(
        'ot/lista',
        { datos: datosDePagina },
        { titulo: 'Orden de Trabajo', migas: [MIGA_INICIO, { texto: 'Orden de Trabajo' }] },
      )
    },
  }),
  pagina({
    ruta: '/operaciones/ot/:id/',
    permiso: VER,
    parametros: ParametroId,
    manejar: async ({ ctx, parametros }) => {
      const ficha = await fichaDeOt(ctx, parametros.id)
      const titulo = ficha.ot.ordenTrabajo
      return vista(
        'ot/detalle',
        { datos: paginaDetalle(ficha, ctx.hoy, puede(ctx)) },
        { titulo, migas: [MIGA_INICIO, MIGA_LISTA, { texto: titulo }] },
      )
    },
  }),
  tabla(TABLA_OT, { ruta: '/operaciones/ot/datatable/', permiso: VER }),
  datos({
    ruta: '/operaciones/ot/obtener_datos/',
    permiso: VER,
    consulta: PorId,
    manejar: async ({ ctx, consulta }) => json({ exito: true, datos: await datosDeOt(ctx, consulta.id) }),
  }),
  datos({
    ruta: '/operaciones/ot/obtener_ot_iniciales/',
    permiso: VER,
    consulta: OtsIniciales,
    manejar: async ({ ctx, consulta }) => json(await otsIniciales(ctx, consulta.ot_id ?? null, consulta.q ?? null)),
  }),
  datos({
    ruta: '/operaciones/ot/obtener_progreso_general_ot/',
    permiso: VER,
    consulta: PorOt,
    manejar: async ({ ctx, consulta }) => json({ exito: true, ...(await progresoDeOt(ctx, consulta.ot_id)) }),
  }),
  accion({
    ruta: '/operaciones/ot/crear-ot-reprogramacion/',
    permiso: CREAR,
    cuerpo: CrearOt,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, numReprogramacion, pasos } = await crearOt(ctx, cuerpo)
      const aviso = pasos === 0 ? '. Su plantilla no tiene pasos activos: la OT quedó sin pasos.' : ''
      return exito(`OT creada correctamente${aviso}`, {
        id_nuevo: id,
        registro_id: id,
        num_reprogramacion: numReprogramacion,
      })
    },
  }),
  accion({
    ruta: '/operaciones/ot/editar/',
    permiso: EDITAR,
    cuerpo: EditarOt,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, version, cambioTipoDeCliente } = await editarOt(ctx, cuerpo)
      const aviso = cambioTipoDeCliente
        ? '. El cliente es de otro tipo: los pasos de la OT se conservan como estaban.'
        : ''
      return exito(`OT actualizada correctamente${aviso}`, { registro_id: id, version })
    },
  }),
  accion({
    ruta: '/operaciones/ot/eliminar/',
    permiso: ELIMINAR,
    cuerpo: EliminarOt,
    manejar: async ({ ctx, cuerpo }) => {
      await eliminarOt(ctx, cuerpo.id)
      return exito('OT eliminado correctamente', { registro_id: cuerpo.id })
    },
  }),
  accion({
    ruta: '/operaciones/ot/cambiar_estatus_ot/',
    permiso: EDITAR,
    cuerpo: CambiarEstatusOt,
    manejar: async ({ ctx, cuerpo }) => exito('Estatus actualizado correctamente', await cambiarEstatusOt(ctx, cuerpo)),
  }),
  ...rutasPasos,
  ...rutasDesdePte,
  ...rutasLinaje,
  ...rutasExportacion,
  ...rutasDeImportacion(CLASE_OT),
]

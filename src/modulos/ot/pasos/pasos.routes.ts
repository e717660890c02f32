import { ActualizarFecha, CambiarEstatusPaso, GuardarArchivo } from '../../../comun/pasos.entrada.ts'
import { accion, datos, exito, json } from '../../../web/rutas.ts'
import { PERMISO_OT } from '../ot.permisos.ts'
import { PasosDeOt } from './pasos.schema.ts'
import { actualizarFechaPaso, cambiarEstatusPaso, guardarArchivoPaso, pasosDeOt } from './pasos.service.ts'

/** Steps of an OT (ot.md §6.11 to §6.14). */
export const rutasPasos = [
  datos({
    ruta: '/operaciones/ot/detalle/datatable/',
    permiso: PERMISO_OT.VER,
    consulta: PasosDeOt,
    manejar: async ({ ctx, consulta }) => json(await pasosDeOt(ctx, consulta)),
  }),
  accion({
    ruta: '/operaciones/ot/cambiar_estatus_paso/',
    permiso: PERMISO_OT.PASOS,
    cuerpo: CambiarEstatusPaso,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Estatus del paso actualizado correctamente', { ...(await cambiarEstatusPaso(ctx, cuerpo)) }),
  }),
  accion({
    ruta: '/operaciones/ot/actualizar-fecha/',
    permiso: PERMISO_OT.PASOS,
    cuerpo: ActualizarFecha,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Fecha actualizada correctamente', { fecha_actualizada: await actualizarFechaPaso(ctx, cuerpo) }),
  }),
  accion({
    ruta: '/operaciones/ot/guardar_archivo_ot/',
    permiso: PERMISO_OT.PASOS,
    cuerpo: GuardarArchivo,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Enlace guardado correctamente', { archivo: (await guardarArchivoPaso(ctx, cuerpo)) ?? '' }),
  }),
]

import { accion, datos, exito, json } from '../../../web/rutas.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import {
  RUTA_CERRAR_MES,
  RUTA_CIERRE,
  RUTA_FIRMAR_MES,
  RUTA_GUARDAR_ENLACE,
  RUTA_QUITAR_ENLACE,
  RUTA_REABRIR_MES,
} from './cierre.contrato.ts'
import { CerrarMes, GuardarEnlace, MesDeOt, MoverMes } from './cierre.schema.ts'
import {
  cerrarMes,
  firmarMes,
  guardarArchivoMensual,
  quitarArchivoMensual,
  reabrirMes,
  verCierre,
} from './cierre.service.ts'

/** Closing of the month and its evidence (produccion.md §5.9, §6.9, §6.16). */
export const rutasCierre = [
  datos({
    ruta: RUTA_CIERRE,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: MesDeOt,
    manejar: async ({ ctx, consulta }) => json({ exito: true, datos: await verCierre(ctx, consulta) }),
  }),
  accion({
    ruta: RUTA_CERRAR_MES,
    permiso: PERMISO_PRODUCCION.CERRAR_MES,
    cuerpo: CerrarMes,
    manejar: async ({ ctx, cuerpo }) => exito('Mes cerrado.', { ...(await cerrarMes(ctx, cuerpo)) }),
  }),
  accion({
    ruta: RUTA_FIRMAR_MES,
    permiso: PERMISO_PRODUCCION.CERRAR_MES,
    cuerpo: MoverMes,
    manejar: async ({ ctx, cuerpo }) => exito('Mes marcado como firmado.', { ...(await firmarMes(ctx, cuerpo)) }),
  }),
  accion({
    ruta: RUTA_REABRIR_MES,
    permiso: PERMISO_PRODUCCION.REABRIR_MES,
    cuerpo: MoverMes,
    manejar: async ({ ctx, cuerpo }) => {
      const movido = await reabrirMes(ctx, cuerpo)
      return exito(movido.estatus === 'ABIERTO' ? 'Mes abierto.' : 'El mes ya no está firmado; sigue cerrado.', {
        ...movido,
      })
    },
  }),
  accion({
    ruta: RUTA_GUARDAR_ENLACE,
    permiso: PERMISO_PRODUCCION.ENLACE,
    cuerpo: GuardarEnlace,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Enlace guardado correctamente', { archivo: await guardarArchivoMensual(ctx, cuerpo) }),
  }),
  accion({
    ruta: RUTA_QUITAR_ENLACE,
    permiso: PERMISO_PRODUCCION.ENLACE,
    cuerpo: MesDeOt,
    manejar: async ({ ctx, cuerpo }) => {
      await quitarArchivoMensual(ctx, cuerpo)
      return exito('Enlace quitado.', { archivo: '' })
    },
  }),
]

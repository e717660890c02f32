import { accion, archivo, datos, exito, json, LIMITE_EXPORTAR } from '../../../web/rutas.ts'
import { DatosInvalidos } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import {
  RUTA_COMENTAR_DIA,
  RUTA_EXPORTAR_DIARIOS,
  RUTA_GUARDAR_DIARIOS,
  RUTA_OTS_POR_SITIO,
} from './diario.contrato.ts'
import { ComentarDia, ConsultaDelMes, GuardarDiarios, leerMes } from './diario.schema.ts'
import { exportarReportesDiarios } from './exportacion.service.ts'
import { comentarDia, guardarReportesDiarios, otsDelMes, type DiasGuardados } from './diario.service.ts'

/** What a save says it did. */
function resumen({ creados, actualizados, eliminados }: DiasGuardados): string {
  const partes = [
    creados > 0 ? plural(creados, 'día nuevo', 'días nuevos') : '',
    actualizados > 0 ? plural(actualizados, 'actualizado', 'actualizados') : '',
    eliminados > 0 ? plural(eliminados, 'sin estatus', 'sin estatus') : '',
  ].filter((parte) => parte !== '')
  return partes.length === 0 ? 'No había cambios que guardar.' : `Reportes diarios guardados: ${partes.join(', ')}.`
}

/** Daily reports (produccion.md §6.3, §6.4). */
export const rutasDiario = [
  datos({
    ruta: RUTA_OTS_POR_SITIO,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDelMes,
    manejar: async ({ ctx, consulta }) => {
      const lugar = leerMes(consulta)
      return json(
        lugar === null ? { reportes_diarios: [], produccion: [] } : { reportes_diarios: await otsDelMes(ctx, lugar) },
      )
    },
  }),
  datos({
    ruta: RUTA_EXPORTAR_DIARIOS,
    permiso: PERMISO_PRODUCCION.EXPORTAR,
    consulta: ConsultaDelMes,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => {
      const lugar = leerMes(consulta)
      if (lugar === null) throw new DatosInvalidos('Elige un frente, un mes y un año.')
      return archivo(await exportarReportesDiarios(ctx, lugar))
    },
  }),
  accion({
    ruta: RUTA_GUARDAR_DIARIOS,
    permiso: PERMISO_PRODUCCION.DIARIOS,
    cuerpo: GuardarDiarios,
    manejar: async ({ ctx, cuerpo }) => {
      const guardado = await guardarReportesDiarios(ctx, cuerpo)
      return exito(resumen(guardado), { ...guardado })
    },
  }),
  accion({
    ruta: RUTA_COMENTAR_DIA,
    permiso: PERMISO_PRODUCCION.DIARIOS,
    cuerpo: ComentarDia,
    manejar: async ({ ctx, cuerpo }) => exito('Comentario guardado.', await comentarDia(ctx, cuerpo)),
  }),
]

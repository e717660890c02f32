import { datos, json, pagina, redireccion } from '../../web/rutas.ts'
import { RUTA_ESTIMACION } from './estimaciones.contrato.ts'
import { Corregir, Fuera, PeriodoSugerido } from './estimaciones.schema.ts'
import {
  esMotivo,
  RUTA_CORREGIR,
  RUTA_FUERA,
  RUTA_PERIODO_SUGERIDO,
  type MasFuera,
  type PeriodoSugerido as Periodo,
  type RespuestaFuera,
} from './fuera.contrato.ts'
import { lugarDeCorreccion, sugerirPeriodo, verFuera, verMasFuera } from './fuera.service.ts'

const VER = 'operaciones.view_estimacionheader'

/** What did not enter an estimation, the way to what must be mended, and the period that a draft opens with. */
export const rutasFuera = [
  datos({
    ruta: RUTA_FUERA,
    permiso: VER,
    consulta: Fuera,
    manejar: async ({ ctx, consulta: { id, grupo, desde } }) =>
      json(
        grupo == null
          ? ((await verFuera(ctx, id)) satisfies RespuestaFuera)
          : ((await verMasFuera(ctx, { id, grupo, desde: desde ?? 0 })) satisfies MasFuera),
      ),
  }),
  datos({
    ruta: RUTA_PERIODO_SUGERIDO,
    permiso: VER,
    consulta: PeriodoSugerido,
    manejar: async ({ ctx, consulta }) => {
      const periodo = await sugerirPeriodo(ctx, consulta.id_ot ?? null)
      return json({
        fecha_desde: periodo?.desde ?? null,
        fecha_hasta: periodo?.hasta ?? null,
      } satisfies Periodo)
    },
  }),
  pagina({
    ruta: RUTA_CORREGIR,
    permiso: VER,
    consulta: Corregir,
    manejar: async ({ ctx, consulta: { id_produccion: id, motivo } }) => {
      if (id == null || motivo == null || !esMotivo(motivo))
        return redireccion(RUTA_ESTIMACION.LISTA, { tipo: 'advertencia', texto: 'El enlace está incompleto.' })
      return redireccion(await lugarDeCorreccion(ctx, id, motivo))
    },
  }),
]

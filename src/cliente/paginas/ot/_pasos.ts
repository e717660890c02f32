/** Steps of an OT (ot.md §7.3 tab Detalle, §7.5). */
import { leerFechaIso, aDdMmAaaa } from '../../../comun/fechas.ts'
import {
  ESTATUS_DE_PASO,
  ESTATUS_LEIDOS_DE_PASO,
  FECHA_DE_PASO,
  PASO_COMPLETADO,
  PASOS_CON_FECHAS_FIJAS,
  type FilaPaso,
  type ProgresoOt,
  type RespuestaPaso,
  type RespuestaProgresoOt,
} from '../../../modulos/ot/ot.contrato.ts'
import { tonoDeEstatus } from '../../componentes/estatus.ts'
import { crearTablaDePasos } from '../../componentes/pasos.ts'
import { obtener } from '../../comun/http.ts'

export interface OpcionesPasosOt {
  idOt: number
  puedeCambiar: boolean
  /** New progress of the OT, for whoever shows it. */
  alAvanzar: (progreso: ProgresoOt) => void
}

/** Fills the box with the table of steps. */
export function crearPasos(caja: HTMLElement, { idOt, puedeCambiar, alAvanzar }: OpcionesPasosOt): void {
  crearTablaDePasos<FilaPaso, RespuestaPaso>({
    caja,
    titulo: 'Pasos',
    ruta: '/operaciones/ot/detalle/datatable/',
    parametros: () => ({ ot_id: String(idOt) }),
    porPagina: 10,
    puedeCambiar,
    modelo: {
      estatus: ESTATUS_DE_PASO,
      conFecha: PASO_COMPLETADO,
      estatusDe: ({ estatus_paso: id, estatus_texto: texto }) => ({
        id,
        texto,
        tono: tonoDeEstatus(ESTATUS_LEIDOS_DE_PASO, id),
      }),
      fechasFijas: PASOS_CON_FECHAS_FIJAS,
      claseDeFecha: {
        fecha_inicio: FECHA_DE_PASO.INICIO,
        fecha_termino: FECHA_DE_PASO.TERMINO,
        fecha_entrega: FECHA_DE_PASO.ENTREGA,
      },
      escribirDia: (_campo, iso) => aDdMmAaaa(leerFechaIso(iso)) ?? '',
      rutas: {
        fecha: '/operaciones/ot/actualizar-fecha/',
        estatus: '/operaciones/ot/cambiar_estatus_paso/',
        enlace: '/operaciones/ot/guardar_archivo_ot/',
      },
      alCambiarEstatus: (respuesta, tabla) => {
        tabla.repintar(respuesta.paso.id, respuesta.paso)
        alAvanzar(respuesta)
      },
      alCambiarFecha: async () => {
        alAvanzar(await obtener<RespuestaProgresoOt>('/operaciones/ot/obtener_progreso_general_ot/', { ot_id: idOt }))
      },
    },
  })
}

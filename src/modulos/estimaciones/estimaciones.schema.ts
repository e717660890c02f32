import { z } from 'zod'
import { comoLista, crudo, dia, entero, id, linea, tasa, texto } from '../../comun/entrada.ts'
import { dinero, redondear, type Dinero } from '../../comun/dinero.ts'

/** A volume as people write it: point decimals, thousands well grouped; rounded half up to six; with its sign. */
const volumen = crudo.transform((valor, revision): Dinero | null => {
  if (valor === '') return null
  const forma = /^-?(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,20})?$/.test(valor)
  if (forma) return redondear(dinero(valor.replaceAll(',', '')), 6)
  revision.addIssue({ code: 'custom', message: 'El volumen estimado debe ser un número, por ejemplo 1234.5.' })
  return z.NEVER
})

const version = entero('La versión', { minimo: 1 }).optional()
const idEstimacion = id('La estimación').optional()
const MAXIMO_LINEAS = 20_000
const ids = z.preprocess(
  comoLista,
  z
    .array(id('La línea'), { error: 'Envía la lista de líneas.' })
    .max(MAXIMO_LINEAS, `Se admiten hasta ${MAXIMO_LINEAS.toLocaleString('es-MX')} líneas a la vez.`)
    .transform((lista) => [...new Set(lista.filter((valor) => valor !== null))]),
)

const cabecera = {
  fecha_estimacion: dia('La fecha de la estimación').optional(),
  fecha_desde: dia('La fecha desde').optional(),
  fecha_hasta: dia('La fecha hasta').optional(),
  tipo_cambio: tasa('El tipo de cambio').optional(),
  comentario: texto('El comentario').optional(),
}

const detalle = z.object({
  id_produccion: id('La producción'),
  volumen_estimado: volumen.optional(),
  comentario_ajuste: texto('El comentario de ajuste').optional(),
})
/** A line asked for. */
export type DetallePedido = z.output<typeof detalle>

export const Candidatas = z.object({
  id_ot: id('La OT').optional(),
  fecha_desde: cabecera.fecha_desde,
  fecha_hasta: cabecera.fecha_hasta,
})

/** Whatever a table was asked, as it came: `leerPeticionTabla` reads it. */
export const ConsultaDeTabla = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

export const Nueva = z.object({
  id_ot: id('La OT').optional(),
  fecha_desde: cabecera.fecha_desde,
  fecha_hasta: cabecera.fecha_hasta,
})
/** The list opens whatever its address says; the table tells what is wrong with a filter. */
export const Lista = z.object({ id_ot: id('La OT').nullable().catch(null).default(null) })
export const PeriodoSugerido = z.object({ id_ot: id('La OT').optional() })
/** What did not enter an estimation: all of it in groups, or more rows of one. */
export const Fuera = z.object({
  id: idEstimacion,
  grupo: linea('El grupo', 40).optional(),
  desde: entero('El inicio', { minimo: 0 }).optional(),
})
export const Corregir = z.object({
  id_produccion: id('La producción').optional(),
  motivo: linea('El motivo', 40).optional(),
})
export const ParametroEstimacion = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

export const Pestana = z.object({ pestana: linea('La pestaña', 40).optional() })

export const CrearEstimacion = z.object({
  id_ot: id('La OT').optional(),
  ...cabecera,
  detalles: z
    .preprocess(
      comoLista,
      z
        .array(detalle, { error: 'Envía la lista de líneas.' })
        .max(MAXIMO_LINEAS, `Se admiten hasta ${MAXIMO_LINEAS.toLocaleString('es-MX')} líneas a la vez.`),
    )
    .optional(),
})
export type CrearEstimacion = z.output<typeof CrearEstimacion>

export const EditarEstimacion = z.object({ id: idEstimacion, version, ...cabecera })
export type EditarEstimacion = z.output<typeof EditarEstimacion>

export const PorId = z.object({ id: idEstimacion })
export const AgregarDetalles = z.object({ id: idEstimacion, version, ids_produccion: ids.optional() })
export const QuitarDetalles = z.object({ id: idEstimacion, version, ids_detalle: ids.optional() })
export const AjustarDetalle = z.object({
  id_detalle: id('La línea').optional(),
  version,
  volumen_estimado: volumen.optional(),
  comentario_ajuste: texto('El comentario de ajuste').optional(),
})
export type AjustarDetalle = z.output<typeof AjustarDetalle>
export const RechazarDetalle = z.object({
  id_detalle: id('La línea').optional(),
  version,
  comentario_ajuste: texto('El comentario').optional(),
})
export type RechazarDetalle = z.output<typeof RechazarDetalle>
export const ActualizarPrecios = z.object({ id: idEstimacion, version })

export const CambiarEstatus = z.object({
  id: idEstimacion,
  version,
  estatus: linea('El estatus', 40).optional(),
  fecha_autorizacion: dia('La fecha de autorización').optional(),
  folio_factura: linea('El folio de la factura', 100).optional(),
  fecha_factura: dia('La fecha de la factura').optional(),
  fecha_cobro: dia('La fecha de cobro').optional(),
  motivo: texto('El motivo').optional(),
})
export type CambiarEstatus = z.output<typeof CambiarEstatus>

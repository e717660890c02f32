import { z } from 'zod'
import { leerFechaIso } from '../../../comun/fechas.ts'
import { limpiar } from '../../../comun/texto.ts'

const vacioComoNulo = (valor: unknown): unknown => (valor === undefined || valor === '' ? null : valor)

const opcional = <E extends z.ZodType>(esquema: E) => z.preprocess(vacioComoNulo, esquema.nullable())

const codigo = (mensaje: string) =>
  z
    .string(mensaje)
    .regex(/^\d{1,12}$/, mensaje)
    .transform(Number)

const dia = (mensaje: string) =>
  z.string(mensaje).transform((texto, ctx) => {
    const leido = leerFechaIso(texto)
    if (leido === null) ctx.addIssue({ code: 'custom', message: mensaje })
    return leido
  })

/** What is only blanks or invisible marks filters nothing. */
const texto = (maximo: number, mensaje: string) =>
  z
    .string(mensaje)
    .max(maximo, mensaje)
    .transform((escrito) => limpiar(escrito) || null)

/**
 * Filters of the log: the names of core.md §9.6 (`usuario_id`, `afectacion`) and those of settled.md §6 (`usuario`,
 * `tabla_log`, `registro_id`, days). `usuario_id` 0 is *Sistema*; `registro_id` is an id or a folio.
 */
export const FiltrosActividad = z
  .object({
    filtro: opcional(texto(200, 'El texto que buscas es demasiado largo.')),
    usuario_id: opcional(codigo('La persona no es válida. Elige una de la lista.')),
    usuario: opcional(codigo('La persona no es válida. Elige una de la lista.')),
    evento: opcional(texto(30, 'El evento no es válido. Elige uno de la lista.')),
    afectacion: opcional(codigo('La tabla no es válida. Elige una de la lista.')),
    tabla_log: opcional(codigo('La tabla no es válida. Elige una de la lista.')),
    registro_id: opcional(texto(100, 'El registro no es válido. Escribe su ID o su folio.')),
    fecha_desde: opcional(dia('La fecha inicial no es válida.')),
    fecha_hasta: opcional(dia('La fecha final no es válida.')),
  })
  .refine((v) => v.fecha_desde === null || v.fecha_hasta === null || v.fecha_desde <= v.fecha_hasta, {
    path: ['fecha_hasta'],
    error: 'La fecha final debe ser igual o posterior a la inicial.',
  })
  .transform((v) => ({
    texto: v.filtro,
    usuario: v.usuario_id ?? v.usuario,
    evento: v.evento,
    tabla: v.tabla_log ?? v.afectacion,
    registro: v.registro_id,
    desde: v.fecha_desde,
    hasta: v.fecha_hasta,
  }))
export type FiltrosActividad = z.output<typeof FiltrosActividad>

/** Query string of the table, which the export repeats. */
export const ConsultaDeActividad = z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional())

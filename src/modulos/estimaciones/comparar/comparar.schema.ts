import { z } from 'zod'
import { entero, id, linea, texto } from '../../../comun/entrada.ts'

const MAXIMO_CLAVES = 200_000

export const ParametroEstimacion = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
export const PaginaDeComparacion = z.object({ comparacion: id('La comparación').optional() })
export const PorComparacion = z.object({ id: id('La comparación').optional() })

/** Multipart: the estimation, and what the workbook does not say by itself. */
export const SubirLibro = z.object({
  id: id('La estimación').optional(),
  mes: linea('El mes', 7).optional(),
  sitio: linea('El sitio', 200).optional(),
})
export type SubirLibro = z.output<typeof SubirLibro>

export const ElegirConceptos = z.object({
  id: id('La comparación').optional(),
  elecciones: z.record(z.string().max(2000), z.string().max(2000), { error: 'Envía lo que elegiste de cada grupo.' }),
})
export type ElegirConceptos = z.output<typeof ElegirConceptos>

const eleccion = {
  id: id('La comparación').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
  huella: linea('La huella', 64).optional(),
  claves: z
    .array(z.string().max(300), { error: 'Envía la lista de diferencias.' })
    .max(MAXIMO_CLAVES, 'Son demasiadas diferencias a la vez.')
    .optional(),
  faltantes: z.enum(['cero', 'quitar'], { error: 'Elige qué hacer con lo que falta en el archivo.' }).optional(),
}
export const PlanearComparacion = z.object(eleccion)
export type PlanearComparacion = z.output<typeof PlanearComparacion>
export const AplicarComparacion = z.object({ ...eleccion, motivo: texto('El motivo', 1000).optional() })
export type AplicarComparacion = z.output<typeof AplicarComparacion>

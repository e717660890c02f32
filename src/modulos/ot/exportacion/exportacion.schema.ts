import { z } from 'zod'

/** What an export adds to the question of the table: kind of file and columns (all of them when it does not say). */
export const OpcionesDeExportacion = z.object({
  formato: z.enum(['xlsx', 'csv'], { error: 'El formato debe ser xlsx o csv.' }).default('xlsx'),
  columnas: z
    .string()
    .default('')
    .transform((lista) => lista.split(',').filter((clave) => clave !== '')),
})
export type OpcionesDeExportacion = z.output<typeof OpcionesDeExportacion>

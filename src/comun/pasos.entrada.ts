/** What comes in to change a step, of a PTE or of an OT alike (pte.md §7.13-7.17, ot.md §6.12-6.14). */
import { z } from 'zod'
import { dia, entero, id, texto } from './entrada.ts'

/** `cambiar_estatus_paso/`. */
export const CambiarEstatusPaso = z.object({
  paso_id: id('El paso').optional(),
  nuevo_estatus: entero('El estatus').optional(),
  comentario: texto('El comentario').optional(),
  fecha_entrega: dia('La fecha de entrega').optional(),
})
export type CambiarEstatusPaso = z.output<typeof CambiarEstatusPaso>

/** `actualizar-fecha/`. */
export const ActualizarFecha = z.object({
  id_paso: id('El paso').optional(),
  tipo: z
    .union([z.string(), z.number()])
    .transform((valor) => String(valor).trim())
    .optional(),
  fecha: dia('La fecha').optional(),
})
export type ActualizarFecha = z.output<typeof ActualizarFecha>

/** `guardar_archivo_pte/` and `guardar_archivo_ot/`. */
export const GuardarArchivo = z.object({ paso_id: id('El paso').optional(), archivo: texto('El enlace').optional() })
export type GuardarArchivo = z.output<typeof GuardarArchivo>

import { z } from 'zod'
import { dia, entero, id, texto } from '../../../comun/entrada.ts'

/** `ot/cambiar_estatus_paso/` (ot.md §6.12). */
export const CambiarEstatusPaso = z.object({
  paso_id: id('El paso').optional(),
  nuevo_estatus: entero('El estatus').optional(),
  comentario: texto('El comentario').optional(),
  fecha_entrega: dia('La fecha de entrega').optional(),
})
export type CambiarEstatusPaso = z.output<typeof CambiarEstatusPaso>

/** `ot/actualizar-fecha/` (ot.md §6.13). */
export const ActualizarFecha = z.object({
  id_paso: id('El paso').optional(),
  tipo: z
    .union([z.string(), z.number()])
    .transform((valor) => String(valor).trim())
    .optional(),
  fecha: dia('La fecha').optional(),
})
export type ActualizarFecha = z.output<typeof ActualizarFecha>

/** `ot/guardar_archivo_ot/` (ot.md §6.14). */
export const GuardarArchivo = z.object({ paso_id: id('El paso').optional(), archivo: texto('El enlace').optional() })
export type GuardarArchivo = z.output<typeof GuardarArchivo>

/** `ot/detalle/datatable/`: paging is read apart, because it never fails. */
export const PasosDeOt = z.object({
  ot_id: id('La OT').optional(),
  draw: z.unknown().optional(),
  start: z.unknown().optional(),
  length: z.unknown().optional(),
})
export type PasosDeOt = z.output<typeof PasosDeOt>

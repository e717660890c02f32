import { z } from 'zod'
import { dia, entero, id, texto } from '../../../comun/entrada.ts'

/** `pte/cambiar_estatus_paso/` (pte.md §7.13). */
export const CambiarEstatusPaso = z.object({
  paso_id: id('El paso').optional(),
  nuevo_estatus: entero('El estatus').optional(),
  comentario: texto('El comentario').optional(),
  fecha_entrega: dia('La fecha de entrega').optional(),
})
export type CambiarEstatusPaso = z.output<typeof CambiarEstatusPaso>

/** `pte/actualizar-fecha/` (pte.md §7.16). */
export const ActualizarFecha = z.object({
  id_paso: id('El paso').optional(),
  tipo: z
    .union([z.string(), z.number()])
    .transform((valor) => String(valor).trim())
    .optional(),
  fecha: dia('La fecha').optional(),
})
export type ActualizarFecha = z.output<typeof ActualizarFecha>

/** `pte/guardar_archivo_pte/` (pte.md §7.17). */
export const GuardarArchivo = z.object({ paso_id: id('El paso').optional(), archivo: texto('El enlace').optional() })
export type GuardarArchivo = z.output<typeof GuardarArchivo>

/** `pte/detalle/datatable/` and `pte/datatable-subpasos/`: paging is read apart, because it never fails. */
export const PasosDePte = z.object({
  pte_header_id: id('La PTE').optional(),
  draw: z.unknown().optional(),
  start: z.unknown().optional(),
  length: z.unknown().optional(),
})
export type PasosDePte = z.output<typeof PasosDePte>

/** `?pte_id=` of the progress. */
export const PorPte = z.object({ pte_id: id('La PTE').optional() })

/** `?pte_header_id=` of the progress of the parent step. */
export const PorCabecera = z.object({ pte_header_id: id('La PTE').optional() })

/** `?tipo_cliente=` of `pte/obtener_pasos/`. */
export const PasosDePlantilla = z.object({ tipo_cliente: id('El tipo de cliente').optional() })

import { z } from 'zod'
import { id } from '../../../comun/entrada.ts'

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

import { z } from 'zod'
import { id } from '../../../comun/entrada.ts'

/** `ot/detalle/datatable/`: paging is read apart, because it never fails. */
export const PasosDeOt = z.object({
  ot_id: id('La OT').optional(),
  draw: z.unknown().optional(),
  start: z.unknown().optional(),
  length: z.unknown().optional(),
})
export type PasosDeOt = z.output<typeof PasosDeOt>

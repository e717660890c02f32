import { z } from 'zod'
import { entero, id, linea } from '../../../comun/entrada.ts'
import { LARGO_OT } from '../ot.tipos.ts'

/** `ot/crear-desde-pte/` (pte.md §7.18). */
export const CrearDesdePte = z.object({
  pte_id: id('La PTE').optional(),
  oficio: linea('El Folio de la OT', LARGO_OT.ordenTrabajo).optional(),
  tipo_ot: entero('El Tipo de OT').optional(),
  ot_principal: id('La OT a reprogramar').optional(),
  // Read by its own rule (R-OT-11), which says the owner's text.
  num_reprogramacion: z.union([z.string(), z.number(), z.null()]).optional(),
})
export type CrearDesdePte = z.output<typeof CrearDesdePte>

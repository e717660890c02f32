import { z } from 'zod'
import { linea } from '../../../comun/entrada.ts'

const lista = z
  .union([z.string(), z.array(z.union([z.string(), z.number()]))])
  .transform((valor) => (typeof valor === 'string' ? valor.split(',') : valor.map(String)).map((id) => id.trim()))
  .refine((ids) => ids.length > 0 && ids.length <= 1000 && ids.every((id) => /^\d{1,15}$/.test(id)), {
    error: 'La lista de pasos no es válida.',
  })
  .transform((ids) => ids.map(Number))

/** `…/ordenar/`: a template and all its steps in their new order, as a list or as text with commas. */
export const Ordenar = z.object({ plantilla: linea('La plantilla', 40).optional(), ids: lista.optional() })
export type Ordenar = z.output<typeof Ordenar>

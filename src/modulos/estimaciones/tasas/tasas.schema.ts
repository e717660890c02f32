import { z } from 'zod'
import { dia, entero, id, linea, tasa, texto } from '../../../comun/entrada.ts'

const valores = { valor: tasa('El tipo de cambio').optional(), fuente: linea('La fuente', 100).optional() }

export const CapturarTasa = z.object({ fecha: dia('La fecha').optional(), ...valores })
export type CapturarTasa = z.output<typeof CapturarTasa>

export const CorregirTasa = z.object({
  id: id('El tipo de cambio').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
  ...valores,
  motivo: texto('El motivo', 500).optional(),
})
export type CorregirTasa = z.output<typeof CorregirTasa>

export const PorId = z.object({ id: id('El tipo de cambio').optional() })
export const PorDia = z.object({ fecha: dia('La fecha').optional() })
/** Whatever the table was asked, as it came. */
export const ConsultaDeTabla = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

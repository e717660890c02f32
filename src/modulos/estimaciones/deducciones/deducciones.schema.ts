import { z } from 'zod'
import { entero, id, importe, linea, porcentaje } from '../../../comun/entrada.ts'
import { dinero } from '../../../comun/dinero.ts'
import { MAXIMO_DEDUCCIONES } from './deducciones.contrato.ts'

/** First amount that does not fit a decimal(18,2) column. */
const LIMITE = dinero('1e16')

export const GuardarDeducciones = z.object({
  id: id('La estimación').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
  deducciones: z
    .array(
      z.object({
        nombre: linea('El nombre', 100).optional(),
        porcentaje: porcentaje('El porcentaje').optional(),
        importe_mn: importe('El importe M.N.', LIMITE).optional(),
        importe_usd: importe('El importe USD', LIMITE).optional(),
      }),
      { error: 'Envía la lista de deducciones.' },
    )
    .max(MAXIMO_DEDUCCIONES, `Se admiten hasta ${String(MAXIMO_DEDUCCIONES)} deducciones.`),
})
export type GuardarDeducciones = z.output<typeof GuardarDeducciones>

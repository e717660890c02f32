import { z } from 'zod'
import { entero, id, linea } from '../../comun/entrada.ts'
import { DIAS_DE_VIDA } from './tokens.tipos.ts'

const lista = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((valor) => (valor === undefined ? [] : [valor].flat()))

export const CrearToken = z.object({
  nombre: linea('El nombre', 80).optional(),
  alcances: lista,
  dias: entero('La vigencia', { mensaje: `La vigencia debe ser de ${DIAS_DE_VIDA.join(', ')} días.` }).optional(),
})

export const RevocarToken = z.object({ id: id('El token').optional() })

import { z } from 'zod'

export const Buscar = z.object({
  q: z
    .union([z.string(), z.array(z.string()).transform((lista) => lista[0] ?? '')])
    .default('')
    .transform((texto) => texto.slice(0, 200)),
})

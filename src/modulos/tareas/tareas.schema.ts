import { z } from 'zod'

/** `<ID>` of the address. */
export const ParametrosTarea = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
})

import { z } from 'zod'

/** A parameter of the address that may come repeated: the first counts. */
const primero = z.union([z.string(), z.array(z.string()).transform((lista) => lista[0] ?? '')])

export const ConsultaLogin = z.object({
  next: primero.default(''),
  session_expired: primero.optional(),
  logout_exitoso: primero.optional(),
})

const TEXTO = z.string({ error: 'Campos incompletos. Por favor, ingrese sus datos correctamente.' })

/** Nothing is trimmed but the user name: blanks of a password are part of it. */
export const CuerpoLogin = z.object({
  username: TEXTO.default('').transform((texto) => texto.trim().slice(0, 254)),
  password: TEXTO.default(''),
  next: z.string().default(''),
})

import { z } from 'zod'
import { LARGO_USUARIO } from '../usuarios.tipos.ts'

export const ParametroToken = z.object({ token: z.string().max(200) })

const CLAVE = z.string({ error: 'Escribe la contraseña como texto.' }).default('')

export const CuerpoEnlace = z.object({ clave: CLAVE, clave_confirmacion: CLAVE })

export const CuerpoRecuperar = z.object({
  email: z
    .string({ error: 'Escribe tu correo.' })
    .default('')
    .transform((texto) => texto.trim().slice(0, LARGO_USUARIO.email)),
})

import { z } from 'zod'
import { limpiar } from '../../../comun/texto.ts'
import { LARGO_USUARIO } from '../usuarios.tipos.ts'

const CLAVE = z.string({ error: 'Escribe la contraseña como texto.' }).default('')

export const CuerpoClave = z.object({ clave_actual: CLAVE, clave: CLAVE, clave_confirmacion: CLAVE })

const nombre = (cual: string) =>
  z
    .string({ error: `Escribe ${cual} como texto.` })
    .default('')
    .transform(limpiar)
    .pipe(z.string().max(LARGO_USUARIO.username, `Usa hasta ${String(LARGO_USUARIO.username)} caracteres.`))

export const CuerpoDatos = z.object({
  first_name: nombre('el nombre'),
  last_name: nombre('los apellidos'),
  email: z
    .string({ error: 'Escribe el correo como texto.' })
    .default('')
    .transform((texto) => limpiar(texto).slice(0, LARGO_USUARIO.email + 1)),
  clave_actual: CLAVE,
})
export type CuerpoDatos = z.output<typeof CuerpoDatos>

export const CuerpoCerrarSesion = z.object({
  sesion: z.string({ error: 'Falta la sesión.' }).max(64, 'La sesión no es válida.'),
})

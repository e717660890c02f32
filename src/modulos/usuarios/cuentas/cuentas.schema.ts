import { z } from 'zod'
import { entero, id, linea, siNo } from '../../../comun/entrada.ts'
import { limpiar } from '../../../comun/texto.ts'
import { LARGO_USUARIO } from '../usuarios.tipos.ts'

/** A list that a form sends as a repeated field and JSON as an array; one empty text is the empty list. */
export function lista(nombre: string) {
  return z
    .union([z.string(), z.array(z.string())], { error: `${nombre}: envía una lista de textos.` })
    .transform((valor) => [
      ...new Set((Array.isArray(valor) ? valor : [valor]).map(limpiar).filter((texto) => texto !== '')),
    ])
}

const CLAVE = z.string({ error: 'Escribe la contraseña como texto.' })

const campos = {
  username: linea('El usuario', LARGO_USUARIO.username).optional(),
  first_name: linea('El nombre', LARGO_USUARIO.username).optional(),
  last_name: linea('Los apellidos', LARGO_USUARIO.username).optional(),
  email: linea('El correo', LARGO_USUARIO.email).optional(),
  is_active: siNo().optional(),
  is_superuser: siNo().optional(),
  grupos: lista('Los grupos').optional(),
  permisos: lista('Los permisos').optional(),
}

/** `usuarios/crear/`. Without `clave` the person chooses it with a one-time link. */
export const CrearUsuario = z.object({
  ...campos,
  clave: CLAVE.default(''),
  clave_confirmacion: CLAVE.default(''),
})
export type CrearUsuario = z.output<typeof CrearUsuario>

/** `usuarios/editar/`. Absent = do not touch; `version` is what the form was opened with. */
export const EditarUsuario = z.object({
  ...campos,
  id: id('El ID del usuario').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
})
export type EditarUsuario = z.output<typeof EditarUsuario>

/** `usuarios/eliminar/`, `reactivar/`, `restablecer_clave/` and `obtener/`. */
export const PorUsuario = z.object({ id: id('El ID del usuario').optional() })

/** `:id` of the page of an account or of a group. */
export const ParametroId = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

/** What an export asks for, read again by the table and by the export itself. */
export const ConsultaDeTabla = z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional())

export const FiltrosDeUsuarios = z.object({
  filtro: z
    .string()
    .transform((texto) => limpiar(texto).slice(0, 150))
    .optional(),
  grupo: z.string().max(150).optional(),
  /** Active ones unless told. */
  estado: z
    .enum(['activos', 'inactivos', 'todos'], { error: 'El estado debe ser activos, inactivos o todos.' })
    .default('activos'),
})
export type FiltrosDeUsuarios = z.output<typeof FiltrosDeUsuarios>

import { z } from 'zod'
import { entero, id, linea, siNo } from '../../../comun/entrada.ts'
import { limpiar } from '../../../comun/texto.ts'
import { LARGO_USUARIO } from '../usuarios.tipos.ts'
import { lista } from '../cuentas/cuentas.schema.ts'

const campos = {
  name: linea('El nombre del grupo', LARGO_USUARIO.username).optional(),
  permisos: lista('Los permisos').optional(),
}

export const CrearGrupo = z.object(campos)
export type CrearGrupo = z.output<typeof CrearGrupo>

/** Absent = do not touch; `version` is what the form was opened with. */
export const EditarGrupo = z.object({
  ...campos,
  id: id('El ID del grupo').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
})
export type EditarGrupo = z.output<typeof EditarGrupo>

export const PorGrupo = z.object({ id: id('El ID del grupo').optional() })

/** Deactivation asks for `confirmar` when there are people in the group. */
export const EliminarGrupo = z.object({ id: id('El ID del grupo').optional(), confirmar: siNo().default(false) })

/** One cell of the matrix. */
export const CambiarCelda = z.object({
  grupo: id('El ID del grupo').optional(),
  permiso: z.string({ error: 'Falta el permiso.' }).max(150, 'El permiso no es válido.'),
  concedido: siNo(),
})
export type CambiarCelda = z.output<typeof CambiarCelda>

export const FiltrosDeGrupos = z.object({
  filtro: z
    .string()
    .transform((texto) => limpiar(texto).slice(0, 150))
    .optional(),
  /** Active ones unless told. */
  estado: z
    .enum(['activos', 'inactivos', 'todos'], { error: 'El estado debe ser activos, inactivos o todos.' })
    .default('activos'),
})
export type FiltrosDeGrupos = z.output<typeof FiltrosDeGrupos>

import { z } from 'zod'
import { limpiar } from '../../comun/texto.ts'
import { PAGINA_DE_TABLA } from './vistas.tipos.ts'

const LARGO_ESTADO = 4000

const tabla = z
  .string({ error: 'Falta la tabla de la vista.' })
  .refine((nombre) => Object.hasOwn(PAGINA_DE_TABLA, nombre), 'Esa tabla no guarda vistas.')

export const ConsultaVistas = z.object({ tabla })

export const CuerpoGuardarVista = z.object({
  tabla,
  nombre: z
    .string({ error: 'Escribe el nombre de la vista.' })
    .transform(limpiar)
    .pipe(z.string().min(1, 'Escribe el nombre de la vista.').max(100, 'El nombre admite hasta 100 caracteres.')),
  estado: z
    .string({ error: 'Falta el estado de la vista.' })
    .max(LARGO_ESTADO, 'La vista tiene demasiados filtros para guardarse.')
    // Written again from its pieces: whatever was sent, the link only has a query.
    .transform((texto) => new URLSearchParams(texto).toString())
    .pipe(z.string().max(LARGO_ESTADO, 'La vista tiene demasiados filtros para guardarse.')),
})

export const CuerpoEliminarVista = z.object({
  id: z.coerce.number({ error: 'Falta la vista.' }).int('La vista no es válida.').positive('La vista no es válida.'),
})

import { z } from 'zod'
import { dinero } from '../../comun/dinero.ts'
import { decimal, dia, entero, id, importe, linea, texto } from '../../comun/entrada.ts'
import { LARGO_PTE } from './pte.tipos.ts'

/** First amount that does not fit `total_homologado`. */
const TOTAL_LIMITE = dinero('1e13')

/** Absent = do not touch; null = came empty (pte.md §1.6). */
const campos = {
  id_cliente: id('El Cliente').optional(),
  responsable_proyecto: id('El Responsable del Proyecto').optional(),
  id_tipo: id('El Tipo').optional(),
  plazo_dias: decimal('El Plazo en Días').optional(),
  id_prioridad: entero('La Prioridad').optional(),
  oficio_pte: linea('El Folio PTE', LARGO_PTE.oficioPte).optional(),
  oficio_solicitud: linea('El Oficio Solicitud', LARGO_PTE.oficioSolicitud).optional(),
  descripcion_trabajo: texto('La Descripción del Trabajo').optional(),
  fecha_solicitud: dia('La Fecha de Solicitud').optional(),
  fecha_entrega: dia('La Fecha de Entrega').optional(),
  total_homologado: importe('El Total homologado', TOTAL_LIMITE).optional(),
  oficio_ot: linea('El Oficio OT', LARGO_PTE.oficioOt).optional(),
  comentario_general: texto('El Comentario').optional(),
}

/** `pte/crear/` (pte.md §7.8). */
export const CrearPte = z.object(campos)
export type CrearPte = z.output<typeof CrearPte>

/** `pte/editar/` (pte.md §7.10). `version` is what the form was opened with; outside clients may leave it out. */
export const EditarPte = z.object({
  ...campos,
  id: id('El ID de la PTE').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
})
export type EditarPte = z.output<typeof EditarPte>

/** `pte/eliminar/` and `?id=` of `pte/obtener_datos/`. */
export const PorId = z.object({ id: id('El ID de la PTE').optional() })

/** `pte/cambiar_estatus_pte/` (pte.md §7.12). */
export const CambiarEstatusPte = z.object({
  pte_id: id('La PTE').optional(),
  nuevo_estatus: entero('El estatus').optional(),
  comentario: texto('El comentario').optional(),
  fecha_entrega: dia('La fecha de entrega').optional(),
})
export type CambiarEstatusPte = z.output<typeof CambiarEstatusPte>

/** `:id` of the page of a PTE. */
export const ParametroId = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

const listaDeIds = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((valor, revision): number[] => {
    const textos = [valor ?? []].flat().flatMap((trozo) => trozo.split(','))
    const escritos = textos.map((trozo) => trozo.trim()).filter((trozo) => trozo !== '')
    if (escritos.every((trozo) => /^\d{1,15}$/.test(trozo))) return [...new Set(escritos.map(Number))]
    revision.addIssue({ code: 'custom', message: 'El Tipo no es válido.' })
    return z.NEVER
  })

/** Filters of `pte/datatable/` (pte.md §7.3). `tipo[]` repeated, or `tipo` once with commas: addresses stay short. */
export const FiltrosPte = z
  .object({
    'tipo[]': listaDeIds,
    tipo: listaDeIds,
    estatus: entero('El estatus').optional(),
    responsable_proyecto: id('El responsable del proyecto').optional(),
    cliente: id('El cliente').optional(),
    anio: entero('El año', { minimo: 1, maximo: 9999 }).optional(),
    filtro: linea('El filtro', 500).optional(),
  })
  .transform(({ 'tipo[]': repetidos, tipo, ...filtros }) => ({ ...filtros, tipos: [...repetidos, ...tipo] }))
export type FiltrosPte = z.output<typeof FiltrosPte>

/** Whatever the export was asked, as it came: `leerPeticionTabla` reads it. */
export const ConsultaDeTabla = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

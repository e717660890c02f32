import { z } from 'zod'
import { dia, entero, id, importe, linea, siNo, texto } from '../../comun/entrada.ts'
import { limpiar } from '../../comun/texto.ts'
import { LARGO_OT, MOTIVOS_REPROGRAMACION, TIPO_OT, type MotivoReprogramacion } from './ot.tipos.ts'

const motivo = z.union([z.string(), z.null()]).transform((valor, revision): MotivoReprogramacion | null => {
  const clave = limpiar(valor ?? '').toLowerCase()
  if (clave === '') return null
  const conocido = MOTIVOS_REPROGRAMACION.find((opcion) => opcion.clave === clave)
  if (conocido) return conocido.clave
  const claves = MOTIVOS_REPROGRAMACION.map((opcion) => opcion.texto).join(', ')
  revision.addIssue({ code: 'custom', message: `El motivo debe ser uno de: ${claves}.` })
  return z.NEVER
})

/** Absent = do not touch; null = came empty (pte.md §1.6). */
const campos = {
  id_tipo: entero('El Tipo').optional(),
  orden_trabajo: linea('El Folio OT', LARGO_OT.ordenTrabajo).optional(),
  oficio_ot: linea('El Oficio OT', LARGO_OT.oficioOt).optional(),
  descripcion_trabajo: texto('La Descripción del Trabajo').optional(),
  comentario_general: texto('El Comentario').optional(),
  responsable_proyecto: id('El Responsable del Proyecto').optional(),
  responsable_cliente: linea('El Responsable del cliente', LARGO_OT.responsableCliente).optional(),
  id_cliente: id('El Cliente').optional(),
  plazo_dias: entero('El Plazo (días)', { minimo: 0 }).optional(),
  monto_mxn: importe('El Monto MXN').optional(),
  monto_usd: importe('El Monto USD').optional(),
  fecha_inicio_programado: dia('La fecha de inicio programado').optional(),
  fecha_termino_programado: dia('La fecha de término programado').optional(),
  fecha_inicio_real: dia('La fecha de inicio real').optional(),
  fecha_termino_real: dia('La fecha de término real').optional(),
  id_frente: id('El Frente').optional(),
  id_embarcacion: id('La Embarcación').optional(),
  id_plataforma: id('La Plataforma').optional(),
  id_intercom: id('El Intercom').optional(),
  id_patio: id('El Patio').optional(),
  check_fase_patio: siNo().optional(),
  id_patio_fase: id('El Patio de prefabricados').optional(),
  fecha_inicio_patio: dia('El inicio de la fase en patio').optional(),
  fecha_fin_patio: dia('El fin de la fase en patio').optional(),
  ot_principal: id('La OT a reprogramar').optional(),
  // Read by its own rule (R-OT-11), which says the owner's text.
  num_reprogramacion: z.union([z.string(), z.number(), z.null()]).optional(),
  motivo_reprogramacion: motivo.optional(),
  comentario_reprogramacion: texto('El comentario de la reprogramación').optional(),
}

/** `ot/crear-ot-reprogramacion/` (ot.md §6.5). */
export const CrearOt = z.object({ ...campos, id_pte_header: id('La PTE').optional() })
export type CrearOt = z.output<typeof CrearOt>

/** `ot/editar/` (ot.md §6.6). `version` is what the form was opened with; outside clients may leave it out. */
export const EditarOt = z.object({
  ...campos,
  id: id('El ID de la OT').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
})
export type EditarOt = z.output<typeof EditarOt>

/** `ot/eliminar/`. */
export const EliminarOt = z.object({ id: id('El ID de la OT').optional() })

/** `ot/cambiar_estatus_ot/` (ot.md §6.8). */
export const CambiarEstatusOt = z.object({
  ot_id: id('La OT').optional(),
  nuevo_estatus_id: entero('El estatus').optional(),
  comentario: texto('El comentario').optional(),
  fecha_entrega: dia('La fecha de entrega').optional(),
})
export type CambiarEstatusOt = z.output<typeof CambiarEstatusOt>

/** `?id=` of `ot/obtener_datos/`. */
export const PorId = z.object({ id: id('El ID de la OT').optional() })

/** `?ot_id=` of the endpoints about one OT. */
export const PorOt = z.object({ ot_id: id('La OT').optional() })

/** `ot/obtener_ot_iniciales/`: all of them, or those whose folio or letter contains `q`. */
export const OtsIniciales = z.object({ ot_id: id('La OT').optional(), q: linea('La búsqueda', 200).optional() })

/** `:id` of the pages of an OT. */
export const ParametroId = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

/** `?a=&b=` of the lineage: whatever is not an id compares nothing. */
const idSuelto = z
  .string()
  .optional()
  .catch(undefined)
  .transform((valor) => (/^\d{1,15}$/.test(valor ?? '') ? Number(valor) : null))
export const CompararVersiones = z.object({ a: idSuelto, b: idSuelto })
export type CompararVersiones = z.output<typeof CompararVersiones>

/** Filters of `ot/datatable/` (ot.md §6.2). `tipo` absent = INICIAL, empty = both. */
export const FiltrosOt = z.object({
  tipo: entero('El tipo')
    .optional()
    .transform((valor) => (valor === undefined ? TIPO_OT.INICIAL : valor)),
  ot_principal: id('La OT principal').optional(),
  estatus: entero('El estatus').optional(),
  responsable_proyecto: id('El responsable del proyecto').optional(),
  id_cliente: id('El cliente').optional(),
  sitio: id('El sitio').optional(),
  anio: entero('El año', { minimo: 1, maximo: 9999 }).optional(),
  filtro: linea('El filtro', 500).optional(),
})
export type FiltrosOt = z.output<typeof FiltrosOt>

/** Whatever a table was asked, as it came: `leerPeticionTabla` reads it. */
export const ConsultaDeTabla = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

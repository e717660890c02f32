import { z } from 'zod'
import { comoLista, crudo, entero, id, linea, siNo, texto } from '../../comun/entrada.ts'
import { LARGO_CONTRATO } from './contratos.tipos.ts'

/** Numbers are read by their rule, which says the text of the specification. */
const cifra = crudo.optional()

/** Absent = do not touch; null = came empty (pte.md §1.6). */
const campos = {
  id_partida: linea('La Partida', LARGO_CONTRATO.partida).optional(),
  descripcion: texto('La descripción').optional(),
  unidad_medida: id('La Unidad').optional(),
  precio_unitario_mn: cifra,
  precio_unitario_usd: cifra,
  cantidad: cifra,
  comentario: texto('El comentario').optional(),
  pte_origen: linea('La PTE de origen', LARGO_CONTRATO.folioOrigen).optional(),
  ot_origen: linea('La OT de origen', LARGO_CONTRATO.folioOrigen).optional(),
}

/** `producto/crear/` (catalogos.md §6.2). */
export const CrearConcepto = z.object(campos)
export type CrearConcepto = z.output<typeof CrearConcepto>

/** `producto/editar/`. `version` is what the form was opened with; outside clients may leave it out. */
export const EditarConcepto = z.object({
  ...campos,
  id: id('El concepto').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
})
export type EditarConcepto = z.output<typeof EditarConcepto>

/** `?id=` and `id` of the endpoints about one concept. */
export const PorConcepto = z.object({ id: id('El concepto').optional() })

/** `producto/eliminar/`. */
export const EliminarConcepto = z.object({ id: id('El concepto').optional(), confirmar: siNo().optional() })
export type EliminarConcepto = z.output<typeof EliminarConcepto>

const conversion = {
  id_pue: id('El PUE').optional(),
  nueva_partida: linea('La Nueva Partida', LARGO_CONTRATO.partida).optional(),
  nuevo_anexo: linea('El Nuevo Anexo', LARGO_CONTRATO.claveAnexo).optional(),
  precio_mn: cifra,
  precio_usd: cifra,
}

/** Price list that receives the concepts; without it, that of the contract in force. */
const anexo_maestro = id('El anexo').optional()

/** `concepto/convertir_pue/`. */
export const ConvertirPue = z.object({ ...conversion, anexo_maestro })
export type ConvertirPue = z.output<typeof ConvertirPue>

/** `concepto/convertir_pues/`: JSON, or the list as JSON text in a form. */
export const ConvertirPues = z.object({
  conversiones: z.preprocess(
    comoLista,
    z
      .array(z.object(conversion), { error: 'Envía la lista de conversiones.' })
      .min(1, 'Debe seleccionar al menos un concepto para continuar.')
      .max(1000, 'Convierte hasta 1,000 conceptos a la vez.'),
  ),
  anexo_maestro,
})
export type ConvertirPues = z.output<typeof ConvertirPues>

const uno = z.union([z.string(), z.array(z.string()).transform((lista) => lista[0] ?? '')])

/** `estado` of every catalogue (catalogos.md §1.2); whatever is not one of the three is the default. */
export const estado = uno
  .optional()
  .transform((valor): 'activos' | 'inactivos' | 'todos' =>
    valor === 'inactivos' || valor === 'todos' ? valor : 'activos',
  )

/** Filters of `concepto/datatable_concepto/`. */
export const FiltrosConceptos = z.object({
  modo_vista: uno
    .optional()
    .transform((modo): 'ordinarios' | 'extraordinarios' =>
      modo === 'extraordinarios' ? 'extraordinarios' : 'ordinarios',
    ),
  filtro: linea('El filtro', 500).optional(),
  unidad_medida: id('La unidad de medida').optional(),
  sub_anexo: id('El sub-anexo').optional(),
  estado,
})
export type FiltrosConceptos = z.output<typeof FiltrosConceptos>

/** `concepto/pues_disponibles/` has no filters but the search. */
export const FiltrosPues = z.object({ filtro: linea('El filtro', 500).optional() })
export type FiltrosPues = z.output<typeof FiltrosPues>

/** Filters of `producto/datatable_producto/` (catalogos.md §9). */
export const FiltrosProductos = z.object({
  filtro: linea('El filtro', 500).optional(),
  tipo_partida: id('El tipo de partida').optional(),
  sitio: id('El sitio').optional(),
  unidad_medida: id('La unidad de medida').optional(),
  estado,
})
export type FiltrosProductos = z.output<typeof FiltrosProductos>

/** `produccion/buscar_productos_catalogo/?q=`. */
export const BuscarConceptos = z.object({ q: linea('La búsqueda', 200).optional() })

/** `:id` of the page of a concept. */
export const ParametroConcepto = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

/** Whatever a table was asked, as it came: `leerPeticionTabla` reads it. */
export const ConsultaDeTabla = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

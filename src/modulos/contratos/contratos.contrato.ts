/** What the pages and the answers about concepts share with the browser (catalogos.md §6). */
import type { Envoltura } from '../../comun/envoltura.ts'
import type { CampoFicha, Insignia, Opcion, RespuestaTabla } from '../../comun/contrato.ts'
import type { HistorialDeRegistro } from '../auditoria/auditoria.contrato.ts'

const RAIZ = '/operaciones/catalogos'

export const RUTA_CONCEPTO = {
  ordinarios: `${RAIZ}/conceptos/ordinarios/`,
  extraordinarios: `${RAIZ}/conceptos/extraordinarios/`,
  tabla: `${RAIZ}/concepto/datatable_concepto/`,
  exportar: `${RAIZ}/concepto/exportar/`,
  pues: `${RAIZ}/concepto/pues_disponibles/`,
  convertir: `${RAIZ}/concepto/convertir_pue/`,
  convertirVarios: `${RAIZ}/concepto/convertir_pues/`,
  crear: `${RAIZ}/producto/crear/`,
  obtener: `${RAIZ}/producto/obtener/`,
  editar: `${RAIZ}/producto/editar/`,
  eliminar: `${RAIZ}/producto/eliminar/`,
  reactivar: `${RAIZ}/producto/reactivar/`,
} as const

/** Page of one concept. */
export const rutaConcepto = (id: number): string => `${RAIZ}/conceptos/${String(id)}/`

/** Name of the two tables in saved views. */
export const VISTAS_DE_CONCEPTOS = {
  ordinarios: 'conceptos_ordinarios',
  extraordinarios: 'conceptos_extraordinarios',
} as const

export type ModoConceptos = 'ordinarios' | 'extraordinarios'

/** Row of `concepto/datatable_concepto/`; the last ones only in extraordinarios. Decimals are texts. */
export interface FilaConcepto {
  id: number
  id_partida: string
  descripcion: string
  unidad_medida: string
  /** Key of the sub-annex, or S/A. */
  anexo: string
  cantidad_referencia: string
  precio_unitario_mn: string
  precio_unitario_usd: string
  /** 'Activo' or 'Inactivo'. */
  activo: string
  activo_bool: boolean
  comentario: string
  /** Own of this system: key of the PUE that an ordinary concept was. */
  partida_extraordinaria: string
  pte?: string
  ot?: string
  estatus_pue?: string
  /** DD/MM/YYYY or ''. */
  fecha_sancion?: string
}

/** Row of `concepto/pues_disponibles/`. */
export interface FilaPue {
  id: number
  partida_extraordinaria: string
  descripcion: string
  unidad_medida: string
  precio_mn: string
  precio_usd: string
  pte: string
  ot: string
}
export type RespuestaPues = RespuestaTabla<FilaPue>

/** `producto/obtener/` (catalogos.md §6.2). */
export interface DatosConcepto {
  id: number
  id_partida: string
  descripcion_concepto: string
  anexo: string
  tipo_partida_id: number
  unidad_medida_id: number
  precio_unitario_mn: string
  precio_unitario_usd: string
  comentario: string
  activo: boolean
  cantidad_referencia: string
  pte_origen: string
  ot_origen: string
  /** Optimistic lock: goes back as it came in `producto/editar/`. */
  version: number
  /** Text of each choice by the name of its field: an inactive one is not among the options. */
  textos: Record<string, string>
}

/** One conversion of `concepto/convertir_pues/`. */
export interface Conversion {
  id_pue: number
  nueva_partida: string
  nuevo_anexo: string
  precio_mn?: string
  precio_usd?: string
}

/** 409 of `concepto/convertir_pues/`: nothing was converted. */
export interface ConversionRechazada extends Envoltura {
  errores: { id_pue: number | null; mensaje: string }[]
}

/** Result of `produccion/buscar_productos_catalogo/`. */
export interface ConceptoHallado {
  id: number
  /** "partida - descripción - anexo" */
  text: string
  partida: string
  unidad: string
  precio: string
  precio_usd: string
  clave_anexo: string
}

/** A price list that a conversion may go to. */
export interface AnexoDestino {
  id: number
  texto: string
}

export interface PuedeConceptos {
  crear: boolean
  editar: boolean
  eliminar: boolean
}

/** `v.datos` of views/contratos/conceptos.ejs. */
export interface PaginaConceptos {
  modo: ModoConceptos
  titulo: string
  puede: PuedeConceptos
  /** Active units, by their key. */
  unidades: Opcion[]
  /** Where a conversion goes when nobody says otherwise goes first. Empty = there is no active price list. */
  anexos: AnexoDestino[]
  /** Sub-annexes to filter by, by contract and annex; of the ordinary ones only. */
  sub_anexos: AnexoDestino[]
}

/** A price of the history, as its table shows it. */
export interface FilaPrecio {
  numero: number
  vigente: boolean
  precio_mn: string
  precio_usd: string
  cantidad: string
  fecha: string
  usuario: string
  /** 'Importación', 'Captura'… */
  origen: string
  /** Workbook, sheet and row; '' when nobody loaded it from one. */
  procedencia: string
  ruta: string
}

/** `v.datos` of views/contratos/concepto.ejs. */
export interface PaginaConcepto {
  id: number
  modo: ModoConceptos
  partida: string
  descripcion: string
  activo: boolean
  insignia: Insignia
  grupos: { titulo: string; campos: CampoFicha[] }[]
  precios: FilaPrecio[]
  actividad: HistorialDeRegistro
  puede: PuedeConceptos
  unidades: Opcion[]
}

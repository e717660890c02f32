/**
 * What the browser receives from the PTE module: JSON answers of pte.md §7, page data of the list and of the detail
 * page, and the few constants the pages need to draw them. Page views receive their data as `v.datos` (one object of
 * these types); the same object travels in `<script type="application/json" id="datos-pagina">`.
 */
import type { CampoFicha, Insignia, Opcion, RespuestaTabla } from '../../comun/contrato.ts'
import type { Envoltura } from '../../comun/envoltura.ts'
import type { HistorialDeRegistro } from '../auditoria/auditoria.contrato.ts'
import { ESTATUS_PASO } from '../../comun/pasos.ts'
import { type AvancePte, ESTATUS_PTE } from './pte.tipos.ts'

// ---------------------------------------------------------------------------------------------- constants

/** The codes live in `pte.tipos.ts` and `comun/pasos.ts`, the only places where their numbers are written. */
export { type AvancePte, ESTATUS_DE_PTE, LARGO_PTE, PRIORIDADES } from './pte.tipos.ts'
export { ESTATUS_DE_PASO, ESTATUS_LEIDOS_DE_PASO, FECHA_DE_PASO, PASOS_CON_FECHAS_FIJAS } from '../../comun/pasos.ts'

/** The only status of a step that asks for a date (§8.2.4). */
export const PASO_COMPLETADO = ESTATUS_PASO.COMPLETADO

/** The only header status that asks for a date (§8.2.1). */
export const ESTATUS_ENTREGADA = ESTATUS_PTE.ENTREGADA

/** Kinds of OT that the dialog offers, as they travel in `tipo_ot` (§7.18). */
export const TIPO_DE_OT = { INICIAL: '4', REPROGRAMACION: '5' } as const

/** Name of this table in saved views. */
export const VISTAS_DE_PTE = 'pte'

export const rutaListaPte = '/operaciones/pte/'
export const rutaPte = (id: number): string => `${rutaListaPte}${String(id)}/`

/**
 * Addresses of the module. The lists of clients and project leads (`pte/obtener_clientes/`,
 * `pte/obtener_responsables/`) and the initial orders of the dialog (`ot/obtener_ot_iniciales/?q=`) are of other modules.
 */
export const RUTA_PTE = {
  tabla: '/operaciones/pte/datatable/',
  /** The whole filtered set: the parameters of the table plus `formato` (xlsx, csv) and `columnas` (keys with commas). */
  exportar: '/operaciones/pte/exportar/',
  /** `?pte_header_id=` */
  pasos: '/operaciones/pte/detalle/datatable/',
  /** `?pte_header_id=` */
  subpasos: '/operaciones/pte/datatable-subpasos/',
  /** `?id=` */
  obtenerDatos: '/operaciones/pte/obtener_datos/',
  crear: '/operaciones/pte/crear/',
  /** The same fields, `id` and `version`; a late version is a 409 with `codigo` VERSION, `cambios` and `datos` (DatosPte). */
  editar: '/operaciones/pte/editar/',
  /** `id` */
  eliminar: '/operaciones/pte/eliminar/',
  /** `pte_id`, `nuevo_estatus`, `comentario?`, `fecha_entrega?` */
  cambiarEstatus: '/operaciones/pte/cambiar_estatus_pte/',
  /** `paso_id`, `nuevo_estatus`, `comentario?`, `fecha_entrega?` */
  cambiarEstatusPaso: '/operaciones/pte/cambiar_estatus_paso/',
  /** `id_paso`, `tipo` (FECHA_DE_PASO), `fecha` (ISO or ''); answers `fecha_actualizada` (ISO, or null when it was cleared) */
  actualizarFecha: '/operaciones/pte/actualizar-fecha/',
  /** `paso_id`, `archivo` (URL or ''); answers `archivo` as it was stored, '' when it was cleared */
  guardarArchivo: '/operaciones/pte/guardar_archivo_pte/',
  /** `?pte_id=` */
  progreso: '/operaciones/pte/obtener-progreso-general-pte/',
  /** `?pte_header_id=` */
  progresoPadre: '/operaciones/pte/obtener-progreso-paso4/',
  /** `pte_id`, `oficio`, `tipo_ot` ('4' or '5'), `ot_principal?`, `num_reprogramacion?` */
  crearOt: '/operaciones/ot/crear-desde-pte/',
} as const

// ------------------------------------------------------------------------------------------- JSON answers

/**
 * Row of `pte/datatable/` (§7.3). Filters of the address: `filtro`, `estatus`, `tipo[]` (repeated; `tipo` with commas
 * is read too), `responsable_proyecto`, `anio`, `cliente`.
 */
export interface FilaPte extends AvancePte {
  id: number
  id_tipo_id: number
  descripcion_tipo: string
  oficio_pte: string
  oficio_solicitud: string
  descripcion_trabajo: string
  /** The stored number; a legacy 9 travels as 15. */
  estatus: number
  estatus_texto: string
  /** ISO. */
  fecha_solicitud: string | null
  /** DD/MM/YYYY. */
  fecha_entrega: string | null
  responsable_proyecto: number | ''
  plazo_dias: number
  id_cliente_id: number | null
  /** 15 CONTRATO, 16 INTERCOM; null without client. */
  tipo_cliente: number | null
  /** Conditions 1 to 3 of R-PTE-13: the action «Crear Orden de Trabajo» shows (with `puede.crear_ot`). */
  puede_crear_ot: boolean
  /** Own of this system, for the optional columns and the dialogs. */
  cliente: string
  responsable_proyecto_texto: string
  prioridad: number | null
  prioridad_texto: string
  /** Two decimals. */
  total_homologado: string
  /** Folio of the related OT, ''. */
  id_orden_trabajo: string
  comentario: string
  /** Folios of its live OTs: the dialog of deletion names them (§14.6). */
  ots_vivas: string[]
}

/** `pte/datatable/` also answers the sum of the whole filtered set, for the footer. */
export interface RespuestaTablaPte extends RespuestaTabla<FilaPte> {
  totales: { total_homologado: string }
}

/** What steps and substeps have in common. Days of start and end are ISO, the delivery is DD/MM/YYYY. */
interface FilaDePaso {
  id: number
  orden: string
  desc_paso: string
  /** 1, 2, 3, 4, 14; 15 in old rows. */
  estatus_pte: number
  estatus_pte_texto: string
  fecha_entrega: string | null
  fecha_inicio: string | null
  fecha_termino: string | null
  comentario: string
  folio_pte: string
  archivo: string | null
}

/** Row of `pte/detalle/datatable/` (§7.4): main steps only. */
export interface FilaPasoPte extends FilaDePaso {
  tipo_paso: 1
  es_subpaso: false
  /** It has an expand icon, a bar instead of the status menu, and its status is not settable (§6.4). */
  tiene_subpasos: boolean
  /** Null when it has none. */
  progreso_subpasos: number | null
  total_subpasos: number
  subpasos_completados: number
  tipo_cliente: number | null
}

/** Row of `pte/datatable-subpasos/` (§7.5). */
export interface FilaSubpasoPte extends FilaDePaso {
  tipo_paso: 2
  es_subpaso: true
}

/** `pte/obtener_datos/` (§7.9). Days are ISO or ''; the amount is a text with two decimals. */
export interface DatosPte {
  id: number
  oficio_pte: string
  oficio_solicitud: string
  descripcion_trabajo: string
  fecha_solicitud: string
  fecha_entrega: string
  /** Null only on PTEs of the historical import. */
  plazo_dias: number | null
  id_prioridad: number | null
  id_tipo: number
  id_cliente: number | null
  id_responsable_proyecto: number | null
  total_homologado: string
  /** Folio of the related OT, ''; the field of the form is `oficio_ot`. */
  id_orden_trabajo: string
  comentario: string
  estatus: number
  /**
   * Text of each choice by the name of its form field (`id_cliente`, `responsable_proyecto`, `id_tipo`), for the
   * selects: an inactive one is not among their options.
   */
  textos: Record<string, string>
  /** Optimistic lock: goes back as it came in `pte/editar/`. */
  version: number
}

export interface RespuestaDatosPte {
  exito: true
  datos: DatosPte
}

/** Answer of `pte/crear/`. */
export interface RespuestaCrearPte extends Envoltura {
  id: number
  registro_id: number
}

/** Answer of `pte/editar/`. `pasos_regenerados`: the client is of another type and the steps are new (R-PTE-09). */
export interface RespuestaEditarPte extends Envoltura {
  registro_id: number
  version: number
  pasos_regenerados: boolean
}

/** Answer of `pte/cambiar_estatus_pte/` (§7.12). */
export interface RespuestaEstatusPte extends Envoltura {
  estatus: number
  estatus_texto: string
  /** DD/MM/YYYY. */
  fecha_entrega: string | null
}

/** Answer of `pte/cambiar_estatus_paso/` (§7.13). */
export interface RespuestaPasoPte extends Envoltura, AvancePte {
  pte_id: number
  /** The parent was completed by itself in this change (§6.4). */
  paso_actualizado_4: boolean
  paso: FilaPasoPte | FilaSubpasoPte
  /** The parent of the substep as it is now; null when the step has no parent. */
  paso_padre: FilaPasoPte | null
  /** As in the row of the list, after the change. */
  puede_crear_ot: boolean
}

/** `pte/obtener-progreso-general-pte/` (§7.14). */
export interface RespuestaProgresoPte extends AvancePte {
  exito: true
  puede_crear_ot: boolean
}

/** `pte/obtener-progreso-paso4/` (§7.15). */
export interface RespuestaProgresoPadre {
  exito: true
  progreso: number
  subpasos_completados: number
  total_subpasos: number
  descripcion_paso: string
}

/** Answer of `ot/crear-desde-pte/` (§7.18). */
export interface RespuestaCrearOtDesdePte extends Envoltura {
  /** The new OT. */
  registro_id: number
  orden_trabajo: string
  num_reprogramacion: number | null
  /** Page of the new OT. */
  ruta: string
}

// ---------------------------------------------------------------------------------------------- page data

/** What the person may do here; a control that is false is not on the page. */
export interface PuedePte {
  crear: boolean
  editar: boolean
  eliminar: boolean
  /** Steps: `change_ptedetalle`. */
  pasos: boolean
  exportar: boolean
  /** The list leads to the import of history. */
  importar: boolean
  /** `add_ote`: with `puede_crear_ot` of the row or of the page. */
  crear_ot: boolean
  /** `view_ote`: the initial orders of the dialog and the pages of the OTs can be opened. */
  ver_ot: boolean
}

/** Lists of the form and of the filters, active rows only. */
export interface CatalogosPte {
  responsables: Opcion[]
  /** With their type: 15 CONTRATO, 16 INTERCOM. */
  clientes: (Opcion & { id_tipo: number })[]
  /** Kinds of PTE in the order of the selects (§4.1). */
  tipos: Opcion[]
}

/** `v.datos` of views/pte/lista.ejs. */
export interface PaginaListaPte {
  /** Today in the business zone, ISO. */
  hoy: string
  puede: PuedePte
  catalogos: CatalogosPte
  /** Years of the folios plus the current one, newest first. */
  anios: number[]
}

/** A live OT born from the PTE, and the reprogramaciones of its family. */
export interface FamiliaDePte {
  ot: OtDePte
  reprogramaciones: OtDePte[]
}

export interface OtDePte {
  id: number
  /** '' without `view_ote`. */
  ruta: string
  /** 'Inicial' or 'Reprogramación 2'. */
  etiqueta: string
  orden_trabajo: string
  oficio_ot: string
  /** DD/MM/YYYY or ''. */
  inicio: string
  termino: string
  estatus: Insignia
}

/** `v.datos` of views/pte/detalle.ejs, `/operaciones/pte/<id>/`. */
export interface PaginaDetallePte {
  hoy: string
  id: number
  oficio_pte: string
  descripcion_trabajo: string
  /** Kind of proposal. */
  tipo_texto: string
  estatus: Insignia
  progreso: AvancePte
  puede_crear_ot: boolean
  /** Why not, for a note on the page: '' when it can be created or an OT exists already. */
  motivo_sin_ot: string
  /** 'Datos generales', 'Fechas y plazo', 'Importe'. */
  grupos: { titulo: string; campos: CampoFicha[] }[]
  /** Live OTs of this PTE by family, oldest first. */
  familias: FamiliaDePte[]
  /** Folios of its live OTs, for the dialog of deletion. */
  ots_vivas: string[]
  /** Of the header and of its steps, for `componentes/actividad`. */
  actividad: HistorialDeRegistro
  puede: PuedePte
  catalogos: CatalogosPte
}

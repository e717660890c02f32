/**
 * What the browser receives from the OT module: JSON answers of ot.md §6, page data of the three pages, and the
 * few constants the page needs to draw them. Page views receive their data as `v.datos` (one object of these
 * types); the same object travels in `<script type="application/json" id="datos-pagina">`.
 */
import type { Tono } from '../../comun/colores.ts'
import type { CampoFicha, Opcion, RespuestaTabla } from '../../comun/contrato.ts'
import type { Envoltura } from '../../comun/envoltura.ts'
import type { HistorialDeRegistro } from '../auditoria/auditoria.contrato.ts'
import { type AvanceOt as ProgresoOt, ESTATUS_OT, ESTATUS_PASO } from './ot.tipos.ts'

// ---------------------------------------------------------------------------------------------- constants

/** The codes live in `ot.tipos.ts`, the only place where their numbers are written. */
export {
  ESTATUS_OPERATIVOS,
  type ClaseSitio,
  FRENTE_DE_SITIO,
  FRENTE_OT,
  MOTIVOS_REPROGRAMACION,
  ORDEN_ESTATUS_FILTRO,
  POR_DEFINIR,
  type AvanceOt as ProgresoOt,
  REGLAS_FRENTE,
  TIPO_OT,
} from './ot.tipos.ts'
export type { Tono } from '../../comun/colores.ts'
export type { CampoFicha, EstatusMostrado, Opcion, RespuestaTabla } from '../../comun/contrato.ts'
export { ESTATUS_DE_PASO, ESTATUS_LEIDOS_DE_PASO, FECHA_DE_PASO, PASOS_CON_FECHAS_FIJAS } from '../../comun/pasos.ts'

export const ESTATUS_TERMINADA = ESTATUS_OT.TERMINADA
export const PASO_COMPLETADO = ESTATUS_PASO.COMPLETADO

/** Name of this table in saved views. */
export const VISTAS_DE_OT = 'ot'

export const rutaListaOt = '/operaciones/ot/'
export const rutaOt = (id: number): string => `${rutaListaOt}${String(id)}/`
export const rutaLinajeOt = (id: number): string => `${rutaOt(id)}linaje/`

// ------------------------------------------------------------------------------------------- JSON answers

/** Row of `ot/datatable/` (ot.md §6.2). Days are `DD/MM/YYYY`. */
export interface FilaOt extends ProgresoOt {
  id: number
  id_tipo_id: number
  descripcion_tipo: string
  id_frente: number | null
  id_embarcacion: number | null
  id_plataforma: number | null
  id_intercom: number | null
  id_patio: number | null
  id_cliente_id: number | null
  estatus: string
  estatus_numero: number
  estatus_ot_id: number
  estatus_ot_texto: string
  responsable_proyecto: number | ''
  responsable_cliente: string
  id_pte_id: number | null
  pte_padre: string
  oficio_ot: string
  orden_trabajo: string
  descripcion_trabajo: string
  comentario: string
  fecha_inicio_programada: string | null
  fecha_termino_programada: string | null
  fecha_inicio_real: string | null
  fecha_termino_real: string | null
  ot_principal: number | null
  num_reprogramacion: number | null
  plazo_dias: number | null
  tiene_reprogramaciones: boolean
  count_reprogramaciones: number
  /** Own of this system, for the optional columns: names instead of ids, and amounts with two decimals. */
  cliente: string
  responsable_proyecto_texto: string
  frente: string
  sitio: string
  monto_mxn: string
  monto_usd: string
}

/** `ot/datatable/` also answers the sums of the whole filtered set, for the footer. */
export interface RespuestaTablaOt extends RespuestaTabla<FilaOt> {
  totales: { monto_mxn: string; monto_usd: string }
}

/** `ot/obtener_datos/` (ot.md §6.3). Days are ISO; decimals are texts. */
export interface DatosOt {
  id: number
  id_tipo_id: number
  id_frente: number | null
  id_embarcacion: number | null
  id_plataforma: number | null
  id_intercom: number | null
  id_patio: number | null
  id_cliente: number | null
  descripcion_tipo: string
  estatus_ot: number
  responsable_proyecto: number | ''
  responsable_cliente: string
  id_pte_id: number | ''
  pte_padre: string
  oficio_ot: string
  estatus: number
  orden_trabajo: string
  descripcion_trabajo: string
  fecha_inicio_programado: string | null
  fecha_inicio_real: string | null
  fecha_termino_programado: string | null
  fecha_termino_real: string | null
  comentario: string
  ot_principal: number | null
  /** Folio of the principal, so that the form can show it without the whole list. */
  ot_principal_folio: string | null
  num_reprogramacion: number | null
  monto_mxn: string
  monto_usd: string
  plazo_dias: number | null
  requiere_patio: boolean
  fecha_inicio_patio: string | null
  fecha_fin_patio: string | null
  motivo_reprogramacion: string | null
  comentario_reprogramacion: string
  /** Text of each choice by the name of its field, for the selects: an inactive one is not among their options. */
  textos: Record<string, string>
  /** Optimistic lock: goes back as it came in `ot/editar/`. */
  version: number
}

export interface RespuestaDatosOt {
  exito: true
  datos: DatosOt
}

/** Row of `ot/obtener_ot_iniciales/`; `?q=` narrows by folio (at most 50), `?ot_id=` leaves one out. */
export interface OtInicial {
  id: number
  orden_trabajo: string
  descripcion_trabajo: string
  oficio_ot: string
}

/** Answer of `ot/crear-ot-reprogramacion/`. */
export interface RespuestaAltaOt extends Envoltura {
  id_nuevo: number
  registro_id: number
  /** Null on an initial order. */
  num_reprogramacion: number | null
}

/** Answer of `ot/cambiar_estatus_ot/`. */
export interface RespuestaEstatusOt extends Envoltura {
  estatus_ot_id: number
  estatus_ot_texto: string
  fecha_termino_real: string | null
}

/** Row of `ot/detalle/datatable/` (ot.md §6.11); `oficio_ot` contains the folio. */
export interface FilaPaso {
  id: number
  orden: string
  desc_paso: string
  tipo_paso: number
  estatus_paso: number
  estatus_texto: string
  fecha_entrega: string | null
  fecha_inicio: string | null
  fecha_termino: string | null
  comentario: string
  archivo: string | null
  oficio_ot: string
  id_ot: number
}

/** `ot/obtener_progreso_general_ot/` (ot.md §6.15). */
export interface RespuestaProgresoOt extends ProgresoOt {
  exito: true
  ot_id: number
  /** Same as `progreso_final`. */
  progreso: number
}

/** Answer of `ot/cambiar_estatus_paso/`: envelope, the row as it is now, and the progress of its OT. */
export interface RespuestaPaso extends Envoltura, ProgresoOt {
  paso: FilaPaso
}

/** Row of `ot/datatable-importaciones/` (ot.md §6.16). */
export interface FilaAnexo {
  codigo_concepto: string
  descripcion: string
  unidad: string
  cantidad: string
  precio_unitario_mn: string
  precio_unitario_usd: string
  importe: string
}
export interface RespuestaTablaAnexo extends RespuestaTabla<FilaAnexo> {
  totales: { mn: string; usd: string; homologado: string; tipo_cambio: string }
}

// ---------------------------------------------------------------------------------------------- page data

export interface OpcionSitio extends Opcion {
  id_frente: number
}

/** What the person may do here; a control that is false is not on the page. */
export interface PuedeOt {
  crear: boolean
  editar: boolean
  eliminar: boolean
  /** Steps: `change_otdetalle`. */
  pasos: boolean
  exportar: boolean
  /** The list leads to the import of history. */
  importar: boolean
  /** Its page leads to its production. */
  produccion: boolean
  /** Its page leads to a new estimation. */
  estimar: boolean
  /** Its Anexo C is shown. */
  anexo: boolean
}

/** Lists of the form and of the filters, each by its text. */
export interface CatalogosOt {
  responsables: Opcion[]
  clientes: Opcion[]
  /** Active sites with their class (3 patio, 5 intercom, 6 embarcación, 7 plataforma). */
  sitios: OpcionSitio[]
}

/** `v.datos` of views/ot/lista.ejs. */
export interface PaginaListaOt {
  /** Today in the business zone, ISO. */
  hoy: string
  puede: PuedeOt
  catalogos: CatalogosOt
  /** Years present in the data (by letter or by programmed start), newest first. */
  anios: number[]
}

export interface MiembroFamilia {
  id: number
  ruta: string
  /** 'Inicial' or 'Reprogramación 2'. */
  etiqueta: string
  orden_trabajo: string
  oficio_ot: string
  /** DD/MM/YYYY or ''. */
  inicio: string
  termino: string
  estatus: { id: number; texto: string; tono: Tono }
  /** The one this page is about. */
  actual: boolean
}

/** `v.datos` of views/ot/detalle.ejs, `/operaciones/ot/<id>/`. */
export interface PaginaDetalleOt {
  hoy: string
  id: number
  id_tipo: number
  orden_trabajo: string
  descripcion_trabajo: string
  /** 'Orden inicial' or 'Reprogramación 2 de OT-…'. */
  tipo_texto: string
  /** -1 por definir, 1 activa. */
  estatus_logico: number
  estatus: { id: number; texto: string; tono: Tono }
  progreso: ProgresoOt
  grupos: { titulo: string; campos: CampoFicha[] }[]
  /** Initial order first, then its reprogramaciones by number; includes this one. */
  familia: MiembroFamilia[]
  /** Live reprogramaciones of this OT, for the deletion dialog. */
  count_reprogramaciones: number
  actividad: HistorialDeRegistro
  ruta_linaje: string
  /** Reports of production of its family; null for who may not see production. */
  ruta_reportes: string | null
  /** A new estimation of its family, for who may make it. */
  ruta_estimar: string | null
  puede: PuedeOt
  catalogos: CatalogosOt
}

/** Days and amounts of one version minus another; null where a date is missing on either side. */
export interface DiferenciaVersion {
  inicio: number | null
  termino: number | null
  dias: number | null
  monto_mxn: string
  monto_usd: string
}

export interface VersionLinaje {
  id: number
  ruta: string
  /** 'Inicial', 'Reprogramación 1'… */
  etiqueta: string
  numero: number | null
  oficio_ot: string
  /** Programme and actual days, ISO. */
  inicio: string | null
  termino: string | null
  inicio_real: string | null
  termino_real: string | null
  /** Days of the programme, both ends included; null without both dates. */
  dias: number | null
  monto_mxn: string
  monto_usd: string
  estatus: { id: number; texto: string; tono: Tono }
  /** Text of the reason; '' when nobody set it. */
  motivo: string
  comentario: string
  /** Null on the initial order. */
  contra_anterior: DiferenciaVersion | null
  /** Null on the initial order. The accumulated difference. */
  contra_inicial: DiferenciaVersion | null
}

export interface ComparacionLinaje {
  a: number
  b: number
  campos: { campo: string; a: string; b: string; igual: boolean }[]
}

/** `v.datos` of views/ot/linaje.ejs, `/operaciones/ot/<id>/linaje/?a=<id>&b=<id>`. */
export interface PaginaLinajeOt {
  hoy: string
  /** The OT of the address (may be a reprogramación). */
  id: number
  principal: { id: number; ruta: string; orden_trabajo: string; descripcion_trabajo: string; cliente: string }
  versiones: VersionLinaje[]
  /** Sum of `contra_anterior` of all versions = last minus initial. Null with a single version. */
  suma: DiferenciaVersion | null
  comparacion: ComparacionLinaje | null
  /** Address of the same table as a workbook; '' without permission to export. */
  ruta_exportar: string
}

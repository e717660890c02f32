/** What the pages of billing and their server agree on. */
import type { RespuestaTabla } from '../../comun/contrato.ts'
import { diasDelMes } from '../../comun/fechas.ts'
import type { ClaveCobro, EstatusEstimacion } from './estatus.tipos.ts'
import type { PanelDeDeducciones } from './deducciones/deducciones.contrato.ts'
import type { TasaDelDia } from './tasas/tasas.contrato.ts'

export { TONO_ESTATUS } from './estatus.tipos.ts'

export const RUTA_ESTIMACION = {
  LISTA: '/operaciones/estimaciones/',
  NUEVA: '/operaciones/estimaciones/nueva/',
  TABLA: '/operaciones/estimaciones/datatable/',
  EXPORTAR_LISTA: '/operaciones/estimaciones/exportar/',
  EXCEL: '/operaciones/estimaciones/exportar_excel/',
  PDF: '/operaciones/estimaciones/exportar_pdf/',
  RADAR: '/operaciones/estimaciones/radar/',
  RADAR_EXPORTAR: '/operaciones/estimaciones/radar/exportar/',
  RADAR_PARTES: '/operaciones/estimaciones/radar/partes/',
  RADAR_PARTES_EXPORTAR: '/operaciones/estimaciones/radar/partes/exportar/',
  EXPEDIENTE: '/operaciones/estimaciones/expediente/',
  CANDIDATAS: '/operaciones/estimaciones/candidatas/',
  OBTENER: '/operaciones/estimaciones/obtener/',
  DETALLE: '/operaciones/estimaciones/detalle/datatable/',
  CREAR: '/operaciones/estimaciones/crear/',
  EDITAR: '/operaciones/estimaciones/editar/',
  AGREGAR: '/operaciones/estimaciones/agregar_detalles/',
  QUITAR: '/operaciones/estimaciones/quitar_detalles/',
  AJUSTAR: '/operaciones/estimaciones/ajustar_detalle/',
  RECHAZAR: '/operaciones/estimaciones/rechazar_detalle/',
  PRECIOS: '/operaciones/estimaciones/actualizar_precios/',
  ESTATUS: '/operaciones/estimaciones/cambiar_estatus/',
} as const

/** Page of an estimation. */
export function rutaEstimacion(id: number): string {
  return `${RUTA_ESTIMACION.LISTA}${String(id)}/`
}

/** A new estimation of an OT; without a period the page takes the last month with something to bill. */
export function rutaNueva(idOt: number, desde?: string, hasta?: string): string {
  const periodo = desde === undefined || hasta === undefined ? '' : `&fecha_desde=${desde}&fecha_hasta=${hasta}`
  return `${RUTA_ESTIMACION.NUEVA}?id_ot=${String(idOt)}${periodo}`
}

/** A new estimation of a month of an OT. */
export function rutaEstimarMes(idOt: number, anio: number, mes: number): string {
  const dia = (numero: number): string =>
    `${String(anio)}-${String(mes).padStart(2, '0')}-${String(numero).padStart(2, '0')}`
  return rutaNueva(idOt, dia(1), dia(diasDelMes(anio, mes)))
}

/** Name of the list in saved views. */
export const VISTAS_DE_ESTIMACIONES = 'estimaciones'

/** A row of the list. */
export interface FilaEstimacion {
  readonly id: number
  readonly id_ot: number
  readonly numero: number
  readonly ot: string
  readonly descripcion: string
  readonly cliente: string | null
  readonly fecha_estimacion: string
  readonly fecha_desde: string
  readonly fecha_hasta: string
  readonly estatus_id: number
  readonly clave_estatus: ClaveCobro
  readonly estatus: string
  readonly total_volumen_estimado: string
  readonly total_importe_mn: string
  readonly total_importe_usd: string
  readonly total_homologado: string
  readonly tipo_cambio: string
  readonly tipo_cambio_fuente: string
  /** After its deductions. */
  readonly neto_homologado: string
  readonly version: number
}

/** The list with the sums of what is filtered. */
export interface RespuestaEstimaciones extends RespuestaTabla<FilaEstimacion> {
  readonly totales: Readonly<
    Record<'total_volumen_estimado' | 'total_importe_mn' | 'total_importe_usd' | 'total_homologado', string>
  >
}

/** A production row that may be billed, or why not. */
export interface FilaCandidata {
  readonly id_produccion: number
  readonly fecha: string
  readonly sitio: string
  readonly tipo_tiempo: string
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly volumen: string
  readonly saldo: string
  readonly pu_mn: string
  readonly pu_usd: string
  readonly importe_mn: string
  readonly importe_usd: string
  readonly estimable: boolean
  readonly motivos: readonly string[]
}

/** A line of an estimation. */
export interface FilaDetalle {
  readonly id_detalle: number
  readonly id_produccion: number
  readonly fecha: string
  readonly sitio: string
  readonly tipo_tiempo: string
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly volumen_actual: string
  readonly volumen_estimado: string
  readonly pu_mn: string
  readonly pu_usd: string
  readonly importe_mn: string
  readonly importe_usd: string
  readonly comentario_ajuste: string
  readonly rechazada: boolean
  readonly estatus: ClaveCobro
  readonly excedente: boolean
}

interface Opcion {
  readonly valor: string | number
  readonly texto: string
}

/** Data of the list page. */
export interface PaginaEstimaciones {
  readonly puede: { readonly crear: boolean; readonly exportar: boolean; readonly cancelar: boolean }
  /** Those that may still be cancelled. */
  readonly cancelables: readonly ClaveCobro[]
  /** Orders with estimations, and that of the address. */
  readonly ots: readonly Opcion[]
  readonly estatus: readonly Opcion[]
  readonly clientes: readonly Opcion[]
}

/** Data of the page of a new estimation; the period is that of the address, or the last month with something to bill. */
export interface PaginaNueva {
  readonly hoy: string
  readonly fecha_desde: string
  readonly fecha_hasta: string
  readonly ot: { readonly id: number; readonly texto: string } | null
  /** The rate that an estimation of today takes. */
  readonly tasa: TasaDelDia
}

/** What a draft may change of its header. */
export interface CabeceraEditable {
  readonly fecha_desde: string
  readonly fecha_hasta: string
  readonly fecha_estimacion: string
  readonly tipo_cambio: string
  readonly tipo_cambio_fuente: string
  /** The rate that somebody typed; empty when it is that of its date. */
  readonly tasa_escrita: string
  readonly tasa_de_su_fecha: TasaDelDia
  readonly comentario: string
}

/** Data of the page of an estimation that its script needs. */
export interface PaginaEstimacion {
  readonly id: number
  readonly folio: string
  readonly id_ot: number
  readonly ot: string
  readonly version: number
  readonly estatus: EstatusEstimacion
  readonly hoy: string
  readonly transiciones: readonly EstatusEstimacion[]
  readonly cabecera: CabeceraEditable
  readonly deducciones: PanelDeDeducciones
  /** The rate of its date, when a draft took another of the table and that one is no longer it. */
  readonly tasa_nueva: TasaDelDia | null
  readonly puede: { readonly editar: boolean; readonly rechazar: boolean; readonly exportar: boolean }
  /** May make another estimation. */
  readonly puede_crear: boolean
}

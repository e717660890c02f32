/** What the sábana (the month grid of an OT at a site) and its server agree on (produccion.md §6.2, §6.5 to §6.8). */
import type { EnvolturaCon } from '../../../comun/envoltura.ts'
import type { BloqueoDeCelda, TipoTiempo } from './captura.tipos.ts'

export {
  ANEXOS_CON_GPU,
  TEXTO_BLOQUEO_CELDA,
  TIPOS_TIEMPO,
  type BloqueoDeCelda,
  type TipoTiempo,
} from './captura.tipos.ts'

export const RUTA_PARTIDAS_PRODUCCION = '/operaciones/produccion/obtener_partidas_produccion/'
export const RUTA_GUARDAR_PRODUCCION = '/operaciones/produccion/guardar_produccion_masiva/'
export const RUTA_BUSCAR_CONCEPTOS = '/operaciones/produccion/buscar_productos_catalogo/'
export const RUTA_VINCULAR_PARTIDA = '/operaciones/produccion/vincular_partida_ot/'

/** Who left the value of the active type as it is, and when (local). */
export interface AutorDeCelda {
  usuario: string
  fecha: string
}

/** A day of a concept. Volumes with six decimals. Null in its place: nothing produced, nothing programmed. */
export interface CeldaProduccion {
  /** TE or CMA, the one that was asked for. */
  valor: string
  programado: string
  es_excedente: boolean
  te_dia: string
  cma_dia: string
  /** Only that cell, of the active type, is closed. */
  bloqueado?: BloqueoDeCelda
  /** Its live estimations, each with its status: «EST-1 (ENVIADA)». */
  estimacion?: string
  /** Its GPU has evidence: it can be changed, not emptied. */
  con_evidencia?: true
  /** Clave of the billing state of the active type; absent without production of that type. */
  estatus_cobro?: string
  autor?: AutorDeCelda
}

type Dia =
  | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16
  | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 29 | 30 | 31 // prettier-ignore

export type CeldasDelMes = { [D in Dia as `dia${D}`]: CeldaProduccion | null }

/** Production of the concept in the month at other sites: the preview of excedentes needs it. */
export interface VolumenEnOtroSitio {
  dia: number
  tipo_tiempo: TipoTiempo
  id_sitio: number
  volumen: string
}

interface SumasDeFila {
  vol_total_proyectado: string
  acumulado_mes: string
  acumulado_programado: string
  monto_mn: string
  monto_usd: string
}

/** A concept of the family. Volumes with 6 decimals, prices with 4, amounts with 2. */
export interface FilaDeConcepto extends SumasDeFila, CeldasDelMes {
  es_subtitulo: false
  /** Id used to write. */
  id_partida_imp: number
  codigo: string
  concepto: string
  /** Annex as its workbook says it; `anexo_clave`, as it is compared and subtotalled. */
  anexo: string
  anexo_clave: string
  unidad: string
  pu_mn: string
  pu_usd: string
  /** Link of the month. */
  archivo: string
  estatus_gpu: 'AUTORIZADO' | 'BLOQUEADO'
  /** It has production, and no active annex contains it any more: its authorised volume is 0. */
  sin_anexo_vigente: boolean
  /** Volume of the whole family before this month. */
  previo: string
  otros_sitios: VolumenEnOtroSitio[]
}

/** Sums of an annex, before its rows; `te_dia`, `cma_dia` and `programado` of each day. */
export interface FilaDeSubtotal extends SumasDeFila, CeldasDelMes {
  es_subtitulo: true
  id_partida_imp: `SUBTITULO_${string}`
  codigo: ''
  concepto: string
  anexo: string
  anexo_clave: string
  unidad: ''
  estatus_gpu: ''
  _attributes: { disabled: true; class: string }
}

export type FilaDeSabana = FilaDeConcepto | FilaDeSubtotal

export type Moneda = 'mn' | 'usd'

/** Cards of §5.12, amounts with 2 decimals. `acum`: before this month. `resta` = aut − acum_general. */
export type TotalesDeSabana = {
  [T in 'aut' | 'ejec' | 'acum' | 'resta' | 'ejec_total' | 'acum_general' as `${T}_${Moneda}`]: string
}

export interface Sabana {
  partidas: FilaDeSabana[]
  dias_bloqueados: number[]
  dias_firmados: number[]
  dias_fuera_vigencia: number[]
  totales: TotalesDeSabana | Record<string, never>
  version: number
  mes_cerrado: boolean
}

/** A cell that somebody changed. `valor_anterior`: as last seen, '' or '0' for nothing. */
export interface CambioDeCelda {
  id_partida_imp: number
  dia: number
  valor: string
  valor_anterior?: string
}

export interface GuardarProduccion {
  id_ot: number
  mes: number
  anio: number
  id_sitio: number
  tipo_tiempo: TipoTiempo
  version?: number
  cambios: CambioDeCelda[]
}

/** A cell that cannot be saved, and why (`errores` of a 400 or a 409). */
export interface ErrorDeCelda {
  id_partida_imp: number
  codigo: string
  dia: number
  motivo: string
}

/** A cell that somebody else changed since it was seen (`conflictos` of a 409). */
export interface ConflictoDeCelda {
  /** Code and day, to be read: '2.1. · día 12'. */
  clave: string
  id_partida_imp: number
  codigo: string
  dia: number
  propuesto: string
  guardado: string
  usuario: string
  fecha: string
}

export type RespuestaGuardarProduccion = EnvolturaCon<{
  mensaje: string
  creados: number
  actualizados: number
  eliminados: number
  gpus_creados: number
  excedentes_nuevos: { codigo: string; dia: number }[]
  version: number
}>

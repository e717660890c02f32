/** What the page of production and its server agree on. */
import type { FechaIso } from '../../comun/fechas.ts'

export const RUTA_PRODUCCION = '/operaciones/produccion/'
/** Sites with OTs, for the selector (§6.2). */
export const RUTA_SITIOS = `${RUTA_PRODUCCION}obtener_sitios_con_ots_ejecutadas/`

/** What the person may do on the page. */
export interface PuedeProduccion {
  readonly crear: boolean
  readonly editar: boolean
  readonly diarios: boolean
  readonly abrir_dia: boolean
  readonly gpu: boolean
  readonly abrir_gpu: boolean
  readonly enlace: boolean
  readonly cerrar_mes: boolean
  readonly reabrir_mes: boolean
  readonly guardias: boolean
  readonly exportar: boolean
  readonly estimar: boolean
}

/** Own data of the page. */
export interface PaginaProduccion {
  readonly hoy: FechaIso
  /** Month and year that the page opens with, when its address does not say. */
  readonly mes: number
  readonly anio: number
  readonly anios: readonly number[]
  /** Pesos of a dollar, to compare amounts (§5.12): what is typed over it is not saved. */
  readonly tipo_cambio: string
  readonly puede: PuedeProduccion
}

/** Tabs of the page, as its address names them. */
export const PESTANAS_PRODUCCION = ['diarios', 'produccion', 'gpu'] as const
export type PestanaProduccion = (typeof PESTANAS_PRODUCCION)[number]

/** Where somebody is sent to see or mend something. */
export interface LugarDeProduccion {
  readonly sitio?: number | undefined
  readonly mes: number
  readonly anio: number
  readonly ot?: number | undefined
  readonly pestana?: PestanaProduccion | undefined
  /** Day of the month whose cell gets the focus; in the other tabs, of that partida. */
  readonly dia?: number | undefined
  readonly partida?: number | undefined
  /** Kind of time that *Producción* opens with. */
  readonly tipo?: 'TE' | 'CMA' | undefined
  /** Opens the closing of the month. */
  readonly cierre?: boolean | undefined
}

/** Address of the page looking at that place. */
export function enlaceProduccion(lugar: LugarDeProduccion): string {
  const { sitio, mes, anio, ot, pestana, dia, partida, tipo, cierre } = lugar
  const consulta = new URLSearchParams()
  if (sitio !== undefined) consulta.set('sitio', String(sitio))
  consulta.set('mes', String(mes))
  consulta.set('anio', String(anio))
  if (ot !== undefined) consulta.set('ot', String(ot))
  if (pestana !== undefined && pestana !== 'diarios') consulta.set('pestana', pestana)
  if (dia !== undefined) consulta.set('dia', String(dia))
  if (partida !== undefined) consulta.set('partida', String(partida))
  if (tipo !== undefined) consulta.set('tipo', tipo)
  if (cierre === true) consulta.set('cierre', '1')
  return `${RUTA_PRODUCCION}?${consulta.toString()}`
}

export { MESES, nombreDelMes } from '../../comun/meses.ts'

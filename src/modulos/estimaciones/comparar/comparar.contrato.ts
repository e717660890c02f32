/** What the comparison with the client's workbook and its page agree on. */
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { EstatusEstimacion } from '../estatus.tipos.ts'

const BASE = '/operaciones/estimaciones/comparar/'
export const RUTA_COMPARAR = {
  SUBIR: `${BASE}subir/`,
  OBTENER: `${BASE}obtener/`,
  ELEGIR: `${BASE}elegir/`,
  PLAN: `${BASE}plan/`,
  APLICAR: `${BASE}aplicar/`,
  ARCHIVO: `${BASE}archivo/`,
} as const

/** Page of the comparison of an estimation. */
export function rutaComparar(idEstimacion: number): string {
  return `/operaciones/estimaciones/${String(idEstimacion)}/comparar/`
}

/** What a concept and day turns out to be. */
export const RESULTADOS = {
  igual: 'Igual',
  diferente: 'Diferente',
  falta_archivo: 'Falta en el archivo',
  falta_estimacion: 'Falta en la estimación',
} as const
export type Resultado = keyof typeof RESULTADOS

/** What is done with the lines that the workbook does not have. */
export type DestinoDeFaltantes = 'cero' | 'quitar'

/** Choice of who decides that an ambiguous group is not compared. */
export const NO_COMPARAR = 'NO'

/** A concept of the family. */
export interface ConceptoDeFamilia {
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
}

/** One change that applying would make to a line. */
export interface Movimiento {
  readonly accion: 'ajustar' | 'agregar' | 'quitar'
  readonly id_detalle: number | null
  readonly id_produccion: number
  readonly fecha: string
  readonly sitio: string
  readonly tipo_tiempo: string
  readonly codigo: string
  readonly unidad: string
  readonly de: string
  readonly a: string
}

/** A concept and day (and site and kind of time, when the workbook says them). */
export interface FilaComparada {
  readonly clave: string
  /** Place in `Comparacion.conceptos`. */
  readonly concepto: number
  readonly fecha: string
  readonly sitio: string | null
  readonly tipo_tiempo: string | null
  readonly nuestro: string
  readonly suyo: string
  /** Theirs less ours, with its sign. */
  readonly diferencia: string
  readonly diferencia_mn: string
  readonly diferencia_usd: string
  readonly resultado: Resultado
  readonly celdas: string
  /** Whether it may be applied, and why it may not, or why it is missing. */
  readonly aplicable: boolean
  readonly porque: string | null
}

/** Rows of the workbook that name no concept, or several. */
export interface GrupoDelArchivo {
  readonly clave: string
  readonly anexo: string | null
  readonly codigo: string
  readonly concepto: string | null
  readonly unidad: string | null
  readonly celda: string
  readonly volumen: string
  /** Concepts among which to choose; none when the code is not of this OT. */
  readonly opciones: readonly (ConceptoDeFamilia & { readonly clave: string })[]
  /** The one that was chosen, `NO_COMPARAR`, or null. */
  readonly elegida: string | null
}

export interface CuentaDeResultado {
  readonly filas: number
  readonly nuestro: string
  readonly suyo: string
  readonly diferencia_mn: string
  readonly diferencia_usd: string
}

/** A comparison as it is today. */
export interface Comparacion {
  readonly id: number
  readonly version: number
  readonly huella: string
  readonly hoja: string
  readonly disposicion: 'lista' | 'sabana'
  readonly con_sitio: boolean
  readonly con_tipo: boolean
  readonly conceptos: readonly ConceptoDeFamilia[]
  readonly filas: readonly FilaComparada[]
  readonly resumen: Readonly<Record<Resultado, CuentaDeResultado>>
  readonly sin_concepto: readonly GrupoDelArchivo[]
  readonly ambiguas: readonly GrupoDelArchivo[]
  readonly errores: readonly Problema[]
  readonly total_errores: number
  readonly advertencias: readonly Problema[]
  readonly total_advertencias: number
  /** Why nothing of it may be applied, or null. */
  readonly impedimento: string | null
}

/** What applying some rows would do. */
export interface PlanDeAplicacion {
  readonly movimientos: readonly Movimiento[]
  readonly antes: Readonly<Record<string, string>>
  readonly despues: Readonly<Record<string, string>>
}

/** A comparison in the list of the page. */
export interface ComparacionGuardada {
  readonly id: number
  readonly nombre: string
  readonly fecha: string
  readonly usuario: string
  readonly iguales: number
  readonly diferentes: number
  readonly faltan_archivo: number
  readonly faltan_estimacion: number
  readonly sin_concepto: number
  readonly aplicada: string | null
}

export interface PaginaComparar {
  readonly id: number
  readonly folio: string
  readonly ot: string
  readonly estatus: EstatusEstimacion
  readonly version: number
  readonly puede: { readonly comparar: boolean }
  /** Months of the period, when it has several. */
  readonly meses: readonly { readonly valor: string; readonly texto: string }[]
  readonly sitios: readonly string[]
  readonly comparaciones: readonly ComparacionGuardada[]
  readonly comparacion: Comparacion | null
}

/** What a workbook of volumes of the client says once it is read. Plain data: it crosses threads and is kept as JSON. */
import type { FechaIso } from '../../../../comun/fechas.ts'
import type { Problema } from '../../../../plataforma/excel/hoja.tipos.ts'

/** What the thread is asked. */
export interface EncargoDeVolumenes {
  readonly ruta: string
  /** Folios of the family: rows that name another OT are not read. */
  readonly ots: readonly string[]
  /** Months that a header of bare days may mean, `AAAA-MM`: those of the period, or the one that was chosen. */
  readonly meses: readonly string[]
}

/** The columns that are looked for, beside those of days. */
export type ColumnaDeVolumenes =
  'ot' | 'anexo' | 'codigo' | 'concepto' | 'unidad' | 'sitio' | 'tipo' | 'fecha' | 'volumen'

export type TipoDeTiempo = 'TE' | 'CMA'

/** How a row of the workbook calls its concept; null is a column that it has not, or an empty cell. */
export interface ConceptoDicho {
  readonly anexo: string | null
  readonly codigo: string
  readonly concepto: string | null
  readonly unidad: string | null
  /** First cell of the workbook that names it. */
  readonly celda: string
}

/** A volume of the workbook; rows that say the same are already added. */
export interface VolumenDicho {
  /** Place in `LecturaDeVolumenes.conceptos`. */
  readonly concepto: number
  readonly fecha: FechaIso
  readonly sitio: string | null
  readonly tipo: TipoDeTiempo | null
  /** Millionths, as text. */
  readonly micras: string
  /** «H12», «H12 y H30». */
  readonly celdas: string
}

export interface LecturaDeVolumenes {
  readonly hoja: string
  readonly filaEncabezado: number
  readonly disposicion: 'lista' | 'sabana'
  /** Whether every volume says its site, and its kind of time: the detail at which it is compared. */
  readonly conSitio: boolean
  readonly conTipo: boolean
  readonly conceptos: readonly ConceptoDicho[]
  readonly volumenes: readonly VolumenDicho[]
  /** The days that the workbook speaks of, in order. */
  readonly dias: readonly FechaIso[]
  /** The first ones; `totalErrores` counts them all. With any, nothing of the comparison may be applied. */
  readonly errores: readonly Problema[]
  readonly totalErrores: number
  readonly advertencias: readonly Problema[]
  readonly totalAdvertencias: number
}

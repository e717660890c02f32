/** What the workbook of an Anexo C says once it is read and checked (anexo-c.md §4 and §5). Plain data: it crosses threads. */
import type { FechaIso } from '../../../comun/fechas.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { ClaveDeConcepto } from '../clave.reglas.ts'

/** The columns that are not days. */
export type ColumnaAnexo = 'anexo' | 'partida' | 'concepto' | 'unidad' | 'volumen' | 'precio_mn' | 'precio_usd' | 'ok'

/** A unit of the catalogue, active. */
export interface UnidadDeCatalogo {
  readonly id: number
  readonly clave: string
  readonly descripcion: string
}

/** An active concept of the catalogue, only with what the reading compares. */
export interface ConceptoDeCatalogo {
  readonly id: number
  readonly ordinaria: string | null
  readonly extraordinaria: string | null
  readonly descripcion: string
  readonly idUnidad: number
  readonly precioMn: string
  readonly precioUsd: string
  /** Key of its sub-annex. */
  readonly anexo: string | null
}

/** What the rows are checked against. */
export interface CatalogoDeAnexo {
  readonly unidades: readonly UnidadDeCatalogo[]
  readonly conceptos: readonly ConceptoDeCatalogo[]
  /** Days of the family: programme out of them is warned. Either end may be open. */
  readonly vigencia: { readonly inicio: FechaIso | null; readonly termino: FechaIso | null }
}

/** The programme of a partida in few words; the days themselves are in `AnexoLeido.programa`. */
export interface ResumenDePrograma {
  readonly dias: number
  /** Plain decimal of 6 places. */
  readonly volumen: string
  readonly primero: FechaIso
  readonly ultimo: FechaIso
}

/** A partida of the workbook; the rows with its same K are already merged in it (§5.4 g). */
export interface PartidaLeida {
  /** Place in `AnexoLeido.partidas`: the blocks of the programme name it by this. */
  readonly indice: number
  /** Excel row of its first line, and of all of them. */
  readonly fila: number
  readonly filas: readonly number[]
  /** Texts as they are stored: the code as the cell shows it, the others in upper case and single spaces. */
  readonly codigo: string
  readonly descripcion: string
  readonly anexo: string
  /** Of the concept of the catalogue. */
  readonly idUnidad: number
  readonly idConcepto: number
  /** Plain decimals, of 6, 4 and 4 places. */
  readonly volumen: string
  readonly precioMn: string
  readonly precioUsd: string
  readonly clave: ClaveDeConcepto
  readonly programado: ResumenDePrograma | null
}

/** Where a column of the sheet was found. */
export interface ColumnaLeida {
  readonly columna: ColumnaAnexo
  readonly indice: number
  /** As the header says it. */
  readonly titulo: string
}

/** A workbook read whole. With some error there is nothing to apply. */
export interface AnexoLeido {
  /** Of the bytes of the file. */
  readonly sha256: string
  readonly hoja: string
  /** Row of the header. */
  readonly filaEncabezado: number
  readonly columnas: readonly ColumnaLeida[]
  /** First and last day of the date headers, and how many different days they are; null without date columns. */
  readonly calendario: { readonly primero: FechaIso; readonly ultimo: FechaIso; readonly dias: number } | null
  readonly partidas: readonly PartidaLeida[]
  /**
   * The programme, packed as `partida_proyectada` keeps it, in JSON texts of about a hundred kilobytes that the database reads as
   * they are: each one `[[indice, 'AAAA-MM-01', '{0,10,20.5,…}'], …]`, one element per day of the month, only months
   * with some volume.
   */
  readonly programa: readonly string[]
  /** Of the whole programme; volume 0 and no days when there is none. */
  readonly programado: { readonly partidas: number; readonly dias: number; readonly volumen: string }
  /** The first ones; `totalErrores` counts them all. Any error rejects the whole workbook (§5.5). */
  readonly errores: readonly Problema[]
  readonly totalErrores: number
  /** Rows with some error. */
  readonly filasConError: number
  readonly advertencias: readonly Problema[]
  readonly totalAdvertencias: number
}

/** Columns of a workbook as data: what they are called, what their cells hold and how the template explains them. */
import type { FechaIso } from '../../comun/fechas.ts'
import type { LimitesDeImporte } from '../../plataforma/excel/valores.reglas.ts'
import type { Problema } from './importacion.tipos.ts'

/** Kind of content of a column, which decides how its cells are read (`plataforma/excel/valores.reglas.ts`). */
export type ClaseDeCelda =
  /** One line that identifies something: a date or a boolean there is refused. */
  | { readonly tipo: 'folio'; readonly largo: number }
  | { readonly tipo: 'texto'; readonly largo: number }
  | { readonly tipo: 'parrafos'; readonly largo?: number }
  | { readonly tipo: 'fecha' }
  /** Exact decimal, as plain text. */
  | ({ readonly tipo: 'importe' } & LimitesDeImporte)
  /** `error` completes «En F9 dice "x" …». */
  | { readonly tipo: 'entero'; readonly minimo: number; readonly maximo?: number; readonly error: string }
  | { readonly tipo: 'id' }
  | { readonly tipo: 'booleano' }
  /** One of a few words (the keys), whatever case and accents; the value is what is stored. */
  | { readonly tipo: 'opcion'; readonly valores: Readonly<Record<string, string>> }

export type DefColumna = ClaseDeCelda & {
  /** How people call it where it is not by its name: header of the template, missing column. */
  readonly titulo?: string
  /** Other titles that name it, whatever case, accents, spaces and underscores. */
  readonly titulos?: readonly string[]
  /** Whether the workbook must have the column. */
  readonly obligatoria?: boolean
  /** Whether each row must have a value, and how it is called: 'el folio de la PTE'. */
  readonly falta?: string
  /** What it takes, for the template. */
  readonly explicacion: string
  /** One per example row of the template. */
  readonly ejemplos?: readonly (string | number | null)[]
}

export type DefColumnas = Readonly<Record<string, DefColumna>>

type ValorDeTipo<T extends DefColumna['tipo']> = T extends 'fecha'
  ? FechaIso
  : T extends 'entero' | 'id'
    ? number
    : T extends 'booleano'
      ? boolean
      : string

/** Cleaned values of a row, null = empty (or a column that the workbook does not have: see `columnas` of its sheet). */
export type ValoresDe<C extends DefColumnas> = { readonly [K in keyof C]: ValorDeTipo<C[K]['tipo']> | null }

/** A layout of workbook that a class takes. A class with several is told which by the headers. */
export interface FormatoDeLibro {
  readonly clave: string
  /** The first sheet that has the columns, or all that have them. */
  readonly hojas: 'primera' | 'todas'
  readonly columnas: DefColumnas
}

/** A sheet that was read: where its columns are and what stands above them. */
export interface HojaLeida {
  readonly hoja: string
  /** Row of the header. */
  readonly fila: number
  readonly columnas: readonly { readonly columna: string; readonly indice: number; readonly titulo: string }[]
  /** Texts of the rows above the header, in order. */
  readonly encima: readonly string[]
}

/** A row as it was read: what is wrong in `errores` rejects it. */
export interface FilaDeLibro<V = Readonly<Record<string, unknown>>> {
  readonly hoja: string
  readonly fila: number
  readonly valores: V
  /** Text of each cell as people see it. */
  readonly vistos: Readonly<Record<string, string>>
  readonly errores: Problema[]
  readonly advertencias: Problema[]
  /** Of its cleaned values: recognises the row in the next file. */
  readonly huella: string
}

/** A workbook read whole, as it travels from the thread: the rows are JSON texts in blocks. */
export interface LibroLeido {
  readonly sha256: string
  readonly formato: string
  readonly hojas: readonly HojaLeida[]
  readonly filas: number
  readonly bloques: readonly string[]
  /** Of the workbook and not of a row. */
  readonly advertencias: readonly Problema[]
}

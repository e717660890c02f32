/** What every import says of the cells it reads. */

/** A cell that is wrong or odd, as the report of contract.md §4 lists it. */
export interface Problema {
  readonly hoja: string
  readonly fila: number
  /** The header as it is written. */
  readonly columna: string
  readonly celda: string
  readonly valor: string
  readonly mensaje: string
}

/** Where each column of a sheet is. */
export interface EncabezadoDeHoja<C extends string = string> {
  readonly hoja: string
  readonly fila: number
  readonly columnas: ReadonlyMap<C, { readonly indice: number; readonly titulo: string }>
  readonly es1904: boolean
}

/** Shapes that the answers and the pages of several modules share. */
import type { Tono } from './colores.ts'

/** Answer of a DataTables endpoint (pte.md §1.7). */
export interface RespuestaTabla<Fila> {
  draw: number
  recordsTotal: number
  recordsFiltered: number
  data: Fila[]
}

/** What a select shows. */
export interface Opcion {
  id: number
  descripcion: string
}

/** A status as people see it. `clave` is what code, imports and exports call it. */
export interface EstatusMostrado {
  readonly id: number
  readonly clave: string
  readonly texto: string
  readonly tono: Tono
}

/** A status as a badge. */
export interface Insignia {
  id: number
  texto: string
  tono: Tono
}

/** A datum of the page of a record. */
export interface CampoFicha {
  etiqueta: string
  /** '' = empty, shown as «—». */
  valor: string
  /** Where the value leads, when it is another record. */
  ruta?: string
  /** Amounts and counts are aligned to the right in tabular figures. */
  numerico?: boolean
}

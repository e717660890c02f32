import type { FechaIso } from '../../../comun/fechas.ts'

/** Days, both ends included. */
export interface Rango {
  readonly inicio: FechaIso
  readonly fin: FechaIso
}

/** An initial OT at one of its sites, with the window that applies there; without both ends it has none (produccion.md §5.2). */
export interface VigenciaEnSitio {
  readonly idOt: number
  readonly folio: string
  readonly descripcion: string
  readonly ventana: Rango | null
}

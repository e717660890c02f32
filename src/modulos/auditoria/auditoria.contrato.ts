/** What the browser receives of the activity log. */

/** A row of the history of one record. */
export interface FilaHistorial {
  id: number
  /** DD/MM/YYYY HH:MM:SS local. */
  fecha: string
  usuario: string
  evento: string
  campo: string
  anterior: string
  actual: string
  detalle: string
}

/** What `componentes/actividad` shows: newest first, and where the next page begins (null = there is no more). */
export interface HistorialDeRegistro {
  tabla: number
  registro: number
  filas: FilaHistorial[]
  siguiente: string | null
}

/** GET, `tabla` + `registro` + `antes` (the `siguiente` of the page before). */
export const RUTA_HISTORIAL = '/operaciones/actividad/'

/** Shapes that every class of import shares (contract.md §4). */
import type { Problema } from '../../plataforma/excel/hoja.tipos.ts'

export type { Problema }

/** What became, or would become, of the rows of one kind. */
export interface Conteo {
  readonly total: number
  readonly creadas: number
  readonly actualizadas: number
  readonly sin_cambio: number
  readonly rechazadas: number
}

/** How a class of records is called in a sentence. */
export interface Sustantivo {
  readonly uno: string
  readonly varios: string
  readonly genero: 'f' | 'm'
  /** What goes with the record when it is erased: ' con sus pasos'. */
  readonly con?: string
}

/** So many of something. */
export interface Cosa {
  readonly n: number
  readonly que: Sustantivo
}

/** A line of the table of counts: its title and its numbers. */
export interface Renglon {
  readonly texto: string
  readonly conteo: Conteo
}

/** What the JSON report of every import has; each class adds the counts of its own kinds of row. */
export interface InformeBase {
  /** Null when nothing was stored. */
  readonly lote: number | null
  readonly archivo: string
  readonly sha256: string
  readonly simulado: boolean
  /** Data rows that are not blank. */
  readonly filas: number
  readonly errores: readonly Problema[]
  readonly advertencias: readonly Problema[]
  readonly segundos: number
}

/** A field that an update changes, as people read it. */
export interface CambioDeCampo {
  readonly campo: string
  readonly etiqueta: string
  readonly antes: string
  readonly despues: string
}

/** Something that undoing a batch left as it was, and why. */
export interface Conservada {
  readonly tabla: string
  readonly id: number
  readonly folio: string
  readonly motivo: string
}

/** What undoing a batch did; each class adds its counts. */
export interface ResumenDeshacerBase {
  readonly lote: number
  readonly conservadas: readonly Conservada[]
}

/** What the person chose beside the workbook, by the key of each option. */
export type OpcionesElegidas = Readonly<Record<string, string | boolean>>

/** Words of the capture grid: what it is given and what it gives back. Everything here is data; the page draws nothing. */

/** What a typed text means for a kind of cell: a canonical value, or why it is refused. */
export type Lectura = { readonly valor: string } | { readonly motivo: string }

export interface OpcionCelda {
  readonly valor: string
  readonly texto: string
}

/** A kind of cell. The canonical value is what is compared and sent; '' is always the empty cell. */
export interface ClaseCelda {
  readonly leer: (texto: string) => Lectura
  /** As it is edited and copied. */
  readonly texto: (valor: string) => string
  /** As it is read in the grid. */
  readonly mostrar: (valor: string) => string
  /** Its values add up (micro-units of `comun/volumenes.ts`); without it the footer only counts. */
  readonly micras?: (valor: string) => bigint
  /** Chosen from a list rather than typed. */
  readonly opciones?: readonly OpcionCelda[]
}

export interface ColumnaCaptura<F> {
  readonly clave: string
  readonly titulo: string
  /** Said and shown on hover, when the title is only «12». */
  readonly tituloLargo?: string
  readonly ancho: number
  /** Stays in view while the rest scrolls sideways; these come first. */
  readonly fija?: boolean
  readonly numero?: boolean
  /** Kind of what is typed in it; without one the column is only read. */
  readonly clase?: ClaseCelda
  /** Canonical value of the server; of read-only columns, the text to show. */
  readonly valor: (fila: F) => string
  /** Offers a filter by value in its heading. */
  readonly filtro?: boolean
}

export interface Bloqueo {
  readonly motivo: string
  /** How it looks: `bloqueo-fuera` (hatched), `bloqueo-firmado` (grey), or none. */
  readonly clase?: string
}

/** How a cell looks besides its value. */
export interface Aspecto {
  readonly texto?: string
  /** Second line, small. */
  readonly pie?: string
  readonly clases?: string
  readonly icono?: string
}

export interface DatosCelda<F> {
  readonly fila: F
  readonly columna: ColumnaCaptura<F>
  /** Canonical value in force: what was typed, or the one of the server. While the text is refused, that of the server. */
  readonly valor: string
}

export interface OpcionesCaptura<F> {
  /** Of the whole grid, for who does not see it: «Volúmenes de febrero de 2026». */
  readonly nombre: string
  readonly columnas: readonly ColumnaCaptura<F>[]
  readonly claveDe: (fila: F) => string
  /** How people name a row: the code of the partida. */
  readonly nombreDe: (fila: F) => string
  readonly altoFila?: number
  readonly bloqueo?: (fila: F, columna: ColumnaCaptura<F>) => Bloqueo | null
  /** Rows that are titles of others: never typed in, skipped by Enter and Tab, kept by the filters that leave any row of theirs. */
  readonly esTitulo?: (fila: F) => boolean
  readonly aspecto?: (celda: DatosCelda<F>) => Aspecto | null
  /** What the cell is about, in a line: tooltip, and foot of the grid while it is the active one. */
  readonly descripcion?: (celda: DatosCelda<F>) => string
  /** Something was typed, pasted, undone…: the cells that changed. */
  readonly alCambiar?: (cambiadas: readonly { fila: F; columna: ColumnaCaptura<F> }[]) => void
  /** Rows behind the number: Ctrl + Enter, or the entry of the context menu. */
  readonly alDetallar?: (celda: DatosCelda<F>) => void
  /** Entries of the context menu, besides those of the grid. */
  readonly menu?: (celda: DatosCelda<F>) => { texto: string; hacer: () => void; deshabilitada?: string }[]
  /** Ctrl + S. */
  readonly alGuardar?: () => void
  readonly vacio?: string
}

/** A cell that was typed and differs from the server. */
export interface CambioCelda<F> {
  readonly fila: F
  readonly clave: string
  readonly columna: string
  /** Value of the server when it was loaded. */
  readonly anterior: string
  readonly valor: string
}

/** A cell whose text is refused. */
export interface RechazoCelda<F> {
  readonly fila: F
  readonly clave: string
  readonly columna: string
  readonly texto: string
  readonly motivo: string
  /** The text is no value of its kind; otherwise the server refused a good one, and it may be sent again. */
  readonly ilegible: boolean
}

export interface Posicion {
  readonly f: number
  readonly c: number
}

/** Inclusive. */
export interface Rango {
  readonly f1: number
  readonly c1: number
  readonly f2: number
  readonly c2: number
}

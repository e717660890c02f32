/** What the browser receives from the pages of any import: addresses, page data and JSON answers. */
import type { Tono } from '../../comun/colores.ts'
import type { EnvolturaCon } from '../../comun/envoltura.ts'
import type { OpcionesElegidas, Problema, Renglon } from './importacion.tipos.ts'

export type { Conteo, OpcionesElegidas, Problema, Renglon } from './importacion.tipos.ts'

/** Addresses of an import, below its page. */
export interface RutasDeImportar {
  ANALIZAR: string
  CONFIRMAR: string
  DESCARTAR: string
  DESHACER: string
  LISTA: string
  RECHAZADAS: string
  PLANTILLA: string
}

export const rutasDeImportar = (base: string): RutasDeImportar => ({
  ANALIZAR: `${base}analizar/`,
  CONFIRMAR: `${base}confirmar/`,
  DESCARTAR: `${base}descartar/`,
  DESHACER: `${base}deshacer/`,
  LISTA: `${base}lista/`,
  RECHAZADAS: `${base}rechazadas/`,
  PLANTILLA: `${base}plantilla/`,
})

/** Page of a batch. */
export const rutaDeLote = (base: string, id: number): string => `${base}lotes/${String(id)}/`

/** `codigo` of the 409 when the database changed since the analysis: it must be done again. */
export const CODIGO_PLAN_CAMBIO = 'PLAN'

/** Rows of a page of any list. */
export const FILAS_POR_PAGINA = 50

/** A column of a list: the field it shows and how. */
export interface ColumnaDeImportacion {
  titulo: string
  campo: string
  clase?: 'cifras' | 'numero' | 'texto-largo'
  /** Whether it links to the `ruta` of the row, when it has one. */
  enlace?: boolean
  /** Only in an analysis: a batch of the history does not know it. */
  soloAnalisis?: boolean
}

/** A list of an analysis or of a batch, paged by itself. */
export interface ListaDeImportacion {
  clave: string
  /** Of an analysis and of a batch: 'OT nuevas', 'OT creadas'. */
  futuro: string
  pasado: string
  columnas: readonly ColumnaDeImportacion[]
}

/** A row of any list: what its columns name, and the address of its record while it has a page. */
export type FilaDeLista = Readonly<Record<string, string | number | null>>

/** Answer of the `lista/` addresses. */
export interface PaginaDeLista {
  total: number
  inicio: number
  filas: (FilaDeLista | Problema)[]
}

/** Something that is chosen beside the workbook. */
export interface OpcionDePagina {
  clave: string
  texto: string
  ayuda: string
  /** Null = a switch; else the choices of a selector. */
  valores: { valor: string; texto: string }[] | null
  obligatoria: boolean
}

/** Counts of an analysis or of an import, as the page shows them. */
export interface ResumenImportacion {
  archivo: string
  opciones: OpcionesElegidas
  filas: number
  renglones: Renglon[]
  rechazadas: number
  /** «128 OT nuevas y 3 OT con cambios»; '' when nothing would be written. */
  en_palabras: string
  /** Size of each list: the numbers of the tabs. */
  listas: Record<string, number>
}

/** `resultado` of the task of an analysis that ended well. */
export interface ResultadoAnalisis extends ResumenImportacion {
  /** Hash of the plan: what was shown is what will be done, or nothing is. */
  huella: string
}

/** `resultado` of the task of an import that ended well. */
export interface ResultadoImportacion extends ResumenImportacion {
  /** Null when there was nothing to write: no batch is kept. */
  lote: number | null
  segundos: number
}

/** Something that the undo left as it was, and why. */
export interface Conservado {
  folio: string
  motivo: string
  ruta: string | null
}

/** `resultado` of the task of an undo that ended well. */
export interface ResultadoDeshacer {
  lote: number
  eliminadas: number
  restauradas: number
  conservadas: Conservado[]
}

/** `resultado` of a task that ended badly: with what the same refusal would have been answered at once. */
export interface ResultadoFallido {
  estado: number
  codigo: string | null
  campos?: Record<string, string>
}

export type ClaseDeTarea = 'analisis' | 'importacion' | 'deshacer'

/** Answer of the commands that start work: 202 with the task, or 200 with its result when it ended in time. */
export type RespuestaDeTarea<R> = EnvolturaCon<{ tarea: number; resultado?: R }>

/** A batch in the history. */
export interface FilaLote {
  id: number
  ruta: string
  archivo: string
  /** DD/MM/YYYY HH:MM local. */
  fecha: string
  usuario: string
  creadas: number
  actualizadas: number
  rechazadas: number
  estado_texto: string
  tono: Tono
}

/** What this person left under way, so that coming back to the page finds it. */
export interface TrabajoPendiente {
  tarea: number
  clase: ClaseDeTarea
  estado: 'pendiente' | 'en_proceso' | 'terminada' | 'fallida'
  avance: number
  mensaje: string
  /** Only of an analysis that ended and waits for a decision. */
  analisis: ResultadoAnalisis | null
}

/** `v.datos` of views/importacion/importar.ejs. */
export interface PaginaImportar {
  titulo: string
  /** What kind of workbook it takes, in a sentence. */
  ayuda: string
  base: string
  rutas: RutasDeImportar
  opciones: OpcionDePagina[]
  listas: readonly ListaDeImportacion[]
  pendiente: TrabajoPendiente | null
  lotes: FilaLote[]
  /** When the list is cut, how many there are; else ''. */
  nota_lotes: string
}

/** `v.datos` of views/importacion/lote.ejs. */
export interface PaginaLote {
  lote: FilaLote
  rutas: RutasDeImportar
  ruta_lista: string
  listas: readonly ListaDeImportacion[]
  ficha: { etiqueta: string; valor: string; numerico: boolean }[]
  resumen: ResumenImportacion
  /** What undoing it would do, sentence by sentence. */
  al_deshacer: string[]
  /** Null while it was not undone. */
  deshecho: { texto: string; conservadas: Conservado[] } | null
  /** The undo of this batch that is under way. */
  en_curso: number | null
  puede_deshacer: boolean
  /** '' when nothing was rejected. */
  ruta_rechazadas: string
}

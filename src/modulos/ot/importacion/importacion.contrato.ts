/** What the browser receives from the pages of the historical import: addresses, page data and JSON answers. */
import type { Tono } from '../../../comun/colores.ts'
import type { EnvolturaCon } from '../../../comun/envoltura.ts'
import type { Conteo, Problema } from './importacion.tipos.ts'

export type { Conteo, Problema } from './importacion.tipos.ts'

export const rutaImportar = '/operaciones/ot/importar/'
export const rutaLote = (id: number): string => `${rutaImportar}lotes/${String(id)}/`
export const rutaListaDeLote = (id: number): string => `${rutaLote(id)}lista/`

/** Addresses below the page that its script calls. */
export const RUTA = {
  ANALIZAR: `${rutaImportar}analizar/`,
  CONFIRMAR: `${rutaImportar}confirmar/`,
  DESCARTAR: `${rutaImportar}descartar/`,
  DESHACER: `${rutaImportar}deshacer/`,
  LISTA: `${rutaImportar}lista/`,
  RECHAZADAS: `${rutaImportar}rechazadas/`,
  PLANTILLA: `${rutaImportar}plantilla/`,
} as const

/** `codigo` of the 409 when the database changed since the analysis: it must be done again. */
export const CODIGO_PLAN_CAMBIO = 'PLAN'

/** Lists of an analysis or of a batch, each paged by itself. */
export const LISTAS = ['creadas', 'ptes', 'cambios', 'rechazadas', 'advertencias'] as const
export type NombreLista = (typeof LISTAS)[number]

/** Rows of a page of any list. */
export const FILAS_POR_PAGINA = 50

/** An OT that would be created, or was. */
export interface FilaCreada {
  /** Row of the workbook; null when it is not known any more (a batch of the history). */
  fila: number | null
  folio: string
  /** 'Inicial' or 'Reprogramación 2'. */
  tipo: string
  descripcion: string
  /** Address of the OT, when it exists. */
  ruta: string | null
}

/** A PTE that would be created, or was. */
export interface FilaPte {
  folio: string
  descripcion: string
}

/** A field of an existing OT that changes. */
export interface FilaCambio {
  fila: number | null
  folio: string
  campo: string
  antes: string
  despues: string
  ruta: string | null
}

export interface FilasDeLista {
  creadas: FilaCreada
  ptes: FilaPte
  cambios: FilaCambio
  rechazadas: Problema
  advertencias: Problema
}

/** Answer of the `lista/` addresses. */
export interface PaginaDeLista<L extends NombreLista = NombreLista> {
  total: number
  inicio: number
  filas: FilasDeLista[L][]
}

/** Size of each list: the numbers of the tabs. */
export type TotalesDeListas = Record<NombreLista, number>

/** Counts of an analysis or of an import, as the page shows them. */
export interface ResumenImportacion {
  archivo: string
  crear_ptes: boolean
  filas: number
  iniciales: Conteo
  reprogramaciones: Conteo
  otras: { total: number; rechazadas: number }
  ptes_creadas: number
  listas: TotalesDeListas
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
  ots_eliminadas: number
  ptes_eliminadas: number
  restauradas: number
  conservadas: Conservado[]
}

/** `resultado` of a task that ended badly: with what the same refusal would have been answered at once. */
export interface ResultadoFallido {
  estado: number
  codigo: string | null
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

/** `v.datos` of views/ot/importar.ejs. */
export interface PaginaImportar {
  rutas: { plantilla: string }
  pendiente: TrabajoPendiente | null
  lotes: FilaLote[]
  /** When the list is cut, how many there are; else ''. */
  nota_lotes: string
}

/** `v.datos` of views/ot/lote.ejs. */
export interface PaginaLote {
  lote: FilaLote
  ficha: { etiqueta: string; valor: string; numerico: boolean }[]
  resumen: ResumenImportacion
  /** Null while it was not undone. */
  deshecho: { texto: string; conservadas: Conservado[] } | null
  /** The undo of this batch that is under way. */
  en_curso: number | null
  puede_deshacer: boolean
  /** '' when nothing was rejected. */
  ruta_rechazadas: string
}

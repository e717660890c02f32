import type { Content } from 'pdfmake/interfaces.js'

/** A chart inside a document: options without functions, drawn where the document is. */
export interface GraficaPdf {
  /** Heading that is never left alone at the foot of a page. */
  readonly titulo: string
  readonly grafica: object
  readonly ancho: number
  readonly alto: number
}

/** What stands inside a document: data of pdfmake without functions, so that it travels to the thread that draws it. */
export type ContenidoPdf = Content | GraficaPdf

/**
 * A document as data: the same one gives the same bytes. Nothing in it asks the clock, the network or the disk; images
 * come inside, as data addresses.
 */
export interface DocumentoPdf {
  /** Of the window and of the first line of each page. */
  readonly titulo: string
  /** What it is about, for who searches documents. */
  readonly asunto: string
  /** What identifies it, at the right of each page: the OT and the month. */
  readonly referencia: string
  /** The only instant it knows. */
  readonly creado: Date
  /** Left of the foot of each page: who made it and when. */
  readonly pie: string
  readonly horizontal: boolean
  /** Written across every page of a document that is not valid (or not yet). */
  readonly marca?: string | null
  readonly contenido: readonly ContenidoPdf[]
  /** By the name that the content gives them: `data:image/jpeg;base64,…`. */
  readonly imagenes: Readonly<Record<string, string>>
}

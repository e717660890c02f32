/** Columns and shapes of the workbooks of prices (catalogos.md §10.1, settled.md §6). */
import type { FechaIso } from '../../../comun/fechas.ts'
import type { EncabezadoDeHoja, Problema } from '../../../plataforma/excel/hoja.tipos.ts'

/** Columns of the sheets of the contract and of the PUEs, by every way their titles are written (see `claveTitulo`). */
export const TITULOS = {
  anexo: ['anexo'],
  partida: ['partida'],
  concepto: ['concepto'],
  unidad: ['unidad'],
  cantidad: ['cantidadesdereferencia', 'cantidaddereferencia', 'cantidad'],
  precio_mn: ['pumn', 'preciounitariomn'],
  precio_usd: ['puusd', 'preciounitariousd'],
  categoria: ['idpadre'],
  subcategoria: ['idmadre'],
  clasificacion: ['idhijo'],
  pte_creacion: ['ptecreacion'],
  ot_creacion: ['otcreacion'],
  fecha_autorizacion: ['fechasancion'],
  partida_ext: ['partidaext', 'partidaextraordinaria'],
  estatus: ['estatus'],
  comentario: ['comentario'],
  /** Only the annex C of a work order has it: such a sheet is not a price list. */
  volumen: ['volumenpte'],
} as const

export type Columna = keyof typeof TITULOS

/** What makes a row the header of a sheet. */
export const COLUMNAS_DE_PRECIOS: readonly Columna[] = ['partida', 'concepto', 'unidad']

/** A sheet of the contract (ordinary concepts), or of what was agreed outside of it (PUEs). */
export type ClaseDeHoja = 'contrato' | 'pue'

export type EncabezadoDePrecios = EncabezadoDeHoja<Columna>

/** A sheet that has prices. */
export interface HojaDePrecios {
  readonly clase: ClaseDeHoja
  readonly encabezado: EncabezadoDePrecios
}

/** Cleaned values of a row. Numbers are plain decimals; codes are the text that their cell shows. */
export interface ValoresConcepto {
  /** Key of the sub-annex, normalised. */
  readonly anexo: string | null
  readonly partida: string | null
  readonly partida_ext: string | null
  readonly concepto: string
  readonly unidad: string
  readonly cantidad: string
  readonly precio_mn: string
  readonly precio_usd: string
  readonly categoria: string | null
  readonly subcategoria: string | null
  readonly clasificacion: string | null
  readonly pte_creacion: string | null
  readonly ot_creacion: string | null
  readonly fecha_autorizacion: FechaIso | null
  readonly estatus: EstatusPue | null
  readonly comentario: string | null
}

/** Life of a PUE. */
export type EstatusPue = 'EN ELABORACION' | 'AUTORIZADO' | 'CANCELADA'

/** A row that is a price. What is wrong in `errores` rejects it. */
export interface FilaConcepto {
  /** Its sheet, in `LibroDePrecios.hojas`. */
  readonly hoja: number
  readonly fila: number
  readonly valores: ValoresConcepto
  /** Columns whose cell could not be read: a new concept takes nothing there, an existing one keeps what it has. */
  readonly ilegibles: readonly Columna[]
  /** Heading above it, in `LibroDePrecios.secciones`. */
  readonly seccion: number | null
  readonly huella: string
  readonly errores: Problema[]
  readonly advertencias: Problema[]
}

/** A heading: text without unit (settled.md §6), neither a concept nor an error. */
export interface SeccionLeida {
  readonly hoja: number
  readonly fila: number
  readonly anexo: string
  readonly partida: string | null
  readonly descripcion: string
}

/** The sheets of the contract and of the PUEs of a workbook, read whole. */
export interface LibroDePrecios {
  readonly clase: 'precios'
  readonly sha256: string
  readonly hojas: readonly HojaDePrecios[]
  readonly filas: readonly FilaConcepto[]
  readonly secciones: readonly SeccionLeida[]
  /** Of the workbook and not of a row. */
  readonly advertencias: readonly Problema[]
}

/** Largest texts that the tables take. */
export const LARGO = { CODIGO: 50, FOLIO: 100, NUMERO_CONTRATO: 100 } as const
/** decimal(18,2) and decimal(20,2) */
export const LIMITE_PRECIO = { enteros: 16, decimales: 2 } as const
export const LIMITE_CANTIDAD = { enteros: 18, decimales: 2 } as const

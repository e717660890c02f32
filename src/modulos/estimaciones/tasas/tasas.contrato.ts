/** What the page of exchange rates and its server agree on. */

export const RUTA_TASAS = {
  PAGINA: '/operaciones/tipos-cambio/',
  TABLA: '/operaciones/tipos-cambio/datatable/',
  EXPORTAR: '/operaciones/tipos-cambio/exportar/',
  DEL_DIA: '/operaciones/tipos-cambio/del_dia/',
  OBTENER: '/operaciones/tipos-cambio/obtener/',
  CREAR: '/operaciones/tipos-cambio/crear/',
  CORREGIR: '/operaciones/tipos-cambio/corregir/',
  IMPORTAR: '/operaciones/tipos-cambio/importar/',
} as const

/** Name of the table in saved views. */
export const VISTAS_DE_TASAS = 'tipos_cambio'

/** Where a rate comes from while nobody says otherwise. */
export const FUENTE_USUAL = 'Diario Oficial'

/** A row of the list. */
export interface FilaTasa {
  readonly id: number
  readonly fecha: string
  readonly valor: string
  readonly fuente: string
  /** Last day that takes it: the one before the next captured day, or today. */
  readonly vale_hasta: string
  readonly capturado_por: string
  readonly fecha_captura: string
  readonly estimaciones: number
}

/** A rate as the form of its correction has it. */
export interface DatosTasa {
  readonly id: number
  readonly version: number
  readonly fecha: string
  readonly valor: string
  readonly fuente: string
  /** Names of the choices: the form has none. */
  readonly textos: Record<string, string>
}

/** The rate that a day takes. */
export interface TasaDelDia {
  readonly valor: string
  readonly fuente: string
  /** The day it is of; null when it is that of the system. */
  readonly dia: string | null
}

/** Data of the page. */
export interface PaginaTasas {
  readonly hoy: string
  readonly puede: {
    readonly crear: boolean
    readonly editar: boolean
    readonly importar: boolean
    readonly exportar: boolean
  }
  /** The rate that an estimation of today takes. */
  readonly vigente: TasaDelDia
}

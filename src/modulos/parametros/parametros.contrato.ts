export const RUTA_PARAMETROS = {
  PAGINA: '/administracion/parametros/',
  CAMBIAR: '/administracion/parametros/cambiar/',
  DEDUCCIONES: '/administracion/parametros/deducciones/',
} as const

/** A setting as its page shows it. */
export interface FilaParametro {
  readonly clave: string
  readonly texto: string
  readonly ayuda: string
  /** A box to tick, or something to write. */
  readonly clase: 'si_no' | 'entero' | 'tasa'
  /** As it is stored: `si` or `no`, or the number. */
  readonly valor: string
  /** What it is while nobody changes it; null where ticking says it all. */
  readonly defecto: string | null
  /** Why this person may not change it; null when they may. */
  readonly cerrado: string | null
}

/** A deduction that is offered while writing those of an estimation. */
export interface DeduccionUsual {
  readonly nombre: string
  /** Per cent, as text. */
  readonly porcentaje: string
}

/** Data of the page that its script needs. */
export interface PaginaParametros {
  readonly filas: readonly FilaParametro[]
  readonly deducciones: readonly DeduccionUsual[]
}

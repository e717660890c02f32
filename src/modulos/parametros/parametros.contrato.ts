export const RUTA_PARAMETROS = {
  PAGINA: '/administracion/parametros/',
  CAMBIAR: '/administracion/parametros/cambiar/',
} as const

/** A setting as its page shows it. */
export interface FilaParametro {
  readonly clave: string
  readonly texto: string
  readonly activo: boolean
  /** Why this person may not change it; null when they may. */
  readonly cerrado: string | null
}

/** A token as its person sees it; the secret is nowhere. */
export interface TokenGuardado {
  readonly id: number
  readonly nombre: string
  readonly prefijo: string
  readonly alcances: readonly string[]
  readonly creadoEn: Date
  readonly caducaEn: Date
  readonly revocadoEn: Date | null
  readonly ultimoUso: Date | null
}

/** A permission that a token may carry. */
export interface Alcance {
  /** Code of the permission: what the routes of the API declare. */
  readonly codigo: string
  readonly texto: string
}

/** Everything the API reads; a token carries some of them and never more than its person has at that moment. */
export const ALCANCES: readonly Alcance[] = [
  { codigo: 'operaciones.view_pteheader', texto: 'Leer PTE' },
  { codigo: 'operaciones.view_ote', texto: 'Leer órdenes de trabajo' },
]

/** Days a token may live. */
export const DIAS_DE_VIDA = [30, 90, 180, 365] as const

/** Live tokens a person may have. */
export const MAXIMO_POR_PERSONA = 20

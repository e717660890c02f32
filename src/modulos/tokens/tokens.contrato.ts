/** What the browser receives of the tokens page. */
import type { EnvolturaCon } from '../../comun/envoltura.ts'

export const RUTA_TOKENS = {
  PAGINA: '/perfil/tokens/',
  CREAR: '/perfil/tokens/crear/',
  REVOCAR: '/perfil/tokens/revocar/',
} as const

/** A token in the list of the page. */
export interface FilaDeToken {
  id: number
  nombre: string
  /** First letters and an ellipsis. */
  prefijo: string
  alcances: string
  /** DD/MM/YYYY HH:MM local. */
  creado: string
  caduca: string
  ultimo_uso: string
  estado: string
  tono: 'verde' | 'gris' | 'naranja'
  vigente: boolean
}

/** `token` is the whole secret, this once. */
export type RespuestaDeCrear = EnvolturaCon<{ id: number; token: string }>

/**
 * What was typed and not saved: survives an expired session, a closed tab and a conflict. One draft per person, form
 * and record, in this browser only.
 */
import { instanteLocal } from '../../comun/fechas.ts'
import { guardar, olvidar, recordar } from './almacen.ts'

export interface Borrador {
  valores: Record<string, string>
  /** Local, to be read by people. */
  cuando: string
}

const claveDe = (forma: string, registro: string): string =>
  `borrador:${document.body.dataset['usuario'] ?? ''}:${forma}:${registro}`

export function guardarBorrador(forma: string, registro: string, valores: Record<string, string>): void {
  const borrador: Borrador = { valores, cuando: instanteLocal(new Date()).slice(0, 16) }
  guardar(claveDe(forma, registro), JSON.stringify(borrador))
}

export function leerBorrador(forma: string, registro: string): Borrador | null {
  const guardado = recordar(claveDe(forma, registro))
  if (guardado === null) return null
  try {
    return JSON.parse(guardado) as Borrador
  } catch {
    return null
  }
}

export function borrarBorrador(forma: string, registro: string): void {
  olvidar(claveDe(forma, registro))
}

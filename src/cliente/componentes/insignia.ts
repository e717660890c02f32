/** A state: colour with its word. As a button when it opens a menu. */
import type { Tono } from '../../comun/colores.ts'
import { crear } from '../comun/dom.ts'

export function crearInsignia(texto: string, tono: Tono | 'desconocido'): HTMLElement {
  return crear('span', { class: `insignia tono-${tono}` }, texto)
}

export function crearInsigniaBoton(texto: string, tono: Tono | 'desconocido', accion: string): HTMLButtonElement {
  return crear(
    'button',
    {
      type: 'button',
      class: `insignia tono-${tono}`,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': `${texto}. ${accion}`,
      title: accion,
    },
    texto,
  )
}

/** Point of colour before a word of a menu. */
export const punto = (tono: Tono): HTMLElement => crear('span', { class: `punto tono-${tono}`, 'aria-hidden': 'true' })

/** Bars of progress with their number (ot.md §7.2); the corporate colour by its tone. */
import type { Tono } from '../../comun/colores.ts'
import { crear } from '../comun/dom.ts'

/** Class of `progreso.css` of each tone. */
const CLASE: Partial<Record<Tono, string>> = {
  naranja: 'avance-rojo',
  amarillo: 'avance-amarillo',
  verde: 'avance-verde',
  azul: 'avance-azul',
}

export interface Barra {
  avance: number
  tono: Tono
  /** On hover, and said by the screen reader. */
  descripcion: string
  /** Line below the bar. */
  debajo: (Node | string)[]
}

export function crearBarra({ avance, tono, descripcion, debajo }: Barra): HTMLElement {
  const barra = crear('div', { class: `progreso-barra ${CLASE[tono] ?? 'avance-azul'}` })
  barra.style.setProperty('--avance', String(avance))
  return crear(
    'div',
    { class: 'progreso', title: descripcion },
    crear('div', { class: 'progreso-riel', role: 'img', 'aria-label': descripcion }, barra),
    crear('div', { class: 'progreso-texto' }, ...debajo),
  )
}

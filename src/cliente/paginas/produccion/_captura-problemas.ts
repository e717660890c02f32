/** What could not be saved or recovered, over the grid: each line leads to its cell. */
import { botonIcono, crear, icono } from '../../comun/dom.ts'

export interface Problema {
  /** '2.1. · día 12' */
  readonly nombre: string
  readonly motivo: string
  /** Absent when the cell is not in the grid any more. */
  readonly ir?: () => void
}

const A_LA_VISTA = 8

export class Problemas {
  readonly caja = crear('div', { class: 'captura-problemas', role: 'alert', tabindex: -1, hidden: true })

  mostrar(titulo: string, problemas: readonly Problema[]): void {
    const cerrar = botonIcono(icono('x-lg'), 'Cerrar la lista')
    cerrar.addEventListener('click', () => {
      this.quitar()
    })
    const resto = problemas.length - A_LA_VISTA
    this.caja.hidden = false
    this.caja.replaceChildren(
      crear('div', { class: 'captura-problemas-titulo' }, crear('h2', {}, titulo), cerrar),
      crear(
        'ul',
        {},
        ...problemas.slice(0, A_LA_VISTA).map(renglon),
        resto > 0 && crear('li', { class: 'tenue' }, `y ${String(resto)} más`),
      ),
    )
  }

  quitar(): void {
    this.caja.hidden = true
    this.caja.replaceChildren()
  }
}

function renglon({ nombre, motivo, ir }: Problema): HTMLLIElement {
  if (!ir) return crear('li', {}, `${nombre}: ${motivo}`)
  const boton = crear('button', { type: 'button', class: 'boton-enlace' }, nombre)
  boton.addEventListener('click', ir)
  return crear('li', {}, boton, `: ${motivo}`)
}

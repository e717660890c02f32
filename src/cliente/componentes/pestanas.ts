/** Tabs: arrows move between them; the content of each is made the first time it is shown. */
import { crear, idUnico } from '../comun/dom.ts'

export interface Pestana {
  titulo: string
  crear: (caja: HTMLElement) => void
}

export interface OpcionesPestanas {
  /** The one shown at first; by default the first. */
  inicial?: number
  /** Called each time another one is shown, and not for the first. */
  alElegir?: (elegida: number) => void
}

export function crearPestanas(nombre: string, pestanas: Pestana[], opciones: OpcionesPestanas = {}): HTMLElement {
  const lista = crear('div', { class: 'pestanas', role: 'tablist', 'aria-label': nombre })
  const partes = pestanas.map((pestana) => {
    const id = idUnico('pestana')
    const boton = crear('button', { type: 'button', role: 'tab', id, 'aria-controls': `${id}-panel` }, pestana.titulo)
    const panel = crear('div', { role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': id })
    return { boton, panel, pestana }
  })
  const elegir = (elegida: number): void => {
    for (const [i, { boton, panel, pestana }] of partes.entries()) {
      boton.setAttribute('aria-selected', String(i === elegida))
      boton.tabIndex = i === elegida ? 0 : -1
      panel.hidden = i !== elegida
      if (i === elegida && !panel.hasChildNodes()) pestana.crear(panel)
    }
  }
  for (const [i, { boton }] of partes.entries()) {
    lista.append(boton)
    boton.addEventListener('click', () => {
      elegir(i)
      opciones.alElegir?.(i)
    })
  }
  lista.addEventListener('keydown', (evento) => {
    const paso = { ArrowRight: 1, ArrowLeft: -1 }[evento.key]
    const actual = partes.findIndex(({ boton }) => boton === evento.target)
    if (paso === undefined || actual === -1) return
    evento.preventDefault()
    const destino = (actual + paso + partes.length) % partes.length
    elegir(destino)
    partes[destino]?.boton.focus()
    opciones.alElegir?.(destino)
  })
  elegir(opciones.inicial ?? 0)
  return crear('div', {}, lista, ...partes.map(({ panel }) => panel))
}

/** Tabs: arrows move between them; the content of each is made the first time it is shown. */
import { crear, exigir, idUnico, todos } from '../comun/dom.ts'

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

interface Parte {
  readonly boton: HTMLElement
  readonly panel: HTMLElement
}

/** Clicks and arrows of a list of tabs; gives the function that shows one of them. */
function conectar(lista: HTMLElement, partes: readonly Parte[], alElegir?: (elegida: number) => void) {
  const mostrar = (elegida: number): void => {
    for (const [i, { boton, panel }] of partes.entries()) {
      boton.setAttribute('aria-selected', String(i === elegida))
      boton.tabIndex = i === elegida ? 0 : -1
      panel.hidden = i !== elegida
    }
  }
  for (const [i, { boton }] of partes.entries()) {
    boton.addEventListener('click', () => {
      mostrar(i)
      alElegir?.(i)
    })
  }
  lista.addEventListener('keydown', (evento) => {
    const actual = partes.findIndex(({ boton }) => boton === evento.target)
    const ultima = partes.length - 1
    const destino = {
      ArrowRight: actual === ultima ? 0 : actual + 1,
      ArrowLeft: actual === 0 ? ultima : actual - 1,
      Home: 0,
      End: ultima,
    }[evento.key]
    if (destino === undefined || actual === -1) return
    evento.preventDefault()
    mostrar(destino)
    partes[destino]?.boton.focus()
    alElegir?.(destino)
  })
  return mostrar
}

export function crearPestanas(nombre: string, pestanas: Pestana[], opciones: OpcionesPestanas = {}): HTMLElement {
  const lista = crear('div', { class: 'pestanas', role: 'tablist', 'aria-label': nombre })
  const partes = pestanas.map((pestana) => {
    const id = idUnico('pestana')
    const boton = crear('button', { type: 'button', role: 'tab', id, 'aria-controls': `${id}-panel` }, pestana.titulo)
    const panel = crear('div', { role: 'tabpanel', id: `${id}-panel`, 'aria-labelledby': id })
    lista.append(boton)
    return { boton, panel, pestana }
  })
  const llenar = (elegida: number): void => {
    const parte = partes[elegida]
    if (parte && !parte.panel.hasChildNodes()) parte.pestana.crear(parte.panel)
  }
  const mostrar = conectar(lista, partes, (elegida) => {
    llenar(elegida)
    opciones.alElegir?.(elegida)
  })
  mostrar(opciones.inicial ?? 0)
  llenar(opciones.inicial ?? 0)
  return crear('div', {}, lista, ...partes.map(({ panel }) => panel))
}

/**
 * Tabs that the server drew (views/componentes/pestanas.ejs): the address keeps which one is shown.
 * @param alMostrar called with the one shown at first and with each one that is chosen.
 */
export function activarPestanas(alMostrar?: (clave: string) => void): void {
  const lista = exigir('[data-pestanas]', HTMLElement)
  const botones = todos('[role="tab"]', HTMLElement, lista)
  const partes = botones.map((boton) => ({
    boton,
    panel: exigir(`#${boton.getAttribute('aria-controls') ?? ''}`, HTMLElement),
  }))
  conectar(lista, partes, (elegida) => {
    const direccion = new URL(location.href)
    if (elegida === 0) direccion.searchParams.delete('pestana')
    else direccion.searchParams.set('pestana', botones[elegida]?.dataset['clave'] ?? '')
    history.replaceState(history.state, '', direccion)
    alMostrar?.(botones[elegida]?.dataset['clave'] ?? '')
  })
  alMostrar?.(botones.find((boton) => boton.getAttribute('aria-selected') === 'true')?.dataset['clave'] ?? '')
}

/**
 * Menus that open under their button, over <popover>: the browser closes them with Escape or a click outside. Arrows move
 * inside; opening by keyboard focuses the first entry.
 */
import { crear, origen, todos } from './dom.ts'

const ENTRADAS = '.opcion-menu'

/** Menus written in the views: `data-menu="id of the panel"` on the button. */
export function activarMenus(): void {
  for (const boton of todos('[data-menu]', HTMLButtonElement)) {
    const panel = document.getElementById(boton.dataset['menu'] ?? '')
    if (panel) unir(boton, panel)
  }
}

/** Ties a button to its panel. */
export function unir(boton: HTMLElement, panel: HTMLElement): void {
  panel.setAttribute('popover', '')
  boton.setAttribute('aria-haspopup', 'true')
  boton.setAttribute('aria-expanded', 'false')
  boton.addEventListener('click', (evento) => {
    evento.stopPropagation()
    if (panel.matches(':popover-open')) panel.hidePopover()
    else abrir(boton, panel)
  })
  boton.addEventListener('keydown', (evento) => {
    if (evento.key !== 'ArrowDown') return
    evento.preventDefault()
    abrir(boton, panel)
  })
  panel.addEventListener('toggle', () => {
    boton.setAttribute('aria-expanded', String(panel.matches(':popover-open')))
  })
  panel.addEventListener('keydown', mover)
}

function abrir(boton: HTMLElement, panel: HTMLElement, punto: { x: number; y: number } | null = null): void {
  if (panel.matches(':popover-open')) return
  panel.showPopover()
  const ancla = punto ? new DOMRect(punto.x, punto.y) : boton.getBoundingClientRect()
  const { offsetWidth: ancho, offsetHeight: alto } = panel
  const margen = 8
  const izquierda = Math.min(ancla.left, window.innerWidth - ancho - margen)
  const cabeDebajo = ancla.bottom + alto + margen <= window.innerHeight
  panel.style.left = `${String(Math.max(margen, izquierda))}px`
  panel.style.top = `${String(cabeDebajo ? ancla.bottom + 4 : Math.max(margen, ancla.top - alto - 4))}px`
  panel.querySelector<HTMLElement>(`${ENTRADAS}, input, button, a`)?.focus()
}

function mover(evento: KeyboardEvent): void {
  const paso = { ArrowDown: 1, ArrowUp: -1 }[evento.key]
  if (paso === undefined || !(evento.currentTarget instanceof HTMLElement)) return
  const entradas = todos(ENTRADAS, HTMLElement, evento.currentTarget)
  const actual = entradas.indexOf(origen(evento, ENTRADAS) ?? document.body)
  evento.preventDefault()
  entradas[(actual + paso + entradas.length) % entradas.length]?.focus()
}

export interface EntradaMenu {
  texto: string
  hacer: () => void
  /** Before the text: a point of colour, an icon. */
  marca?: Element
  actual?: boolean
  deshabilitada?: string
}

/** Opens a menu made on the spot under the button, or at a point of the window, and removes it when it closes. */
export function abrirMenu(
  boton: HTMLElement,
  nombre: string,
  entradas: EntradaMenu[],
  punto: { x: number; y: number } | null = null,
): HTMLElement {
  const opciones = entradas.map((entrada) => {
    const opcion = crear(
      'button',
      {
        type: 'button',
        class: 'opcion-menu',
        role: 'menuitemradio',
        'aria-checked': String(entrada.actual === true),
        'aria-disabled': entrada.deshabilitada === undefined ? null : 'true',
        title: entrada.deshabilitada,
      },
      entrada.marca ?? null,
      entrada.texto,
    )
    if (entrada.deshabilitada === undefined) {
      opcion.addEventListener('click', () => {
        panel.hidePopover()
        entrada.hacer()
      })
    }
    return opcion
  })
  const panel = crear('div', { class: 'flotante-panel', role: 'menu', 'aria-label': nombre, popover: '' }, ...opciones)
  panel.addEventListener('keydown', mover)
  ;(boton.closest('dialog, main') ?? document.body).append(panel)
  boton.setAttribute('aria-expanded', 'true')
  panel.addEventListener('toggle', () => {
    if (panel.matches(':popover-open')) return
    boton.setAttribute('aria-expanded', 'false')
    panel.remove()
    if (document.activeElement === document.body && boton.isConnected) boton.focus()
  })
  abrir(boton, panel, punto)
  return panel
}

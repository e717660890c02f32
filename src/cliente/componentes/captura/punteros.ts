/** The mouse and the finger over the grid: choosing, dragging a range, the fill handle, the edge of a heading. */
import type { Posicion } from './tipos.ts'
import type { Vista } from './vista.ts'

interface Respuestas {
  readonly elegir: (donde: Posicion, extender: boolean) => void
  readonly elegirColumna: (c: number) => void
  readonly editar: () => void
  /** The handle is being dragged over that cell; null when it ends outside of any change. */
  readonly arrastrar: (donde: Posicion) => void
  readonly soltar: () => void
  readonly menu: (x: number, y: number) => void
  readonly filtro: (columna: string) => void
  readonly senalar: (celda: HTMLElement, donde: Posicion) => void
}

/** How near the edge the pointer makes the box scroll, and how much each time. */
const ORILLA = 28
const AVANCE = 24

export function activarPunteros<F>(vista: Vista<F>, asa: HTMLElement, respuestas: Respuestas): void {
  const { rejilla, rollo } = vista

  rejilla.addEventListener('pointerdown', (evento) => {
    if (evento.button !== 0 || !(evento.target instanceof Element)) return
    const orilla = evento.target.closest<HTMLElement>('[data-orilla]')
    if (orilla) {
      evento.preventDefault()
      ensanchar(vista, Number(orilla.dataset['orilla']), evento)
      return
    }
    const filtro = evento.target.closest<HTMLElement>('[data-filtro]')
    if (filtro) {
      evento.preventDefault()
      respuestas.filtro(filtro.dataset['filtro'] ?? '')
      return
    }
    const donde = vista.posicionDe(evento)
    if (!donde) return
    // Otherwise the browser would select text while a range is dragged.
    evento.preventDefault()
    rejilla.focus({ preventScroll: true })
    if (donde.f < 0) {
      respuestas.elegirColumna(donde.c)
      return
    }
    respuestas.elegir(donde, evento.shiftKey)
    // A finger scrolls: it chooses one cell, and ranges are for the mouse.
    if (evento.pointerType === 'mouse') {
      seguir(vista, rollo, (hasta) => {
        respuestas.elegir(hasta, true)
      })
    }
  })
  rejilla.addEventListener('dblclick', (evento) => {
    const donde = vista.posicionDe(evento)
    if (donde && donde.f >= 0) respuestas.editar()
  })
  rejilla.addEventListener('contextmenu', (evento) => {
    const donde = vista.posicionDe(evento)
    if (!donde || donde.f < 0) return
    evento.preventDefault()
    const abrir = (): void => {
      respuestas.menu(evento.clientX, evento.clientY)
    }
    // With the button still down, letting it go outside of the menu would close it.
    if (evento.buttons === 0) abrir()
    else document.addEventListener('pointerup', () => setTimeout(abrir), { once: true })
  })
  rejilla.addEventListener('pointerover', (evento) => {
    const donde = vista.posicionDe(evento)
    if (!donde || donde.f < 0 || !(evento.target instanceof Element)) return
    const celda = evento.target.closest<HTMLElement>('[data-c]')
    if (celda) respuestas.senalar(celda, donde)
  })
  asa.addEventListener('pointerdown', (evento) => {
    evento.preventDefault()
    seguir(vista, rollo, respuestas.arrastrar, respuestas.soltar)
  })
}

/** Follows the pointer until it is let go, scrolling when it comes near an edge. */
function seguir<F>(
  vista: Vista<F>,
  rollo: HTMLElement,
  alPasar: (donde: Posicion) => void,
  alSoltar: () => void = () => undefined,
): void {
  let ultima = ''
  let punto: { x: number; y: number } | null = null
  const revisar = (): void => {
    if (!punto) return
    const donde = vista.posicionEn(punto.x, punto.y)
    const clave = `${String(donde.f)},${String(donde.c)}`
    if (clave === ultima) return
    ultima = clave
    alPasar(donde)
  }
  const reloj = window.setInterval(() => {
    if (!punto) return
    const caja = rollo.getBoundingClientRect()
    const dx = punto.x > caja.right - ORILLA ? AVANCE : punto.x < caja.left + ORILLA ? -AVANCE : 0
    const dy =
      punto.y > caja.bottom - ORILLA ? AVANCE : punto.y < caja.top + vista.altoDeCabeza && punto.y > 0 ? -AVANCE : 0
    if (dx === 0 && dy === 0) return
    rollo.scrollBy(dx, dy)
    revisar()
  }, 40)
  const mover = (evento: PointerEvent): void => {
    punto = { x: evento.clientX, y: evento.clientY }
    revisar()
  }
  const soltar = (): void => {
    window.clearInterval(reloj)
    document.removeEventListener('pointermove', mover)
    document.removeEventListener('pointerup', soltar)
    document.removeEventListener('pointercancel', soltar)
    alSoltar()
  }
  document.addEventListener('pointermove', mover)
  document.addEventListener('pointerup', soltar)
  document.addEventListener('pointercancel', soltar)
}

function ensanchar<F>(vista: Vista<F>, c: number, inicio: PointerEvent): void {
  const ancho = vista.ancho(c)
  const mover = (evento: PointerEvent): void => {
    vista.ponerAncho(c, ancho + evento.clientX - inicio.clientX)
  }
  const soltar = (): void => {
    document.removeEventListener('pointermove', mover)
    document.removeEventListener('pointerup', soltar)
    vista.pintarSeleccion()
  }
  document.addEventListener('pointermove', mover)
  document.addEventListener('pointerup', soltar)
}

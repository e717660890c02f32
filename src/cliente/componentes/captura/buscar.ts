/** Ctrl + F inside the grid: finds by text in any column, Enter goes to the next, Shift + Enter to the one before. */
import { botonIcono, crear, icono } from '../../comun/dom.ts'
import { celdasCon, proxima } from './buscables.ts'
import type { Posicion } from './tipos.ts'

interface Buscable {
  readonly filas: () => number
  readonly columnas: number
  readonly texto: (f: number, c: number) => string
  readonly actual: () => Posicion
  readonly ir: (donde: Posicion) => void
  readonly alCerrar: () => void
}

export class BuscadorDeCeldas {
  readonly caja: HTMLElement
  private readonly entrada: HTMLInputElement
  private readonly cuenta = crear('span', { class: 'tenue cifras', role: 'status' })
  private readonly buscable: Buscable

  constructor(buscable: Buscable) {
    this.buscable = buscable
    this.entrada = crear('input', {
      class: 'entrada',
      type: 'search',
      'aria-label': 'Buscar en la rejilla',
      placeholder: 'Buscar en la rejilla',
      autocomplete: 'off',
    })
    const anterior = botonIcono(icono('chevron-up'), 'Anterior')
    const siguiente = botonIcono(icono('chevron-down'), 'Siguiente')
    const cerrar = botonIcono(icono('x-lg'), 'Cerrar la búsqueda')
    this.caja = crear(
      'div',
      { class: 'captura-busqueda', role: 'search', hidden: true },
      this.entrada,
      this.cuenta,
      anterior,
      siguiente,
      cerrar,
    )
    anterior.addEventListener('click', () => {
      this.ir(true)
    })
    siguiente.addEventListener('click', () => {
      this.ir(false)
    })
    cerrar.addEventListener('click', () => {
      this.cerrar()
    })
    this.caja.addEventListener('keydown', (evento) => {
      if (evento.key === 'Escape') this.cerrar()
      else if (evento.key === 'Enter' && evento.target === this.entrada) this.ir(evento.shiftKey)
      else return
      evento.preventDefault()
      evento.stopPropagation()
    })
  }

  abrir(): void {
    this.caja.hidden = false
    this.entrada.focus()
    this.entrada.select()
  }

  private cerrar(): void {
    this.caja.hidden = true
    this.buscable.alCerrar()
  }

  private ir(atras: boolean): void {
    const halladas = celdasCon(this.entrada.value, this.buscable)
    const indice = proxima(halladas, this.buscable.actual(), atras)
    const celda = halladas[indice]
    this.cuenta.textContent = celda ? `${String(indice + 1)} de ${String(halladas.length)}` : 'No está en la rejilla'
    if (celda) this.buscable.ir(celda)
  }
}

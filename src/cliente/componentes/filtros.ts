/**
 * Filter panel, search box and chips of a list: what is filtered is always readable and removable. The view draws
 * `#panel-filtros`, `#forma-filtros`, `#forma-buscar`, `#buscar` and `#fichas`; each control of the panel is named after its filter, a
 * select, a text, a date or a group of checkboxes (`name[]`, whose values go joined by commas). Opening the panel shows what is applied
 * (D-PTE-33).
 */
import { aDdMmAaaa, leerFechaIso } from '../../comun/fechas.ts'
import { activarFecha, ponerFecha } from '../comun/campo-fecha.ts'
import { botonIcono, crear, exigir, icono, todos } from '../comun/dom.ts'
import { hacerBuscable, ponerSeleccion, textoElegido } from '../comun/seleccion.ts'

export interface OpcionesFiltros {
  /** Names of the endpoint, which are also those of the address; the search box is `filtro`. */
  nombres: readonly string[]
  /** Before the text of the search in its chip: 'Folio o PTE'. */
  rotuloBusqueda: string
  /** Chip of a filter that the panel does not ask for: it comes only in the address. */
  ficha?: (nombre: string, valor: string) => string
  /** Choice of a select that is sent as an empty filter, since a select cannot tell that from nothing chosen. */
  vacios?: Readonly<Record<string, string>>
}

export class Filtros {
  private valores: Map<string, string>
  private readonly opciones: OpcionesFiltros
  private readonly alAplicar: () => void
  private readonly panel = exigir('#panel-filtros', HTMLDialogElement)
  private readonly forma = exigir('#forma-filtros', HTMLFormElement)
  private readonly buscador = exigir('#buscar', HTMLInputElement)
  private readonly fichas = exigir('#fichas', HTMLElement)
  private readonly delPanel: readonly string[]

  constructor(opciones: OpcionesFiltros, iniciales: Record<string, string>, alAplicar: () => void) {
    this.opciones = opciones
    this.valores = new Map(Object.entries(iniciales))
    this.alAplicar = alAplicar
    this.delPanel = opciones.nombres.filter((nombre) => this.controles(nombre).length > 0)
    for (const select of todos('select[data-buscable]', HTMLSelectElement, this.forma)) hacerBuscable(select)
    for (const fecha of todos('[data-fecha]', HTMLElement, this.forma)) activarFecha(fecha)
    this.activar()
    this.mostrar()
  }

  /** What the address says now: nothing is announced. */
  poner(valores: Record<string, string>): void {
    this.valores = new Map(Object.entries(valores))
    this.mostrar()
  }

  limpiar(): void {
    this.valores.clear()
    this.aplicar()
    this.buscador.focus()
  }

  get hayAlguno(): boolean {
    return this.valores.size > 0
  }

  /** By the names of the endpoint. */
  get aplicados(): Record<string, string> {
    return Object.fromEntries(this.valores)
  }

  private activar(): void {
    exigir('#boton-filtros', HTMLButtonElement).addEventListener('click', () => {
      this.mostrar()
      this.panel.showModal()
    })
    exigir('[data-cerrar]', HTMLButtonElement, this.panel).addEventListener('click', () => {
      this.panel.close()
    })
    this.panel.addEventListener('click', (evento) => {
      if (evento.target === this.panel) this.panel.close()
    })
    this.forma.addEventListener('submit', (evento) => {
      evento.preventDefault()
      this.leerPanel()
      this.panel.close()
      this.aplicar()
    })
    exigir('#limpiar-filtros', HTMLButtonElement).addEventListener('click', () => {
      for (const nombre of this.delPanel) this.valores.delete(nombre)
      this.panel.close()
      this.aplicar()
    })
    exigir('#forma-buscar', HTMLFormElement).addEventListener('submit', (evento) => {
      evento.preventDefault()
      this.buscar()
    })
    // The cross of the search box empties it without Enter.
    this.buscador.addEventListener('search', () => {
      if (this.buscador.value === '') this.buscar()
    })
  }

  private buscar(): void {
    const texto = this.buscador.value.trim()
    if (texto === (this.valores.get('filtro') ?? '')) return
    if (texto === '') this.valores.delete('filtro')
    else this.valores.set('filtro', texto)
    this.aplicar()
  }

  private leerPanel(): void {
    for (const nombre of this.delPanel) {
      const valor = this.elegido(nombre)
      if (valor === '') this.valores.delete(nombre)
      else this.valores.set(nombre, valor === this.opciones.vacios?.[nombre] ? '' : valor)
    }
  }

  private controles(nombre: string): (HTMLSelectElement | HTMLInputElement)[] {
    const selector = `[name="${nombre}"]`
    return [
      ...todos(selector, HTMLSelectElement, this.forma),
      ...todos(selector, HTMLInputElement, this.forma),
      ...this.casillas(nombre),
    ]
  }

  private casillas(nombre: string): HTMLInputElement[] {
    return todos(`input[type="checkbox"][name="${nombre}[]"]`, HTMLInputElement, this.forma)
  }

  private elegido(nombre: string): string {
    const casillas = this.casillas(nombre)
    if (casillas.length === 0) return this.controles(nombre)[0]?.value.trim() ?? ''
    return casillas
      .filter(({ checked }) => checked)
      .map(({ value }) => value)
      .join()
  }

  private aplicar(): void {
    this.mostrar()
    this.alAplicar()
  }

  /** What is applied, in the panel, in the box and as chips. */
  private mostrar(): void {
    this.buscador.value = this.valores.get('filtro') ?? ''
    for (const nombre of this.delPanel) this.mostrarControl(nombre)
    const fichas = [...this.valores.keys()].map((nombre) => this.ficha(nombre))
    const limpiar = crear('button', { type: 'button', class: 'boton boton-plano' }, 'Limpiar filtros')
    limpiar.addEventListener('click', () => {
      this.limpiar()
    })
    this.fichas.replaceChildren(...fichas, ...(fichas.length > 1 ? [limpiar] : []))
  }

  private mostrarControl(nombre: string): void {
    const valor = this.valores.get(nombre)
    const elegidos = (valor ?? '').split(',')
    for (const casilla of this.casillas(nombre)) casilla.checked = elegidos.includes(casilla.value)
    const [control] = this.controles(nombre)
    if (control instanceof HTMLInputElement && control.type !== 'checkbox') {
      if (control.type === 'date') ponerFecha(control, valor ?? '')
      else control.value = valor ?? ''
    }
    if (!(control instanceof HTMLSelectElement)) return
    ponerSeleccion(control, valor === '' ? (this.opciones.vacios?.[nombre] ?? '') : (valor ?? ''))
  }

  private ficha(nombre: string): HTMLElement {
    const texto = this.textoDeFicha(nombre)
    const quitar = botonIcono(icono('x-lg'), `Quitar filtro ${texto}`)
    quitar.className = ''
    quitar.addEventListener('click', () => {
      this.valores.delete(nombre)
      this.aplicar()
      this.buscador.focus()
    })
    return crear('span', { class: 'ficha-filtro' }, crear('span', { title: texto }, texto), quitar)
  }

  private textoDeFicha(nombre: string): string {
    const aplicado = this.valores.get(nombre) ?? ''
    if (nombre === 'filtro') return `${this.opciones.rotuloBusqueda}: «${aplicado}»`
    const propia = this.opciones.ficha?.(nombre, aplicado)
    if (propia !== undefined && !this.delPanel.includes(nombre)) return propia
    return `${this.etiquetaDe(nombre)}: ${this.textoDe(nombre) || aplicado}`
  }

  private textoDe(nombre: string): string {
    const [control] = this.controles(nombre)
    if (control instanceof HTMLSelectElement) return textoElegido(control)
    if (control?.type === 'date') return aDdMmAaaa(leerFechaIso(control.value)) ?? ''
    if (control && control.type !== 'checkbox') return control.value.trim()
    return this.casillas(nombre)
      .filter(({ checked }) => checked)
      .map((casilla) => casilla.closest('label')?.textContent.trim() ?? casilla.value)
      .join(', ')
  }

  private etiquetaDe(nombre: string): string {
    const campo = exigir(`[data-campo="${nombre}"]`, HTMLElement, this.forma)
    return exigir('label, legend', HTMLElement, campo).textContent.trim()
  }
}

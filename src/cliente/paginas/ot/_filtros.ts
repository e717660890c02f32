/** Filter panel, search and chips of the OT list (ot.md §7.7). What is filtered is always readable and removable. */
import { ESTATUS_OPERATIVOS, ORDEN_ESTATUS_FILTRO, TIPO_OT } from '../../../modulos/ot/ot.contrato.ts'
import { botonIcono, crear, exigir, icono, todos } from '../../comun/dom.ts'
import { ponerOpciones, ponerSeleccion, textoElegido, hacerBuscable } from '../../comun/seleccion.ts'

/** Names of the endpoint, which are also those of the address. */
export const FILTROS_OT = [
  'filtro',
  'tipo',
  'ot_principal',
  'estatus',
  'responsable_proyecto',
  'id_cliente',
  'sitio',
  'anio',
] as const
const DEL_PANEL = ['sitio', 'responsable_proyecto', 'id_cliente', 'anio', 'estatus', 'tipo'] as const

/** Both types are asked for with `tipo` present and empty; a select cannot tell that from nothing chosen. */
const AMBOS_TIPOS = 'ambos'

export class Filtros {
  private readonly valores: Map<string, string>
  private readonly alAplicar: () => void
  private readonly panel = exigir('#panel-filtros', HTMLDialogElement)
  private readonly forma = exigir('#forma-filtros', HTMLFormElement)
  private readonly buscador = exigir('#buscar', HTMLInputElement)
  private readonly fichas = exigir('#fichas', HTMLElement)

  constructor(iniciales: Record<string, string>, alAplicar: () => void) {
    this.valores = new Map(Object.entries(iniciales))
    this.alAplicar = alAplicar
    ponerOpciones(
      this.seleccion('estatus'),
      ORDEN_ESTATUS_FILTRO.map((id) => ({
        valor: String(id),
        texto: ESTATUS_OPERATIVOS.find((estatus) => estatus.id === id)?.texto ?? '',
      })),
    )
    ponerOpciones(this.seleccion('tipo'), [
      { valor: String(TIPO_OT.INICIAL), texto: 'INICIAL' },
      { valor: String(TIPO_OT.REPROGRAMACION), texto: 'REPROGRAMACION' },
      { valor: AMBOS_TIPOS, texto: 'INICIAL Y REPROGRAMACION' },
    ])
    for (const select of todos('select[data-buscable]', HTMLSelectElement, this.forma)) hacerBuscable(select)
    this.activar()
    this.mostrar()
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
      for (const nombre of DEL_PANEL) this.valores.delete(nombre)
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
    for (const nombre of DEL_PANEL) {
      const { value } = this.seleccion(nombre)
      if (value === '') this.valores.delete(nombre)
      else this.valores.set(nombre, nombre === 'tipo' && value === AMBOS_TIPOS ? '' : value)
    }
  }

  private seleccion(nombre: string): HTMLSelectElement {
    return exigir(`[name="${nombre}"]`, HTMLSelectElement, this.forma)
  }

  private aplicar(): void {
    this.mostrar()
    this.alAplicar()
  }

  /** What is applied, in the panel, in the box and as chips. */
  private mostrar(): void {
    this.buscador.value = this.valores.get('filtro') ?? ''
    for (const nombre of DEL_PANEL) {
      const valor = this.valores.get(nombre)
      ponerSeleccion(this.seleccion(nombre), nombre === 'tipo' && valor === '' ? AMBOS_TIPOS : (valor ?? ''))
    }
    const fichas = [...this.valores.keys()].map((nombre) => this.ficha(nombre))
    const limpiar = crear('button', { type: 'button', class: 'boton boton-plano' }, 'Limpiar filtros')
    limpiar.addEventListener('click', () => {
      this.limpiar()
    })
    this.fichas.replaceChildren(...fichas, ...(fichas.length > 1 ? [limpiar] : []))
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
    if (nombre === 'filtro') return `Folio o PTE: «${aplicado}»`
    // It comes only in the address: the panel does not ask for it.
    if (nombre === 'ot_principal') return `Reprogramaciones de la OT con ID ${aplicado}`
    return `${this.etiquetaDe(nombre)}: ${textoElegido(this.seleccion(nombre)) || aplicado}`
  }

  private etiquetaDe(nombre: string): string {
    return exigir(
      'label',
      HTMLLabelElement,
      exigir(`[data-campo="${nombre}"]`, HTMLElement, this.forma),
    ).textContent.trim()
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
}

/**
 * The only file that knows DataTables. A table of the server: asks by names (not positions), draws text unless the column
 * builds its own cell, counts and sums below, says why it is empty, and moves with the keyboard: ↑ ↓ between rows, Enter
 * opens, → ← expand and collapse, Space selects, Shift extends.
 */
import DataTable, { type Api } from 'datatables.net'
import { crear, icono, oRaya, todos } from '../comun/dom.ts'
import { plural } from '../../comun/texto.ts'
import { obtener, type Parametros } from '../comun/http.ts'

export interface Columna<F> {
  /** Key of the row and name sent to the server; also the name in the address. */
  nombre: string
  titulo: string
  ordenable?: boolean
  /** False: starts hidden and can be shown with the chooser. */
  visible?: boolean
  /** Always there: not in the chooser nor in the export. */
  fija?: boolean
  clase?: string
  /** What the cell shows; without it, the value of the row as text, «—» when empty. */
  celda?: (fila: F) => Node | string
  /** What is copied, when the cell is not plain text. */
  texto?: (fila: F) => string
  /** The heading has no text to see, only to hear. */
  tituloOculto?: boolean
}

export interface RespuestaDeFilas<F> {
  recordsTotal: number
  recordsFiltered: number
  /** There are more than `recordsFiltered`: the search stopped there. */
  hay_mas?: true
  data: F[]
}

export interface OpcionesTabla<F, R extends RespuestaDeFilas<F>> {
  /** Empty element that becomes the table. */
  caja: HTMLElement
  /** Caption, for those who hear the page. */
  titulo: string
  ruta: string
  columnas: Columna<F>[]
  /** Filters and scope, by the names of the endpoint. */
  parametros: () => Parametros
  orden?: { columna: string; descendente: boolean } | null
  /** Rows per page; null = all, without pager. */
  porPagina: number | null
  pagina?: number
  clase?: string
  /** Mostrando 1 a 10 de 21 … */
  sustantivo?: [string, string]
  claseFila?: (fila: F) => string
  alDibujar?: (respuesta: R) => void
  /** Text beside the count: sums of the filtered set. */
  sumas?: (respuesta: R) => string
  /** What to show instead of rows. */
  vacio: () => Node
  /** Enter on a row. */
  alAbrir?: (fila: F) => void
  seleccionable?: boolean
}

const ESQUELETO_FILAS = 10

export class Tabla<F extends { id?: number }, R extends RespuestaDeFilas<F> = RespuestaDeFilas<F>> {
  readonly elemento: HTMLTableElement
  readonly rollo: HTMLElement
  private readonly opciones: OpcionesTabla<F, R>
  private readonly pie: HTMLElement
  private readonly dt: Api
  private readonly alCambiar: (() => void)[] = []
  private ultima: R | null = null
  private fallo = false
  private peticion: AbortController | null = null
  private ancla: HTMLTableRowElement | null = null

  constructor(opciones: OpcionesTabla<F, R>) {
    this.opciones = opciones
    this.elemento = crear(
      'table',
      { class: `tabla ${opciones.clase ?? ''}`, 'aria-busy': 'true' },
      crear('caption', {}, opciones.titulo),
    )
    this.rollo = crear(
      'div',
      { class: 'tabla-rollo', tabindex: 0, role: 'group', 'aria-label': opciones.titulo },
      this.elemento,
    )
    this.pie = crear('div', { class: 'tabla-pie' })
    opciones.caja.classList.add('tabla-marco')
    opciones.caja.replaceChildren(this.rollo, this.pie)
    this.dt = this.armar()
    this.activarTeclas()
    if (opciones.seleccionable) this.activarSeleccion()
  }

  private armar(): Api {
    const { opciones } = this
    const indice = (nombre: string): number => opciones.columnas.findIndex((columna) => columna.nombre === nombre)
    const { orden, porPagina } = opciones
    const conOrden = orden && indice(orden.columna) !== -1
    const dt = new DataTable(this.elemento, {
      serverSide: true,
      processing: false,
      autoWidth: false,
      deferRender: false,
      paging: porPagina !== null,
      pageLength: porPagina ?? 10,
      displayStart: (opciones.pagina ?? 0) * (porPagina ?? 0),
      ordering: opciones.columnas.some(({ ordenable }) => ordenable),
      order: conOrden ? [[indice(orden.columna), orden.descendente ? 'desc' : 'asc']] : [],
      layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null },
      columns: opciones.columnas.map((columna) => ({
        name: columna.nombre,
        title: columna.tituloOculto ? '' : columna.titulo,
        data: null,
        defaultContent: '',
        orderable: columna.ordenable === true,
        orderSequence: ['asc', 'desc'] as ('asc' | 'desc')[],
        visible: columna.visible !== false,
        className: columna.clase ?? '',
        // The text is set by createdCell, as a text node: nothing of the data is ever markup.
        render: () => '',
        createdCell: (celda: HTMLElement, _dato: unknown, fila: unknown) => {
          this.llenar(celda, columna, fila as F)
        },
      })),
      createdRow: (tr: HTMLElement, fila: unknown) => {
        tr.className = opciones.claseFila?.(fila as F) ?? ''
        tr.tabIndex = -1
      },
      language: {
        emptyTable: ' ',
        zeroRecords: ' ',
        loadingRecords: ' ',
        aria: { orderable: ': ordenar', orderableReverse: ': invertir el orden', orderableRemove: ': quitar el orden' },
      },
      ajax: (peticion, listo) => {
        void this.pedir(peticion, listo)
      },
    })
    dt.on('draw', () => {
      this.alPintar()
    })
    dt.on('order page length column-visibility', () => {
      for (const aviso of this.alCambiar) aviso()
    })
    for (const [i, columna] of opciones.columnas.entries()) {
      const th = dt.column(i).header()
      th.setAttribute('scope', 'col')
      if (columna.tituloOculto) th.append(crear('span', { class: 'solo-lector' }, columna.titulo))
    }
    this.pintarEsqueleto()
    return dt
  }

  /** Draw, start, length, order by name and filters: nothing else travels. */
  private async pedir(
    peticion: { draw?: number; start?: number; length?: number; order?: { column: number; dir: string }[] },
    listo: (datos: object) => void,
  ): Promise<void> {
    this.peticion?.abort()
    const control = new AbortController()
    this.peticion = control
    const orden = peticion.order?.[0]
    const columna = orden ? this.opciones.columnas[orden.column] : undefined
    this.elemento.setAttribute('aria-busy', 'true')
    const espera = window.setTimeout(() => {
      this.elemento.classList.add('tabla-cargando')
    }, 150)
    try {
      const respuesta = await obtener<R>(
        this.opciones.ruta,
        {
          draw: peticion.draw,
          start: peticion.start,
          length: this.opciones.porPagina === null ? -1 : peticion.length,
          ...(orden && columna ? { 'order[0][name]': columna.nombre, 'order[0][dir]': orden.dir } : {}),
          ...this.opciones.parametros(),
        },
        { senal: control.signal },
      )
      this.fallo = false
      this.ultima = respuesta
      // The page asked for may no longer exist (rows were deleted): the last one takes its place.
      if (respuesta.data.length === 0 && respuesta.recordsFiltered > 0 && (peticion.start ?? 0) > 0) {
        listo({ ...respuesta, data: [] })
        this.dt.page('last').draw('page')
        return
      }
      listo(respuesta)
      this.opciones.alDibujar?.(respuesta)
    } catch (error) {
      if (control.signal.aborted) return
      this.fallo = true
      this.ultima = null
      listo({ draw: peticion.draw, recordsTotal: 0, recordsFiltered: 0, data: [] })
      if (!(error instanceof Error) || error.name !== 'FalloDeServidor') throw error
    } finally {
      window.clearTimeout(espera)
      if (this.peticion === control) {
        this.elemento.classList.remove('tabla-cargando')
        this.elemento.setAttribute('aria-busy', 'false')
      }
    }
  }

  private llenar(celda: HTMLElement, columna: Columna<F>, fila: F): void {
    const contenido = columna.celda ? columna.celda(fila) : this.valor(columna, fila)
    celda.replaceChildren(contenido)
    if (typeof contenido === 'string' && contenido !== '—' && !columna.clase?.includes('numero'))
      celda.title = contenido
  }

  private valor(columna: Columna<F>, fila: F): string {
    const valor = (fila as Record<string, unknown>)[columna.nombre]
    return typeof valor === 'string' || typeof valor === 'number' ? oRaya(valor) : '—'
  }

  private pintarEsqueleto(): void {
    const columnas = this.opciones.columnas.filter(({ visible }) => visible !== false).length
    const filas = Math.min(this.opciones.porPagina ?? 4, ESQUELETO_FILAS)
    const cuerpo = this.elemento.tBodies[0]
    cuerpo?.replaceChildren(
      ...Array.from({ length: filas }, () =>
        crear(
          'tr',
          { 'aria-hidden': 'true' },
          ...Array.from({ length: columnas }, () => crear('td', {}, crear('span', { class: 'hueso' }))),
        ),
      ),
    )
  }

  private alPintar(): void {
    const vacia = this.elemento.querySelector('td.dt-empty')
    if (vacia) vacia.replaceChildren(this.fallo ? this.avisoDeFallo() : this.opciones.vacio())
    const [primera] = this.filasVisibles()
    if (primera) primera.tabIndex = 0
    this.ancla = null
    this.pintarPie()
  }

  private avisoDeFallo(): HTMLElement {
    const boton = crear('button', { type: 'button', class: 'boton' }, 'Reintentar')
    boton.addEventListener('click', () => {
      this.recargar()
    })
    return crear('div', { class: 'tabla-vacia' }, crear('p', {}, 'No se pudieron traer los datos.'), boton)
  }

  // ------------------------------------------------------------------------------------------------- footer

  private pintarPie(): void {
    const elegidas = this.elegidas().length
    const cuenta = crear('span', { role: 'status' }, this.textoConteo())
    const suma = this.ultima && this.opciones.sumas ? this.opciones.sumas(this.ultima) : ''
    this.pie.replaceChildren(
      cuenta,
      ...(suma === '' ? [] : [crear('span', { class: 'tabla-sumas' }, suma)]),
      ...(elegidas === 0
        ? []
        : [crear('span', {}, elegidas === 1 ? '1 seleccionada' : `${String(elegidas)} seleccionadas`)]),
      ...(this.opciones.porPagina === null ? [] : [this.paginador()]),
    )
  }

  private textoConteo(): string {
    const { ultima } = this
    if (!ultima) return ''
    const [uno, varios] = this.opciones.sustantivo ?? ['registro', 'registros']
    const n = (cifra: number): string => cifra.toLocaleString('es-MX')
    const { start, end } = this.dt.page.info()
    const filtrado = ultima.recordsFiltered < ultima.recordsTotal ? ` (filtrado de ${n(ultima.recordsTotal)})` : ''
    if (ultima.recordsFiltered === 0 || this.opciones.porPagina === null) {
      return `${plural(ultima.recordsFiltered, uno, varios)}${filtrado}`
    }
    return `Mostrando ${n(start + 1)} a ${n(end)} de ${ultima.hay_mas ? 'más de ' : ''}${plural(ultima.recordsFiltered, uno, varios)}${filtrado}`
  }

  private paginador(): HTMLElement {
    const { page, pages } = this.dt.page.info()
    const ir = (texto: string, nombre: string, destino: number): HTMLButtonElement => {
      const boton = crear(
        'button',
        {
          type: 'button',
          class: 'boton',
          'aria-label': nombre,
          disabled: destino < 0 || destino >= pages || undefined,
          'aria-current': destino === page ? 'page' : undefined,
        },
        texto,
      )
      boton.addEventListener('click', () => {
        this.dt.page(destino).draw('page')
        this.rollo.scrollTo({ top: 0 })
      })
      return boton
    }
    const cercanas = [page - 1, page, page + 1].filter((i) => i > 0 && i < pages - 1)
    const numeros = [...new Set([0, ...cercanas, pages - 1])].filter((i) => i >= 0 && i < pages)
    const botones: (HTMLElement | null)[] = []
    for (const [i, numero] of numeros.entries()) {
      if (i > 0 && numero - (numeros[i - 1] ?? 0) > 1) botones.push(crear('span', { 'aria-hidden': 'true' }, '…'))
      botones.push(ir(String(numero + 1), `Página ${String(numero + 1)}`, numero))
    }
    return crear(
      'nav',
      { class: 'paginas', 'aria-label': `Páginas de ${this.opciones.titulo}`, hidden: pages <= 1 },
      ir('‹', 'Página anterior', page - 1),
      ...botones,
      ir('›', 'Página siguiente', page + 1),
    )
  }

  // ------------------------------------------------------------------------------------------- rows and state

  /** Called when order, page, size or columns change. */
  cuandoCambie(aviso: () => void): void {
    this.alCambiar.push(aviso)
  }

  /** Asks again; `desdeElInicio` after a filter, else the page stays. */
  recargar(desdeElInicio = false): void {
    this.dt.draw(desdeElInicio ? 'full-reset' : 'page')
  }

  get estado(): {
    orden: { columna: string; descendente: boolean } | null
    pagina: number
    porPagina: number
    columnas: string[]
  } {
    const orden = this.dt.order()[0] as [number, string] | { idx: number; dir: string } | undefined
    const [indice, sentido] = Array.isArray(orden) ? orden : [orden?.idx, orden?.dir]
    const columna = indice === undefined ? undefined : this.opciones.columnas[indice]
    return {
      orden: columna ? { columna: columna.nombre, descendente: sentido === 'desc' } : null,
      pagina: this.dt.page(),
      porPagina: this.dt.page.len(),
      columnas: this.columnasVisibles().map(({ nombre }) => nombre),
    }
  }

  /** Order, page, size and columns of another moment, with one request. */
  ponerEstado(estado: {
    orden: { columna: string; descendente: boolean } | null
    pagina: number
    porPagina: number
    columnas: string[]
  }): void {
    const { orden, pagina, porPagina, columnas } = estado
    const indice = this.opciones.columnas.findIndex(({ nombre }) => nombre === orden?.columna)
    for (const [i, { nombre }] of this.opciones.columnas.entries()) this.dt.column(i).visible(columnas.includes(nombre))
    this.dt.page.len(porPagina)
    this.dt.order(indice === -1 ? [] : [[indice, orden?.descendente ? 'desc' : 'asc']])
    // The page may be beyond what is counted now: its own `page()` would refuse it before asking.
    const [ajustes] = this.dt.settings().toArray()
    if (ajustes) ajustes.displayStart = pagina * porPagina
    this.dt.draw('page')
  }

  ponerTamano(filas: number): void {
    this.dt.page.len(filas).draw()
  }

  columnasVisibles(): Columna<F>[] {
    return this.opciones.columnas.filter((_, i) => this.dt.column(i).visible())
  }

  mostrarColumna(nombre: string, visible: boolean): void {
    const indice = this.opciones.columnas.findIndex((columna) => columna.nombre === nombre)
    this.dt.column(indice).visible(visible)
  }

  /** Data of the row something of it belongs to; null outside of the rows of this table. */
  filaDe(nodo: Element): F | null {
    const tr = this.trDe(nodo)
    return tr ? ((this.dt.row(tr).data() as F | undefined) ?? null) : null
  }

  trDe(nodo: Element): HTMLTableRowElement | null {
    const tr = nodo.closest('tr')
    if (!tr) return null
    if (tr.closest('table') !== this.elemento) return tr.parentElement ? this.trDe(tr.parentElement) : null
    return this.dt.row(tr).length > 0 ? tr : null
  }

  filaPorId(id: number): F | null {
    const tr = this.trPorId(id)
    return tr ? (this.dt.row(tr).data() as F) : null
  }

  trPorId(id: number): HTMLTableRowElement | null {
    return this.filasVisibles().find((tr) => (this.dt.row(tr).data() as F).id === id) ?? null
  }

  /** Changes some values of a row and draws its cells again, without asking the server nor losing what is open or the focus. */
  repintar(id: number, cambios: Partial<F>): void {
    const tr = this.trPorId(id)
    if (!tr) return
    const fila = this.dt.row(tr).data() as F
    Object.assign(fila, cambios)
    const volver = recordarFoco(tr)
    for (const [i, columna] of this.opciones.columnas.entries()) {
      const celda = this.dt.cell(tr, i).node() as HTMLElement | null
      if (celda) this.llenar(celda, columna, fila)
    }
    this.anunciarAbierta(tr)
    volver()
  }

  /** Opens or closes the row of that button; what it opens is made each time. */
  alternarDetalle(boton: Element, contenido: () => HTMLElement): void {
    const tr = this.trDe(boton)
    if (!tr) return
    const fila = this.dt.row(tr)
    if (tr.hasAttribute('data-abierta')) {
      fila.child.remove()
      tr.removeAttribute('data-abierta')
    } else {
      fila.child(contenido(), 'detalle-fila').show()
      tr.setAttribute('data-abierta', '')
    }
    this.anunciarAbierta(tr)
  }

  /** The arrow may have been drawn again since it was clicked. */
  private anunciarAbierta(tr: HTMLTableRowElement): void {
    tr.querySelector('.expandir')?.setAttribute('aria-expanded', String(tr.hasAttribute('data-abierta')))
  }

  filasVisibles(): HTMLTableRowElement[] {
    const cuerpo = this.elemento.tBodies[0]
    return cuerpo ? todos(':scope > tr', HTMLTableRowElement, cuerpo).filter((tr) => this.dt.row(tr).length > 0) : []
  }

  destruir(): void {
    this.peticion?.abort()
    this.dt.destroy()
  }

  // ----------------------------------------------------------------------------------- keyboard and selection

  private activarTeclas(): void {
    this.elemento.addEventListener('keydown', (evento) => {
      const tr = evento.target
      if (!(tr instanceof HTMLTableRowElement) || tr.closest('table') !== this.elemento) return
      if (evento.ctrlKey || evento.metaKey || evento.altKey) return
      const filas = this.filasVisibles()
      const actual = filas.indexOf(tr)
      if (actual === -1) return
      const destino = { ArrowDown: actual + 1, ArrowUp: actual - 1, Home: 0, End: filas.length - 1 }[evento.key]
      if (destino !== undefined) {
        evento.preventDefault()
        const fila = filas[destino]
        if (!fila) return
        this.enfocar(fila)
        if (evento.shiftKey && this.opciones.seleccionable) this.elegirHasta(fila, tr)
        return
      }
      const fila = this.dt.row(tr).data() as F
      if (evento.key === 'Enter' && this.opciones.alAbrir) this.opciones.alAbrir(fila)
      else if (evento.key === ' ' && this.opciones.seleccionable) this.alternar(tr)
      else if (evento.key === 'ArrowRight' && !tr.hasAttribute('data-abierta')) this.pulsar(tr)
      else if (evento.key === 'ArrowLeft' && tr.hasAttribute('data-abierta')) this.pulsar(tr)
      else return
      evento.preventDefault()
    })
  }

  private pulsar(tr: HTMLTableRowElement): void {
    const boton = tr.querySelector('.expandir')
    if (boton instanceof HTMLButtonElement) boton.click()
  }

  /** Puts the focus in the row that Tab would reach; false when there is none. */
  entrarAFilas(): boolean {
    const filas = this.filasVisibles()
    const fila = filas.find(({ tabIndex }) => tabIndex === 0) ?? filas[0]
    if (fila) this.enfocar(fila)
    return fila !== undefined
  }

  private enfocar(fila: HTMLTableRowElement): void {
    for (const otra of this.filasVisibles()) otra.tabIndex = otra === fila ? 0 : -1
    fila.focus()
  }

  private activarSeleccion(): void {
    this.elemento.addEventListener('click', (evento) => {
      const { target } = evento
      if (!(target instanceof Element) || target.closest('a, button, input, select, textarea, label')) return
      const tr = target.closest('tr')
      if (tr?.closest('table') !== this.elemento || this.dt.row(tr).length === 0) return
      // Dragging to copy a text is not choosing a row.
      if (window.getSelection()?.type === 'Range') return
      this.enfocar(tr)
      if (evento.shiftKey) this.elegirHasta(tr, tr)
      else if (evento.ctrlKey || evento.metaKey) this.alternar(tr)
      else {
        const unica = tr.classList.contains('elegida') && this.elegidas().length === 1
        this.limpiarSeleccion()
        if (!unica) this.alternar(tr)
      }
    })
  }

  private alternar(tr: HTMLTableRowElement): void {
    this.marcar(tr, !tr.classList.contains('elegida'))
    this.ancla = tr
    this.pintarPie()
  }

  private elegirHasta(hasta: HTMLTableRowElement, desde: HTMLTableRowElement): void {
    this.ancla ??= desde
    const filas = this.filasVisibles()
    const extremos = [filas.indexOf(this.ancla), filas.indexOf(hasta)].sort((a, b) => a - b)
    for (const [i, fila] of filas.entries()) this.marcar(fila, i >= (extremos[0] ?? 0) && i <= (extremos[1] ?? 0))
    this.pintarPie()
  }

  private marcar(tr: HTMLTableRowElement, elegida: boolean): void {
    tr.classList.toggle('elegida', elegida)
    if (elegida) tr.setAttribute('aria-selected', 'true')
    else tr.removeAttribute('aria-selected')
  }

  limpiarSeleccion(): void {
    for (const tr of this.filasVisibles()) this.marcar(tr, false)
    this.pintarPie()
  }

  elegidas(): F[] {
    return this.filasVisibles()
      .filter((tr) => tr.classList.contains('elegida'))
      .map((tr) => this.dt.row(tr).data() as F)
  }

  /** Selected rows (or all of the page) as text with tabs, headings first: it is pasted into a sheet as it is seen. */
  comoTexto(): { texto: string; filas: number } {
    const columnas = this.columnasVisibles().filter(({ fija }) => !fija)
    const elegidas = this.elegidas()
    const filas = elegidas.length > 0 ? elegidas : this.filasVisibles().map((tr) => this.dt.row(tr).data() as F)
    const limpio = (texto: string): string => texto.replace(/[\t\r\n]+/g, ' ').replace(/^—$/, '')
    const lineas = filas.map((fila) =>
      columnas.map((columna) => limpio(columna.texto ? columna.texto(fila) : this.valor(columna, fila))).join('\t'),
    )
    return { texto: [columnas.map(({ titulo }) => titulo).join('\t'), ...lineas].join('\n'), filas: filas.length }
  }
}

/** Where the focus is in a row that is going to be drawn again; what is returned puts it there. */
function recordarFoco(tr: HTMLTableRowElement): () => void {
  const celda = document.activeElement?.closest('td')
  if (celda?.parentElement !== tr) return () => undefined
  const enfocables = (): HTMLElement[] => todos('button, a, input', HTMLElement, celda)
  const lugar = enfocables().findIndex((elemento) => elemento === document.activeElement)
  return () => {
    const ahora = enfocables()
    ;(ahora[lugar] ?? ahora[0] ?? tr).focus()
  }
}

/** Empty result: why, and what to do. */
export function filaVacia(texto: string, accion?: { texto: string; hacer: () => void }): HTMLElement {
  const caja = crear('div', { class: 'tabla-vacia' }, icono('inbox'), crear('p', {}, texto))
  if (accion) {
    const boton = crear('button', { type: 'button', class: 'boton' }, accion.texto)
    boton.addEventListener('click', accion.hacer)
    caja.append(boton)
  }
  return caja
}

/** What pages do with a table whatever its answer brings besides the rows. */
export type TablaDeFilas<F extends { id?: number }> = Pick<
  Tabla<F>,
  'elemento' | 'filaDe' | 'repintar' | 'alternarDetalle'
>

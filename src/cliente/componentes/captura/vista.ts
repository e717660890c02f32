/** The grid on the page: a heading, the rows in sight, and nothing else. It draws what it is told and answers where things are. */
import { textoSobre } from '../../../comun/colores.ts'
import { crear, icono, idUnico } from '../../comun/dom.ts'
import { contiene } from './navegacion.ts'
import type { ColumnaCaptura, Posicion, Rango } from './tipos.ts'
import { desplazamientoPara, ventanaDe } from './ventana.ts'

/** A cell as it is to be seen. */
export interface Pintura {
  readonly texto: string
  readonly pie: string
  readonly clases: string
  readonly icono: string | null
  readonly soloLectura: boolean
  readonly invalida: boolean
}

export interface Banda {
  /** Keys of the first and the last column. */
  readonly desde: string
  readonly hasta: string
  readonly texto: string
  readonly color: string
}

export interface Seleccion {
  readonly activa: Posicion
  readonly rango: Rango
  /** What the handle would fill. */
  readonly arrastre: Rango | null
}

interface CeldaPintada {
  readonly el: HTMLElement
  readonly valor: HTMLElement
  readonly pie: HTMLElement
  pintura: string
  clases: string
  marca: string
}

interface FilaPintada {
  readonly el: HTMLElement
  readonly celdas: CeldaPintada[]
  indice: number
}

interface Fuente<F> {
  readonly nombre: string
  readonly columnas: readonly ColumnaCaptura<F>[]
  readonly altoFila: number
  readonly total: () => number
  readonly pintar: (f: number, c: number) => Pintura
  readonly esTitulo: (f: number) => boolean
  readonly seleccion: () => Seleccion
}

const ANCHO_MINIMO = 44
const ANCHO_DE_TELEFONO = window.matchMedia('(width < 769px)')

export class Vista<F> {
  readonly rollo = crear('div', { class: 'captura-rollo' })
  readonly rejilla: HTMLElement
  /** Over the cells: the editor and the handle. */
  readonly capa = crear('div', { class: 'captura-capa' })
  private readonly fuente: Fuente<F>
  private readonly cabeza = crear('div', { class: 'captura-cabeza', role: 'rowgroup' })
  private readonly bandas = crear('div', { class: 'captura-bandas', 'aria-hidden': 'true', hidden: true })
  private readonly cuerpo = crear('div', { class: 'captura-cuerpo', role: 'rowgroup' })
  private readonly titulos: HTMLElement[] = []
  private readonly id = idUnico('captura')
  private readonly anchos: number[]
  private pintadas: FilaPintada[] = []
  private libres: FilaPintada[] = []
  private pendiente = 0

  constructor(fuente: Fuente<F>) {
    this.fuente = fuente
    this.anchos = fuente.columnas.map(({ ancho }) => ancho)
    this.rejilla = crear(
      'div',
      {
        class: 'captura-rejilla',
        role: 'grid',
        tabindex: 0,
        'aria-label': fuente.nombre,
        'aria-multiselectable': 'true',
        'aria-colcount': fuente.columnas.length,
      },
      this.cabeza,
      this.cuerpo,
    )
    this.rollo.append(crear('div', { class: 'captura-lienzo' }, this.rejilla, this.capa))
    this.cabeza.append(this.bandas, this.filaDeTitulos())
    this.medir()
    this.rollo.addEventListener('scroll', () => {
      this.pendiente ||= requestAnimationFrame(() => {
        this.pendiente = 0
        this.pintar(false)
      })
    })
    new ResizeObserver(() => {
      this.pintar(false)
    }).observe(this.rollo)
  }

  private filaDeTitulos(): HTMLElement {
    const fila = crear('div', { class: 'captura-fila captura-titulos', role: 'row', 'aria-rowindex': 1 })
    for (const [c, columna] of this.fuente.columnas.entries()) {
      const titulo = crear(
        'div',
        {
          class: `captura-celda${columna.numero || columna.clase?.micras ? ' numero' : ''}`,
          role: 'columnheader',
          'aria-colindex': c + 1,
          'aria-label': columna.tituloLargo,
          title: columna.tituloLargo,
          'data-c': c,
        },
        crear('span', { class: 'captura-rotulo' }, columna.titulo),
      )
      if (columna.filtro) {
        titulo.append(
          crear(
            'button',
            {
              type: 'button',
              class: 'captura-filtro',
              tabindex: -1,
              'data-filtro': columna.clave,
              'aria-label': `Filtrar por ${columna.tituloLargo ?? columna.titulo}`,
            },
            icono('funnel'),
          ),
        )
      }
      titulo.append(crear('span', { class: 'captura-orilla', 'data-orilla': c, 'aria-hidden': 'true' }))
      this.fijar(titulo, c)
      this.titulos.push(titulo)
      fila.append(titulo)
    }
    return fila
  }

  private fijar(el: HTMLElement, c: number): void {
    if (!this.fuente.columnas[c]?.fija) return
    el.classList.add('fija')
    el.style.left = `var(--izquierda-${String(c)})`
  }

  /** Widths and heights, as variables that every row follows. */
  private medir(): void {
    const estilo = this.rollo.style
    estilo.setProperty('--columnas', this.anchos.map((ancho) => `${String(ancho)}px`).join(' '))
    estilo.setProperty('--alto-fila', `${String(this.fuente.altoFila)}px`)
    estilo.setProperty('--ancho-total', `${String(this.izquierda(this.anchos.length))}px`)
    for (const [c, columna] of this.fuente.columnas.entries()) {
      if (columna.fija) estilo.setProperty(`--izquierda-${String(c)}`, `${String(this.izquierda(c))}px`)
    }
  }

  ancho(c: number): number {
    return this.anchos[c] ?? 0
  }

  ponerAncho(c: number, ancho: number): void {
    this.anchos[c] = Math.max(ANCHO_MINIMO, Math.round(ancho))
    this.medir()
  }

  /** Left edge of a column in the whole grid. */
  izquierda(c: number): number {
    return this.anchos.slice(0, c).reduce((suma, ancho) => suma + ancho, 0)
  }

  private anchoFijo(): number {
    const fijas = this.fuente.columnas.filter(({ fija }) => fija === true).length
    return this.izquierda(ANCHO_DE_TELEFONO.matches ? Math.min(1, fijas) : fijas)
  }

  get altoDeCabeza(): number {
    return this.cabeza.offsetHeight
  }

  filasPorPagina(): number {
    return Math.max(1, Math.floor((this.rollo.clientHeight - this.altoDeCabeza) / this.fuente.altoFila) - 1)
  }

  /** Draws the rows in sight; `todo` also those that were already there. */
  pintar(todo: boolean): void {
    const { altoFila } = this.fuente
    const total = this.fuente.total()
    this.cuerpo.style.height = `${String(total * altoFila)}px`
    this.rejilla.setAttribute('aria-rowcount', String(total + 1))
    const { desde, hasta } = ventanaDe(this.rollo.scrollTop, this.rollo.clientHeight, altoFila, total)
    this.soltar(desde, hasta)
    if (todo) for (const fila of this.pintadas) this.pintarFila(fila)
    const primera = this.pintadas[0]?.indice ?? hasta
    const ultima = this.pintadas.at(-1)?.indice ?? hasta - 1
    const antes = this.llenar(desde, Math.min(primera, hasta))
    const despues = this.llenar(Math.max(ultima + 1, desde), hasta)
    this.cuerpo.prepend(...antes.map(({ el }) => el))
    this.cuerpo.append(...despues.map(({ el }) => el))
    this.pintadas = [...antes, ...this.pintadas, ...despues]
    for (const { el } of this.libres.splice(12)) el.remove()
    for (const { el } of this.libres) el.hidden = true
    this.pintarSeleccion()
  }

  private soltar(desde: number, hasta: number): void {
    const siguen: FilaPintada[] = []
    for (const fila of this.pintadas) {
      if (fila.indice >= desde && fila.indice < hasta) siguen.push(fila)
      else this.libres.push(fila)
    }
    this.pintadas = siguen
  }

  private llenar(desde: number, hasta: number): FilaPintada[] {
    const filas: FilaPintada[] = []
    for (let indice = desde; indice < hasta; indice += 1) {
      const fila = this.libres.pop() ?? this.crearFila()
      fila.indice = indice
      fila.el.hidden = false
      this.pintarFila(fila)
      filas.push(fila)
    }
    return filas
  }

  private crearFila(): FilaPintada {
    const el = crear('div', { class: 'captura-fila', role: 'row' })
    const celdas = this.fuente.columnas.map((columna, c): CeldaPintada => {
      const valor = crear('span', { class: 'captura-valor' })
      const pie = crear('span', { class: 'captura-pie', hidden: true })
      const celda = crear(
        'div',
        { role: c === 0 ? 'rowheader' : 'gridcell', 'aria-colindex': c + 1, 'data-c': c },
        valor,
        pie,
      )
      el.append(celda)
      const base = `captura-celda${columna.numero || columna.clase?.micras ? ' numero' : ''}${columna.clase ? ' capturable' : ''}`
      celda.className = base
      this.fijar(celda, c)
      return { el: celda, valor, pie, pintura: '', clases: celda.className, marca: '' }
    })
    return { el, celdas, indice: -1 }
  }

  private pintarFila(fila: FilaPintada): void {
    const { indice } = fila
    fila.el.style.top = `${String(indice * this.fuente.altoFila)}px`
    fila.el.dataset['f'] = String(indice)
    fila.el.setAttribute('aria-rowindex', String(indice + 2))
    fila.el.classList.toggle('captura-subtitulo', this.fuente.esTitulo(indice))
    fila.el.classList.toggle('par', indice % 2 === 1)
    for (const [c, celda] of fila.celdas.entries()) pintarCelda(celda, this.fuente.pintar(indice, c))
  }

  repintarFilas(indices: ReadonlySet<number>): void {
    for (const fila of this.pintadas) if (indices.has(fila.indice)) this.pintarFila(fila)
    this.pintarSeleccion()
  }

  /** Only what the selection changes. */
  pintarSeleccion(): void {
    const { activa, rango, arrastre } = this.fuente.seleccion()
    let idActiva: string | null = null
    for (const { celdas, indice } of this.pintadas) {
      for (const [c, celda] of celdas.entries()) {
        const dentro = contiene(rango, indice, c)
        const esActiva = indice === activa.f && c === activa.c
        const marca = `${esActiva ? ' activa' : ''}${dentro ? ' elegida' : ''}${arrastre && contiene(arrastre, indice, c) && !dentro ? ' por-llenar' : ''}`
        if (esActiva) idActiva = celda.el.id = `${this.id}-activa`
        else if (celda.el.id !== '') celda.el.removeAttribute('id')
        if (celda.marca === marca) continue
        celda.marca = marca
        celda.el.classList.toggle('activa', esActiva)
        celda.el.classList.toggle('elegida', dentro)
        celda.el.classList.toggle('por-llenar', marca.endsWith('por-llenar'))
        celda.el.setAttribute('aria-selected', String(dentro))
      }
    }
    for (const [c, titulo] of this.titulos.entries())
      titulo.classList.toggle('en-seleccion', c >= rango.c1 && c <= rango.c2)
    if (idActiva === null) this.rejilla.removeAttribute('aria-activedescendant')
    else this.rejilla.setAttribute('aria-activedescendant', idActiva)
  }

  /** Scrolls just enough to see that cell, clear of the heading and the frozen columns. */
  verCelda({ f, c }: Posicion): void {
    const { rollo } = this
    const { altoFila } = this.fuente
    const cabeza = this.altoDeCabeza
    rollo.scrollTop = desplazamientoPara(
      rollo.scrollTop,
      rollo.clientHeight - cabeza,
      0,
      f * altoFila,
      (f + 1) * altoFila,
    )
    if (this.fuente.columnas[c]?.fija && !ANCHO_DE_TELEFONO.matches) return
    const izquierda = this.izquierda(c)
    rollo.scrollLeft = desplazamientoPara(
      rollo.scrollLeft,
      rollo.clientWidth,
      this.anchoFijo(),
      izquierda,
      izquierda + this.ancho(c),
    )
  }

  celda(f: number, c: number): HTMLElement | null {
    return this.pintadas.find(({ indice }) => indice === f)?.celdas[c]?.el ?? null
  }

  titulo(c: number): HTMLElement | null {
    return this.titulos[c] ?? null
  }

  /** Cell under the pointer; `f` is -1 in the heading. */
  posicionDe(evento: Event): Posicion | null {
    if (!(evento.target instanceof Element)) return null
    const celda = evento.target.closest<HTMLElement>('[data-c]')
    if (!celda) return null
    const f = celda.closest<HTMLElement>('[data-f]')?.dataset['f']
    return { f: f === undefined ? -1 : Number(f), c: Number(celda.dataset['c']) }
  }

  /** Cell at a point of the window, inside the grid even when the pointer left it. */
  posicionEn(x: number, y: number): Posicion {
    const caja = this.rollo.getBoundingClientRect()
    const f = Math.floor((y - caja.top - this.altoDeCabeza + this.rollo.scrollTop) / this.fuente.altoFila)
    const dentro = x - caja.left
    const enFijas = dentro < this.anchoFijo()
    let resto = dentro + (enFijas ? 0 : this.rollo.scrollLeft)
    let c = 0
    while (c < this.anchos.length - 1 && resto >= this.ancho(c)) {
      resto -= this.ancho(c)
      c += 1
    }
    return { f: Math.max(0, Math.min(this.fuente.total() - 1, f)), c }
  }

  /** Where a cell is, for what is drawn over it. */
  rectangulo({ f, c }: Posicion): { arriba: number; izquierda: number; ancho: number; alto: number } {
    const { altoFila } = this.fuente
    return {
      arriba: this.altoDeCabeza + f * altoFila,
      izquierda: this.izquierda(c),
      ancho: this.ancho(c),
      alto: altoFila,
    }
  }

  ponerBandas(bandas: readonly Banda[]): void {
    const indice = (clave: string): number => this.fuente.columnas.findIndex((columna) => columna.clave === clave)
    for (const [c, titulo] of this.titulos.entries()) {
      titulo.style.removeProperty('--banda')
      const { tituloLargo } = this.fuente.columnas[c] ?? {}
      if (tituloLargo !== undefined) titulo.title = tituloLargo
    }
    this.bandas.hidden = bandas.length === 0
    this.bandas.replaceChildren(
      ...bandas.map(({ desde, hasta, texto, color }) => {
        const [primera, ultima] = [indice(desde), indice(hasta)]
        for (const titulo of this.titulos.slice(primera, ultima + 1)) {
          titulo.style.setProperty('--banda', color)
          titulo.title = `${titulo.getAttribute('aria-label') ?? titulo.textContent}: ${texto}`
        }
        const banda = crear('span', { class: 'captura-banda', title: texto }, crear('span', {}, texto))
        banda.style.gridColumn = `${String(primera + 1)} / ${String(ultima + 2)}`
        banda.style.backgroundColor = color
        banda.style.color = textoSobre(color)
        return banda
      }),
    )
    this.pintar(false)
  }
}

function pintarCelda(celda: CeldaPintada, pintura: Pintura): void {
  const { texto, pie, clases, soloLectura, invalida } = pintura
  const firma = `${texto}\u0000${pie}\u0000${clases}\u0000${pintura.icono ?? ''}${soloLectura ? 's' : ''}${invalida ? 'i' : ''}`
  if (celda.pintura === firma) return
  celda.pintura = firma
  celda.valor.textContent = texto
  if (pintura.icono !== null) celda.valor.prepend(icono(pintura.icono))
  celda.pie.textContent = pie
  celda.pie.hidden = pie === ''
  celda.el.className = `${celda.clases} ${clases}`
  celda.marca = ''
  celda.el.removeAttribute('title')
  if (soloLectura) celda.el.setAttribute('aria-readonly', 'true')
  else celda.el.removeAttribute('aria-readonly')
  if (invalida) celda.el.setAttribute('aria-invalid', 'true')
  else celda.el.removeAttribute('aria-invalid')
}

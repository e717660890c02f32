/** A list that the server gives by pages, for what has no filters nor order: the lines of an analysis, of a batch. */
import { plural } from '../../comun/texto.ts'
import { crear, idUnico, oRaya } from '../comun/dom.ts'
import { FalloDeServidor } from '../comun/http.ts'

export interface ColumnaDeLista<F> {
  titulo: string
  celda: (fila: F) => Node | string
  clase?: string
}

export interface ListaPaginada<F> {
  /** Said by the screen reader. */
  nombre: string
  total: number
  porPagina: number
  columnas: readonly ColumnaDeLista<F>[]
  pedir: (inicio: number) => Promise<F[]>
}

/** Draws the list and asks for its first page. */
export function crearListaPaginada<F>(lista: ListaPaginada<F>): HTMLElement {
  const id = idUnico('lista')
  const cuerpo = crear('tbody')
  const tabla = crear(
    'table',
    { class: 'tabla-simple tabla-apilable' },
    crear('caption', { class: 'solo-lector', id }, lista.nombre),
    crear(
      'thead',
      {},
      crear(
        'tr',
        {},
        ...lista.columnas.map(({ titulo, clase }) => crear('th', { scope: 'col', class: clase }, titulo)),
      ),
    ),
    cuerpo,
  )
  const rollo = crear(
    'div',
    { class: 'desplazable lista-rollo', tabindex: 0, role: 'region', 'aria-labelledby': id },
    tabla,
  )
  const cuales = crear('span', { class: 'cifras', role: 'status' })
  const anterior = crear('button', { type: 'button', class: 'boton' }, 'Anteriores')
  const siguiente = crear('button', { type: 'button', class: 'boton' }, 'Siguientes')
  const pie = crear('div', { class: 'tabla-pie' }, cuales, crear('div', { class: 'paginas' }, anterior, siguiente))
  if (lista.total <= lista.porPagina) anterior.hidden = siguiente.hidden = true

  let inicio = 0
  const ir = async (destino: number): Promise<void> => {
    tabla.setAttribute('aria-busy', 'true')
    try {
      const filas = await lista.pedir(destino)
      inicio = destino
      cuerpo.replaceChildren(...filas.map((fila) => dibujarFila(lista.columnas, fila)))
      rollo.scrollTop = 0
      const hasta = inicio + filas.length
      cuales.textContent =
        lista.total <= lista.porPagina
          ? plural(lista.total, 'renglón', 'renglones')
          : `${String(inicio + 1)} a ${String(hasta)} de ${plural(lista.total, 'renglón', 'renglones')}`
      apagar(anterior, inicio === 0)
      apagar(siguiente, hasta >= lista.total)
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
    } finally {
      tabla.removeAttribute('aria-busy')
    }
  }
  const al = (boton: HTMLButtonElement, salto: number): void => {
    boton.addEventListener('click', () => {
      if (boton.getAttribute('aria-disabled') !== 'true') void ir(inicio + salto)
    })
  }
  al(anterior, -lista.porPagina)
  al(siguiente, lista.porPagina)
  void ir(0)
  return crear('div', { class: 'lista-paginada' }, rollo, pie)
}

/** Disabled without losing the focus: who pages with the keyboard stays on the button. */
function apagar(boton: HTMLButtonElement, apagado: boolean): void {
  boton.setAttribute('aria-disabled', String(apagado))
}

function dibujarFila<F>(columnas: readonly ColumnaDeLista<F>[], fila: F): HTMLElement {
  return crear(
    'tr',
    {},
    ...columnas.map(({ titulo, celda, clase }, i) => {
      const contenido = celda(fila)
      const dentro = typeof contenido === 'string' ? oRaya(contenido) : contenido
      return i === 0
        ? crear('th', { scope: 'row', class: clase }, dentro)
        : crear('td', { 'data-titulo': titulo, class: clase }, dentro)
    }),
  )
}

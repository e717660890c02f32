/**
 * The search of every page (Ctrl+K): a dialog with a combobox. ↑ ↓ choose, Enter opens, Ctrl+Enter opens in another tab.
 * The list is written only by the answer to the last text.
 */
import {
  LARGO_MINIMO,
  RUTA_BUSCAR,
  type GrupoDeResultados,
  type RespuestaBuscar,
} from '../../modulos/busqueda/busqueda.contrato.ts'
import { buscar, crear, idUnico, todos } from '../comun/dom.ts'
import { FalloDeServidor, obtener } from '../comun/http.ts'
import { declararTeclas } from '../comun/teclado.ts'

const ESPERA_MS = 120

export function activarBuscador(): void {
  const boton = buscar('#boton-buscar', HTMLButtonElement)
  if (!boton) return
  boton.addEventListener('click', abrir)
  declararTeclas([{ tecla: 'Ctrl+K', hace: 'Buscar en todo el sistema' }])
  document.addEventListener('keydown', (evento) => {
    if (evento.key.toLowerCase() !== 'k' || !(evento.ctrlKey || evento.metaKey) || evento.altKey) return
    evento.preventDefault()
    if (!document.querySelector('dialog[open]')) abrir()
  })
}

function abrir(): void {
  const buscador = new Buscador()
  document.body.append(buscador.dialogo)
  buscador.dialogo.showModal()
}

class Buscador {
  readonly dialogo: HTMLDialogElement
  private readonly entrada: HTMLInputElement
  private readonly lista: HTMLElement
  private readonly estado: HTMLElement
  private espera = 0
  private peticion: AbortController | null = null

  constructor() {
    const idLista = idUnico('resultados')
    this.entrada = crear('input', {
      class: 'entrada buscador-entrada',
      type: 'search',
      autocomplete: 'off',
      spellcheck: 'false',
      role: 'combobox',
      'aria-expanded': 'false',
      'aria-controls': idLista,
      'aria-autocomplete': 'list',
      'aria-label': 'Buscar en todo el sistema',
      placeholder: 'Folio, oficio, concepto, persona o palabras',
      maxlength: 100,
    })
    this.lista = crear('div', { class: 'buscador-lista', id: idLista, role: 'listbox', 'aria-label': 'Resultados' })
    this.estado = crear('p', { class: 'buscador-estado', role: 'status' }, 'Escribe al menos dos letras o números.')
    const cerrar = crear('button', { type: 'button', class: 'boton' }, 'Cerrar')
    this.dialogo = crear(
      'dialog',
      { class: 'dialogo dialogo-ancho dialogo-buscar', 'aria-label': 'Buscar en todo el sistema' },
      crear('div', { class: 'buscador-cabeza' }, this.entrada, cerrar),
      this.estado,
      this.lista,
    )
    cerrar.addEventListener('click', () => {
      this.dialogo.close()
    })
    this.dialogo.addEventListener('close', () => {
      window.clearTimeout(this.espera)
      this.peticion?.abort()
      this.dialogo.remove()
    })
    // A click outside, on the backdrop, is a click on the dialog itself.
    this.dialogo.addEventListener('click', (evento) => {
      if (evento.target === this.dialogo) this.dialogo.close()
    })
    this.entrada.addEventListener('input', () => {
      window.clearTimeout(this.espera)
      this.espera = window.setTimeout(() => void this.consultar(), ESPERA_MS)
    })
    this.entrada.addEventListener('keydown', (evento) => {
      this.alTeclear(evento)
    })
  }

  private get opciones(): HTMLAnchorElement[] {
    return todos('[role="option"]', HTMLAnchorElement, this.lista)
  }

  private async consultar(): Promise<void> {
    this.peticion?.abort()
    const q = this.entrada.value.trim()
    if (q.length < LARGO_MINIMO) {
      this.mostrar([], 'Escribe al menos dos letras o números.')
      return
    }
    const peticion = new AbortController()
    this.peticion = peticion
    try {
      const { grupos } = await obtener<RespuestaBuscar>(RUTA_BUSCAR, { q }, { sinAviso: true, senal: peticion.signal })
      const cuantos = grupos.reduce((suma, { resultados }) => suma + resultados.length, 0)
      this.mostrar(
        grupos,
        cuantos === 0
          ? `Nada de lo que puedes ver tiene «${q}». Prueba con otra parte del folio o con menos palabras.`
          : `${String(cuantos)} ${cuantos === 1 ? 'resultado' : 'resultados'}. Elige con las flechas y abre con Enter.`,
      )
    } catch (error) {
      if (peticion.signal.aborted) return
      if (!(error instanceof FalloDeServidor)) throw error
      this.mostrar([], error.envoltura.detalles)
    }
  }

  private mostrar(grupos: readonly GrupoDeResultados[], estado: string): void {
    this.estado.textContent = estado
    this.lista.replaceChildren(...grupos.map(dibujarGrupo))
    this.entrada.setAttribute('aria-expanded', String(grupos.length > 0))
    this.elegir(this.opciones[0] ?? null)
  }

  private elegir(opcion: HTMLAnchorElement | null): void {
    for (const otra of this.opciones) otra.setAttribute('aria-selected', String(otra === opcion))
    if (opcion) {
      this.entrada.setAttribute('aria-activedescendant', opcion.id)
      opcion.scrollIntoView({ block: 'nearest' })
    } else this.entrada.removeAttribute('aria-activedescendant')
  }

  private alTeclear(evento: KeyboardEvent): void {
    const { opciones } = this
    const actual = opciones.findIndex((opcion) => opcion.getAttribute('aria-selected') === 'true')
    if (evento.key === 'ArrowDown' || evento.key === 'ArrowUp') {
      evento.preventDefault()
      const paso = evento.key === 'ArrowDown' ? 1 : -1
      this.elegir(opciones[(actual + paso + opciones.length) % Math.max(opciones.length, 1)] ?? null)
    } else if (evento.key === 'Enter') {
      evento.preventDefault()
      const elegida = opciones[actual]
      if (!elegida) return
      if (evento.ctrlKey || evento.metaKey) window.open(elegida.href, '_blank', 'noopener')
      else elegida.click()
    }
  }
}

function dibujarGrupo({ titulo, resultados }: GrupoDeResultados): HTMLElement {
  const id = idUnico('grupo')
  return crear(
    'div',
    { role: 'group', 'aria-labelledby': id, class: 'buscador-grupo' },
    crear('div', { class: 'buscador-titulo', id, role: 'presentation' }, titulo),
    ...resultados.map(({ ruta, titulo: texto, subtitulo }) =>
      crear(
        'a',
        {
          role: 'option',
          'aria-selected': 'false',
          id: idUnico('resultado'),
          href: ruta,
          class: 'buscador-opcion',
          tabindex: -1,
        },
        crear('span', { class: 'buscador-nombre' }, texto),
        subtitulo === '' ? null : crear('span', { class: 'buscador-detalle' }, subtitulo),
      ),
    ),
  )
}

/** What a cell is typed in: a text over the cell, or the list of its options. One at a time. */
import { crear } from '../../comun/dom.ts'
import { abrirMenu } from '../../comun/menu-flotante.ts'
import { accionDe } from './teclas.ts'
import type { OpcionCelda } from './tipos.ts'

export type Salida = 'abajo' | 'arriba' | 'derecha' | 'izquierda' | 'queda'

/** Typing replaces and the arrows leave the cell; correcting keeps the text and the arrows walk it. */
export type Modo = 'sustituir' | 'corregir'

interface Lugar {
  readonly arriba: number
  readonly izquierda: number
  readonly ancho: number
  readonly alto: number
}

export class Editor {
  private readonly capa: HTMLElement
  private readonly alGuardar: () => void
  private entrada: HTMLInputElement | null = null
  private terminar: ((guardar: boolean, salida: Salida, otro: boolean) => void) | null = null

  /** `alGuardar`: the key that saves was pressed while typing, and what was typed is already kept. */
  constructor(capa: HTMLElement, alGuardar: () => void) {
    this.capa = capa
    this.alGuardar = alGuardar
  }

  get abierto(): boolean {
    return this.entrada !== null
  }

  /** Opens over the cell. `alTerminar` comes once: the text to keep (null = as it was) and where to go. */
  abrir(
    lugar: Lugar,
    datos: { nombre: string; texto: string; modo: Modo; numero: boolean },
    alTerminar: (texto: string | null, salida: Salida, devolverFoco: boolean) => void,
  ): void {
    const entrada = crear('input', {
      class: `captura-editor${datos.numero ? ' numero' : ''}`,
      type: 'text',
      autocomplete: 'off',
      spellcheck: 'false',
      inputmode: datos.numero ? 'decimal' : null,
      'aria-label': datos.nombre,
    })
    entrada.value = datos.modo === 'sustituir' ? '' : datos.texto
    const { style } = entrada
    style.top = `${String(lugar.arriba)}px`
    style.left = `${String(lugar.izquierda)}px`
    style.width = `${String(Math.max(lugar.ancho, 64))}px`
    style.height = `${String(lugar.alto)}px`
    let modo = datos.modo
    this.entrada = entrada
    this.terminar = (guardar, salida, devolverFoco) => {
      if (this.entrada !== entrada) return
      this.entrada = null
      this.terminar = null
      const { value } = entrada
      entrada.remove()
      alTerminar(guardar ? value : null, salida, devolverFoco)
    }
    entrada.addEventListener('keydown', (evento) => {
      if (evento.isComposing) return
      if (esGuardar(evento)) {
        evento.preventDefault()
        evento.stopPropagation()
        this.confirmar()
        this.alGuardar()
        return
      }
      if (evento.key === 'F2') {
        evento.preventDefault()
        modo = modo === 'sustituir' ? 'corregir' : 'sustituir'
        return
      }
      const salida = salidaDe(evento, modo)
      if (salida === null) {
        evento.stopPropagation()
        return
      }
      evento.preventDefault()
      evento.stopPropagation()
      this.terminar?.(evento.key !== 'Escape', salida, true)
    })
    entrada.addEventListener('blur', () => {
      this.terminar?.(true, 'queda', false)
    })
    this.capa.append(entrada)
    entrada.focus({ preventScroll: true })
    if (datos.modo === 'corregir') entrada.setSelectionRange(entrada.value.length, entrada.value.length)
  }

  /** Keeps what is being typed. */
  confirmar(): void {
    this.terminar?.(true, 'queda', true)
  }
}

/** Saving does not ask to leave the cell first. */
const esGuardar = (tecla: KeyboardEvent): boolean => accionDe(tecla)?.tipo === 'guardar'

const POR_TECLA: Record<string, readonly [Salida, Salida]> = {
  Enter: ['abajo', 'arriba'],
  Tab: ['derecha', 'izquierda'],
  Escape: ['queda', 'queda'],
}
const FLECHAS: Record<string, Salida> = {
  ArrowUp: 'arriba',
  ArrowDown: 'abajo',
  ArrowLeft: 'izquierda',
  ArrowRight: 'derecha',
}

function salidaDe(evento: KeyboardEvent, modo: Modo): Salida | null {
  if (evento.ctrlKey || evento.metaKey || evento.altKey) return null
  const pareja = POR_TECLA[evento.key]
  if (pareja) return pareja[evento.shiftKey ? 1 : 0]
  if (evento.shiftKey) return null
  const flecha = FLECHAS[evento.key]
  if (flecha === undefined) return null
  const vertical = flecha === 'arriba' || flecha === 'abajo'
  return modo === 'sustituir' || vertical ? flecha : null
}

/** The options under the cell, blank included; the one in force is marked. */
export function abrirLista(
  celda: HTMLElement,
  nombre: string,
  opciones: readonly OpcionCelda[],
  valor: string,
  alElegir: (texto: string) => void,
): HTMLElement {
  return abrirMenu(celda, nombre, [
    ...opciones.map((opcion) => ({
      texto: opcion.texto,
      actual: opcion.valor === valor,
      hacer: () => {
        alElegir(opcion.texto)
      },
    })),
    {
      texto: 'Limpiar',
      hacer: () => {
        alElegir('')
      },
    },
  ])
}

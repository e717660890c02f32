/** Small pieces to read and build the page. Everything that enters the page enters as text. */

type Hijo = Node | string | null | false
type Atributos = Record<string, string | number | boolean | null | undefined>

/** First element that matches and is of that class; null when there is none. */
export function buscar<E extends Element>(selector: string, clase: new () => E, raiz: ParentNode = document): E | null {
  const encontrado = raiz.querySelector(selector)
  return encontrado instanceof clase ? encontrado : null
}

/** Same, for what the view always draws. @throws when the view and its script disagree. */
export function exigir<E extends Element>(selector: string, clase: new () => E, raiz: ParentNode = document): E {
  const encontrado = buscar(selector, clase, raiz)
  if (!encontrado) throw new Error(`La página no tiene ${selector}`)
  return encontrado
}

/** All that match and are of that class. */
export function todos<E extends Element>(selector: string, clase: new () => E, raiz: ParentNode = document): E[] {
  return [...raiz.querySelectorAll(selector)].filter((elemento): elemento is E => elemento instanceof clase)
}

/**
 * An element with its attributes and children. Texts are text nodes, never markup; `false`, `null` and `undefined`
 * attributes are left out and `true` is the empty attribute.
 */
export function crear<K extends keyof HTMLElementTagNameMap>(
  etiqueta: K,
  atributos: Atributos = {},
  ...hijos: Hijo[]
): HTMLElementTagNameMap[K] {
  const elemento = document.createElement(etiqueta)
  atribuir(elemento, atributos)
  elemento.append(...hijos.filter((hijo) => hijo !== null && hijo !== false))
  return elemento
}

/** Same as `crear` for drawings. */
export function crearSvg<K extends keyof SVGElementTagNameMap>(
  etiqueta: K,
  atributos: Atributos = {},
  ...hijos: Hijo[]
): SVGElementTagNameMap[K] {
  const elemento = document.createElementNS('http://www.w3.org/2000/svg', etiqueta)
  atribuir(elemento, atributos)
  elemento.append(...hijos.filter((hijo) => hijo !== null && hijo !== false))
  return elemento
}

function atribuir(elemento: Element, atributos: Atributos): void {
  for (const [nombre, valor] of Object.entries(atributos)) {
    if (valor === false || valor === null || valor === undefined) continue
    elemento.setAttribute(nombre, valor === true ? '' : String(valor))
  }
}

/** An icon of our own sprite, hidden from the screen reader: the word is beside it or in `aria-label`. */
export function icono(nombre: string): SVGSVGElement {
  return crearSvg('svg', { class: 'icono', 'aria-hidden': 'true' }, crearSvg('use', { href: `#${nombre}` }))
}

/** A button with an icon alone; its name is said and shown on hover. */
export function botonIcono(dibujo: SVGSVGElement, nombre: string, atributos: Atributos = {}): HTMLButtonElement {
  return crear(
    'button',
    { type: 'button', class: 'boton boton-icono', 'aria-label': nombre, title: nombre, ...atributos },
    dibujo,
  )
}

/** A text, with «—» for an empty one. */
export const oRaya = (texto: string | number | null): string => (texto === null || texto === '' ? '—' : String(texto))

let contador = 0
/** An id that no other element of the page has. */
export function idUnico(prefijo: string): string {
  contador += 1
  return `${prefijo}-${String(contador)}`
}

/** The page's own data: `<script type="application/json" id="datos-pagina">`, typed by the module's contract. */
export function leerDatosPagina<T>(): T {
  return JSON.parse(exigir('#datos-pagina', HTMLScriptElement).textContent) as T
}

/** The element an event happened in, or the closest one that matches. */
export function origen(evento: Event, selector: string): HTMLElement | null {
  const { target } = evento
  if (!(target instanceof Element)) return null
  const cercano = target.closest(selector)
  return cercano instanceof HTMLElement ? cercano : null
}

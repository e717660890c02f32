/** Searchable selects: the only file that knows tom-select. */
import TomSelect from 'tom-select/base'
import { sinAcentos } from '../../comun/texto.ts'
import { crear } from './dom.ts'

export interface OpcionSeleccion {
  valor: string
  texto: string
  /** Second line, smaller. */
  detalle?: string
}

const vivos = new WeakMap<HTMLSelectElement, TomSelect>()

interface Dato {
  value: string
  text: string
  detalle?: string
  llano: string
}

const comoDato = ({ valor, texto, detalle }: OpcionSeleccion): Dato => ({
  value: valor,
  text: texto,
  llano: sinAcentos(texto),
  ...(detalle === undefined ? {} : { detalle }),
})

/**
 * Makes a select searchable (with or without accents, whatever the case). With `cargar` the options come from the server
 * as the person types.
 */
export function hacerBuscable(
  select: HTMLSelectElement,
  opciones: { marcador?: string; cargar?: (texto: string) => Promise<OpcionSeleccion[]> } = {},
): void {
  if (vivos.has(select)) return
  const { cargar } = opciones
  const iniciales = [...select.options]
    .filter(({ value }) => value !== '')
    .map(({ value, text }) => comoDato({ valor: value, texto: text }))
  const buscable = new TomSelect(select, {
    options: iniciales,
    items: select.value === '' ? [] : [select.value],
    allowEmptyOption: false,
    placeholder: opciones.marcador ?? select.dataset['marcador'] ?? 'Escribe para buscar',
    searchField: ['text', 'llano', 'detalle'],
    maxItems: 1,
    maxOptions: 50,
    selectOnTab: true,
    closeAfterSelect: true,
    openOnFocus: true,
    // With a wait, a quick Enter or Tab chose from the list of before what was typed: another person. And a list that opens late
    // takes the focus from who already went on.
    refreshThrottle: 0,
    diacritics: true,
    render: {
      option: (dato: Dato) => crear('div', {}, dato.text, dato.detalle ? crear('small', {}, dato.detalle) : null),
      item: (dato: Dato) => crear('div', { title: dato.text }, dato.text),
      no_results: () => crear('div', { class: 'no-results' }, 'Sin coincidencias'),
    },
    ...(cargar
      ? {
          preload: 'focus' as const,
          loadThrottle: 250,
          shouldLoad: () => true,
          load: (texto: string, listo: (datos: Dato[]) => void) => {
            cargar(texto).then(
              (lista) => {
                listo(lista.map(comoDato))
              },
              () => {
                listo([])
              },
            )
          },
        }
      : {}),
  })
  // The label now names the box; the list that stays behind it is not for anybody.
  select.setAttribute('aria-hidden', 'true')
  buscable.control_input.setAttribute('aria-describedby', select.getAttribute('aria-describedby') ?? '')
  // A click on an open list whose text is still empty would close it and lose the focus: who clicks there is about to type.
  buscable.control_input.addEventListener('click', (evento) => {
    if (buscable.isOpen) evento.stopPropagation()
  })
  buscable.control_input.addEventListener('keydown', (evento) => {
    // Backspace or Delete without text clears it, as people expect of an optional list.
    const borra = evento.key === 'Delete' || evento.key === 'Backspace'
    if (borra && buscable.control_input.value === '') buscable.clear()
    // Enter on a closed list opens it, as in a native one: it must not send the form by surprise.
    if (evento.key === 'Enter' && !evento.defaultPrevented && !buscable.isOpen) {
      evento.preventDefault()
      buscable.open()
    }
  })
  vivos.set(select, buscable)
}

/** Replaces the options; the value is kept when it is still there. */
export function ponerOpciones(select: HTMLSelectElement, opciones: OpcionSeleccion[]): void {
  const valor = select.value
  const buscable = vivos.get(select)
  if (buscable) {
    buscable.clear(true)
    buscable.clearOptions()
    buscable.addOptions(opciones.map(comoDato))
    if (opciones.some((opcion) => opcion.valor === valor)) buscable.setValue(valor, true)
    return
  }
  const primera = select.options[0]?.value === '' ? select.options[0] : null
  select.replaceChildren(...(primera ? [primera] : []))
  for (const { valor: value, texto } of opciones) select.add(new Option(texto, value))
  select.value = opciones.some((opcion) => opcion.valor === valor) ? valor : ''
}

/** Sets the value without announcing a change; `texto` adds the option when the list does not bring it. */
export function ponerSeleccion(select: HTMLSelectElement, valor: string, texto?: string): void {
  const buscable = vivos.get(select)
  if (!buscable) {
    if (texto !== undefined && ![...select.options].some(({ value }) => value === valor))
      select.add(new Option(texto, valor))
    select.value = valor
    return
  }
  if (valor === '') {
    buscable.clear(true)
    return
  }
  if (texto !== undefined) buscable.addOption(comoDato({ valor, texto }))
  buscable.setValue(valor, true)
}

/** Text of the chosen option; '' when nothing is chosen. */
export function textoElegido(select: HTMLSelectElement): string {
  return select.value === '' ? '' : (select.selectedOptions[0]?.text ?? '')
}

/** Where the focus goes: the box of a searchable select, or the select itself. */
export function focoDe(select: HTMLSelectElement): HTMLElement {
  return vivos.get(select)?.control_input ?? select
}

export function habilitar(select: HTMLSelectElement, habilitado: boolean): void {
  select.disabled = !habilitado
  const buscable = vivos.get(select)
  if (habilitado) buscable?.enable()
  else buscable?.disable()
}

/**
 * A date people type as they like (`17/5/25`, `17052025`, `hoy`, `+3`) beside the browser's own calendar. The native
 * input holds the ISO value that is sent; the text shows DD/MM/YYYY. Leaving the text with something that is not a day
 * marks the field and keeps what was typed.
 */
import { fueraDeEpoca, leerFechaCapturada, PRIMER_DIA, ULTIMO_DIA } from '../../comun/fechas-capturadas.ts'
import { aDdMmAaaa, leerFechaIso, type FechaIso } from '../../comun/fechas.ts'
import { botonIcono, crear, exigir, icono } from './dom.ts'
import { hoy } from './hoy.ts'

export const MENSAJE_FECHA = 'Escribe la fecha como DD/MM/AAAA, por ejemplo 17/05/2025; también sirven «hoy» y «+3».'

const MENSAJE_EPOCA = 'Revisa el año: va de 1950 a 2150.'

/** Announced by the text when what was typed is not taken; `detail` says why. */
export const FECHA_RECHAZADA = 'fecha-rechazada'

const AYUDA_FECHA = 'DD/MM/AAAA, «hoy» o «+3». Alt + ↓ abre el calendario.'

/** Gives life to what `componentes/campo` (tipo fecha) drew. */
export function activarFecha(caja: HTMLElement): void {
  const texto = exigir('.fecha-texto', HTMLInputElement, caja)
  const nativa = exigir('.fecha-nativa', HTMLInputElement, caja)
  const boton = exigir('.fecha-boton', HTMLButtonElement, caja)
  texto.title = AYUDA_FECHA
  mostrar(texto, nativa)

  // Leaving and Enter: the only moments when what is being typed is finished.
  const leer = (): void => {
    const escrito = texto.value.trim()
    const fecha = escrito === '' ? '' : leerFechaCapturada(escrito, hoy())
    const falta = faltaDe(fecha)
    texto.setCustomValidity(falta)
    texto.setAttribute('aria-invalid', String(falta !== ''))
    if (fecha === null || falta !== '') {
      texto.dispatchEvent(new CustomEvent(FECHA_RECHAZADA, { bubbles: true, detail: falta }))
      return
    }
    if (fecha !== '') texto.value = aDdMmAaaa(fecha)
    if (nativa.value === fecha) return
    nativa.value = fecha
    nativa.dispatchEvent(new Event('change', { bubbles: true }))
  }
  texto.addEventListener('change', (evento) => {
    // Only the change of the native input, which is the value, goes up.
    evento.stopPropagation()
    leer()
  })
  texto.addEventListener('blur', leer)
  texto.addEventListener('keydown', (evento) => {
    if (evento.key === 'Enter') leer()
    if (evento.altKey && evento.key === 'ArrowDown') abrir(nativa)
  })
  nativa.addEventListener('change', () => {
    mostrar(texto, nativa)
  })
  boton.addEventListener('click', () => {
    abrir(nativa)
  })
}

/** Why that day is not taken; '' when it is, or when there is none. */
function faltaDe(fecha: FechaIso | '' | null): string {
  if (fecha === null) return MENSAJE_FECHA
  return fecha !== '' && fueraDeEpoca(fecha) ? MENSAJE_EPOCA : ''
}

function abrir(nativa: HTMLInputElement): void {
  if (!nativa.disabled) nativa.showPicker()
}

function mostrar(texto: HTMLInputElement, nativa: HTMLInputElement): void {
  const fecha = leerFechaIso(nativa.value)
  texto.value = fecha === null ? '' : aDdMmAaaa(fecha)
  texto.setCustomValidity('')
  texto.removeAttribute('aria-invalid')
}

/** Sets the day (ISO or empty) of a date that is already alive, without announcing a change. */
export function ponerFecha(nativa: HTMLInputElement, iso: string): void {
  nativa.value = iso
  const texto = nativa.parentElement?.querySelector('.fecha-texto')
  if (texto instanceof HTMLInputElement) mostrar(texto, nativa)
}

/** Builds and gives life to a date: for dialogs and cells of tables. */
export function crearFecha(opciones: {
  nombre: string
  etiqueta: string
  valor: string
  chica?: boolean
  deshabilitada?: boolean
}): { caja: HTMLElement; texto: HTMLInputElement; nativa: HTMLInputElement } {
  const deshabilitada = opciones.deshabilitada === true
  const texto = crear('input', {
    class: 'entrada fecha-texto',
    type: 'text',
    autocomplete: 'off',
    placeholder: deshabilitada ? null : 'DD/MM/AAAA',
    'aria-label': opciones.etiqueta,
    disabled: deshabilitada,
  })
  const nativa = crear('input', {
    class: 'fecha-nativa',
    type: 'date',
    name: opciones.nombre,
    value: opciones.valor,
    tabindex: -1,
    'aria-label': `${opciones.etiqueta} (calendario)`,
    min: PRIMER_DIA,
    max: ULTIMO_DIA,
    disabled: deshabilitada,
  })
  const boton = botonIcono(icono('calendar3'), `Abrir calendario: ${opciones.etiqueta}`, {
    tabindex: -1,
    disabled: deshabilitada,
  })
  boton.classList.add('fecha-boton')
  const caja = crear('div', { class: `fecha${opciones.chica ? ' fecha-chica' : ''}` }, texto, nativa, boton)
  activarFecha(caja)
  return { caja, texto, nativa }
}

/**
 * Dialogs over <dialog>: the browser keeps the focus inside and gives it back. A validation that fails never closes the
 * dialog; in a destructive one the safe button has the focus.
 */
import { crear, idUnico } from './dom.ts'

export interface OpcionesDialogo<T> {
  titulo: string
  cuerpo: (Node | string)[]
  aceptar?: string
  cancelar?: string
  /** Deletes or undoes: red button, focus on the safe one. */
  destructivo?: boolean
  /** For a table. */
  ancho?: boolean
  /** Element that takes the focus on opening. */
  foco?: HTMLElement
  /** What the dialog answers; null = not valid yet, and the dialog stays. A thrown error also keeps it open. */
  alAceptar: () => T | null | Promise<T | null>
}

/** Opens and waits: what `alAceptar` answered, or null when the person gave up. */
export function preguntar<T>(opciones: OpcionesDialogo<T>): Promise<T | null> {
  const idTitulo = idUnico('dialogo')
  const cancelar = crear('button', { type: 'button', class: 'boton' }, opciones.cancelar ?? 'Cancelar')
  const aceptar = crear(
    'button',
    { type: 'submit', class: `boton ${opciones.destructivo ? 'boton-peligro' : 'boton-primario'}` },
    opciones.aceptar ?? 'Sí, continuar',
  )
  const forma = crear(
    'form',
    { method: 'dialog', novalidate: true },
    crear('div', { class: 'dialogo-titulo' }, crear('h2', { id: idTitulo }, opciones.titulo)),
    crear('div', { class: 'dialogo-cuerpo' }, ...opciones.cuerpo),
    crear('div', { class: 'dialogo-pie' }, cancelar, aceptar),
  )
  const dialogo = crear(
    'dialog',
    { class: `dialogo ${opciones.ancho ? 'dialogo-tabla' : ''}`, 'aria-labelledby': idTitulo },
    forma,
  )
  document.body.append(dialogo)
  const antes = document.activeElement

  return new Promise((resolver) => {
    let respuesta: T | null = null
    forma.addEventListener('submit', (evento) => {
      evento.preventDefault()
      void esperar(aceptar, async () => {
        respuesta = await opciones.alAceptar()
        if (respuesta !== null) dialogo.close()
      })
    })
    cancelar.addEventListener('click', () => {
      dialogo.close()
    })
    dialogo.addEventListener('close', () => {
      dialogo.remove()
      if (antes instanceof HTMLElement && antes.isConnected) antes.focus()
      resolver(respuesta)
    })
    dialogo.showModal()
    ;(opciones.foco ?? (opciones.destructivo ? cancelar : aceptar)).focus()
  })
}

/** A yes/no question. */
export async function confirmar(opciones: Omit<OpcionesDialogo<true>, 'alAceptar'>): Promise<boolean> {
  return (await preguntar<true>({ ...opciones, alAceptar: () => true })) === true
}

/** The button is disabled and turns while the work goes on; a refusal (already shown) leaves things as they were. */
export async function esperar(boton: HTMLButtonElement, trabajo: () => Promise<void>, texto?: string): Promise<void> {
  if (boton.disabled) return
  const anterior = boton.textContent
  const enfocado = document.activeElement === boton
  boton.disabled = true
  boton.setAttribute('aria-busy', 'true')
  if (texto !== undefined) boton.textContent = texto
  try {
    await trabajo()
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'FalloDeServidor') throw error
  } finally {
    boton.disabled = false
    boton.removeAttribute('aria-busy')
    if (texto !== undefined) boton.textContent = anterior
    // A disabled button loses the focus: who uses the keyboard would start again from the top.
    if (enfocado && document.activeElement === document.body) boton.focus()
  }
}

/** A labelled control for the body of a dialog, with its place for the message. */
export function campoDeDialogo(
  etiqueta: string,
  control: HTMLElement,
  opciones: { entrada?: HTMLElement; ayuda?: string } = {},
): { caja: HTMLElement; error: HTMLElement } {
  const entrada = opciones.entrada ?? control
  if (entrada.id === '') entrada.id = idUnico('control')
  const error = crear('p', { class: 'error-campo', id: `${entrada.id}-error` })
  entrada.setAttribute('aria-describedby', error.id)
  const caja = crear(
    'div',
    { class: 'campo' },
    crear('label', { for: entrada.id }, etiqueta),
    control,
    opciones.ayuda === undefined ? null : crear('p', { class: 'ayuda' }, opciones.ayuda),
    error,
  )
  return { caja, error }
}

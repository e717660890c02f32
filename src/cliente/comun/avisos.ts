/** Notices (pte.md §9): top right, 4 s, closed by click, said by the live region. Equal ones are shown once. */
import type { TipoAviso } from '../../comun/errores.ts'
import { botonIcono, crear, exigir, icono } from './dom.ts'

const TITULOS: Record<TipoAviso, string> = {
  exito: '¡Éxito!',
  error: 'Error',
  advertencia: 'Advertencia',
  proceso: 'Procesando',
}
const DURACION_MS = 4000

export interface OpcionesAviso {
  /** What the person may do from the notice; it stays until closed. */
  accion?: { texto: string; hacer: () => void }
  /** Where what was done is; it stays until closed. */
  enlace?: { texto: string; ruta: string }
  /** Stays until it is closed. */
  fijo?: boolean
}

const conTitulo = (tipo: string): tipo is TipoAviso => tipo in TITULOS

/** Shows a notice; returns how to take it away. A kind that is not known is shown as «Aviso». */
export function avisar(tipo: string, texto: string, opciones: OpcionesAviso = {}): () => void {
  const zona = zonaVisible()
  const clase = conTitulo(tipo) ? tipo : 'otro'
  const titulo = conTitulo(tipo) ? TITULOS[tipo] : 'Aviso'
  for (const previo of zona.children) {
    if (previo instanceof HTMLElement && previo.dataset['texto'] === texto) previo.remove()
  }
  const { accion, enlace } = opciones
  const fijo = opciones.fijo === true || accion !== undefined || enlace !== undefined
  const cerrar = botonIcono(icono('x-lg'), 'Cerrar aviso')
  const cuerpo = crear(
    'div',
    { class: 'aviso-texto' },
    crear('p', { class: 'aviso-titulo' }, titulo),
    crear('p', {}, texto),
  )
  const aviso = crear(
    'div',
    { class: `aviso aviso-${clase}${fijo ? ' aviso-fijo' : ''}`, 'data-texto': texto },
    cuerpo,
    cerrar,
  )
  const quitar = (): void => {
    aviso.remove()
  }
  if (enlace) cuerpo.append(crear('a', { class: 'boton', href: enlace.ruta }, enlace.texto))
  if (accion) {
    const boton = crear('button', { type: 'button', class: 'boton' }, accion.texto)
    boton.addEventListener('click', (evento) => {
      evento.stopPropagation()
      quitar()
      accion.hacer()
    })
    cuerpo.append(boton)
  }
  aviso.addEventListener('click', quitar)
  if (!fijo) temporizar(aviso, quitar)
  zona.append(aviso)
  return quitar
}

/** The 4 s wait while the pointer or the focus is on the notice, so that it can be read. */
function temporizar(aviso: HTMLElement, quitar: () => void): void {
  let espera = window.setTimeout(quitar, DURACION_MS)
  const detener = (): void => {
    window.clearTimeout(espera)
  }
  const seguir = (): void => {
    espera = window.setTimeout(quitar, DURACION_MS / 2)
  }
  aviso.addEventListener('pointerenter', detener)
  aviso.addEventListener('focusin', detener)
  aviso.addEventListener('pointerleave', seguir)
  aviso.addEventListener('focusout', seguir)
}

/** Kept, not looked for: for an instant it leaves the page with the dialog that closes. */
let region: HTMLElement | null = null

/** Everything outside an open dialog is inert, so the region moves into it and back. */
function zonaVisible(): HTMLElement {
  region ??= exigir('#avisos', HTMLElement)
  const zona = region
  const abiertos = document.querySelectorAll('dialog[open]')
  const anfitrion = abiertos[abiertos.length - 1] ?? document.body
  if (zona.parentElement !== anfitrion) {
    anfitrion.append(zona)
    anfitrion.addEventListener(
      'close',
      () => {
        document.body.append(zona)
      },
      { once: true },
    )
  }
  return zona
}

const DE_LA_DIRECCION: Record<string, { tipo: TipoAviso; texto: string }> = {
  login_exitoso: { tipo: 'exito', texto: '¡Bienvenido! Sesión iniciada correctamente.' },
  logout_exitoso: { tipo: 'exito', texto: 'Sesión cerrada correctamente.' },
  session_expired: {
    tipo: 'error',
    texto: 'La sesión ha expirado por inactividad. Por favor, ingresa tus datos nuevamente.',
  },
}

/** Notices left by the server for this page, and those that the address announces; the address is cleaned. */
export function mostrarPendientes(): void {
  const pendientes = JSON.parse(exigir('#avisos-pendientes', HTMLScriptElement).textContent) as {
    tipo: string
    texto: string
  }[]
  for (const { tipo, texto } of pendientes) avisar(tipo, texto)
  const direccion = new URL(location.href)
  for (const [clave, { tipo, texto }] of Object.entries(DE_LA_DIRECCION)) {
    if (!direccion.searchParams.has(clave)) continue
    avisar(tipo, texto)
    direccion.searchParams.delete(clave)
    history.replaceState(history.state, '', direccion)
  }
}

/**
 * The only way to the server from a script. Sends the CSRF header, reads the envelope whatever the status, shows its
 * notice once (callers never do) and, when the session ended, says so and goes to the login: drafts stay in the browser.
 */
import type { Envoltura } from '../../comun/envoltura.ts'
import { avisar } from './avisos.ts'
import { buscar, crear } from './dom.ts'

const SIN_COMUNICACION = 'Error en la comunicación con el servidor.'
const ANTES_DE_MOSTRAR_MS = 400

/** A refusal of the server, or no answer at all (`estado` 0). Its notice has already been shown. */
export class FalloDeServidor extends Error {
  readonly estado: number
  readonly envoltura: Envoltura

  constructor(estado: number, envoltura: Envoltura) {
    super(envoltura.detalles)
    this.name = 'FalloDeServidor'
    this.estado = estado
    this.envoltura = envoltura
  }
}

/** Headers as a plain object, so that they can be joined. */
type PeticionInit = Omit<RequestInit, 'headers'> & { headers: Record<string, string> }

type Valor = string | number | boolean | null | undefined
/** Of a GET; a list travels as the same name repeated. */
export type Parametros = Record<string, Valor | readonly string[]>

export interface OpcionesObtener {
  /** Not caused by the person (polling): does not extend the session. */
  deFondo?: boolean
  /** The caller draws the failure itself. */
  sinAviso?: boolean
  senal?: AbortSignal
}

/** GET of a data endpoint; its JSON as it comes. @throws FalloDeServidor */
export async function obtener<T>(
  ruta: string,
  parametros: Parametros = {},
  opciones: OpcionesObtener = {},
): Promise<T> {
  const consulta = new URLSearchParams()
  for (const [clave, valor] of Object.entries(parametros)) {
    if (valor === null || valor === undefined) continue
    for (const uno of Array.isArray(valor) ? (valor as readonly string[]) : [valor]) consulta.append(clave, String(uno))
  }
  const texto = consulta.toString()
  const cabeceras: Record<string, string> = opciones.deFondo ? { 'X-Background': '1' } : {}
  const init: PeticionInit = { headers: cabeceras, ...(opciones.senal ? { signal: opciones.senal } : {}) }
  return pedir<T>(texto === '' ? ruta : `${ruta}?${texto}`, init, opciones.sinAviso === true)
}

/** POST of a command; shows the notice of the answer. @throws FalloDeServidor when it was refused. */
export async function enviar<T extends Envoltura = Envoltura>(
  ruta: string,
  datos: Record<string, Valor> | FormData | URLSearchParams,
  opciones: { sinAviso?: boolean; enlace?: (respuesta: T) => { texto: string; ruta: string } } = {},
): Promise<T> {
  const respuesta = await pedir<T>(
    ruta,
    { method: 'POST', body: cuerpoDe(datos), headers: { 'X-CSRFToken': tokenCsrf() } },
    opciones.sinAviso === true,
  )
  if (opciones.sinAviso === true) return respuesta
  const { enlace } = opciones
  avisar(respuesta.tipo_aviso, respuesta.detalles, enlace ? { enlace: enlace(respuesta) } : {})
  return respuesta
}

/** Same with a body that a form cannot carry (lists of changes). */
export async function enviarJson<T extends Envoltura = Envoltura>(
  ruta: string,
  cuerpo: object,
  opciones: { sinAviso?: boolean } = {},
): Promise<T> {
  const respuesta = await pedir<T>(
    ruta,
    {
      method: 'POST',
      body: JSON.stringify(cuerpo),
      headers: { 'X-CSRFToken': tokenCsrf(), 'Content-Type': 'application/json' },
    },
    opciones.sinAviso === true,
  )
  if (opciones.sinAviso !== true) avisar(respuesta.tipo_aviso, respuesta.detalles)
  return respuesta
}

export function tokenCsrf(): string {
  return buscar('meta[name="csrf-token"]', HTMLMetaElement)?.content ?? ''
}

function cuerpoDe(datos: Record<string, Valor> | FormData | URLSearchParams): BodyInit {
  if (datos instanceof FormData || datos instanceof URLSearchParams) return datos
  const cuerpo = new URLSearchParams()
  for (const [clave, valor] of Object.entries(datos)) {
    if (valor !== undefined) cuerpo.set(clave, valor === null ? '' : String(valor))
  }
  return cuerpo
}

async function pedir<T>(ruta: string, init: PeticionInit, sinAviso: boolean): Promise<T> {
  const terminar = ocupar()
  try {
    const respuesta = await fetch(ruta, {
      ...init,
      headers: { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json', ...init.headers },
    })
    const cuerpo: unknown = await respuesta.json()
    if (respuesta.ok) return cuerpo as T
    throw new FalloDeServidor(respuesta.status, comoEnvoltura(cuerpo))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    const fallo = error instanceof FalloDeServidor ? error : new FalloDeServidor(0, comoEnvoltura(null))
    if (fallo.estado === 401) irAlLogin()
    else if (!sinAviso) avisar(fallo.envoltura.tipo_aviso, fallo.envoltura.detalles)
    throw fallo
  } finally {
    terminar()
  }
}

function comoEnvoltura(cuerpo: unknown): Envoltura {
  if (typeof cuerpo === 'object' && cuerpo !== null && 'detalles' in cuerpo && typeof cuerpo.detalles === 'string') {
    return cuerpo as Envoltura
  }
  return { exito: false, tipo_aviso: 'error', detalles: SIN_COMUNICACION }
}

let saliendo = false
/** The session ended: the message, and the login that will come back here. */
export function irAlLogin(): void {
  if (saliendo) return
  saliendo = true
  avisar('advertencia', 'Tu sesión ha expirado por inactividad. Por favor, inicia sesión nuevamente.', { fijo: true })
  const destino = new URLSearchParams({ session_expired: '1', next: location.pathname + location.search })
  window.setTimeout(() => {
    location.assign(`/accounts/login/?${destino.toString()}`)
  }, 2000)
}

let enCurso = 0
const franja = crear('div', { class: 'ocupado', role: 'progressbar', 'aria-label': 'Procesando…', hidden: true })

/** A thin line at the top, only when the answer takes more than 400 ms; the page stays usable. */
function ocupar(): () => void {
  enCurso += 1
  document.documentElement.classList.add('trabajando')
  const espera = window.setTimeout(() => {
    if (!franja.isConnected) document.body.append(franja)
    franja.hidden = false
  }, ANTES_DE_MOSTRAR_MS)
  return () => {
    enCurso -= 1
    window.clearTimeout(espera)
    if (enCurso > 0) return
    franja.hidden = true
    document.documentElement.classList.remove('trabajando')
  }
}

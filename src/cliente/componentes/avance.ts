/** Progress of long work: what is being done, how much of how much, and the time left once it is known. */
import { plural } from '../../comun/texto.ts'
import type { EstadoDeTarea } from '../../modulos/tareas/tareas.contrato.ts'
import { crear } from '../comun/dom.ts'

/** Below these, the time left would be a guess. */
const AVANCE_FIABLE = 10
const SEGUNDOS_FIABLES = 4

export interface Avance {
  readonly caja: HTMLElement
  /** Null: the server does not answer, but the work goes on. */
  mostrar: (estado: Pick<EstadoDeTarea, 'avance' | 'mensaje'> | null) => void
}

/** @param nota said below: that the page may be left, for instance. */
export function crearAvance(nota: string): Avance {
  const barra = crear('div', { class: 'progreso-barra avance-azul' })
  const riel = crear(
    'div',
    { class: 'progreso-riel', role: 'progressbar', 'aria-label': 'Avance', 'aria-valuemin': 0, 'aria-valuemax': 100 },
    barra,
  )
  const cifra = crear('span', { class: 'cifras' })
  // Only what is being done is said aloud: a voice that counts to a hundred is no help.
  const mensaje = crear('p', { class: 'avance-mensaje', role: 'status' })
  const resta = crear('span', { class: 'tenue' })
  const caja = crear(
    'div',
    { class: 'avance' },
    mensaje,
    crear('div', { class: 'progreso' }, riel, crear('div', { class: 'progreso-texto' }, cifra, resta)),
    crear('p', { class: 'ayuda' }, nota),
  )
  let desde: { ms: number; avance: number } | null = null

  const mostrar: Avance['mostrar'] = (estado) => {
    if (estado === null) {
      resta.textContent = '· Sin comunicación con el servidor; se vuelve a intentar.'
      return
    }
    const avance = Math.round(estado.avance)
    if (mensaje.textContent !== estado.mensaje) mensaje.textContent = estado.mensaje
    barra.style.setProperty('--avance', String(avance))
    riel.setAttribute('aria-valuenow', String(avance))
    cifra.textContent = `${String(avance)} %`
    desde ??= { ms: performance.now(), avance }
    const segundos = (performance.now() - desde.ms) / 1000
    const hecho = avance - desde.avance
    const sabe = hecho >= AVANCE_FIABLE && segundos >= SEGUNDOS_FIABLES && avance < 100
    resta.textContent = sabe ? `· ${falta((segundos / hecho) * (100 - avance))}` : ''
  }
  mostrar({ avance: 0, mensaje: '' })
  desde = null
  return { caja, mostrar }
}

function falta(segundos: number): string {
  if (segundos < 60) return `faltan unos ${plural(Math.max(1, Math.round(segundos)), 'segundo', 'segundos')}`
  return `faltan unos ${plural(Math.round(segundos / 60), 'minuto', 'minutos')}`
}

/**
 * Idle timer of the page (core.md §4). Only what the person does counts; the tabs share it; two minutes before the end a
 * notice offers to go on. While somebody works without asking the server anything (a long form), a small request now and
 * then keeps the session of the server alive too.
 */
import { guardar, recordar } from './almacen.ts'
import { avisar } from './avisos.ts'
import { exigir } from './dom.ts'
import { tokenCsrf } from './http.ts'

const CLAVE = 'ultima-actividad'
const AVISO_ANTES_MS = 120_000
const REVISAR_MS = 1000
const ACTIVIDAD = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchstart'] as const

/** Starts the timer; `segundos` 0 (nobody is logged in) does nothing. */
export function vigilarSesion(segundos: number): void {
  if (segundos <= 0) return
  const limiteMs = segundos * 1000
  const antesMs = Math.min(AVISO_ANTES_MS, limiteMs / 2)
  let ultima = Date.now()
  let alServidor = Date.now()
  let quitarAviso: (() => void) | null = null
  let terminada = false

  const anotar = (): void => {
    const ahora = Date.now()
    // Once the warning is up only «Continuar» counts: a brush of the mouse is not a decision.
    if (terminada || quitarAviso || ahora - ultima < REVISAR_MS) return
    ultima = ahora
    guardar(CLAVE, String(ahora))
  }
  const continuar = (): void => {
    quitarAviso?.()
    quitarAviso = null
    ultima = Date.now()
    guardar(CLAVE, String(ultima))
    alServidor = ultima
    void mantener()
  }
  const revisar = (): void => {
    if (terminada) return
    ultima = Math.max(ultima, Number(recordar(CLAVE) ?? 0))
    const ahora = Date.now()
    const quieta = ahora - ultima
    if (quieta >= limiteMs) {
      terminada = true
      cerrarPorInactividad()
    } else if (quieta >= limiteMs - antesMs) {
      quitarAviso ??= avisar('advertencia', 'Tu sesión está por cerrarse por inactividad.', {
        accion: { texto: 'Continuar', hacer: continuar },
      })
    } else {
      quitarAviso?.()
      quitarAviso = null
      if (ultima > alServidor && ahora - alServidor > limiteMs / 10) {
        alServidor = ahora
        void mantener()
      }
    }
  }

  guardar(CLAVE, String(ultima))
  for (const tipo of ACTIVIDAD) document.addEventListener(tipo, anotar, { passive: true, capture: true })
  window.setInterval(revisar, REVISAR_MS)
}

/** Renews the session of the server. A failure is not told: the next action of the person will find out. */
async function mantener(): Promise<void> {
  try {
    await fetch('/perfil/', { method: 'HEAD' })
  } catch {
    // Without network there is nothing to renew.
  }
}

/** Ends the session on the server too, then goes to the login that says why and comes back here. */
function cerrarPorInactividad(): void {
  avisar('advertencia', 'Sesión expirada por inactividad. Serás redirigido al login.', { fijo: true })
  window.setTimeout(() => {
    const destino = new URLSearchParams({ session_expired: '1', next: location.pathname + location.search })
    const irse = (): void => {
      location.assign(`/accounts/login/?${destino.toString()}`)
    }
    fetch('/accounts/logout/', {
      method: 'POST',
      headers: { 'X-CSRFToken': tokenCsrf(), 'X-Requested-With': 'XMLHttpRequest' },
      redirect: 'manual',
    }).then(irse, irse)
  }, 2000)
}

/** Number of seconds the layout wrote; 0 without a person. */
export const segundosDeSesion = (): number => Number(exigir('body', HTMLBodyElement).dataset['sesionSegundos'] ?? 0)

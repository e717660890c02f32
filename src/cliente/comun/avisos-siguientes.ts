/** Notices that must be read on the next page: the answer of a command that reloads the one it was on. */
import { avisar } from './avisos.ts'

const CLAVE = 'avisos-siguientes'

/** Leaves the notice and reloads the page. */
export function recargarConAviso(tipo: string, texto: string, ruta: string = location.href): void {
  try {
    sessionStorage.setItem(CLAVE, JSON.stringify({ tipo, texto }))
  } catch {
    // Without storage the change is seen on the page, only its notice is lost.
  }
  if (ruta === location.href) location.reload()
  else location.assign(ruta)
}

/** Shows what the previous page left. */
export function mostrarSiguientes(): void {
  const guardado = sessionStorage.getItem(CLAVE)
  if (guardado === null) return
  sessionStorage.removeItem(CLAVE)
  const { tipo, texto } = JSON.parse(guardado) as { tipo: string; texto: string }
  avisar(tipo, texto)
}

/** Notices that must be read on the next page: the answer of a command that reloads the one it was on. */
import { avisar } from './avisos.ts'

const CLAVE = 'avisos-siguientes'

/** Leaves the notice and reloads the page, or goes to `ruta`; `enlace` is where the notice leads. */
export function recargarConAviso(
  tipo: string,
  texto: string,
  ruta: string = location.href,
  enlace?: { texto: string; ruta: string },
): void {
  try {
    sessionStorage.setItem(CLAVE, JSON.stringify({ tipo, texto, enlace }))
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
  const { tipo, texto, enlace } = JSON.parse(guardado) as {
    tipo: string
    texto: string
    enlace?: { texto: string; ruta: string }
  }
  avisar(tipo, texto, enlace ? { enlace } : {})
}

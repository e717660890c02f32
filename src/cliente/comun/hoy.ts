/** Today in the business zone, as the server sees it when the page was drawn, plus the days the page has been open. */
import { diaLocal, diasEntre, leerFechaIso, sumarDias, type FechaIso } from '../../comun/fechas.ts'

const alAbrir = diaLocal(new Date())

function delServidor(): FechaIso {
  const datos = document.querySelector('#datos-pagina')?.textContent
  if (!datos) return alAbrir
  const leidos = JSON.parse(datos) as { hoy?: unknown }
  return (typeof leidos.hoy === 'string' ? leerFechaIso(leidos.hoy) : null) ?? alAbrir
}

let base: FechaIso | null = null

export function hoy(): FechaIso {
  base ??= delServidor()
  return sumarDias(base, diasEntre(alAbrir, diaLocal(new Date())))
}

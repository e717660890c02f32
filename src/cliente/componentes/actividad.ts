/** «Ver más» of the history of a record (views/componentes/actividad.ejs): each press brings the next page below. */
import { RUTA_HISTORIAL, type HistorialDeRegistro } from '../../modulos/auditoria/auditoria.contrato.ts'
import { buscar, crear, oRaya } from '../comun/dom.ts'
import { FalloDeServidor, obtener } from '../comun/http.ts'

export function activarActividad(): void {
  const seccion = buscar('[data-actividad]', HTMLElement)
  const boton = seccion && buscar('[data-ver-mas]', HTMLButtonElement, seccion)
  const cuerpo = seccion && buscar('tbody', HTMLTableSectionElement, seccion)
  if (!seccion || !boton || !cuerpo) return
  const { tabla = '', registro = '' } = seccion.dataset
  let antes = seccion.dataset['siguiente'] ?? ''
  const pedir = async (): Promise<void> => {
    boton.setAttribute('aria-disabled', 'true')
    try {
      const { filas, siguiente } = await obtener<HistorialDeRegistro>(RUTA_HISTORIAL, { tabla, registro, antes })
      const nuevas = filas.map(dibujar)
      cuerpo.append(...nuevas)
      antes = siguiente ?? ''
      if (siguiente === null) {
        // The button goes away: the focus stays where the new rows begin.
        nuevas[0]?.focus()
        boton.remove()
      }
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
    } finally {
      boton.removeAttribute('aria-disabled')
    }
  }
  boton.addEventListener('click', () => {
    if (!boton.hasAttribute('aria-disabled')) void pedir()
  })
}

function dibujar(fila: HistorialDeRegistro['filas'][number]): HTMLTableRowElement {
  return crear(
    'tr',
    { tabindex: -1 },
    crear('td', { class: 'cifras' }, fila.fecha),
    ...[fila.usuario, fila.evento, fila.campo, fila.anterior, fila.actual, fila.detalle].map((texto) =>
      crear('td', {}, oRaya(texto)),
    ),
  )
}

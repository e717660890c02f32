/** What somebody else saved while a record was open (409 `VERSION`), for the dialog that asks what to do. */
import { crear, oRaya } from '../comun/dom.ts'

export interface CambioAjeno {
  readonly campo: string
  readonly antes: string
  readonly despues: string
  readonly usuario: string
  readonly fecha: string
}

export function tablaDeCambios(cambios: readonly CambioAjeno[]): HTMLElement {
  const encabezados = ['Dato', 'Antes', 'Ahora', 'Quién'].map((texto) => crear('th', { scope: 'col' }, texto))
  const filas = cambios.map(({ campo, antes, despues, usuario, fecha }) =>
    crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, campo),
      crear('td', {}, oRaya(antes)),
      crear('td', {}, oRaya(despues)),
      crear('td', {}, `${usuario}, ${fecha}`),
    ),
  )
  return crear(
    'table',
    { class: 'lista-cambios' },
    crear('thead', {}, crear('tr', {}, ...encabezados)),
    crear('tbody', {}, ...filas),
  )
}

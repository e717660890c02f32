/** Cells that somebody else changed while this person typed: both values, who and when, and which one stays, cell by cell or all at once. */
import { conMiles } from '../../../comun/dinero.ts'
import { preguntar } from '../../comun/dialogo.ts'
import { crear, idUnico, oRaya } from '../../comun/dom.ts'

export interface ConflictoDeCaptura {
  readonly clave: string
  readonly columna: string
  /** '2.1. · día 12' */
  readonly nombre: string
  readonly propuesto: string
  readonly guardado: string
  readonly usuario: string
  readonly fecha: string
}

/** The conflicts whose stored value stays; null when the person prefers to look first, and nothing is saved. */
export async function resolverConflictos(
  conflictos: readonly ConflictoDeCaptura[],
): Promise<readonly ConflictoDeCaptura[] | null> {
  const filas = conflictos.map((conflicto) => {
    const nombre = idUnico('conflicto')
    const opcion = (valor: string, texto: string): { etiqueta: HTMLElement; radio: HTMLInputElement } => {
      const radio = crear('input', { type: 'radio', name: nombre, value: valor })
      const cifra = crear('span', { class: 'cifras' }, conMiles(oRaya(texto)))
      return { etiqueta: crear('label', { class: 'conflicto-opcion' }, radio, cifra), radio }
    }
    const mio = opcion('mio', conflicto.propuesto)
    const suyo = opcion('suyo', conflicto.guardado)
    mio.radio.setAttribute('aria-label', `${conflicto.nombre}: lo que escribí, ${oRaya(conflicto.propuesto)}`)
    suyo.radio.setAttribute('aria-label', `${conflicto.nombre}: lo guardado, ${oRaya(conflicto.guardado)}`)
    suyo.radio.checked = true
    const autor = conflicto.usuario === '' ? '—' : `${conflicto.usuario}, ${conflicto.fecha}`
    const fila = crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, conflicto.nombre),
      crear('td', {}, mio.etiqueta),
      crear('td', {}, suyo.etiqueta),
      crear('td', {}, autor),
    )
    return { conflicto, mio: mio.radio, suyo: suyo.radio, fila }
  })
  const todas = (cual: 'mio' | 'suyo', texto: string): HTMLElement => {
    const boton = crear('button', { type: 'button', class: 'boton' }, texto)
    boton.addEventListener('click', () => {
      for (const una of filas) una[cual].checked = true
    })
    return boton
  }
  const encabezados = ['Celda', 'Lo que escribiste', 'Lo guardado', 'Quién y cuándo']
  return preguntar<readonly ConflictoDeCaptura[]>({
    titulo: 'Alguien más cambió estas celdas',
    cuerpo: [
      crear('p', {}, 'Elige con qué valor se queda cada una. Lo demás que escribiste sigue igual.'),
      crear('div', { class: 'grupo-botones' }, todas('mio', 'Todo lo que escribí'), todas('suyo', 'Todo lo guardado')),
      crear(
        'div',
        { class: 'desplazable', tabindex: 0, role: 'group', 'aria-label': 'Celdas en conflicto' },
        crear(
          'table',
          { class: 'lista-cambios' },
          crear('thead', {}, crear('tr', {}, ...encabezados.map((titulo) => crear('th', { scope: 'col' }, titulo)))),
          crear('tbody', {}, ...filas.map(({ fila }) => fila)),
        ),
      ),
    ],
    aceptar: 'Guardar lo elegido',
    cancelar: 'Revisar antes de guardar',
    alAceptar: () => filas.filter(({ suyo }) => suyo.checked).map(({ conflicto }) => conflicto),
  })
}

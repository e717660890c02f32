/** The panel where the values of a column that stay in sight are chosen. */
import { sinAcentos } from '../../../comun/texto.ts'
import { crear, oRaya } from '../../comun/dom.ts'

/** The panel of a column: its values with check boxes, a search, and all or none. */
export function abrirFiltro(
  ancla: HTMLElement,
  datos: { titulo: string; valores: readonly string[]; fuera: ReadonlySet<string> },
  al: { cambiar: (fuera: ReadonlySet<string>) => void; cerrar: () => void },
): void {
  const fuera = new Set(datos.fuera)
  const buscador = crear('input', {
    class: 'entrada',
    type: 'search',
    placeholder: 'Buscar un valor',
    'aria-label': `Buscar un valor de ${datos.titulo}`,
  })
  const casillas = datos.valores.map((valor) => {
    const casilla = crear('input', { type: 'checkbox', checked: !fuera.has(valor) })
    casilla.addEventListener('change', () => {
      if (casilla.checked) fuera.delete(valor)
      else fuera.add(valor)
      al.cambiar(new Set(fuera))
    })
    const etiqueta = crear('label', { class: 'captura-valor-filtro' }, casilla, crear('span', {}, oRaya(valor)))
    return { valor, casilla, etiqueta, llano: sinAcentos(valor).toLowerCase() }
  })
  buscador.addEventListener('input', () => {
    const busqueda = sinAcentos(buscador.value).trim().toLowerCase()
    for (const { etiqueta, llano } of casillas) etiqueta.hidden = !llano.includes(busqueda)
  })
  const poner = (todas: boolean): void => {
    for (const { valor, casilla, etiqueta } of casillas) {
      if (etiqueta.hidden) continue
      casilla.checked = todas
      if (todas) fuera.delete(valor)
      else fuera.add(valor)
    }
    al.cambiar(new Set(fuera))
  }
  const todas = crear('button', { type: 'button', class: 'boton' }, 'Todos')
  const ninguna = crear('button', { type: 'button', class: 'boton' }, 'Ninguno')
  todas.addEventListener('click', () => {
    poner(true)
  })
  ninguna.addEventListener('click', () => {
    poner(false)
  })
  const panel = crear(
    'div',
    { class: 'flotante-panel captura-panel', role: 'dialog', 'aria-label': `Filtrar por ${datos.titulo}`, popover: '' },
    buscador,
    crear('div', { class: 'captura-panel-botones' }, todas, ninguna),
    crear('div', { class: 'captura-panel-valores' }, ...casillas.map(({ etiqueta }) => etiqueta)),
  )
  document.body.append(panel)
  panel.addEventListener('toggle', () => {
    if (panel.matches(':popover-open')) return
    panel.remove()
    al.cerrar()
  })
  panel.showPopover()
  const caja = ancla.getBoundingClientRect()
  panel.style.left = `${String(Math.max(8, Math.min(caja.left, window.innerWidth - panel.offsetWidth - 8)))}px`
  panel.style.top = `${String(Math.min(caja.bottom + 2, window.innerHeight - panel.offsetHeight - 8))}px`
  buscador.focus()
}

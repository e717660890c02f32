/** Matrix of groups × permissions: filter by word, area and group; each box is saved as it is changed; arrows move. */
import { plural, sinAcentos } from '../../../comun/texto.ts'
import { exigir, todos } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'
import { declararTeclas } from '../../comun/teclado.ts'

const matriz = exigir('#matriz', HTMLTableElement)
const buscador = exigir('#filtrar-permisos', HTMLInputElement)
const area = exigir('#filtrar-area', HTMLSelectElement)
const grupo = exigir('#filtrar-grupo', HTMLSelectElement)
const llano = (texto: string): string => sinAcentos(texto).toLowerCase()

function filtrar(): void {
  const palabras = llano(buscador.value).split(/\s+/).filter(Boolean)
  let visibles = 0
  for (const cuerpo of matriz.tBodies) {
    const deOtra = area.value !== '' && cuerpo.dataset['area'] !== area.value
    let enArea = 0
    for (const fila of todos('tr[data-permiso]', HTMLTableRowElement, cuerpo)) {
      const texto = llano(`${fila.cells[0]?.textContent ?? ''} ${fila.dataset['permiso'] ?? ''}`)
      fila.hidden = deOtra || !palabras.every((palabra) => texto.includes(palabra))
      if (!fila.hidden) enArea += 1
    }
    cuerpo.hidden = enArea === 0
    visibles += enArea
  }
  for (const celda of todos('[data-grupo]', HTMLTableCellElement, matriz))
    celda.hidden = grupo.value !== '' && celda.dataset['grupo'] !== grupo.value
  exigir('#cuenta-permisos', HTMLElement).textContent = plural(visibles, 'permiso', 'permisos')
}

async function guardar(casilla: HTMLInputElement): Promise<void> {
  const concedido = casilla.checked
  const celda = casilla.closest('td')
  casilla.disabled = true
  try {
    await enviar('/administracion/permisos/cambiar/', {
      grupo: celda?.dataset['grupo'],
      permiso: casilla.closest('tr')?.dataset['permiso'],
      concedido,
    })
  } catch (error) {
    // Refused: the box shows what is stored.
    casilla.checked = !concedido
    if (!(error instanceof FalloDeServidor)) throw error
  } finally {
    casilla.disabled = false
    casilla.focus()
  }
}

/** The next box in that direction that can be seen. */
function vecina(casilla: HTMLInputElement, tecla: string): HTMLInputElement | undefined {
  const visibles = (raiz: ParentNode): HTMLInputElement[] =>
    todos('input[type="checkbox"]', HTMLInputElement, raiz).filter(({ offsetParent }) => offsetParent !== null)
  const fila = casilla.closest('tr')
  if (!fila) return undefined
  if (tecla === 'ArrowLeft' || tecla === 'ArrowRight') {
    const enFila = visibles(fila)
    return enFila[enFila.indexOf(casilla) + (tecla === 'ArrowRight' ? 1 : -1)]
  }
  const mismaColumna = visibles(matriz).filter(
    (otra) => otra.closest('td')?.dataset['grupo'] === casilla.closest('td')?.dataset['grupo'],
  )
  return mismaColumna[mismaColumna.indexOf(casilla) + (tecla === 'ArrowDown' ? 1 : -1)]
}

matriz.addEventListener('change', (evento) => {
  if (evento.target instanceof HTMLInputElement) void guardar(evento.target)
})
matriz.addEventListener('keydown', (evento) => {
  if (!(evento.target instanceof HTMLInputElement) || !evento.key.startsWith('Arrow')) return
  evento.preventDefault()
  vecina(evento.target, evento.key)?.focus()
})
buscador.addEventListener('input', filtrar)
area.addEventListener('change', filtrar)
grupo.addEventListener('change', filtrar)
declararTeclas([
  { tecla: '← ↑ → ↓', hace: 'Pasar de una casilla a otra' },
  { tecla: 'Espacio', hace: 'Dar o quitar el permiso' },
])
filtrar()

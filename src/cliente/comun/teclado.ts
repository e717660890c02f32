/** Keys of the page: each page tells its own; `?` lists them, `/` goes to the search. */
import { confirmar } from './dialogo.ts'
import { crear } from './dom.ts'

interface Tecla {
  tecla: string
  hace: string
}

const declaradas: Tecla[] = []

/** Declares keys for the list of `?`; who declares them handles them. */
export function declararTeclas(teclas: Tecla[]): void {
  declaradas.push(...teclas)
}

/** True while the person is typing, when letters are not commands. */
export function estaEscribiendo(evento: KeyboardEvent): boolean {
  const { target } = evento
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && /^(?:checkbox|radio|button)$/.test(target.type))
  )
}

export function activarTeclado(): void {
  document.addEventListener('keydown', (evento) => {
    if (estaEscribiendo(evento) || evento.ctrlKey || evento.metaKey || evento.altKey) return
    if (document.querySelector('dialog[open]')) return
    if (evento.key === '/') {
      const buscador = document.querySelector('[data-buscador]')
      if (!(buscador instanceof HTMLElement)) return
      evento.preventDefault()
      buscador.focus()
    } else if (evento.key === '?') {
      evento.preventDefault()
      void mostrarTeclas()
    }
  })
}

async function mostrarTeclas(): Promise<void> {
  const generales: Tecla[] = [
    ...(document.querySelector('[data-buscador]') ? [{ tecla: '/', hace: 'Ir a la búsqueda' }] : []),
    { tecla: '?', hace: 'Ver esta lista' },
    { tecla: 'Esc', hace: 'Cerrar lo que está abierto' },
  ]
  const filas = [...generales, ...declaradas].map(({ tecla, hace }) =>
    crear('tr', {}, crear('th', { scope: 'row' }, tecla), crear('td', {}, hace)),
  )
  const tabla = crear('table', { class: 'lista-cambios' }, crear('tbody', {}, ...filas))
  await confirmar({ titulo: 'Teclas de esta página', cuerpo: [tabla], aceptar: 'Entendido', cancelar: 'Cerrar' })
}

/** On every page: side menu, menus under buttons, session timer, notices that were waiting, keys. */
import { activarBuscador } from '../componentes/buscador.ts'
import { guardar } from '../comun/almacen.ts'
import { mostrarPendientes } from '../comun/avisos.ts'
import { mostrarSiguientes } from '../comun/avisos-siguientes.ts'
import { buscar } from '../comun/dom.ts'
import { incorporarIconos } from '../comun/iconos.ts'
import { activarMenus } from '../comun/menu-flotante.ts'
import { segundosDeSesion, vigilarSesion } from '../comun/sesion.ts'
import { activarTeclado } from '../comun/teclado.ts'

const ESTRECHA = window.matchMedia('(width < 769px)')

function activarMenuLateral(): void {
  const boton = buscar('#boton-menu', HTMLButtonElement)
  const menu = buscar('#menu', HTMLElement)
  const velo = buscar('#velo', HTMLElement)
  if (!boton || !menu || !velo) return
  const raiz = document.documentElement
  const anunciar = (): void => {
    const visible = ESTRECHA.matches
      ? raiz.classList.contains('menu-abierto')
      : !raiz.classList.contains('menu-angosto')
    boton.setAttribute('aria-expanded', String(visible))
  }
  const cerrar = (): void => {
    if (!raiz.classList.contains('menu-abierto')) return
    raiz.classList.remove('menu-abierto')
    anunciar()
    boton.focus()
  }
  boton.addEventListener('click', () => {
    if (ESTRECHA.matches) {
      raiz.classList.toggle('menu-abierto')
      if (raiz.classList.contains('menu-abierto')) menu.querySelector('a')?.focus()
    } else {
      const angosto = raiz.classList.toggle('menu-angosto')
      guardar('menu', angosto ? 'angosto' : 'ancho')
    }
    anunciar()
  })
  velo.addEventListener('click', cerrar)
  menu.addEventListener('keydown', (evento) => {
    if (evento.key === 'Escape') cerrar()
  })
  menu.addEventListener('focusout', (evento) => {
    if (evento.relatedTarget instanceof Node && !menu.contains(evento.relatedTarget)) cerrar()
  })
  ESTRECHA.addEventListener('change', anunciar)
  anunciar()
}

void incorporarIconos()
activarMenuLateral()
activarMenus()
activarTeclado()
activarBuscador()
mostrarPendientes()
mostrarSiguientes()
vigilarSesion(segundosDeSesion())

/** Saved views of a list: each is a name for an address of this page, so a link shares it. */
import type { Envoltura } from '../../comun/envoltura.ts'
import { campoDeDialogo, confirmar, preguntar } from '../comun/dialogo.ts'
import { botonIcono, crear, icono } from '../comun/dom.ts'
import { enviar, obtener } from '../comun/http.ts'
import { unir } from '../comun/menu-flotante.ts'
import { copiar } from './herramientas-tabla.ts'

interface VistaGuardada {
  id: number
  nombre: string
  estado: string
  enlace: string
}

const RUTA = '/operaciones/vistas/'

/** Panel with the person's views of `tabla`; `estado` gives the query string of what is on screen. */
export function menuDeVistas(boton: HTMLElement, tabla: string, estado: () => string): void {
  const panel = crear('div', { class: 'flotante-panel', 'aria-label': 'Vistas guardadas', role: 'group' })
  boton.after(panel)
  unir(boton, panel)
  panel.addEventListener('toggle', () => {
    if (panel.matches(':popover-open')) void pintar(panel, tabla, estado)
  })
}

async function pintar(panel: HTMLElement, tabla: string, estado: () => string): Promise<void> {
  const guardar = crear(
    'button',
    { type: 'button', class: 'opcion-menu' },
    icono('bookmark-plus'),
    'Guardar esta vista…',
  )
  guardar.addEventListener('click', () => {
    panel.hidePopover()
    void guardarVista(tabla, estado())
  })
  const compartir = crear(
    'button',
    { type: 'button', class: 'opcion-menu' },
    icono('link-45deg'),
    'Copiar enlace de esta vista',
  )
  compartir.addEventListener('click', () => {
    panel.hidePopover()
    void copiar(location.href, 'Enlace copiado; quien lo abra verá los mismos filtros y columnas.')
  })
  const acciones = [crear('div', { class: 'separador' }), guardar, compartir]
  panel.replaceChildren(
    crear('p', { class: 'flotante-titulo' }, 'Vistas guardadas'),
    crear('p', { class: 'opcion-menu' }, 'Cargando…'),
    ...acciones,
  )
  guardar.focus()
  const vistas = await obtener<VistaGuardada[]>(RUTA, { tabla })
  const filas = vistas.map((vista) => {
    const quitar = botonIcono(icono('trash'), `Eliminar la vista ${vista.nombre}`)
    quitar.addEventListener('click', () => {
      panel.hidePopover()
      void eliminarVista(vista)
    })
    return crear(
      'div',
      { class: 'acciones-fila' },
      crear('a', { class: 'opcion-menu', href: vista.enlace }, icono('bookmark'), vista.nombre),
      quitar,
    )
  })
  const sinVistas = crear('p', { class: 'opcion-menu tenue' }, 'Todavía no guardas ninguna.')
  panel.replaceChildren(
    crear('p', { class: 'flotante-titulo' }, 'Vistas guardadas'),
    ...(filas.length > 0 ? filas : [sinVistas]),
    ...acciones,
  )
}

async function guardarVista(tabla: string, estado: string): Promise<void> {
  const entrada = crear('input', { class: 'entrada', maxlength: 100, autocomplete: 'off' })
  const { caja, error } = campoDeDialogo('Nombre de la vista', entrada, {
    ayuda: 'Se guardan los filtros, el orden y las columnas que tienes ahora.',
  })
  await preguntar<Envoltura>({
    titulo: 'Guardar vista',
    cuerpo: [caja],
    aceptar: 'Guardar',
    foco: entrada,
    alAceptar: async () => {
      const nombre = entrada.value.trim()
      error.textContent = nombre === '' ? 'Escribe un nombre.' : ''
      if (nombre !== '') return enviar(`${RUTA}guardar/`, { tabla, nombre, estado })
      entrada.focus()
      return null
    },
  })
}

async function eliminarVista(vista: VistaGuardada): Promise<void> {
  const seguro = await confirmar({
    titulo: 'Eliminar vista',
    cuerpo: [`¿Eliminar la vista «${vista.nombre}»? Los datos no cambian.`],
    aceptar: 'Eliminar vista',
    destructivo: true,
  })
  if (seguro) await enviar(`${RUTA}eliminar/`, { id: vista.id })
}

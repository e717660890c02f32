/** Tools of a list: column chooser, export of the whole filtered set, copy, print, rows per page. */
import { avisar } from '../comun/avisos.ts'
import { crear, icono } from '../comun/dom.ts'
import { unir } from '../comun/menu-flotante.ts'
import type { Columna } from './tabla.ts'

/** What the tools need of a table, whatever its rows. */
export interface TablaConHerramientas {
  readonly estado: { porPagina: number }
  columnasVisibles: () => { nombre: string }[]
  mostrarColumna: (nombre: string, visible: boolean) => void
  comoTexto: () => { texto: string; filas: number }
  ponerTamano: (filas: number) => void
}

/** The panel exists only while it is open: what it says is always of now, and nothing of it is found when it is closed. */
function llenarAlAbrir(boton: HTMLElement, panel: HTMLElement, pintar: () => void): void {
  boton.after(panel)
  unir(boton, panel)
  panel.addEventListener('beforetoggle', (evento) => {
    if (evento instanceof ToggleEvent && evento.newState === 'open') pintar()
  })
  panel.addEventListener('toggle', () => {
    if (!panel.matches(':popover-open')) panel.replaceChildren()
  })
}

/** Panel with a box per column; changes are seen at once and go to the address. */
export function selectorDeColumnas<F>(boton: HTMLElement, tabla: TablaConHerramientas, columnas: Columna<F>[]): void {
  const panel = crear('div', { class: 'flotante-panel', role: 'group', 'aria-label': 'Columnas visibles' })
  const restablecer = crear('button', { type: 'button', class: 'opcion-menu' }, 'Restablecer columnas')
  restablecer.addEventListener('click', () => {
    for (const { nombre, visible, fija } of columnas) if (!fija) tabla.mostrarColumna(nombre, visible !== false)
    panel.hidePopover()
  })
  const pintar = (): void => {
    const visibles = new Set(tabla.columnasVisibles().map(({ nombre }) => nombre))
    panel.replaceChildren(
      crear('p', { class: 'flotante-titulo' }, 'Columnas visibles'),
      ...columnas
        .filter(({ fija }) => !fija)
        .map((columna) => {
          const casilla = crear('input', { type: 'checkbox', checked: visibles.has(columna.nombre) })
          casilla.addEventListener('change', () => {
            tabla.mostrarColumna(columna.nombre, casilla.checked)
          })
          return crear('label', { class: 'opcion-menu' }, casilla, columna.titulo)
        }),
      crear('div', { class: 'separador' }),
      restablecer,
    )
  }
  llenarAlAbrir(boton, panel, pintar)
}

/** Menu with the downloads (their links are made when it opens: they carry what is on screen), copy and print. */
export function menuExportar(
  boton: HTMLElement,
  tabla: TablaConHerramientas,
  enlace: ((formato: 'xlsx' | 'csv') => string) | null,
): void {
  const panel = crear('div', { class: 'flotante-panel' })
  const accion = (dibujo: SVGSVGElement, texto: string, hacer: () => void): HTMLButtonElement => {
    const opcion = crear('button', { type: 'button', class: 'opcion-menu' }, dibujo, texto)
    opcion.addEventListener('click', () => {
      panel.hidePopover()
      hacer()
    })
    return opcion
  }
  const descarga = (formato: 'xlsx' | 'csv', dibujo: SVGSVGElement, texto: string): HTMLAnchorElement => {
    const opcion = crear('a', { class: 'opcion-menu', href: enlace?.(formato) ?? '#', download: true }, dibujo, texto)
    opcion.addEventListener('click', () => {
      panel.hidePopover()
      avisar('proceso', 'Preparando el archivo; la descarga empieza en un momento.')
    })
    return opcion
  }
  const pintar = (): void => {
    panel.replaceChildren(
      ...(enlace
        ? [
            descarga('xlsx', icono('file-earmark-spreadsheet'), 'Excel, todo lo filtrado'),
            descarga('csv', icono('filetype-csv'), 'CSV, todo lo filtrado'),
            crear('div', { class: 'separador' }),
          ]
        : []),
      accion(icono('copy'), 'Copiar', () => void copiarFilas(tabla)),
      accion(icono('printer'), 'Imprimir', () => {
        window.print()
      }),
    )
  }
  llenarAlAbrir(boton, panel, pintar)
}

async function copiarFilas(tabla: TablaConHerramientas): Promise<void> {
  const { texto, filas } = tabla.comoTexto()
  await copiar(
    texto,
    filas === 1
      ? '1 fila copiada; pégala en una hoja de cálculo.'
      : `${String(filas)} filas copiadas; pégalas en una hoja de cálculo.`,
  )
}

/** To the clipboard, with its notice. */
export async function copiar(texto: string, aviso: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(texto)
    avisar('exito', aviso)
  } catch {
    avisar('error', 'El navegador no permitió copiar. Revisa los permisos del portapapeles.')
  }
}

/** Select with 10, 25, 50 and 100. */
export function tamanoDePagina(select: HTMLSelectElement, tabla: TablaConHerramientas): void {
  select.value = String(tabla.estado.porPagina)
  select.addEventListener('change', () => {
    tabla.ponerTamano(Number(select.value))
  })
}

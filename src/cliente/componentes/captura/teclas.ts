/** What each key asks of the grid, and the list that `?` shows. */
import type { Direccion } from './navegacion.ts'

export type Accion =
  | { readonly tipo: 'mover'; readonly hacia: Direccion; readonly extender: boolean; readonly salto: boolean }
  | { readonly tipo: 'pagina'; readonly hacia: 'arriba' | 'abajo'; readonly extender: boolean }
  | { readonly tipo: 'inicio' | 'fin'; readonly extender: boolean; readonly todo: boolean }
  | { readonly tipo: 'siguiente'; readonly por: 'filas' | 'columnas'; readonly atras: boolean }
  | { readonly tipo: 'escribir' }
  | { readonly tipo: Simple }

type Simple =
  | 'editar'
  | 'borrar'
  | 'todo'
  | 'fila'
  | 'columna'
  | 'deshacer'
  | 'rehacer'
  | 'rellenar-abajo'
  | 'rellenar-derecha'
  | 'buscar'
  | 'filtro'
  | 'detalle'
  | 'guardar'
  | 'menu'
  | 'salir'

export type Pulsacion = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

const FLECHAS: Record<string, Direccion> = {
  ArrowUp: 'arriba',
  ArrowDown: 'abajo',
  ArrowLeft: 'izquierda',
  ArrowRight: 'derecha',
}

const CON_CTRL: Record<string, Simple> = {
  a: 'todo',
  d: 'rellenar-abajo',
  r: 'rellenar-derecha',
  f: 'buscar',
  s: 'guardar',
  g: 'guardar',
  y: 'rehacer',
  enter: 'detalle',
  ' ': 'columna',
}

const SOLAS: Record<string, Simple> = {
  F2: 'editar',
  Delete: 'borrar',
  Backspace: 'borrar',
  Escape: 'salir',
  ContextMenu: 'menu',
}

/** Null when the key is not of the grid: copy and paste among them, which come as events of the clipboard. */
export function accionDe(tecla: Pulsacion): Accion | null {
  const { key, shiftKey, altKey } = tecla
  const ctrl = tecla.ctrlKey || tecla.metaKey
  if (altKey) return key === 'ArrowDown' ? { tipo: 'filtro' } : null
  const hacia = FLECHAS[key]
  if (hacia !== undefined) return { tipo: 'mover', hacia, extender: shiftKey, salto: ctrl }
  if (key === 'Home' || key === 'End')
    return { tipo: key === 'Home' ? 'inicio' : 'fin', extender: shiftKey, todo: ctrl }
  if (ctrl) return conCtrl(key.toLowerCase(), shiftKey)
  if (key === 'PageUp' || key === 'PageDown')
    return { tipo: 'pagina', hacia: key === 'PageUp' ? 'arriba' : 'abajo', extender: shiftKey }
  if (key === 'Enter') return { tipo: 'siguiente', por: 'columnas', atras: shiftKey }
  if (key === 'Tab') return { tipo: 'siguiente', por: 'filas', atras: shiftKey }
  if (key === 'F10' && shiftKey) return { tipo: 'menu' }
  if (key === ' ' && shiftKey) return { tipo: 'fila' }
  const sola = SOLAS[key]
  if (sola !== undefined) return { tipo: sola }
  // `?` and `/` are keys of the page, and of no volume nor status.
  return key.length === 1 && key !== '?' && key !== '/' && key !== ' ' ? { tipo: 'escribir' } : null
}

function conCtrl(key: string, shift: boolean): Accion | null {
  if (key === 'z') return { tipo: shift ? 'rehacer' : 'deshacer' }
  const simple = CON_CTRL[key]
  return simple === undefined ? null : { tipo: simple }
}

export const TECLAS_CAPTURA = [
  { tecla: '← ↑ → ↓', hace: 'Moverte por la rejilla; con Shift, elegir celdas' },
  { tecla: 'Ctrl + flecha', hace: 'Saltar al final de las celdas llenas' },
  { tecla: 'Enter / Tab', hace: 'Bajar / pasar a la derecha; con Shift, al revés' },
  { tecla: 'Inicio / Fin', hace: 'Primer y último día; con Ctrl, de toda la rejilla' },
  { tecla: 'Re Pág / Av Pág', hace: 'Una pantalla arriba o abajo' },
  { tecla: 'Escribir', hace: 'Sustituir lo que hay en la celda' },
  { tecla: 'F2 o doble clic', hace: 'Corregir lo que hay en la celda' },
  { tecla: 'Esc', hace: 'Dejar la celda como estaba; otra vez, salir de la rejilla con Tab' },
  { tecla: 'Supr', hace: 'Vaciar las celdas elegidas' },
  { tecla: 'Ctrl + C / X / V', hace: 'Copiar, cortar y pegar, también con Excel y LibreOffice' },
  { tecla: 'Ctrl + D / R', hace: 'Rellenar hacia abajo / hacia la derecha' },
  { tecla: 'Ctrl + Z / Y', hace: 'Deshacer / rehacer' },
  { tecla: 'Ctrl + F', hace: 'Buscar en la rejilla' },
  { tecla: 'Ctrl + A', hace: 'Elegir todo; Shift o Ctrl + espacio, la fila o la columna' },
  { tecla: 'Alt + ↓', hace: 'Filtrar por la columna' },
  { tecla: 'Ctrl + S', hace: 'Guardar' },
  { tecla: 'Ctrl + Enter', hace: 'Ver los registros detrás de la celda' },
  { tecla: 'Shift + F10', hace: 'Menú de la celda' },
] as const

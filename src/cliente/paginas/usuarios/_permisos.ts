/** Boxes of groups and permissions in a form: each has its own name, so that drafts and conflicts know them apart. */
import { crear, exigir, todos } from '../../comun/dom.ts'

export const PREFIJO_GRUPO = 'grupo:'
export const PREFIJO_PERMISO = 'permiso:'

/** Values of the form for what is held: `permiso:codigo` → on. */
export function marcados(prefijo: string, claves: readonly string[]): Record<string, string> {
  return Object.fromEntries(claves.map((clave) => [`${prefijo}${clave}`, 'on']))
}

/** From one box each to a repeated field, empty when there is none: absent would mean «do not touch». */
export function reunir(datos: URLSearchParams, prefijo: string, campo: string): void {
  const claves = [...datos.keys()].filter((nombre) => nombre.startsWith(prefijo))
  for (const nombre of claves) {
    datos.delete(nombre)
    datos.append(campo, nombre.slice(prefijo.length))
  }
  if (claves.length === 0) datos.set(campo, '')
}

/** How many are marked in each area, beside its name; areas with some start open. */
export function contarAreas(forma: HTMLElement, abrir: boolean): void {
  for (const area of todos('.area-permisos', HTMLDetailsElement, forma)) {
    const casillas = todos('input[type="checkbox"]', HTMLInputElement, area)
    const marcadas = casillas.filter(({ checked }) => checked).length
    exigir('[data-cuenta]', HTMLElement, area).textContent = `${String(marcadas)} de ${String(casillas.length)}`
    if (abrir) area.open = marcadas > 0
  }
}

/** A group that is no longer offered and the person still has: without its box, saving would take it away. */
export function ofrecerTambien(caja: HTMLElement, grupos: readonly string[]): void {
  for (const sobrante of todos('[data-inactivo]', HTMLElement, caja)) sobrante.remove()
  const ofrecidos = new Set(todos('input', HTMLInputElement, caja).map(({ name }) => name))
  for (const grupo of grupos.filter((nombre) => !ofrecidos.has(`${PREFIJO_GRUPO}${nombre}`))) {
    const casilla = crear('input', { type: 'checkbox', name: `${PREFIJO_GRUPO}${grupo}` })
    caja.append(crear('label', { class: 'casilla', 'data-inactivo': true }, casilla, `${grupo} (inactivo)`))
  }
}

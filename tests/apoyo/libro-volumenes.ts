/** Workbooks of volumes of the client, as they come. */
import { libroDePrueba, type CeldaDePrueba, type HojaDePrueba } from './libro.ts'

/** Serial of a day, as Excel keeps it. */
export function serie(dia: string): { serie: number } {
  return { serie: Math.round(Date.parse(`${dia}T00:00:00Z`) / 86_400_000) + 25_569 }
}

export const TITULOS_LISTA = ['Partida', 'Anexo', 'Concepto', 'Unidad', 'Sitio', 'Tipo', 'Fecha', 'Volumen'] as const

/** One sheet with those rows. */
export const libroDe = (filas: HojaDePrueba['filas'], nombre = 'Volúmenes'): Buffer =>
  libroDePrueba({ hojas: [{ nombre, filas }] })

/** A list whose titles stand on its fourth row, under those of whoever made it. */
export const listaDe = (...filas: readonly (readonly CeldaDePrueba[])[]): Buffer =>
  libroDe([['CLIENTE S.A.'], ['Volúmenes reconocidos'], [], TITULOS_LISTA, ...filas])

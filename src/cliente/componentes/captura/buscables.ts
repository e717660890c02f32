/** Where a text is in the grid. */
import { sinAcentos } from '../../../comun/texto.ts'
import type { Posicion } from './tipos.ts'

interface Textos {
  readonly filas: () => number
  readonly columnas: number
  readonly texto: (f: number, c: number) => string
}

/** Cells that hold that text, in reading order. */
export function celdasCon(busqueda: string, textos: Textos): Posicion[] {
  const llano = sinAcentos(busqueda).trim().toLowerCase()
  if (llano === '') return []
  const halladas: Posicion[] = []
  for (let f = 0; f < textos.filas(); f += 1) {
    for (let c = 0; c < textos.columnas; c += 1)
      if (sinAcentos(textos.texto(f, c)).toLowerCase().includes(llano)) halladas.push({ f, c })
  }
  return halladas
}

/** The one after (or before) the active cell, around the ends. */
export function proxima(halladas: readonly Posicion[], { f, c }: Posicion, atras: boolean): number {
  if (halladas.length === 0) return -1
  const antes = (uno: Posicion): boolean => uno.f < f || (uno.f === f && uno.c < c)
  const despues = (uno: Posicion): boolean => uno.f > f || (uno.f === f && uno.c > c)
  const indice = atras ? halladas.findLastIndex(antes) : halladas.findIndex(despues)
  return indice === -1 ? (atras ? halladas.length - 1 : 0) : indice
}

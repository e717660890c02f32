/** Finding the header of a workbook by the names of its columns, and naming its cells in sentences (settled.md §1). */
import { limpiar, sinAcentos } from '../../comun/texto.ts'
import { direccion } from './celda.reglas.ts'
import type { EncabezadoDeHoja, Problema } from './hoja.tipos.ts'
import type { AreaCombinada, FilaLeida } from './leer.ts'
import { mostrar } from './valores.reglas.ts'

/** Rows among which the header is looked for. */
export const FILAS_DE_BUSQUEDA = 50

/** Headers are compared without accents, case, spaces nor underscores. */
export const claveTitulo = (titulo: string): string =>
  sinAcentos(limpiar(titulo))
    .toLowerCase()
    .replace(/[\s_.-]/g, '')

/** The columns that are looked for: by the key of each title that names them, and which must be there. */
export interface ColumnasBuscadas<C extends string> {
  readonly porTitulo: ReadonlyMap<string, C>
  readonly obligatorias: readonly C[]
}

/** What a row would be as header: the columns it names, those it names twice, and every title it has. */
export interface CandidataEncabezado<C extends string = string> {
  readonly fila: number
  readonly columnas: Map<C, { indice: number; titulo: string }>
  readonly repetidas: readonly string[]
  readonly titulos: readonly string[]
}

/** Reads a row as if it were the header. */
export function leerComoEncabezado<C extends string>(
  { numero, celdas }: FilaLeida,
  porTitulo: ReadonlyMap<string, C>,
): CandidataEncabezado<C> {
  const columnas = new Map<C, { indice: number; titulo: string }>()
  const repetidas: string[] = []
  const titulos: string[] = []
  for (const [indice, celda] of celdas) {
    const titulo = limpiar(mostrar(celda))
    const columna = porTitulo.get(claveTitulo(titulo))
    if (titulo !== '') titulos.push(titulo)
    if (columna === undefined) continue
    const previa = columnas.get(columna)
    if (previa === undefined) columnas.set(columna, { indice, titulo })
    else repetidas.push(`«${titulo}» (${direccion(numero, previa.indice)} y ${direccion(numero, indice)})`)
  }
  return { fila: numero, columnas, repetidas, titulos }
}

/** A problem of a cell, with its whole sentence. */
export function problema<C extends string>(
  encabezado: EncabezadoDeHoja<C>,
  fila: number,
  columna: C,
  valor: string,
  mensaje: string,
): Problema {
  const donde = encabezado.columnas.get(columna)
  return {
    hoja: encabezado.hoja,
    fila,
    columna: donde?.titulo ?? columna,
    celda: donde === undefined ? '' : direccion(fila, donde.indice),
    valor,
    mensaje,
  }
}

/** Address of a cell for a sentence; the row when the workbook has no such column. */
export function lugar<C extends string>(encabezado: EncabezadoDeHoja<C>, fila: number, columna: C): string {
  const donde = encabezado.columnas.get(columna)
  return donde === undefined ? `la fila ${String(fila)}` : direccion(fila, donde.indice)
}

/** «En F9 dice "x" y…» */
export function diceQue<C extends string>(
  encabezado: EncabezadoDeHoja<C>,
  fila: number,
  columna: C,
  valor: string,
  resto: string,
): Problema {
  const corto = valor.length > 120 ? `${valor.slice(0, 119)}…` : valor
  return problema(encabezado, fila, columna, valor, `En ${lugar(encabezado, fila, columna)} dice "${corto}" ${resto}`)
}

/** Cells inside a merged area, below its first one, that were read as empty although the area shows a value. */
export function avisarCombinadas<C extends string>(
  encabezado: EncabezadoDeHoja<C>,
  areas: readonly AreaCombinada[],
  filas: readonly { readonly fila: number; readonly advertencias: Problema[] }[],
): void {
  const porFila = new Map(filas.map((fila) => [fila.fila, fila]))
  const ultima = filas.at(-1)?.fila ?? 0
  for (const area of areas) {
    for (const [columna, { indice }] of encabezado.columnas) {
      if (indice < area.columnaInicial || indice > area.columnaFinal) continue
      const desde = indice === area.columnaInicial ? area.filaInicial + 1 : area.filaInicial
      for (let fila = Math.max(desde, encabezado.fila + 1); fila <= Math.min(area.filaFinal, ultima); fila += 1) {
        const duenia = direccion(area.filaInicial, area.columnaInicial)
        const aqui = lugar(encabezado, fila, columna)
        const mensaje = `${aqui} está combinada con ${duenia} y se leyó vacía. Separa las celdas y escribe el valor en cada fila.`
        porFila.get(fila)?.advertencias.push(problema(encabezado, fila, columna, '', mensaje))
      }
    }
  }
}

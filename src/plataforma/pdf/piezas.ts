/** Pieces that documents share. Pure: data of pdfmake. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { conMiles } from '../../comun/dinero.ts'

/** Width of a letter page, lying, between its margins. */
export const ANCHO_HORIZONTAL = 720
export const ANCHO_VERTICAL = 540

/** '1,234.500000': every digit that the grid has. */
export const cifra = (plano: string): string => {
  const negativa = plano.startsWith('-')
  return `${negativa ? '-' : ''}${conMiles(negativa ? plano.slice(1) : plano)}`
}

/** The same without zeros at the end: '1,234.5'; '' for nothing. */
export const cifraCorta = (plano: string): string => {
  const corta = plano.includes('.') ? plano.replace(/\.?0+$/, '') : plano
  return corta === '0' || corta === '' ? '' : cifra(corta)
}

export const aLaDerecha = (text: string, style: string | string[] = 'celda'): TableCell => ({
  text,
  style,
  alignment: 'right',
})

export const cabezas = (textos: readonly string[], numericas: number): TableCell[] =>
  textos.map((text, i) => ({ text, style: 'cabeza', alignment: i >= textos.length - numericas ? 'right' : 'left' }))

/** Labels above their values, in columns: that many alike, or of those widths. */
export function ficha(
  pares: readonly (readonly [string, string])[],
  columnas: number,
  anchos: readonly (number | '*')[] = Array.from({ length: columnas }, () => '*'),
): Content {
  const cuerpo: TableCell[][] = []
  for (let i = 0; i < pares.length; i += columnas) {
    const fila = pares.slice(i, i + columnas).map(([etiqueta, valor]): TableCell => ({
      stack: [
        { text: etiqueta, style: 'etiqueta' },
        { text: valor === '' ? '—' : valor, style: 'dato' },
      ],
    }))
    while (fila.length < columnas) fila.push({ text: '' })
    cuerpo.push(fila)
  }
  return { table: { widths: [...anchos], body: cuerpo }, layout: 'ficha' }
}

/** Figures in boxes, side by side: what it is, the figure, and a note. */
export function tarjetas(lista: readonly (readonly [titulo: string, valor: string, nota: string])[]): Content {
  return {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    layout: 'rejilla',
    table: {
      widths: lista.map(() => '*'),
      body: [
        lista.map(([titulo, valor, nota]) => ({
          margin: [6, 4, 6, 4],
          stack: [
            { text: titulo, style: 'etiqueta' },
            { text: valor, fontSize: 11, bold: true },
            { text: nota, style: 'nota' },
          ],
        })),
      ],
    },
  }
}

/** Where people sign, never split between two pages; under each line, what the system knows of that signature. */
export function firmas(quienes: readonly string[], constancias: readonly string[] = []): Content {
  return {
    unbreakable: true,
    margin: [0, 36, 0, 0],
    columns: quienes.map((quien, i) => ({
      stack: [
        { canvas: [{ type: 'line', x1: 10, y1: 0, x2: 190, y2: 0, lineWidth: 0.6, lineColor: '#54565a' }] },
        { text: quien, style: 'nota', margin: [10, 3, 0, 0] },
        { text: constancias[i] ?? '', style: 'celda', margin: [10, 3, 10, 0] },
      ],
      width: '*',
    })),
  }
}

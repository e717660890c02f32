/** Annex of the printed estimation: the proof by concept (issue D §2). Pure. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { entreParentesis, textoDinero, textoVolumen, type Dinero } from '../../../comun/dinero.ts'
import { aLaDerecha, cabezas } from '../../../plataforma/pdf/piezas.ts'
import { importesDeTodo, type ImportesDePrueba } from '../prueba/prueba.reglas.ts'
import type { FilaDePrueba, Prueba } from '../prueba/prueba.tipos.ts'
import { avisoDeDescuadre, EXPLICACION, FIGURAS, IDENTIDAD, textoSinProduccion } from '../prueba/prueba.vista.ts'

/** A page of its own after the signatures, or nothing when no proof was kept. */
export function anexoDePrueba(prueba: Prueba | null): Content[] {
  if (prueba === null) return []
  const sinProduccion = textoSinProduccion(prueba.sinProduccion)
  const aviso = avisoDeDescuadre(prueba)
  return [
    { text: 'Anexo: avance por concepto', style: 'titulo', pageBreak: 'before' },
    { text: `${IDENTIDAD}.`, style: 'dato', margin: [0, 2, 0, 0] },
    { text: EXPLICACION, style: 'nota', margin: [0, 2, 0, 6] },
    ...(aviso === null ? [] : [{ text: aviso, style: 'dato', bold: true, margin: [0, 0, 0, 6] } satisfies Content]),
    volumenes(prueba.filas),
    { text: 'A los precios de esta estimación', style: 'seccion' },
    importes(prueba),
    ...(sinProduccion === null ? [] : [{ text: sinProduccion, style: 'nota', margin: [0, 4, 0, 0] } satisfies Content]),
  ]
}

const TITULOS = FIGURAS.map(([, titulo]) => titulo)
const figura = (valor: Dinero): TableCell => aLaDerecha(entreParentesis(textoVolumen(valor)))

function volumenes(filas: readonly FilaDePrueba[]): Content {
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: [40, 46, '*', 44, 74, 74, 74, 74, 74],
      body: [
        cabezas(['Anexo', 'Partida', 'Concepto', 'Unidad', ...TITULOS], FIGURAS.length),
        ...filas.map((fila): TableCell[] => [
          { text: fila.anexo, style: 'celda' },
          { text: fila.codigo, style: 'celda', bold: true },
          { text: fila.concepto, style: 'celda' },
          { text: fila.unidad, style: 'celda' },
          ...FIGURAS.map(([cual]) => figura(fila[cual])),
        ]),
      ],
    },
    layout: 'rayas',
  }
}

function importes(prueba: Prueba): Content {
  const fila = (moneda: string, suyos: ImportesDePrueba): TableCell[] => [
    { text: moneda, style: 'celda', bold: true },
    ...FIGURAS.map(([cual]) => aLaDerecha(entreParentesis(textoDinero(suyos[cual])))),
  ]
  return {
    unbreakable: true,
    table: {
      headerRows: 1,
      widths: [60, ...FIGURAS.map(() => '*')],
      body: [
        cabezas(['Moneda', ...TITULOS], FIGURAS.length),
        fila('M.N.', importesDeTodo(prueba, 'mn')),
        fila('USD', importesDeTodo(prueba, 'usd')),
      ],
    },
    layout: 'rayas',
  }
}

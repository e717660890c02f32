/** Sheet of the proof by concept (issue D §2): figures are numbers, so that whoever reads them adds them up again. */
import type { ColumnaExcel, ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import type { Dinero } from '../../../comun/dinero.ts'
import { importesDe, importesDeTodo, type ImportesDePrueba } from '../prueba/prueba.reglas.ts'
import { FIGURAS } from '../prueba/prueba.vista.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'

const texto = (titulo: string, ancho?: number): ColumnaExcel => ({ titulo, tipo: 'texto', ancho })
const enMoneda = (moneda: string): ColumnaExcel[] =>
  FIGURAS.map(([, titulo]) => ({ titulo: `${titulo} ${moneda}`, tipo: 'importe' }))
const figuras = (importes: ImportesDePrueba): Dinero[] => FIGURAS.map(([figura]) => importes[figura])

/** The sheet, or none when no proof was kept. */
export function hojaDePrueba({ prueba }: DocumentoDeEstimacion): ContenidoDeLibro[] {
  if (prueba === null) return []
  const { conceptos, contratadoMn, contratadoUsd } = prueba.sinProduccion
  const resto = (importe: Dinero): ValorExcel[] => [importe, null, null, importe, null]
  const sinVolumen: ValorExcel[] = [null, null, null, null, null, null]
  return [
    {
      hoja: 'Prueba',
      columnas: [
        texto('Anexo', 18),
        texto('Partida', 14),
        texto('Concepto', 60),
        texto('Unidad', 10),
        ...FIGURAS.map(([, titulo]): ColumnaExcel => ({ titulo, tipo: 'volumen' })),
        { titulo: 'Producido', tipo: 'volumen' },
        ...enMoneda('M.N.'),
        ...enMoneda('USD'),
      ],
      filas: [
        ...prueba.filas.map((fila): ValorExcel[] => [
          fila.anexo,
          fila.codigo,
          fila.concepto,
          fila.unidad,
          ...FIGURAS.map(([figura]) => fila[figura]),
          fila.producido,
          ...figuras(importesDe(fila, 'mn')),
          ...figuras(importesDe(fila, 'usd')),
        ]),
        ...(conceptos === 0
          ? []
          : [
              [
                `Sin producción todavía: ${String(conceptos)}`,
                null,
                null,
                null,
                ...sinVolumen,
                ...resto(contratadoMn),
                ...resto(contratadoUsd),
              ],
            ]),
        [
          'TOTAL',
          null,
          null,
          null,
          ...sinVolumen,
          ...figuras(importesDeTodo(prueba, 'mn')),
          ...figuras(importesDeTodo(prueba, 'usd')),
        ],
      ],
    },
  ]
}

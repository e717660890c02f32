/** Programme against production as a workbook: periods and partidas, real numbers. Pure. */
import { dinero } from '../../../comun/dinero.ts'
import type { ColumnaExcel, ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import type { ProgramaContraProduccion } from './programa.tipos.ts'

const decimal = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'decimal' })

/** Its two sheets. */
export function hojasDelPrograma({ serie, conceptos }: ProgramaContraProduccion): ContenidoDeLibro[] {
  const { periodos, programado, producido, programadoAcumulado, producidoAcumulado, unidad } = serie
  const listas = [programado, producido, programadoAcumulado, producidoAcumulado]
  return [
    {
      hoja: 'Por periodo',
      columnas: [
        { titulo: 'Periodo', tipo: 'texto', ancho: 14 },
        decimal(`Programado (${unidad})`),
        decimal(`Producido (${unidad})`),
        decimal(`Programado acumulado (${unidad})`),
        decimal(`Producido acumulado (${unidad})`),
      ],
      filas: periodos.map((periodo, i): ValorExcel[] => [periodo, ...listas.map((lista) => dinero(lista[i] ?? '0'))]),
    },
    {
      hoja: 'Por partida',
      columnas: [
        { titulo: 'Anexo', tipo: 'texto', ancho: 12 },
        { titulo: 'Partida', tipo: 'texto', ancho: 14 },
        { titulo: 'Concepto', tipo: 'texto', ancho: 60 },
        { titulo: 'Unidad', tipo: 'texto', ancho: 10 },
        decimal('Autorizado'),
        decimal('Programado'),
        decimal('Producido'),
        decimal('Diferencia'),
      ],
      filas: conceptos.map(
        ({ orden, codigo, concepto, unidad: suya, autorizado, programado: p, producido: e }): ValorExcel[] => [
          orden.anexo,
          codigo,
          concepto,
          suya,
          autorizado,
          p,
          e,
          e.minus(p),
        ],
      ),
    },
  ]
}

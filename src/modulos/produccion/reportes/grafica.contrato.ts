/** Chart of programmed against produced: one set of options for the page and for the documents. No functions in it. */
import { COLOR } from '../../../comun/colores.ts'

/** What is compared, period by period; plain decimals. */
export interface SerieDeAvance {
  /** Names of the periods: '12' (a day) or 'feb 26' (a month). */
  readonly periodos: readonly string[]
  readonly programado: readonly string[]
  readonly producido: readonly string[]
  readonly programadoAcumulado: readonly string[]
  readonly producidoAcumulado: readonly string[]
  /** 'M.N.', 'USD' or the unit of the partida. */
  readonly unidad: string
}

const TEXTO = '#1f2328'
const LINEA = '#dfe2e6'

/** A chart only approximates: its numbers are in the table beside it. */
const numeros = (textos: readonly string[]): number[] => textos.map(Number)

/** Bars of each period on the left axis, accumulated lines on the right one. */
export function opcionesDeAvance(serie: SerieDeAvance): object {
  const eje = { axisLabel: { color: TEXTO, fontSize: 9 }, nameTextStyle: { color: TEXTO, fontSize: 9 } }
  return {
    animation: false,
    grid: { left: 8, right: 8, top: 44, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { top: 0, itemWidth: 16, itemHeight: 9, textStyle: { color: TEXTO, fontSize: 10 } },
    xAxis: { type: 'category', data: [...serie.periodos], axisTick: { show: false }, ...eje },
    yAxis: [
      {
        type: 'value',
        name: `Del periodo (${serie.unidad})`,
        nameLocation: 'end',
        splitLine: { lineStyle: { color: LINEA } },
        ...eje,
      },
      { type: 'value', name: `Acumulado (${serie.unidad})`, nameLocation: 'end', splitLine: { show: false }, ...eje },
    ],
    series: [
      barra('Programado', serie.programado, COLOR.azul),
      barra('Producido', serie.producido, COLOR.verde),
      linea('Programado acumulado', serie.programadoAcumulado, '#0b6384', 'dashed'),
      linea('Producido acumulado', serie.producidoAcumulado, '#3f6410', 'solid'),
    ],
  }
}

const barra = (name: string, valores: readonly string[], color: string): object => ({
  type: 'bar',
  name,
  data: numeros(valores),
  itemStyle: { color },
  barMaxWidth: 22,
})

/** Dashed against solid, square against circle: colour does not speak alone. */
const linea = (name: string, valores: readonly string[], color: string, type: 'dashed' | 'solid'): object => ({
  type: 'line',
  name,
  yAxisIndex: 1,
  data: numeros(valores),
  symbol: type === 'solid' ? 'circle' : 'rect',
  symbolSize: 5,
  itemStyle: { color },
  lineStyle: { color, width: 2, type },
})

/** The only file of the browser that knows the chart library: draws options in a container and follows its width. */
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

/** Draws a chart; the numbers under the pointer are written with their thousands. */
export function dibujarGrafica(caja: HTMLElement, opciones: object): void {
  const grafica = init(caja, null, { renderer: 'svg' })
  grafica.setOption({
    ...(opciones as EChartsCoreOption),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: {
      trigger: 'axis',
      valueFormatter: (valor: unknown) => Number(valor).toLocaleString('es-MX', { maximumFractionDigits: 6 }),
    },
  })
  new ResizeObserver(() => {
    grafica.resize()
  }).observe(caja)
}

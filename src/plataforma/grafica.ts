/**
 * Charts drawn on the server with the options of the page: the only file here that knows the chart library. The same
 * options give the same text.
 */
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer])

/** What only serves under a pointer, and is numbered as the process goes on. */
const DE_RATON = /<style\b[\s\S]*?<\/style>| class="zr[^"]*"| ecmeta_\w+="[^"]*"/g

/** SVG of a chart, in points. */
export function svgDeGrafica(opciones: object, ancho: number, alto: number): string {
  const grafica = init(null, null, { renderer: 'svg', ssr: true, width: ancho, height: alto })
  try {
    const tipografia = { textStyle: { fontFamily: 'Roboto' }, animation: false, silent: true }
    grafica.setOption({ ...(opciones as EChartsCoreOption), ...tipografia })
    return grafica
      .renderToSVGString()
      .replace(DE_RATON, '')
      .replace(/\bzr\d+-/g, 'zr-')
  } finally {
    grafica.dispose()
  }
}

/** Page of reports: the chart of programmed against produced. */
import { opcionesDeAvance } from '../../../modulos/produccion/reportes/grafica.contrato.ts'
import type { PaginaReportes } from '../../../modulos/produccion/reportes/reportes.contrato.ts'
import { dibujarGrafica } from '../../componentes/grafica.ts'
import { buscar, leerDatosPagina, todos } from '../../comun/dom.ts'
import { hacerBuscable } from '../../comun/seleccion.ts'

const { serie } = leerDatosPagina<PaginaReportes>()
const caja = buscar('#grafica-programa', HTMLElement)
if (caja && serie) dibujarGrafica(caja, opcionesDeAvance(serie))

for (const select of todos('#forma-reportes select[data-buscable]', HTMLSelectElement)) hacerBuscable(select)

/** Radar de cobro: its order is chosen by writing part of it. */
import { todos } from '../../comun/dom.ts'
import { hacerBuscable } from '../../comun/seleccion.ts'

for (const select of todos('#forma-radar select[data-buscable]', HTMLSelectElement)) hacerBuscable(select)

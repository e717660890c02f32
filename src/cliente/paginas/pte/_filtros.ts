/** Filters of the PTE list (pte.md §8.2.10). */
import { ESTATUS_DE_PTE } from '../../../modulos/pte/pte.contrato.ts'
import type { OpcionesFiltros } from '../../componentes/filtros.ts'
import { exigir } from '../../comun/dom.ts'
import { ponerOpciones } from '../../comun/seleccion.ts'

export const FILTROS_PTE: OpcionesFiltros = {
  nombres: ['filtro', 'responsable_proyecto', 'cliente', 'anio', 'estatus', 'tipo'],
  rotuloBusqueda: 'Folio, oficio o descripción',
}

/** The statuses, which the server does not write in the panel. */
export function llenarFiltrosPte(): void {
  ponerOpciones(
    exigir('#forma-filtros [name="estatus"]', HTMLSelectElement),
    ESTATUS_DE_PTE.map(({ id, texto }) => ({ valor: String(id), texto })),
  )
}

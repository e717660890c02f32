/** Filters of the OT list (ot.md §7.7). */
import { ESTATUS_OPERATIVOS, ORDEN_ESTATUS_FILTRO, TIPO_OT } from '../../../modulos/ot/ot.contrato.ts'
import type { OpcionesFiltros } from '../../componentes/filtros.ts'
import { exigir } from '../../comun/dom.ts'
import { ponerOpciones } from '../../comun/seleccion.ts'

/** Both types are asked for with `tipo` present and empty. */
const AMBOS_TIPOS = 'ambos'

export const FILTROS_OT: OpcionesFiltros = {
  nombres: ['filtro', 'tipo', 'ot_principal', 'estatus', 'responsable_proyecto', 'id_cliente', 'sitio', 'anio'],
  rotuloBusqueda: 'Folio o PTE',
  vacios: { tipo: AMBOS_TIPOS },
  // The parent comes only in the address.
  ficha: (_nombre, valor) => `Reprogramaciones de la OT con ID ${valor}`,
}

/** The choices that the server does not write in the panel. */
export function llenarFiltrosOt(): void {
  const panel = exigir('#forma-filtros', HTMLFormElement)
  ponerOpciones(
    exigir('[name="estatus"]', HTMLSelectElement, panel),
    ORDEN_ESTATUS_FILTRO.map((id) => ({
      valor: String(id),
      texto: ESTATUS_OPERATIVOS.find((estatus) => estatus.id === id)?.texto ?? '',
    })),
  )
  ponerOpciones(exigir('[name="tipo"]', HTMLSelectElement, panel), [
    { valor: String(TIPO_OT.INICIAL), texto: 'INICIAL' },
    { valor: String(TIPO_OT.REPROGRAMACION), texto: 'REPROGRAMACION' },
    { valor: AMBOS_TIPOS, texto: 'INICIAL Y REPROGRAMACION' },
  ])
}

/** What a tab of the page of production is. */
import type {
  PaginaProduccion,
  PestanaProduccion,
  PuedeProduccion,
} from '../../../modulos/produccion/produccion.contrato.ts'

export interface PestanaDePagina {
  readonly clave: PestanaProduccion
  readonly titulo: string
  /** Who sees it; everybody when it does not say. */
  readonly visible?: (puede: PuedeProduccion) => boolean
  /** Draws it, once, the first time it is shown; from then on it follows `alSeleccionar`. The selection may already have its OTs. */
  readonly crear: (caja: HTMLElement, datos: PaginaProduccion) => void
}

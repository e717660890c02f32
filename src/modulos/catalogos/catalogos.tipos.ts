/** Rows of the catalogues as other modules see them. */

/** What a select shows. */
export interface Opcion {
  readonly id: number
  readonly descripcion: string
}

/** A site with its class (front of level 1). */
export interface OpcionSitio extends Opcion {
  readonly id_frente: number
}

/** A catalogue row that may have been deactivated. */
export interface Elemento extends Opcion {
  readonly activo: boolean
}

export interface Cliente extends Elemento {
  readonly idTipo: number
}

export interface Sitio extends Elemento {
  readonly idFrente: number
}

/** Who heads the work of a site; `color` (`#rrggbb`) is how a calendar paints them. */
export interface Superintendente {
  readonly id: number
  readonly nombre: string
  readonly color: string
}

/** A client with its type (15 CONTRATO, 16 INTERCOM). */
export interface OpcionCliente extends Opcion {
  readonly id_tipo: number
}

/** An active row of a step template of PTEs, as `pte/obtener_pasos/` answers it (pte.md §7.6). */
export interface PasoPte extends Opcion {
  readonly orden: string
  /** 1 main, 2 substep. */
  readonly tipo: number
  readonly importancia: number
  readonly id_tipo_cliente: number | null
}

/** A row of a step template of OTs. */
export interface PasoOt {
  readonly id: number
  readonly activo: boolean
  readonly idPasoOrigen: number | null
}

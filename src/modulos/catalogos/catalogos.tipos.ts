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

/** A row of a step template of OTs. */
export interface PasoOt {
  readonly id: number
  readonly activo: boolean
  readonly idPasoOrigen: number | null
}

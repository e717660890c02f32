/** Contracts, their annexes and their prices as the domain sees them (catalogos.md §2). */
import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'

/** `id_tipo_partida` of a concept. */
export const TIPO_PARTIDA = { ORDINARIA: 6, EXTRAORDINARIA: 7 } as const
export type TipoPartida = (typeof TIPO_PARTIDA)[keyof typeof TIPO_PARTIDA]

/** Life of a PUE. */
export const ESTATUS_PUE = {
  EN_ELABORACION: 'EN ELABORACION',
  AUTORIZADO: 'AUTORIZADO',
  CANCELADA: 'CANCELADA',
} as const
export type EstatusPue = (typeof ESTATUS_PUE)[keyof typeof ESTATUS_PUE]

export const TIPO_ANEXO = { TECNICO: 'TECNICO', FINANCIERO: 'FINANCIERO', LEGAL: 'LEGAL' } as const
export type TipoAnexo = (typeof TIPO_ANEXO)[keyof typeof TIPO_ANEXO]

/** Partida of a PUE that may repeat (catalogos.md §6.2). */
export const PARTIDA_LIBRE = 'NA'

/** Lengths of the columns. */
export const LARGO_CONTRATO = {
  numeroContrato: 100,
  claveAnexo: 50,
  claveAnexoMaestro: 100,
  descripcionAnexo: 100,
  partida: 50,
  codigoInterno: 50,
  folioOrigen: 100,
  partidaProducto: 100,
  anexoProducto: 100,
} as const

export interface Contrato {
  readonly id: number
  readonly numeroContrato: string
  readonly descripcion: string
  readonly idCliente: number
  readonly fechaInicio: FechaIso
  readonly fechaTermino: FechaIso
  readonly montoMn: Dinero
  readonly montoUsd: Dinero
  readonly activo: boolean
  readonly version: number
}

export interface AnexoContrato {
  readonly id: number
  readonly idContrato: number
  readonly clave: string
  readonly descripcion: string
  readonly tipo: TipoAnexo
  readonly activo: boolean
}

/** `claveAnexo` in upper case, unique in its annex whether active or not. */
export interface SubAnexo {
  readonly id: number
  readonly idAnexoMaestro: number
  readonly claveAnexo: string
  readonly descripcion: string
  readonly activo: boolean
}

/** A heading of the contract: neither a concept nor a price. `orden` is its row in the sheet. */
export interface Seccion {
  readonly id: number
  readonly idSubAnexo: number
  readonly partida: string | null
  readonly descripcion: string
  readonly orden: number
}

/** A price, ordinary or extraordinary. */
export interface Concepto {
  readonly id: number
  readonly idTipoPartida: TipoPartida
  readonly idSubAnexo: number | null
  readonly idSeccion: number | null
  /** Row of the sheet of the contract; null for what people capture. */
  readonly orden: number | null
  readonly partidaOrdinaria: string | null
  readonly partidaExtraordinaria: string | null
  readonly codigoInterno: string | null
  readonly descripcion: string
  readonly idUnidadMedida: number
  readonly cantidad: Dinero
  readonly precioUnitarioMn: Dinero
  readonly precioUnitarioUsd: Dinero
  readonly categoria: string | null
  readonly subcategoria: string | null
  readonly clasificacion: string | null
  readonly pteCreacion: string | null
  readonly otCreacion: string | null
  readonly idPteCreacion: number | null
  readonly idOtCreacion: number | null
  readonly fechaAutorizacion: FechaIso | null
  readonly estatus: EstatusPue | null
  readonly comentario: string | null
  readonly activo: boolean
  readonly version: number
}

export type ConceptoNuevo = Omit<Concepto, 'id' | 'version'>

/** Where the price of one concept comes from. */
export type OrigenPrecio =
  | { readonly origen: 'captura' | 'edicion' | 'conversion' }
  | {
      readonly origen: 'importacion'
      readonly idLote: number
      readonly archivo: string
      readonly hoja: string
      readonly fila: number
    }
  | { readonly origen: 'deshacer'; readonly idLote: number }

/** A concept with where its price comes from, as the writes of the repo take it. */
export interface ConPrecioDe<C> {
  readonly concepto: C
  readonly precio: OrigenPrecio
}

/** A product of the system before; null prices were empty there. */
export interface ProductoNuevo {
  readonly idPartida: string
  readonly descripcionConcepto: string
  readonly anexo: string | null
  readonly idSitio: number | null
  readonly idTipoPartida: TipoPartida
  readonly idUnidadMedida: number
  readonly precioUnitarioMn: Dinero | null
  readonly precioUnitarioUsd: Dinero | null
  readonly activo: boolean
  readonly comentario: string | null
}

/** What two codes or descriptions are compared by is `claveFolio` (src/comun/texto.ts), the twin of folio_clave of the database. */
export interface Producto extends ProductoNuevo {
  readonly id: number
}

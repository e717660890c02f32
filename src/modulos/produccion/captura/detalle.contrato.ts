/** The rows of production behind a number of the page. */
import type { TipoTiempo } from './captura.tipos.ts'

export const RUTA_DETALLE_PRODUCCION = '/operaciones/produccion/detalle_produccion/'

/** A stored row of production. */
export interface RenglonDeProduccion {
  id: number
  /** 'YYYY-MM-DD' */
  fecha: string
  tipo_tiempo: TipoTiempo
  id_sitio: number
  sitio: string
  anexo: string
  codigo: string
  concepto: string
  volumen: string
  es_excedente: boolean
  /** Status of its GPU; null without one. */
  gpu: string | null
  usuario: string
  /** Last change (local). */
  cuando: string
}

export interface DetalleDeProduccion {
  filas: RenglonDeProduccion[]
  /** Rows there are: the list stops at 500. */
  cuantas: number
  /** Sum of all of them. */
  volumen: string
}

import type { BloqueDeGuardia } from '../guardias/guardias.tipos.ts'
import type { Sabana } from '../captura/captura.contrato.ts'

/** An initial OT as the reports name it. */
export interface OtDeReporte {
  readonly id: number
  readonly folio: string
  readonly descripcion: string
  readonly cliente: string
  /** Sites it mentions, whether or not they are hers. */
  readonly sitios: readonly number[]
}

/** An OT at a site in a month: the sábana of the grid as it is, and what a document says around it. */
export interface SeccionMensual {
  readonly ot: Omit<OtDeReporte, 'sitios'>
  readonly sitio: { readonly id: number; readonly nombre: string }
  /** 'del 11/02/2026 al 10/04/2026', or '' without vigencia. */
  readonly vigencia: string
  readonly sabana: Sabana
  readonly guardias: readonly BloqueDeGuardia[]
}

/** Monthly report of an OT (a section per site) or of a site (a section per OT). */
export interface ReporteMensual {
  readonly clase: 'ot' | 'sitio'
  /** Folio of the OT, or name of the site. */
  readonly sujeto: string
  readonly mes: number
  readonly anio: number
  readonly secciones: readonly SeccionMensual[]
  readonly generado: Date
  readonly usuario: string
}

import type { Dinero } from '../../../comun/dinero.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import type { SerieDeAvance } from './grafica.contrato.ts'
import type { OtDeReporte } from './reportes.tipos.ts'

/** Volume, and its amounts at the prices in force. */
export interface Medidas {
  readonly volumen: Dinero
  readonly mn: Dinero
  readonly usd: Dinero
}

/** A month (its first day) or a day. */
export interface PeriodoDePrograma {
  readonly periodo: FechaIso
  readonly programado: Medidas
  readonly producido: Medidas
}

/** A concept of a family with what it has in a period. */
export interface ConceptoDePrograma {
  readonly id: number
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly autorizado: Dinero
  readonly programado: Dinero
  readonly producido: Dinero
  /** For the order of §5.4.5. */
  readonly orden: {
    readonly anexo: string
    readonly codigo: string
    readonly concepto: string
    readonly version: number
  }
}

/** An OT, what of it is compared, and its figures. */
export interface ProgramaContraProduccion {
  readonly ot: OtDeReporte
  /** Null = the whole life of the OT, by months. */
  readonly mes: { readonly mes: number; readonly anio: number } | null
  /** Null = all the partidas, in money. */
  readonly partida: ConceptoDePrograma | null
  readonly serie: SerieDeAvance
  /** Those with programme or production in the period, in the order of the sábana. */
  readonly conceptos: readonly ConceptoDePrograma[]
  readonly generado: Date
  readonly usuario: string
}

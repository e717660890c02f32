import type { FechaIso } from '../../../comun/fechas.ts'
import type { Rango } from '../vigencia/vigencia.tipos.ts'

/** Statuses of a day, as people read them and as they travel. */
export const ESTATUS_DIARIO = ['FIRMADO', 'FALTA FIRMA PEMEX', 'PENDIENTE', 'PROCESO'] as const
export type EstatusDiario = (typeof ESTATUS_DIARIO)[number]

/** Statuses of a month. */
export type EstatusMes = 'ABIERTO' | 'CERRADO' | 'FIRMADO'

/** Rows of `cat_estatus` of a day, level 6 (produccion.md §3.1), by the text that travels. */
export const ID_ESTATUS_DIARIO: Readonly<Record<EstatusDiario, number>> = {
  FIRMADO: 17,
  'FALTA FIRMA PEMEX': 18,
  PENDIENTE: 19,
  PROCESO: 20,
}

/** A day as it is stored. */
export interface DiaGuardado {
  readonly id: number
  readonly estatus: EstatusDiario
  readonly comentario: string
  /** Who left it as it is; null when it was *Sistema* or an old row. */
  readonly idUsuario: number | null
  readonly usuario: string
  /** Local. */
  readonly fecha: string
}

/** What the rules need to know of an OT of the month to judge its days. */
export interface EstadoDeOt {
  readonly idOt: number
  readonly folio: string
  /** Window that applies to the site. */
  readonly ventana: Rango
  readonly version: number
  readonly mesCerrado: boolean
  readonly dias: ReadonlyMap<number, DiaGuardado>
}

/** A day as it was sent, its texts not read yet. */
export interface CeldaEnviada {
  readonly idOt: number
  readonly dia: number
  readonly valor: string
  /** As last seen; undefined in the format of the old system, which does not say it. */
  readonly anterior: string | undefined
  /** Version of the folder that was loaded, of that same format. */
  readonly version: number | undefined
}

/** A day as it was sent, read: null = no status. */
export interface CeldaLeida {
  readonly idOt: number
  readonly dia: number
  readonly valor: EstatusDiario | null
  readonly anterior: EstatusDiario | null | undefined
  readonly version: number | undefined
}

/** A fault of what was sent, at its cell. */
export interface ErrorDeDia {
  readonly id_ot: number
  readonly ot: string
  readonly dia: number
  readonly motivo: string
}

/** A day that changes. */
export interface CambioPlaneado {
  readonly idOt: number
  readonly fecha: FechaIso
  readonly antes: DiaGuardado | null
  readonly despues: EstatusDiario | null
}

import type { FechaIso } from '../../../comun/fechas.ts'

/** A seal as it is stored. */
export interface Sello {
  readonly dia: FechaIso
  readonly filas: number
  /** Null once its rows were retired. */
  readonly huellas: Buffer | null
  readonly resumen: string
  readonly hashAnterior: string
  readonly hash: string
  readonly cerrado: boolean
  readonly retiradoEn: Date | null
  readonly hashRetiro: string | null
}

/** A row of the log as it is sealed: every column, in one text. */
export interface FilaSellable {
  readonly id: number
  readonly fecha: Date
  readonly texto: string
}

/** What sealing needs besides the database: the key that is not in it, and where what must be outside of it is written. */
export interface Custodia {
  readonly clave: Buffer
  /** Folder of the notes of the seals and of the retired months. */
  readonly carpeta: string
}

import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'

/** Table codes of the log (core.md §9.1). */
export const TABLA_LOG = {
  PTE: 0,
  PTE_PASO: 1,
  OT: 4,
  OT_PASO: 5,
  USUARIO: 28,
  SESION: 29,
} as const
export type TablaLog = (typeof TABLA_LOG)[keyof typeof TABLA_LOG]

/** What `afectacion` says for each code. */
export const NOMBRE_TABLA_LOG: Readonly<Record<TablaLog, string>> = {
  [TABLA_LOG.PTE]: 'PTE Header',
  [TABLA_LOG.PTE_PASO]: 'PTE Detalle',
  [TABLA_LOG.OT]: 'OT',
  [TABLA_LOG.OT_PASO]: 'OT Detalle',
  [TABLA_LOG.USUARIO]: 'Usuario',
  [TABLA_LOG.SESION]: 'Sesión',
}

export type Evento =
  | 'CREAR'
  | 'REGISTRAR'
  | 'MODIFICAR'
  | 'ACTUALIZAR'
  | 'ELIMINAR'
  | 'IMPORTAR'
  | 'EXPORTAR'
  | 'REACTIVAR'
  | 'INICIAR SESION'
  | 'CERRAR SESION'

/** A value that refers to a row of another table: compared by id, printed by its text. */
export interface Referencia {
  readonly id: number
  readonly texto: string
}

export type ValorAuditado = string | number | boolean | Dinero | FechaIso | Date | Referencia | null | undefined

/** How an entity is described in the log: per field, its label and how its value is printed (core.md §9.3). */
export interface EntidadAuditada<T extends Record<string, ValorAuditado>> {
  readonly tabla: TablaLog
  readonly campos: { readonly [K in keyof T]-?: { readonly etiqueta: string; readonly tipo: TipoCampo } }
}

export type TipoCampo = 'texto' | 'entero' | 'decimal' | 'dinero' | 'fecha' | 'instante' | 'booleano' | 'referencia'

/** A row of the log, before the context adds who, when and from where. */
export interface EventoAuditado {
  readonly tabla: TablaLog
  /** Null when the event is about no single record (an export of a list). */
  readonly registroId: number | null
  readonly evento: Evento
  /** Label that people read, or the verb of a one-line event (`Creó`). */
  readonly campo: string
  /** Technical name of the field; empty for one-line events. */
  readonly campoClave?: string
  readonly anterior?: string
  readonly actual?: string
  /** Complement of the sentence, plain text. */
  readonly detalle: string
  /** Version of the record after the change, for records edited in forms. */
  readonly version?: number
}

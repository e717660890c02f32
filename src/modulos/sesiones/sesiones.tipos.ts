/** An open session of a person, as they recognise it. */
export interface SesionAbierta {
  /** Names it without giving it away: the id itself opens the account. */
  readonly clave: string
  readonly esActual: boolean
  readonly agente: string | null
  readonly ip: string | null
  readonly inicio: Date
  readonly ultimaActividad: Date
}

/** Before these instants a session is over, even if its row is still there (core.md §4). */
export interface Vigencia {
  /** Idle: last activity earlier than this. */
  readonly actividadDesde: Date
  /** Absolute life: began earlier than this. */
  readonly inicioDesde: Date
}

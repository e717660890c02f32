/** States of a job as people see it (settled.md §4). */
export type EstadoTarea = 'pendiente' | 'en_proceso' | 'terminada' | 'fallida'

/** A job as its owner follows it. */
export interface Tarea {
  readonly id: number
  readonly tipo: string
  readonly estado: EstadoTarea
  /** 0 to 100. */
  readonly avance: number
  readonly mensaje: string
  /** What it left, in the shape its page knows; null until it ends. */
  readonly resultado: unknown
  /** Path of the file it reads or leaves, inside the data folder. */
  readonly archivo: string | null
  readonly usuarioId: number | null
}

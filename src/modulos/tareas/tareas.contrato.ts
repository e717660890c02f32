/** Answer of `/operaciones/tareas/<ID>/estado/` (settled.md §4). */
export interface EstadoDeTarea {
  estado: 'pendiente' | 'en_proceso' | 'terminada' | 'fallida'
  /** 0 to 100 */
  avance: number
  mensaje: string
  resultado: unknown
}

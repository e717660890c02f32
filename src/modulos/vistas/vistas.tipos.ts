/** Tables that keep views, each with the page that opens them. */
export const PAGINA_DE_TABLA: Readonly<Record<string, string>> = {
  ot: '/operaciones/ot/',
  pte: '/operaciones/pte/',
  actividad: '/operaciones/registro_actividad/',
}

/** Views of one table that a person may keep. */
export const MAXIMO_VISTAS = 50

export interface VistaGuardada {
  readonly id: number
  readonly nombre: string
  /** Query string of the address, without `?`. */
  readonly estado: string
}

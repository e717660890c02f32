/** Catalogues of the engine, by the piece of their address. */
const CATALOGOS = [
  'tipos',
  'estatus',
  'frentes',
  'sitios',
  'unidad_medida',
  'responsable',
  'cliente',
  'pasos',
  'pasos_ot',
  'superintendentes',
]

/** Tables that keep views, each with the page that opens them. */
export const PAGINA_DE_TABLA: Readonly<Record<string, string>> = {
  ot: '/operaciones/ot/',
  pte: '/operaciones/pte/',
  actividad: '/operaciones/registro_actividad/',
  ...Object.fromEntries(CATALOGOS.map((slug) => [`catalogo_${slug}`, `/operaciones/catalogos/${slug}/`])),
  usuarios: '/administracion/usuarios/',
  grupos: '/administracion/grupos/',
  estimaciones: '/operaciones/estimaciones/',
  tipos_cambio: '/operaciones/tipos-cambio/',
}

/** Views of one table that a person may keep. */
export const MAXIMO_VISTAS = 50

export interface VistaGuardada {
  readonly id: number
  readonly nombre: string
  /** Query string of the address, without `?`. */
  readonly estado: string
}

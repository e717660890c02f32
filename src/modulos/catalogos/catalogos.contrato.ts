/** What the pages of the catalogues and their scripts say to each other and to the server. */
import type { Envoltura } from '../../comun/envoltura.ts'
import type { HistorialDeRegistro } from '../auditoria/auditoria.contrato.ts'

/** How a column of a catalogue is drawn. */
export type DibujoColumna = 'texto' | 'numero' | 'porcentaje' | 'color' | 'titular'

export interface ColumnaJson {
  clave: string
  titulo: string
  dibujo: DibujoColumna
  visible: boolean
}

export interface OpcionJson {
  id: number
  descripcion: string
}

/** A field of the form. */
export interface CampoJson {
  nombre: string
  etiqueta: string
  clase: 'linea' | 'texto' | 'nivel' | 'referencia' | 'orden' | 'importancia' | 'color'
  /** Message when it is missing; empty = optional. */
  obligatorio: string
  ayuda: string
  /** 0 = without limit. */
  maximo: number
  /** What a new row starts with. */
  inicial: string
  opciones: OpcionJson[]
  /** Not editable in a row of the system. */
  fijo: boolean
}

export interface PuedeCatalogo {
  crear: boolean
  editar: boolean
  eliminar: boolean
  importar: boolean
}

/** `v.datos` of views/catalogos/lista.ejs. */
export interface PaginaCatalogo {
  slug: string
  titulo: string
  nombre: string
  /** «Crear tipo» */
  singular: string
  ruta: string
  rutaLista: string
  pregunta: string
  columnas: ColumnaJson[]
  campos: CampoJson[]
  /** Field that names a row. */
  titular: string
  puede: PuedeCatalogo
  /** Its rows have an order that people change. */
  ordenable: boolean
  /** Row that the address names; null = none. */
  registro: number | null
}

/** Row of the list: the columns of each catalogue and these. */
export interface FilaCatalogoJson extends Record<string, unknown> {
  id: number
  activo: string
  activo_bool: boolean
  protegido: boolean
  version: number
}

/** `…/ficha/?id=`: everything the panel of a row shows. */
export interface FichaCatalogo {
  id: number
  activo: boolean
  protegido: boolean
  version: number
  titular: string
  valores: Record<string, string>
  /** Text of each choice, also of one that is no longer offered. */
  textos: Record<string, string>
  historial: HistorialDeRegistro
}

/** Refusal of a deactivation that has to be confirmed. */
export interface ConfirmacionPendiente extends Envoltura {
  requiere_confirmacion?: boolean
}

/** A step inside its template. */
export interface PasoDePlantillaJson {
  id: number
  orden: string
  descripcion: string
  importancia: string
  subpaso: boolean
  activo: boolean
  version: number
}

/** `…/plantillas/`: each template with its steps and the sum of the weights of the active ones. */
export interface PlantillaJson {
  clave: string
  texto: string
  suma: string
  completa: boolean
  pasos: PasoDePlantillaJson[]
}

/** A node of the tree of categories, with what hangs from it. */
export interface NodoDeCategorias {
  /** Slug of its catalogue. */
  nivel: string
  id: number
  /** `cat.sub.clasificación` */
  codigo: string
  descripcion: string
  activo: boolean
  hijas: NodoDeCategorias[]
}

/** `v.datos` of views/catalogos/categorias.ejs: the three levels, from the root down. */
export interface PaginaCategorias {
  niveles: PaginaCatalogo[]
}

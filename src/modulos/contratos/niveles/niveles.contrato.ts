/** What the pages of contracts, annexes and sub-annexes share with the browser (catalogos.md §7). */
import type { CampoFicha, Insignia } from '../../../comun/contrato.ts'
import type { HistorialDeRegistro } from '../../auditoria/auditoria.contrato.ts'

/** The three levels of a contract, from the outside in. */
export type ClaveNivel = 'contratos' | 'anexos' | 'sub_anexos'

const RAIZ = '/operaciones/catalogos'

/** Addresses of a level. */
export function rutasDeNivel(nivel: ClaveNivel) {
  const base = `${RAIZ}/${nivel}/`
  return {
    lista: base,
    tabla: `${base}datatable/`,
    crear: `${base}crear/`,
    obtener: `${base}obtener/`,
    editar: `${base}editar/`,
    eliminar: `${base}eliminar/`,
    reactivar: `${base}reactivar/`,
    exportar: `${base}exportar/`,
  } as const
}

/** Page of one record of a level. */
export const rutaDeRegistro = (nivel: ClaveNivel, id: number): string => `${RAIZ}/${nivel}/${String(id)}/`

/** Download of the file of an annex. */
export const rutaDeArchivo = (anexo: number): string => `${rutaDeRegistro('anexos', anexo)}archivo/`

/** Kinds of annex, as people read them. */
export const TEXTO_TIPO_ANEXO: Readonly<Record<string, string>> = {
  TECNICO: 'Anexo Técnico (Especificaciones)',
  FINANCIERO: 'Anexo C (Lista de Precios)',
  LEGAL: 'Legal/Administrativo',
}

interface FilaDeNivel {
  id: number
  descripcion: string
  /** 'Activo' or 'Inactivo'. */
  activo: string
  activo_bool: boolean
  version: number
}

/** Row of `contratos/datatable/`. Decimals are texts, days YYYY-MM-DD. */
export interface FilaContrato extends FilaDeNivel {
  numero_contrato: string
  cliente: string
  fecha_inicio: string
  fecha_termino: string
  monto_mn: string
  monto_usd: string
  /** How many active annexes it has. */
  anexos: number
}

/** Row of `anexos/datatable/`. */
export interface FilaAnexo extends FilaDeNivel {
  id_contrato: number
  contrato: string
  clave: string
  /** TECNICO, FINANCIERO or LEGAL. */
  tipo: string
  tipo_texto: string
  monto_mn: string
  monto_usd: string
  /** Sum of the amounts of its active sub-annexes. */
  suma_mn: string
  suma_usd: string
  sub_anexos: number
  /** Name that the stored file came with; '' = none. */
  archivo: string
}

/** Row of `sub_anexos/datatable/`. */
export interface FilaSubAnexo extends FilaDeNivel {
  id_contrato: number
  contrato: string
  id_anexo: number
  anexo: string
  clave_anexo: string
  unidad_medida: string
  cantidad: string
  precio_unitario_mn: string
  precio_unitario_usd: string
  importe_mn: string
  importe_usd: string
  /** How many active concepts it has. */
  conceptos: number
}

/** `…/obtener/`: the fields by the names that `…/editar/` takes, and what the form needs beside them. */
export interface DatosNivel {
  id: number
  activo: boolean
  /** Optimistic lock: goes back as it came. */
  version: number
  /** Text of each choice by the name of its field: an inactive one is not among the options. */
  textos: Record<string, string>
  [campo: string]: unknown
}

/** A field of a form. */
export interface CampoNivel {
  nombre: string
  etiqueta: string
  clase: 'linea' | 'texto' | 'referencia' | 'opcion' | 'dia' | 'importe' | 'cantidad' | 'archivo'
  obligatorio: boolean
  ayuda: string
  /** 0 = without limit. */
  maximo: number
  opciones: { valor: string; texto: string }[]
}

/** The form of a level on a page. */
export interface FormularioNivel {
  nivel: ClaveNivel
  /** 'contrato', 'anexo', 'sub-anexo'. */
  nombre: string
  campos: CampoNivel[]
  /** Field that names the record that holds it; '' for contracts. */
  padre: string
  /** Record where a new one of this page goes; '' = the person chooses. */
  enPadre: string
}

export interface PuedeNivel {
  crear: boolean
  editar: boolean
  eliminar: boolean
}

/** `v.datos` of views/contratos/niveles.ejs. */
export interface PaginaNiveles {
  nivel: ClaveNivel
  titulo: string
  puede: PuedeNivel
  /** Choices of the filters, by their name. */
  filtros: { nombre: string; etiqueta: string; opciones: { valor: string; texto: string }[] }[]
  formulario: FormularioNivel
}

/** What a record declares beside what its parts add up to, in one currency. */
export interface Comparacion {
  moneda: string
  declarado: string
  suma: string
  diferencia: string
  iguales: boolean
}

/** A list inside the page of a record: its parts. */
export interface PartesDeFicha {
  nivel: ClaveNivel
  titulo: string
  vacio: string
  columnas: { titulo: string; numerica: boolean }[]
  filas: { ruta: string; clave: string; activa: boolean; celdas: string[]; aviso: string }[]
  /** The list of the same rows, with its filters and its export. */
  rutaLista: string
  puedeCrear: boolean
  textoCrear: string
}

/** `v.datos` of views/contratos/nivel.ejs. */
export interface PaginaNivel {
  nivel: ClaveNivel
  id: number
  /** 'contrato', 'anexo', 'sub-anexo'. */
  nombre: string
  clave: string
  descripcion: string
  activo: boolean
  insignia: Insignia
  grupos: { titulo: string; campos: CampoFicha[] }[]
  comparacion: { titulo: string; declarado: string; suma: string; filas: Comparacion[] } | null
  partes: PartesDeFicha | null
  /** Of a sub-annex: its headings, and where its concepts are listed. */
  secciones: { partida: string; descripcion: string; conceptos: number }[] | null
  conceptos: { texto: string; ruta: string } | null
  puede: PuedeNivel
  /** Its own form, and that of its parts. */
  formularios: FormularioNivel[]
  actividad: HistorialDeRegistro
}

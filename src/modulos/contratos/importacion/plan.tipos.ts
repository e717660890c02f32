/** What loading a workbook of prices would do. */
import type { CambioDeCampo } from '../../importacion/index.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { Concepto, ConceptoNuevo, Seccion, SubAnexo } from '../contratos.tipos.ts'
import type { FilaConcepto } from './precios.tipos.ts'

/** The contract and the price list that a workbook is loaded into; what has no id yet is to be created. */
export interface Destino {
  readonly contrato: { readonly id: number | null; readonly numero: string }
  readonly anexo: { readonly id: number | null; readonly clave: string }
}

export interface Unidad {
  readonly id: number
  readonly clave: string
  readonly activo: boolean
}

/** What the database knows of what a workbook names. */
export interface FotoDePrecios {
  readonly destino: Destino
  readonly unidades: readonly Unidad[]
  /** Of the annex. */
  readonly subAnexos: readonly SubAnexo[]
  readonly secciones: readonly Seccion[]
  /** Active: all those of the annex, and those with an extraordinary partida that the workbook names. */
  readonly conceptos: readonly Concepto[]
  /** The same, of concepts that somebody deactivated. */
  readonly desactivados: readonly Concepto[]
  /** Hash of the row that each concept was last loaded from. */
  readonly huellas: ReadonlyMap<number, string>
}

/** A concept before its sub-annex and its heading have an id: their key and their place in the workbook. */
export type ConceptoPlaneado = Omit<ConceptoNuevo, 'idSubAnexo' | 'idSeccion'> & {
  readonly subAnexo: string | null
  readonly seccion: number | null
}

export interface ConceptoPorCrear {
  readonly fila: FilaConcepto
  readonly concepto: ConceptoPlaneado
}

export interface ConceptoPorCambiar {
  readonly fila: FilaConcepto
  readonly antes: Concepto
  /** With the sub-annex of `antes` until `subAnexo` has an id. */
  readonly despues: Concepto
  readonly subAnexo: string | null
  readonly cambios: readonly CambioDeCampo[]
}

export interface PlanDePrecios {
  readonly crear: readonly ConceptoPorCrear[]
  readonly actualizar: readonly ConceptoPorCambiar[]
  /** Concepts that are already as their row says: from now on recognised by it. */
  readonly reconocer: readonly { readonly fila: FilaConcepto; readonly concepto: Concepto }[]
  /** Sub-annexes to be created, with the sheet that names them first. */
  readonly subAnexos: readonly { readonly clave: string; readonly hoja: string }[]
  /** Headings to be created: their places in the workbook. */
  readonly secciones: readonly number[]
  /** By place in the workbook, the stored key of the sub-annex of each of those. */
  readonly anexoDeSeccion: ReadonlyMap<number, string>
  /** Headings that exist: by place in the workbook, their id. */
  readonly seccionesGuardadas: ReadonlyMap<number, number>
  readonly conteo: {
    readonly total: number
    readonly creadas: number
    readonly actualizadas: number
    readonly sin_cambio: number
    readonly rechazadas: number
  }
  /** Rows that repeat another one to the letter. */
  readonly repetidas: number
  readonly errores: readonly Problema[]
  readonly advertencias: readonly Problema[]
}

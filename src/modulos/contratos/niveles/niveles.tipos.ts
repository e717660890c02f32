/** How a level of a contract is described, and a record of any of them. */
import type { Sql } from '../../../plataforma/sql.ts'
import type { TablaLog } from '../../auditoria/index.ts'
import type { ClaveNivel } from './niveles.contrato.ts'

/** A value as it is stored: amounts are plain decimals of two digits, days YYYY-MM-DD, references ids. */
export type Valor = string | number | null

interface CampoBase {
  /** Name in requests and answers (settled.md §6). */
  readonly nombre: string
  readonly columna: string
  /** As people read it: form and log. */
  readonly etiqueta: string
  /** Subject of its messages: «La descripción admite…». */
  readonly sujeto: string
  /** What is said when it is missing; null = it may be empty. */
  readonly obligatorio: string | null
  readonly ayuda?: string
}

export type CampoDeNivel = CampoBase &
  (
    | { readonly clase: 'linea'; readonly largo: number; readonly mayusculas?: true }
    | { readonly clase: 'texto' }
    /** `texto`: what its choices say, over the alias `r`. */
    | { readonly clase: 'referencia'; readonly tabla: string; readonly texto: Sql }
    | { readonly clase: 'opcion'; readonly opciones: Readonly<Record<string, string>>; readonly porDefecto: string }
    | { readonly clase: 'dia' }
    /** `dinero`: empty is zero; `cantidad` too, and it is no money. */
    | { readonly clase: 'importe' | 'cantidad' }
  )

/** One level. */
export interface Nivel {
  readonly clave: ClaveNivel
  readonly tabla: string
  readonly modelo: string
  readonly tablaLog: TablaLog
  /** 'contrato', 'anexo', 'sub-anexo': all three are masculine. */
  readonly nombre: string
  readonly titulo: string
  /** Field that names a record. */
  readonly titular: string
  readonly campos: readonly CampoDeNivel[]
  /** Field with the record that holds it; it never changes. */
  readonly padre: { readonly campo: string; readonly nivel: ClaveNivel } | null
  /** Records of which the name is not repeated, over the alias `o`: those of the same parent, active or all. */
  readonly unico: { readonly soloActivos: boolean; readonly repetido: string; readonly inactivo: string }
}

/** Stored file of an annex. */
export interface ArchivoGuardado {
  readonly clave: string
  readonly nombre: string
}

/** A stored record of any level. */
export interface Registro {
  readonly id: number
  readonly activo: boolean
  readonly version: number
  /** By name of the field. */
  readonly valores: Readonly<Record<string, Valor>>
  /** Text of each choice; empty when nothing is chosen. */
  readonly textos: Readonly<Record<string, string>>
  readonly archivo: ArchivoGuardado | null
}

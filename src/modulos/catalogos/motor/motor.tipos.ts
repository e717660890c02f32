/** What the engine needs to know of a catalogue: the whole of `descripciones/` is written in these words. */
import type { Sql } from '../../../plataforma/sql.ts'
import type { TablaLog } from '../../auditoria/index.ts'

/** A value of a row, as it travels: amounts are plain decimals, references are ids. */
export type Valor = string | number | null

interface CampoBase {
  /** Name in requests and answers (catalogos.md §5). */
  readonly nombre: string
  readonly columna: string
  /** As people read it: form, workbook and log. */
  readonly etiqueta: string
  /** Subject of its messages: «La descripción admite…». */
  readonly sujeto: string
  /** What is said when it is missing; null = it may be empty. */
  readonly obligatorio: string | null
  readonly ayuda?: string
  /** Program logic or other rows depend on it: it does not change while something uses the row. */
  readonly fijoEnUso?: true
}

/** A choice of a fixed list. */
export interface OpcionFija {
  readonly id: number
  readonly texto: string
}

/** A field, by what it holds. */
export type CampoCatalogo = CampoBase &
  (
    | { readonly clase: 'linea'; readonly largo: number; readonly mayusculas?: true }
    | { readonly clase: 'texto' }
    | { readonly clase: 'nivel'; readonly opciones: readonly OpcionFija[]; readonly porDefecto?: number }
    | {
        readonly clase: 'referencia'
        readonly tabla: string
        /** Which of its rows may be chosen; the table has the alias `r`. */
        readonly condicion: Sql
        /** What its choices say, over the alias `r`. */
        readonly texto: Sql
        /** Order of its choices, over the alias `r`; by default, by what they say. */
        readonly orden?: Sql
      }
    | { readonly clase: 'orden' }
    | { readonly clase: 'importancia' }
    | { readonly clase: 'color'; readonly porDefecto: string }
  )

export type CampoDe<C extends CampoCatalogo['clase']> = Extract<CampoCatalogo, { clase: C }>

/** A column of the list. Its key is the one of the JSON row. */
export interface ColumnaCatalogo {
  readonly clave: string
  readonly titulo: string
  /** Field it shows: its stored value, or the text of a choice. */
  readonly campo: string
  readonly como: 'valor' | 'texto'
  /** Left out: not on screen until somebody asks for it. */
  readonly visible?: false
  /** Only in the answer, for clients that want the number behind the text. */
  readonly soloDato?: true
}

/** Something that uses the rows: what the warning counts before a row is deactivated (§1.3). */
export interface UsoDeCatalogo {
  readonly uno: string
  readonly varios: string
  readonly tabla: string
  /** Columns with the id; a record that has it in two of them counts once. */
  readonly columnas: readonly string[]
  /** Which of its records are live, over the alias `u`. */
  readonly vivos: Sql
}

/** Texts of §5, whole sentences: the grammar of each catalogue is its own. */
export interface MensajesDeCatalogo {
  readonly creado: string
  readonly actualizado: string
  readonly desactivado: string
  readonly reactivado: string
  readonly noEncontrado: string
  readonly sinId: string
  readonly pregunta: string
}

/** One catalogue. */
export interface DescripcionCatalogo {
  /** Piece of its addresses: `/operaciones/catalogos/<slug>/`. */
  readonly slug: string
  /** Address of its list, which the old system spelled in several ways. */
  readonly rutaLista: string
  readonly tabla: string
  /** Model of its permissions: `operaciones.view_<modelo>`. */
  readonly modelo: string
  readonly tablaLog: TablaLog
  /** Heading of its page. */
  readonly titulo: string
  /** In the menu, the breadcrumbs and the log. */
  readonly nombre: string
  /** «Crear tipo», «Editar tipo». */
  readonly singular: string
  readonly mensajes: MensajesDeCatalogo
  /** Field that names a row. */
  readonly titular: string
  readonly campos: readonly CampoCatalogo[]
  /** Fields within which the name of an active row is not repeated. */
  readonly ambito: readonly string[]
  /** What is said when it is; by default, that the description is there already. */
  readonly repetido?: string
  /** Fields that no other row may repeat, active or not. */
  readonly unicos?: readonly string[]
  readonly columnas: readonly ColumnaCatalogo[]
  /** Order of the list when nobody asks for another, over the alias `o`. */
  readonly ordenNatural: Sql
  /** Rows that program logic needs (§1.3): never deactivated, only renamed and commented. */
  readonly protegidos: ReadonlySet<number>
  readonly usos: readonly UsoDeCatalogo[]
  /** Other name of `id` when deactivating, from the old system. */
  readonly sinonimoDeId?: string
  /** Anybody with a session reads it, because pages of other modules do (§11). */
  readonly lecturaLibre?: true
  /** Checks across fields: field → message. */
  readonly revisar?: (valores: Readonly<Record<string, Valor>>) => Record<string, string>
}

/** A stored row. */
export interface Registro {
  readonly id: number
  readonly activo: boolean
  readonly version: number
  /** By name of the field. */
  readonly valores: Readonly<Record<string, Valor>>
  /** Text of each choice, by name of the field; empty when nothing is chosen. */
  readonly textos: Readonly<Record<string, string>>
}

/** How many records of a kind use a row. */
export interface ConteoDeUso {
  readonly uno: string
  readonly varios: string
  readonly cuantos: number
}

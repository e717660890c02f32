/** What a class whose records are rows of a table says of itself; `crearClase` (motor.ts) does the rest. */
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import type { ContenidoDeLibro } from '../../plataforma/excel/escribir.ts'
import type { TablaLog } from '../auditoria/index.ts'
import type { FilaDeLibro, FormatoDeLibro, HojaLeida } from './columnas.tipos.ts'
import type { OpcionDeClase, TextosDeClase } from './importacion.clase.ts'
import type {
  CambioDeCampo,
  Conteo,
  InformeBase,
  OpcionesElegidas,
  ResumenDeshacerBase,
  Sustantivo,
} from './importacion.tipos.ts'

/** A field of a record as it is stored and compared: decimals as plain text, days as YYYY-MM-DD. */
export type Valor = string | number | boolean | null

/** A record as it is now. */
export interface Registro<C extends object> {
  readonly id: number
  /** Null in tables without versions: then its fields tell whether somebody edited it. */
  readonly version: number | null
  /** How people know it. */
  readonly nombre: string
  /** What it is recognised by: the same texts that `proponer` gives for its row. */
  readonly claves: readonly string[]
  readonly campos: C
  /** False when it was deleted or deactivated. */
  readonly vivo: boolean
  /** Whether a person touched something of it that its version does not tell (its steps). */
  readonly editado?: boolean
}

/** What a row asks for. */
export interface Propuesta<C extends object> {
  /** What it is recognised by, the surest first; empty = only by its content. */
  readonly claves: readonly string[]
  readonly nombre: string
  /** The fields that the workbook speaks of: those of an existing record that differ, change. */
  readonly campos: Partial<C>
  /** All the fields of a new one. */
  readonly nuevo: C
}

/** How `proponer` says what it sees in a row. An error rejects it. */
export interface Juicio<V> {
  /** «En F9 dice "x" <resto>» */
  error(columna: keyof V & string, resto: string): void
  /** «En F9 falta <que>.» */
  falta(columna: keyof V & string, que: string): void
  /** «En F9 dice "x" <resto>» */
  aviso(columna: keyof V & string, resto: string): void
  /** «F9 está vacía; <resto>»; nothing when the workbook lacks the column. */
  avisoDeVacia(columna: keyof V & string, resto: string): void
  /** Whether the workbook has the column: a field whose column is not there is left alone. */
  tiene(columna: keyof V & string): boolean
}

/** A record to be created. */
export interface RegistroNuevo<C extends object> {
  readonly campos: C
  readonly nombre: string
  readonly hoja: string
  readonly fila: number
  readonly huella: string
}

/** What the class reads of the database for a workbook, beside what it wants for itself. */
export interface Foto<C extends object> {
  /** Records that the rows may be about. */
  readonly registros: readonly Registro<C>[]
}

/** A workbook in hand, as `foto` and `proponer` see it. */
export interface Contenido<V> {
  readonly formato: string
  readonly hojas: readonly HojaLeida[]
  readonly filas: readonly FilaDeLibro<V>[]
  readonly opciones: OpcionesElegidas
}

/** A class of import: rows of a workbook that become rows of a table. */
export interface DefImportacion<V, C extends object, F extends Foto<C>> {
  /** Stored with its batches; never changes. */
  readonly clave: string
  /** Address of its page. */
  readonly base: string
  readonly permiso: `${string}.${string}`
  readonly migas: readonly { readonly texto: string; readonly ruta?: string }[]
  readonly textos: TextosDeClase
  readonly opciones?: readonly OpcionDeClase[]
  /** Advisory lock, when it must not run beside another class. */
  readonly turno?: number
  readonly cosa: Sustantivo
  /** Name of its counts in the JSON report: 'ptes', 'conceptos'. */
  readonly grupo: string
  /** Title of its line in the table of counts: 'PTE', 'Conceptos'. */
  readonly renglon: string
  /** How the lists call what people know a record by: 'Folio PTE', 'Código'. */
  readonly tituloDeNombre: string
  readonly tabla: string
  readonly tablaLog: TablaLog
  /** Layouts of workbook, tried in order. */
  readonly formatos: readonly FormatoDeLibro[]
  /** Label of each field, for changes and log. */
  readonly etiquetas: Readonly<Record<keyof C & string, string>>
  /** A value as people read it; as it is stored unless told. */
  mostrar?(campo: keyof C & string, valor: Valor, foto: F): string
  /** Two rows of the file with the same first key: the second is rejected (default) or is another record, with a warning. */
  readonly repetidas?: 'rechazar' | 'otro'
  /** A record that only matches one that is not alive: nothing is done, with a warning (default), or it is created anew. */
  readonly eliminados?: 'respetar' | 'ignorar'
  /** What the database knows of a workbook, in a constant number of queries; locked when it will be written. */
  foto(ctx: CtxLectura, contenido: Contenido<V>, bloquear: boolean): Promise<F>
  /** What a row asks for, in the order of the file; null when it is not a record (a heading, a total): it is not counted. */
  proponer(fila: FilaDeLibro<V>, foto: F, juicio: Juicio<V>, opciones: OpcionesElegidas): Propuesta<C> | null
  /** Why a record cannot take those changes, as «La fila 7 (X) <resto>»; null when it can. */
  juzgarCambio?(registro: Registro<C>, despues: Partial<C>, foto: F): string | null
  /** Writes new records; answers their ids in the same order. `origen` = 'lote 7'. */
  insertar(tx: CtxTx, nuevos: readonly RegistroNuevo<C>[], foto: F, origen: string): Promise<readonly number[]>
  /** Writes the fields that each change brings and raises the version, where there is one. */
  actualizar(tx: CtxTx, cambios: readonly { readonly id: number; readonly campos: Partial<C> }[]): Promise<void>
  /** Erases records that an import created. */
  borrar(tx: CtxTx, ids: readonly number[]): Promise<void>
  /** Records as they are now, deleted ones included while they are in the table. */
  leer(ctx: CtxLectura, ids: readonly number[], bloquear: boolean): Promise<readonly Registro<C>[]>
  /** Of those records, the ones that something else uses, so that undoing keeps them: 'la usan 3 OT'. */
  enUso?(ctx: CtxLectura, ids: readonly number[]): Promise<readonly { readonly id: number; readonly motivo: string }[]>
  /** Page of a record, when it has one. */
  rutaDe?(id: number): string
  /** What the template offers for the columns with ids: name of the catalogue, id and text. */
  catalogos?(
    ctx: Contexto,
  ): Promise<readonly { readonly catalogo: string; readonly id: number | string; readonly texto: string }[]>
  /** The whole template, when that of the columns will not do. */
  plantilla?(ctx: Contexto): Promise<ContenidoDeLibro[]>
}

/** A record whose fields change. */
export interface RegistroCambiado<C extends object> {
  readonly id: number
  readonly version: number | null
  readonly nombre: string
  readonly hoja: string
  readonly fila: number
  readonly huella: string
  readonly antes: Partial<C>
  readonly despues: Partial<C>
  readonly cambios: readonly CambioDeCampo[]
}

/** Everything an import would do. */
export interface PlanDeMotor<C extends object> {
  readonly crear: readonly RegistroNuevo<C>[]
  readonly actualizar: readonly RegistroCambiado<C>[]
  /** Already as the row says, and their hash is not kept yet. */
  readonly reconocer: readonly {
    readonly id: number
    readonly version: number | null
    readonly nombre: string
    readonly huella: string
  }[]
  readonly conteo: Conteo
  readonly errores: readonly InformeBase['errores'][number][]
  readonly advertencias: readonly InformeBase['errores'][number][]
}

/** The report: the counts go under the name of the group. */
export interface InformeDeMotor extends InformeBase {
  readonly conteo: Conteo
}

export interface ResumenDeMotor extends ResumenDeshacerBase {
  readonly eliminadas: number
  readonly restauradas: number
}

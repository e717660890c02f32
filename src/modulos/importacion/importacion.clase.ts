/**
 * What a kind of import says of itself: everything around it (pages, background work, batches, undo, commands) is the
 * same for all. Most are made from columns and a few queries by `crearClase` (motor.ts); one with a planner of its own
 * (the historical OTs) writes this interface.
 */
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import type { ContenidoDeLibro } from '../../plataforma/excel/escribir.ts'
import type { TablaLog } from '../auditoria/index.ts'
import type { FilaDeLista, ListaDeImportacion } from './importacion.contrato.ts'
import type {
  Cosa,
  InformeBase,
  OpcionesElegidas,
  Problema,
  Renglon,
  ResumenDeshacerBase,
} from './importacion.tipos.ts'

/** Lock that the historical imports share: OTs create PTEs, and both look each other up. */
export const TURNO_HISTORICO = 734_502

/** Told while it works: how far (0 to 100) and what it is doing. */
export type AlAvanzar = (avance: number, mensaje: string) => void | Promise<void>

/** A file to be imported. */
export interface ArchivoDeImportacion {
  readonly ruta: string
  /** Name that the person gave it. */
  readonly nombre: string
}

/** What is asked of an import beside its file. */
export interface Peticion {
  readonly opciones: OpcionesElegidas
  /** Nothing is written if a row is rejected: then every row that would have been is. */
  readonly todoONada: boolean
}

/** Something that is chosen beside the workbook: a switch, or one of a few values. */
export interface OpcionDeClase {
  /** Name of the field in the request; the command has it as `--clave-con-guiones`. */
  readonly clave: string
  readonly texto: string
  readonly ayuda: string
  /** Choices of a selector; without it, a switch. */
  readonly valores?: (ctx: CtxLectura) => Promise<{ valor: string; texto: string }[]>
  /** Of a selector: whether one must be chosen. */
  readonly obligatoria?: boolean
  /** Of a selector: its values are those to choose from on the page, and the class itself judges what it gets. */
  readonly libre?: boolean
}

/** Texts of the pages of a class. */
export interface TextosDeClase {
  /** Title, menu and breadcrumb: 'Importar OT históricas'. */
  readonly titulo: string
  /** What the workbook has: 'Un libro .xlsx con una fila por OT.' */
  readonly ayuda: string
  /** Name of the template file. */
  readonly plantilla: string
}

/** What an import would do with a workbook, ready to be shown or done. */
export interface PlanDeClase<I extends InformeBase = InformeBase> {
  /** Hash of all that would be written. */
  readonly huella: string
  /** Whether there is something to write; without it no batch is kept. */
  readonly escribe: boolean
  readonly cuantas: { readonly crear: number; readonly actualizar: number }
  /** What the report says that is not of the file. */
  readonly informe: Omit<I, 'lote' | 'archivo' | 'sha256' | 'simulado' | 'segundos'>
  /** Rows of each list but those of problems. */
  readonly listas: Readonly<Record<string, () => Iterable<FilaDeLista>>>
  /** Writes it, with its audit rows and its changes of the batch (`anotarCambios`). */
  escribir(tx: CtxTx, lote: number, avanzar: AlAvanzar): Promise<void>
}

/** A workbook that was read. Close it always. */
export interface LecturaDeClase<I extends InformeBase = InformeBase> {
  readonly sha256: string
  readonly filas: number
  /** @param bloquear whether what is compared stays locked until the end of the transaction (an import that will write). */
  planear(ctx: CtxLectura, peticion: Peticion, bloquear: boolean): Promise<PlanDeClase<I>>
  cerrar(): Promise<void>
}

/** A kind of import. `src/importaciones.ts` lists them all. */
export interface ClaseImportacion<
  I extends InformeBase = InformeBase,
  R extends ResumenDeshacerBase = ResumenDeshacerBase,
> {
  /** Stored with its batches; never changes. */
  readonly clave: string
  /** Address of its page: `/operaciones/ot/importar/`. */
  readonly base: string
  readonly permiso: `${string}.${string}`
  readonly migas: readonly { readonly texto: string; readonly ruta?: string }[]
  readonly textos: TextosDeClase
  readonly opciones: readonly OpcionDeClase[]
  /** In the order of the tabs; `rechazadas` and `advertencias` among them. */
  readonly listas: readonly ListaDeImportacion[]
  /** Table of the log where its batches are told. */
  readonly tablaLog: TablaLog
  /** Advisory lock, when it must not run beside another class; its own unless told. */
  readonly turno?: number
  /** @throws DatosInvalidos when the file cannot be read. */
  abrir(ruta: string): Promise<LecturaDeClase<I>>
  /** Lines of the table of counts. */
  renglones(informe: I): Renglon[]
  hechos(informe: I): { creados: Cosa[]; actualizados: Cosa[]; rechazadas: number }
  /** Fields that the JSON of the page adds to the common ones. */
  extras?(informe: I, opciones: OpcionesElegidas): Record<string, unknown>
  /** Lists of a batch but those of problems: how many rows each has, and a page of one. */
  contarListas(ctx: CtxLectura, lote: number): Promise<Record<string, number>>
  filasDeLote(ctx: CtxLectura, lote: number, lista: string, inicio: number, largo: number): Promise<FilaDeLista[]>
  /** Undoes a batch in the transaction that already has the turn. @throws Conflicto when something depends on it. */
  deshacer(tx: CtxTx, lote: number): Promise<R>
  deshechos(resumen: R): { eliminados: Cosa[]; restaurados: Cosa[] }
  /** Page of a record that an undo kept. */
  rutaDe(tabla: string, id: number): string | null
  /** The rows with errors of a workbook, as a sheet. */
  rechazadas(ruta: string, errores: readonly Problema[]): Promise<ContenidoDeLibro>
  plantilla(ctx: Contexto): Promise<ContenidoDeLibro[]>
}

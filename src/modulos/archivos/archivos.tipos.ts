import type { Almacen, ClaseArchivo } from '../../plataforma/archivos.ts'
import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'

/** Who acts and where the files are. */
export interface Deposito {
  readonly ctx: Contexto
  readonly almacen: Almacen
}

/** The same for what only reads. */
export interface DepositoDeLectura {
  readonly ctx: CtxLectura
  readonly almacen: Almacen
}

/** A kept file. Its name belongs to each record that uses it. */
export interface Archivo {
  readonly id: number
  readonly sha256: string
  readonly clase: ClaseArchivo
  readonly bytes: number
  readonly clave: string
  /** Only of pictures, as people see them (turned). */
  readonly ancho: number | null
  readonly alto: number | null
  readonly claveMiniatura: string | null
}

/** What the database is told of a new one. */
export interface ArchivoNuevo extends Omit<Archivo, 'id'> {
  readonly huellaPerceptual: string | null
}

/** A file on its way to whoever asked for it; what `archivo(…)` of a route takes. */
export interface Descarga {
  readonly nombre: string
  readonly tipo: string
  readonly escribir: (salida: NodeJS.WritableStream) => Promise<void>
}

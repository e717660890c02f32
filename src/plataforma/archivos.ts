/**
 * Files that people attach to records. They live outside of what is served, under keys of ours; the name they came with
 * is data of the record. The rest of the system only knows their keys. What an upload may be: `revision-archivos.ts`.
 */
import type { Readable } from 'node:stream'

/** Where the files are: the disk of the server (`almacen-disco.ts`) or a bucket (`almacen-s3.ts`). */
export interface Almacen {
  /**
   * Takes a file that was just uploaded. With its sha256 the key is its content, and storing the same bytes again
   * changes nothing; without it the key is random.
   * @returns its key.
   */
  guardar(origen: string, destino: DestinoDeArchivo): Promise<string>
  /** @throws NoEncontrado when it is not there. */
  leer(clave: string): Promise<Readable>
  existe(clave: string): Promise<boolean>
  /** Nothing happens when it is not there. */
  borrar(clave: string): Promise<void>
}

/** Folder, kind and (for files kept by their content) fingerprint of what is stored. */
export interface DestinoDeArchivo {
  readonly carpeta: string
  readonly clase: ClaseArchivo
  readonly sha256?: string
}

/** Kinds of file that can be told by their content. */
export const CLASES_DE_ARCHIVO = ['pdf', 'xlsx', 'xlsm', 'docx', 'jpg', 'png', 'webp'] as const
export type ClaseArchivo = (typeof CLASES_DE_ARCHIVO)[number]

/** Those that are pictures. */
export const IMAGENES: readonly ClaseArchivo[] = ['jpg', 'png', 'webp']

/** Content type of each kind, for the download. */
export const TIPO_DE_CONTENIDO: Readonly<Record<ClaseArchivo, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.12',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
}

const CLAVE = new RegExp(
  `^(?:[a-z][a-z_]*/)+(?:[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}|[\\da-f]{2}/[\\da-f]{64})\\.(${CLASES_DE_ARCHIVO.join('|')})$`,
)

/** The kind that a key says. @throws for what no store of ours gave. */
export function claseDeClave(clave: string): ClaseArchivo {
  const clase = CLAVE.exec(clave)?.[1]
  if (clase === undefined) throw new Error(`Not a key of the store: ${clave}`)
  return clase as ClaseArchivo
}

/** The key of a file: by its content (256 folders, so that none grows huge), or the random name given. */
export function claveDe({ carpeta, clase, sha256 }: DestinoDeArchivo, alAzar: () => string): string {
  const clave = `${carpeta}/${sha256 === undefined ? alAzar() : `${sha256.slice(0, 2)}/${sha256}`}.${clase}`
  claseDeClave(clave)
  return clave
}

/** What is told when a key names nothing. */
export const ARCHIVO_PERDIDO = 'El archivo ya no está en el almacén. Avisa a un administrador.'

/** The store does not answer, or refuses: a fault of the installation (503 and its cause in the log), not of the person. */
export class AlmacenCaido extends Error {
  override name = 'AlmacenCaido'
}

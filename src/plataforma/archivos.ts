/**
 * Files that people attach to records. They live outside of what is served, under random names; the name they came with
 * is data of the record. The rest of the system only knows their keys.
 */
import { randomUUID } from 'node:crypto'
import { constants, createReadStream, type ReadStream } from 'node:fs'
import { access, copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import yauzl from 'yauzl'
import { ArchivoMuyGrande, DatosInvalidos, NoEncontrado } from '../comun/errores.ts'

/** Where the files are. The only one built is the disk; another would implement the same. */
export interface Almacen {
  /** Takes a file that was just uploaded. @returns its key. */
  guardar(origen: string, destino: { readonly carpeta: string; readonly clase: ClaseArchivo }): Promise<string>
  /** @throws NoEncontrado when it is not there. */
  leer(clave: string): Promise<ReadStream>
  existe(clave: string): Promise<boolean>
  /** Nothing happens when it is not there. */
  borrar(clave: string): Promise<void>
}

/** Kinds of file that can be told by their content. */
export type ClaseArchivo = 'pdf' | 'xlsx' | 'docx'

/** Content type of each kind, for the download. */
export const TIPO_DE_CONTENIDO: Readonly<Record<ClaseArchivo, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

const CLAVE = /^(?:[a-z][a-z_]*\/)+[\da-f-]{36}\.(pdf|xlsx|docx)$/

/** The kind that a key says. @throws for what this store never gave. */
export function claseDeClave(clave: string): ClaseArchivo {
  const clase = CLAVE.exec(clave)?.[1]
  if (clase === undefined) throw new Error(`Not a key of the store: ${clave}`)
  return clase as ClaseArchivo
}

/** Files below a folder of the server, which the backup takes whole. */
export function almacenEnDisco(raiz: string): Almacen {
  const rutaDe = (clave: string): string => {
    claseDeClave(clave)
    return join(raiz, clave)
  }
  return {
    async guardar(origen, { carpeta, clase }) {
      const clave = `${carpeta}/${randomUUID()}.${clase}`
      const ruta = rutaDe(clave)
      await mkdir(dirname(ruta), { recursive: true, mode: 0o700 })
      await mover(origen, ruta)
      return clave
    },
    async leer(clave) {
      const flujo = createReadStream(rutaDe(clave))
      await new Promise<void>((abierto, falla) => {
        flujo.once('open', () => {
          abierto()
        })
        flujo.once('error', () => {
          falla(new NoEncontrado('El archivo ya no está en el almacén. Avisa a un administrador.'))
        })
      })
      return flujo
    },
    existe: (clave) =>
      access(rutaDe(clave), constants.R_OK).then(
        () => true,
        () => false,
      ),
    borrar: (clave) => rm(rutaDe(clave), { force: true }),
  }
}

/** The store may be on another disk than the uploads. */
async function mover(origen: string, destino: string): Promise<void> {
  try {
    await rename(origen, destino)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await copyFile(origen, destino, constants.COPYFILE_EXCL)
    await rm(origen, { force: true })
  }
}

// ---------------------------------------------------------------------------------------- what an upload may be

/** An upload of a person, on disk. */
export interface ArchivoPorRevisar {
  readonly nombre: string
  readonly ruta: string
  readonly bytes: number
}

const MB = 1024 * 1024
const MAXIMO_MB = 50
const LARGO_NOMBRE = 255
const ADMITIDOS = 'Solo se aceptan archivos PDF, Excel (.xlsx) y Word (.docx).'
/** A reader accepts the mark of a PDF anywhere in its first kilobyte. */
const CABEZA = 1024
const OLE2 = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04])
const MAXIMO_PARTES = 5_000

/**
 * What an upload is, by its content; the extension of its name must say the same.
 * @throws DatosInvalidos naming the field, ArchivoMuyGrande (413).
 */
export async function revisarArchivo(archivo: ArchivoPorRevisar, campo: string): Promise<ClaseArchivo> {
  const rechazar = (mensaje: string): DatosInvalidos => new DatosInvalidos(mensaje, { campos: { [campo]: mensaje } })
  if (archivo.bytes === 0) throw rechazar('El archivo está vacío (0 bytes). Vuelve a guardarlo y súbelo otra vez.')
  if (archivo.bytes > MAXIMO_MB * MB) {
    const mensaje = `El archivo pesa más de ${String(MAXIMO_MB)} MB. Redúcelo o divídelo y vuelve a intentarlo.`
    throw new ArchivoMuyGrande(mensaje, { campos: { [campo]: mensaje } })
  }
  if (archivo.nombre.length > LARGO_NOMBRE)
    throw rechazar(`El nombre del archivo admite hasta ${String(LARGO_NOMBRE)} caracteres.`)
  const clase = await claseDeContenido(archivo.ruta)
  if (clase === 'antiguo')
    throw rechazar(
      'El archivo es de una versión antigua de Office o tiene contraseña. Guárdalo como .xlsx, .docx o PDF, sin contraseña.',
    )
  if (clase === 'macros')
    throw rechazar('El archivo tiene macros. Guárdalo sin ellas (.xlsx o .docx) y súbelo otra vez.')
  if (clase === null) throw rechazar(ADMITIDOS)
  if (extname(archivo.nombre).toLowerCase() !== `.${clase}`)
    throw rechazar(
      `Por dentro el archivo es ${clase === 'pdf' ? 'un PDF' : `un .${clase}`}, pero su nombre dice otra cosa. Ponle la extensión .${clase}.`,
    )
  return clase
}

async function claseDeContenido(ruta: string): Promise<ClaseArchivo | 'antiguo' | 'macros' | null> {
  const cabeza = await leerCabeza(ruta)
  if (cabeza.includes('%PDF-')) return 'pdf'
  if (cabeza.subarray(0, OLE2.length).equals(OLE2)) return 'antiguo'
  return cabeza.subarray(0, ZIP.length).equals(ZIP) ? claseDeZip(ruta) : null
}

async function leerCabeza(ruta: string): Promise<Buffer> {
  const abierto = await open(ruta)
  try {
    const { buffer, bytesRead } = await abierto.read(Buffer.alloc(CABEZA), 0, CABEZA, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await abierto.close()
  }
}

/** Only the directory of the zip is read: nothing is inflated. */
async function claseDeZip(ruta: string): Promise<ClaseArchivo | 'macros' | null> {
  try {
    const zip = await yauzl.openPromise(ruta, { lazyEntries: true, autoClose: false })
    const partes = new Set<string>()
    try {
      if (zip.entryCount > MAXIMO_PARTES) return null
      for await (const parte of zip.eachEntry()) partes.add(parte.fileName.toLowerCase())
    } finally {
      zip.close()
    }
    if (!partes.has('[content_types].xml')) return null
    if (partes.has('xl/vbaproject.bin') || partes.has('word/vbaproject.bin')) return 'macros'
    if (partes.has('xl/workbook.xml')) return 'xlsx'
    return partes.has('word/document.xml') ? 'docx' : null
  } catch {
    return null
  }
}

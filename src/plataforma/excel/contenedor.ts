/**
 * The zip a workbook is, opened with its limits: what the file says of itself is checked before reading, and the bytes
 * that really come out are counted while they do. Private part of `leer.ts`.
 */
import { open } from 'node:fs/promises'
import yauzl from 'yauzl'
import { DatosInvalidos } from '../../comun/errores.ts'

/** What a workbook may weigh. Sizes in bytes. */
export interface LimitesLibro {
  readonly archivo: number
  readonly porParte: number
  readonly total: number
  /** Expanded / compressed, once a part passes `pesoSospechoso`. Sheets of people reach 15, a bomb 1,000. */
  readonly razon: number
  readonly hojas: number
  readonly filas: number
  readonly columnas: number
}

const MB = 1024 * 1024
const PESO_SOSPECHOSO = 32 * MB
const MAXIMO_PARTES = 5_000

export const LIMITES_LIBRO: LimitesLibro = {
  archivo: 100 * MB,
  porParte: 400 * MB,
  total: 600 * MB,
  razon: 150,
  hojas: 200,
  filas: 100_000,
  columnas: 16_384,
}

export const MENSAJES_ARCHIVO = {
  vacio: 'El archivo está vacío (0 bytes). Vuelve a guardarlo en Excel y súbelo otra vez.',
  xls: 'El archivo es un libro de Excel antiguo (.xls). Ábrelo en Excel y guárdalo como «Libro de Excel (.xlsx)».',
  protegido: 'El libro está protegido con contraseña. Quítale la contraseña en Excel, guárdalo y vuelve a intentarlo.',
  noEsLibro: 'El archivo no es un libro de Excel (.xlsx). Ábrelo en Excel y guárdalo como «Libro de Excel (.xlsx)».',
  xlsb: 'El archivo es un libro binario (.xlsb). Ábrelo en Excel y guárdalo como «Libro de Excel (.xlsx)».',
  danado: 'El libro está dañado y no se puede leer. Ábrelo en Excel, guárdalo de nuevo y vuelve a intentarlo.',
  bomba: 'El libro se expande a un tamaño exagerado al abrirlo y no se leyó. Copia solo los datos a un libro nuevo.',
  noExiste: 'No existe el archivo o no se puede leer. Revisa la ruta.',
} as const

/** The file cannot be a workbook we read: one sentence that says what to do. */
export const rechazar = (detalles: string): DatosInvalidos => new DatosInvalidos(detalles)

/** The parts of an open workbook. */
export class Contenedor {
  readonly #zip: yauzl.ZipFile
  readonly #partes: ReadonlyMap<string, yauzl.Entry>
  readonly #limites: LimitesLibro
  #leidos = 0

  constructor(zip: yauzl.ZipFile, partes: ReadonlyMap<string, yauzl.Entry>, limites: LimitesLibro) {
    this.#zip = zip
    this.#partes = partes
    this.#limites = limites
  }

  tiene(nombre: string): boolean {
    return this.#partes.has(claveParte(nombre))
  }

  /** Pieces of a part as they are inflated, counted; empty for a part that is not there. */
  async *trozos(nombre: string): AsyncGenerator<Buffer> {
    const parte = this.#partes.get(claveParte(nombre))
    if (parte === undefined) return
    const flujo = await this.#zip.openReadStreamPromise(parte)
    let leidos = 0
    try {
      for await (const trozo of flujo as AsyncIterable<Buffer>) {
        leidos += trozo.length
        this.#leidos += trozo.length
        this.#vigilar(leidos, parte.compressedSize)
        yield trozo
      }
    } finally {
      flujo.destroy()
    }
  }

  cerrar(): void {
    this.#zip.close()
  }

  #vigilar(leidos: number, comprimidos: number): void {
    const { porParte, total, razon } = this.#limites
    const sospecha = leidos > PESO_SOSPECHOSO && leidos > razon * Math.max(comprimidos, 1)
    if (leidos > porParte || this.#leidos > total || sospecha) throw rechazar(MENSAJES_ARCHIVO.bomba)
  }
}

/**
 * Opens the zip after looking at what the file is.
 * @throws DatosInvalidos with the sentence of each kind of file that is not a readable workbook.
 */
export async function abrirContenedor(archivo: string | Buffer, limites: LimitesLibro): Promise<Contenedor> {
  await revisarFirma(archivo, limites)
  const zip = await abrirZip(archivo)
  const partes = new Map<string, yauzl.Entry>()
  try {
    if (zip.entryCount > MAXIMO_PARTES) throw rechazar(MENSAJES_ARCHIVO.bomba)
    for await (const parte of zip.eachEntry()) {
      if (parte.isEncrypted()) throw rechazar(MENSAJES_ARCHIVO.protegido)
      partes.set(claveParte(parte.fileName), parte)
    }
    revisarTamanios(partes, limites)
  } catch (error) {
    zip.close()
    throw error instanceof DatosInvalidos ? error : rechazar(MENSAJES_ARCHIVO.danado)
  }
  return new Contenedor(zip, partes, limites)
}

/** Names of parts are compared without case nor leading bar: programs disagree about both. */
const claveParte = (nombre: string): string => nombre.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()

function revisarTamanios(partes: ReadonlyMap<string, yauzl.Entry>, limites: LimitesLibro): void {
  let total = 0
  for (const parte of partes.values()) {
    total += parte.uncompressedSize
    if (parte.uncompressedSize > limites.porParte || total > limites.total) throw rechazar(MENSAJES_ARCHIVO.bomba)
  }
}

async function abrirZip(archivo: string | Buffer): Promise<yauzl.ZipFile> {
  const opciones = { lazyEntries: true, autoClose: false, validateEntrySizes: true }
  try {
    return typeof archivo === 'string'
      ? await yauzl.openPromise(archivo, opciones)
      : await yauzl.fromBufferPromise(archivo, opciones)
  } catch {
    throw rechazar(MENSAJES_ARCHIVO.danado)
  }
}

const OLE2 = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
/** Name of the stream that holds a workbook with password inside its OLE2 wrapping. */
const PAQUETE_CIFRADO = Buffer.from('EncryptedPackage', 'utf16le')

async function revisarFirma(archivo: string | Buffer, limites: LimitesLibro): Promise<void> {
  const { tamanio, inicio } = await comienzo(archivo)
  if (tamanio === 0) throw rechazar(MENSAJES_ARCHIVO.vacio)
  if (tamanio > limites.archivo) {
    throw rechazar(
      `El archivo pesa más de ${String(Math.floor(limites.archivo / MB))} MB. Divídelo en libros más pequeños.`,
    )
  }
  if (inicio.subarray(0, 8).equals(OLE2)) {
    throw rechazar((await contiene(archivo, PAQUETE_CIFRADO)) ? MENSAJES_ARCHIVO.protegido : MENSAJES_ARCHIVO.xls)
  }
  if (inicio.length < 4 || inicio.readUInt16BE(0) !== 0x504b) throw rechazar(MENSAJES_ARCHIVO.noEsLibro)
}

async function comienzo(archivo: string | Buffer): Promise<{ tamanio: number; inicio: Buffer }> {
  if (typeof archivo !== 'string') return { tamanio: archivo.length, inicio: archivo.subarray(0, 8) }
  let descriptor
  try {
    descriptor = await open(archivo)
  } catch {
    throw rechazar(MENSAJES_ARCHIVO.noExiste)
  }
  try {
    const datos = await descriptor.stat()
    if (!datos.isFile()) throw rechazar(MENSAJES_ARCHIVO.noExiste)
    const { buffer, bytesRead } = await descriptor.read(Buffer.alloc(8), 0, 8, 0)
    return { tamanio: datos.size, inicio: buffer.subarray(0, bytesRead) }
  } finally {
    await descriptor.close()
  }
}

async function contiene(archivo: string | Buffer, marca: Buffer): Promise<boolean> {
  if (typeof archivo !== 'string') return archivo.includes(marca)
  const descriptor = await open(archivo)
  try {
    let cola = Buffer.alloc(0)
    for await (const trozo of descriptor.createReadStream({ highWaterMark: MB, autoClose: false })) {
      const junto = Buffer.concat([cola, trozo as Buffer])
      if (junto.includes(marca)) return true
      cola = junto.subarray(-marca.length)
    }
    return false
  } finally {
    await descriptor.close()
  }
}

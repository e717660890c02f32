/** What an upload may be, told by its content and never by its name or by what the browser says (decision 0023). */
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import yauzl from 'yauzl'
import { ArchivoMuyGrande, DatosInvalidos } from '../comun/errores.ts'
import type { ClaseArchivo } from './archivos.ts'

/** An upload of a person, on disk. */
export interface ArchivoPorRevisar {
  readonly nombre: string
  readonly ruta: string
  readonly bytes: number
}

/** What a place accepts. */
export interface ReglasDeArchivo {
  /** Field of the form, which the refusal names. */
  readonly campo: string
  readonly clases: readonly ClaseArchivo[]
  /** «Solo se aceptan …» of this place. */
  readonly admitidos: string
  readonly maximoMb: number
}

const MB = 1024 * 1024
const LARGO_NOMBRE = 255
/** A reader accepts the mark of a PDF anywhere in its first kilobyte. */
const CABEZA = 1024
const MAXIMO_PARTES = 5_000

type Hallada = ClaseArchivo | 'docm' | 'antiguo' | 'heic' | 'doble' | null

const firma = (...bytes: number[]): Buffer => Buffer.from(bytes)
const FIRMAS: readonly (readonly [Buffer, 'jpg' | 'png' | 'zip' | 'antiguo'])[] = [
  [firma(0xff, 0xd8, 0xff), 'jpg'],
  [firma(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'png'],
  [firma(0x50, 0x4b, 0x03, 0x04), 'zip'],
  [firma(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'antiguo'],
]
const HEIC = /^ftyp(heic|heix|hevc|mif1|msf1|avif)/

/** Other extensions that people know a kind by. */
const EXTENSIONES: Partial<Record<ClaseArchivo, readonly string[]>> = { jpg: ['.jpg', '.jpeg'] }

const NOMBRE_DE_CLASE: Readonly<Record<ClaseArchivo, string>> = {
  pdf: 'un PDF',
  xlsx: 'un .xlsx',
  xlsm: 'un .xlsm',
  docx: 'un .docx',
  jpg: 'una foto JPG',
  png: 'una imagen PNG',
  webp: 'una imagen WebP',
}

/**
 * What an upload is, by its content; the extension of its name must say the same.
 * @throws DatosInvalidos naming the field, ArchivoMuyGrande (413).
 */
export async function revisarArchivo(archivo: ArchivoPorRevisar, reglas: ReglasDeArchivo): Promise<ClaseArchivo> {
  const { campo, clases, admitidos, maximoMb } = reglas
  const rechazar = (mensaje: string): DatosInvalidos => new DatosInvalidos(mensaje, { campos: { [campo]: mensaje } })
  if (archivo.bytes === 0) throw rechazar('El archivo está vacío (0 bytes). Vuelve a guardarlo y súbelo otra vez.')
  if (archivo.bytes > maximoMb * MB) {
    const mensaje = `El archivo pesa más de ${String(maximoMb)} MB. Redúcelo o divídelo y vuelve a intentarlo.`
    throw new ArchivoMuyGrande(mensaje, { campos: { [campo]: mensaje } })
  }
  if (archivo.nombre.length > LARGO_NOMBRE)
    throw rechazar(`El nombre del archivo admite hasta ${String(LARGO_NOMBRE)} caracteres.`)
  const clase = await claseDeContenido(archivo.ruta)
  const motivo = motivoDeRechazo(clase, clases, admitidos)
  if (motivo !== null) throw rechazar(motivo)
  const conocida = clase as ClaseArchivo
  if (!(EXTENSIONES[conocida] ?? [`.${conocida}`]).includes(extname(archivo.nombre).toLowerCase()))
    throw rechazar(
      `Por dentro el archivo es ${NOMBRE_DE_CLASE[conocida]}, pero su nombre dice otra cosa. Ponle la extensión .${conocida}.`,
    )
  return conocida
}

function motivoDeRechazo(clase: Hallada, clases: readonly ClaseArchivo[], admitidos: string): string | null {
  if (clase === 'doble')
    return `El archivo trae dentro otro de distinta clase. Vuelve a guardarlo y súbelo otra vez. ${admitidos}`
  if (clase === 'heic')
    return `La foto está en formato HEIC o AVIF. En el teléfono elige «Más compatible» en los ajustes de la cámara, o guárdala como JPG. ${admitidos}`
  const deOficina = clases.some((una) => una === 'xlsx' || una === 'docx')
  if (clase === 'antiguo' && deOficina)
    return 'El archivo es de una versión antigua de Office o tiene contraseña. Guárdalo como .xlsx, .docx o PDF, sin contraseña.'
  if (clase === 'docm' || (clase === 'xlsm' && deOficina && !clases.includes('xlsm')))
    return 'El archivo tiene macros. Guárdalo sin ellas (.xlsx o .docx) y súbelo otra vez.'
  return clase === null || clase === 'antiguo' || !clases.includes(clase) ? admitidos : null
}

async function claseDeContenido(ruta: string): Promise<Hallada> {
  const cabeza = await leerCabeza(ruta)
  const conMarcaDePdf = cabeza.includes('%PDF-')
  const otra = otraClase(cabeza)
  // Readers of PDF would open as one what begins as a picture or a zip: a file of two kinds is nobody's photo.
  if (conMarcaDePdf) return otra === null ? 'pdf' : 'doble'
  return otra === 'zip' ? claseDeZip(ruta) : otra
}

function otraClase(cabeza: Buffer): 'jpg' | 'png' | 'webp' | 'zip' | 'antiguo' | 'heic' | null {
  for (const [marca, clase] of FIRMAS) if (cabeza.subarray(0, marca.length).equals(marca)) return clase
  if (cabeza.toString('latin1', 0, 4) === 'RIFF' && cabeza.toString('latin1', 8, 12) === 'WEBP') return 'webp'
  return HEIC.test(cabeza.toString('latin1', 4, 12)) ? 'heic' : null
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
async function claseDeZip(ruta: string): Promise<'xlsx' | 'xlsm' | 'docx' | 'docm' | null> {
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
    if (partes.has('xl/workbook.xml')) return partes.has('xl/vbaproject.bin') ? 'xlsm' : 'xlsx'
    if (!partes.has('word/document.xml')) return null
    return partes.has('word/vbaproject.bin') ? 'docm' : 'docx'
  } catch {
    return null
  }
}

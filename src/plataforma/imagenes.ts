/**
 * What the system makes of a picture: its size as people see it, a thumbnail without the data of the camera (place,
 * owner), and a fingerprint of what it looks like. The work is done by libvips in its own threads, two pictures at a time.
 */
import sharp, { type Sharp } from 'sharp'
import moduloPhash from 'sharp-phash'

/** Why a picture is not taken. */
export type FallaDeImagen = 'ilegible' | 'enorme'

/** A picture that cannot be taken: damaged, or of more pixels than it is safe to open. */
export class ImagenNoAdmitida extends Error {
  override name = 'ImagenNoAdmitida'
  readonly falla: FallaDeImagen

  constructor(falla: FallaDeImagen, opciones?: ErrorOptions) {
    super(falla, opciones)
    this.falla = falla
  }
}

/** A picture, described. */
export interface ImagenDescrita {
  /** Pixels, with the orientation that the camera noted. */
  readonly ancho: number
  readonly alto: number
  /** 64 zeros and ones; null for a picture of one flat colour, which looks like any other. */
  readonly huella: string | null
  readonly miniatura: Buffer
}

/** Longest side of a thumbnail: sharp on a list and in the PDF of a GPU. */
export const LADO_MINIATURA = 480
/** Of the little picture that the fingerprint is read from. */
const LADO_HUELLA = 128
const MEGA = 1_000_000
/** A telephone of 108 megapixels passes; read by lines, it needs little memory. */
const MAXIMO_PIXELES = 120 * MEGA
/** Progressive, interlaced and WebP pictures are opened whole. */
const MAXIMO_PIXELES_ENTERA = 50 * MEGA
/** Grey levels of difference below which there is nothing to compare. */
const CONTRASTE_MINIMO = 3
const SEGUNDOS = 20
const A_LA_VEZ = 2

// Its types say `export default`; the module is the function itself.
const phash = moduloPhash as unknown as (imagen: Buffer) => Promise<string>

sharp.cache(false)
sharp.concurrency(1)

/** The formats of the three kinds; nothing else is handed to libvips, which would also open SVG, PDF or HEIF. */
const FORMATO = { jpg: 'jpeg', png: 'png', webp: 'webp' } as const

/** @throws ImagenNoAdmitida */
export function describirImagen(ruta: string, clase: keyof typeof FORMATO): Promise<ImagenDescrita> {
  return conTurno(async () => {
    try {
      return await describir(ruta, clase)
    } catch (error) {
      if (error instanceof ImagenNoAdmitida) throw error
      throw new ImagenNoAdmitida('ilegible', { cause: error })
    }
  })
}

async function describir(ruta: string, clase: keyof typeof FORMATO): Promise<ImagenDescrita> {
  const { format, width, height, isProgressive, autoOrient } = await sharp(ruta, { limitInputPixels: false }).metadata()
  if (format !== FORMATO[clase]) throw new ImagenNoAdmitida('ilegible')
  const maximo = isProgressive || clase === 'webp' ? MAXIMO_PIXELES_ENTERA : MAXIMO_PIXELES
  if (width * height > maximo) throw new ImagenNoAdmitida('enorme')
  // Without metadata (the default): where and with what it was taken stays in the original only.
  const chica = sharp(ruta, { limitInputPixels: maximo, failOn: 'error', pages: 1 })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(LADO_MINIATURA, LADO_MINIATURA, { fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds: SEGUNDOS })
  const { data, info } = await chica.toColourspace('srgb').removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const crudo = { raw: { width: info.width, height: info.height, channels: info.channels } }
  return {
    ancho: autoOrient.width,
    alto: autoOrient.height,
    huella: await huellaDe(sharp(data, crudo)),
    miniatura: await sharp(data, crudo).jpeg({ quality: 76, mozjpeg: true }).toBuffer(),
  }
}

async function huellaDe(imagen: Sharp): Promise<string | null> {
  const png = await imagen.greyscale().resize(LADO_HUELLA, LADO_HUELLA, { fit: 'fill' }).png().toBuffer()
  const { channels } = await sharp(png).stats()
  return (channels[0]?.stdev ?? 0) < CONTRASTE_MINIMO ? null : phash(png)
}

let enCurso = 0
const enEspera: (() => void)[] = []

/** Two at a time: the rest of the server keeps its threads and its memory. */
async function conTurno<T>(hacer: () => Promise<T>): Promise<T> {
  if (enCurso >= A_LA_VEZ)
    await new Promise<void>((pasa) => {
      enEspera.push(pasa)
    })
  else enCurso += 1
  try {
    return await hacer()
  } finally {
    const siguiente = enEspera.shift()
    if (siguiente) siguiente()
    else enCurso -= 1
  }
}

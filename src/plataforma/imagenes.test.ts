import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { foto, TRANSFORMACIONES } from '../../tests/apoyo/fotos.ts'
import { describirImagen, LADO_MINIATURA } from './imagenes.ts'

const carpeta = mkdtempSync(join(tmpdir(), 'sascop-imagenes-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true })
})
let cuantas = 0
const escrita = (contenido: Buffer): string => {
  const ruta = join(carpeta, String((cuantas += 1)))
  writeFileSync(ruta, contenido)
  return ruta
}
const clase = async (contenido: Buffer) => {
  const { format } = await sharp(contenido).metadata()
  return format === 'jpeg' ? 'jpg' : format === 'png' ? 'png' : 'webp'
}
const describir = async (contenido: Buffer) => describirImagen(escrita(contenido), await clase(contenido))
const distancia = (a: string | null, b: string | null): number =>
  Array.from(a ?? '').filter((bit, i) => bit !== (b ?? '')[i]).length

const ORIGINAL = await foto(7)

describe('a picture', () => {
  it('is turned as the camera noted, and only the original keeps where it was taken', async () => {
    const girada = await sharp(ORIGINAL)
      .withMetadata({ orientation: 6 })
      .withExif({
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '19/1 25/1 0/1' },
        IFD0: { Orientation: '6', Make: 'Telefono' },
      })
      .toBuffer()
    expect((await sharp(girada).metadata()).exif?.includes('Telefono')).toBe(true)
    const { ancho, alto, miniatura } = await describir(girada)
    expect([ancho, alto]).toEqual([480, 640])
    const chica = await sharp(miniatura).metadata()
    expect([chica.format, chica.width, chica.height]).toEqual(['jpeg', 360, LADO_MINIATURA])
    expect([chica.exif, chica.xmp, chica.iptc, chica.orientation]).toEqual([undefined, undefined, undefined, undefined])
  })

  it('smaller than a thumbnail stays as it is; what is transparent becomes white', async () => {
    const png = await sharp({
      create: { width: 30, height: 20, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    })
      .png()
      .toBuffer()
    const { ancho, alto, miniatura, huella } = await describir(png)
    expect([ancho, alto, huella]).toEqual([30, 20, null])
    const { data } = await sharp(miniatura).raw().toBuffer({ resolveWithObject: true })
    expect(data[0]).toBeGreaterThan(250)
  })

  it.each(Object.entries(TRANSFORMACIONES))('%s still looks like itself', async (_, transformar) => {
    for (const semilla of [1, 2, 3, 4, 5]) {
      const original = await foto(semilla)
      const [una, otra] = [await describir(original), await describir(await transformar(original))]
      expect(una.huella).toMatch(/^[01]{64}$/)
      expect(distancia(una.huella, otra.huella)).toBeLessThanOrEqual(10)
    }
  })

  it('does not look like another', async () => {
    const huellas = await Promise.all(
      [11, 12, 13, 14, 15, 16, 17, 18].map(async (n) => (await describir(await foto(n))).huella),
    )
    for (const [i, una] of huellas.entries())
      for (const otra of huellas.slice(i + 1)) expect(distancia(una, otra)).toBeGreaterThan(10)
  })
})

describe('a picture that is refused', () => {
  it('says a size that nobody could open (a few bytes that promise gigabytes)', async () => {
    const bomba = pngQueDice(40_000, 40_000)
    expect(bomba.length).toBeLessThan(200)
    await expect(describirImagen(escrita(bomba), 'png')).rejects.toMatchObject({ falla: 'enorme' })
  })

  it.each([
    ['cut in half', () => Promise.resolve(ORIGINAL.subarray(0, ORIGINAL.length >> 1))],
    ['only a header', () => Promise.resolve(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]))],
    [
      'a drawing inside a name of photo',
      () => Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
    ],
    ['of another kind than was told', () => sharp(ORIGINAL).png().toBuffer()],
  ])('is %s', async (_, contenido) => {
    await expect(describirImagen(escrita(await contenido()), 'jpg')).rejects.toMatchObject({ falla: 'ilegible' })
  })
})

/** A PNG whose header promises a size and whose data is a handful of bytes. */
function pngQueDice(ancho: number, alto: number): Buffer {
  const trozo = (tipo: string, datos: Buffer): Buffer => {
    const cuerpo = Buffer.concat([Buffer.from(tipo), datos])
    const largo = Buffer.alloc(4)
    largo.writeUInt32BE(datos.length)
    const suma = Buffer.alloc(4)
    suma.writeUInt32BE(crc32(cuerpo))
    return Buffer.concat([largo, cuerpo, suma])
  }
  const cabecera = Buffer.alloc(13)
  cabecera.writeUInt32BE(ancho, 0)
  cabecera.writeUInt32BE(alto, 4)
  cabecera.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    trozo('IHDR', cabecera),
    trozo('IDAT', deflateSync(Buffer.alloc(64))),
    trozo('IEND', Buffer.alloc(0)),
  ])
}

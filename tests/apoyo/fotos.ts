/** Pictures made by the tests: scenes with light, edges and grain, each seed another one. */
import sharp from 'sharp'

/** A photo-like picture as JPG; the same seed gives the same pixels. */
export async function foto(semilla: number, { ancho = 640, alto = 480 } = {}): Promise<Buffer> {
  return sharp(escena(semilla, ancho, alto), { raw: { width: ancho, height: alto, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** Soft light with a dozen lit and dark patches over it, and grain. */
function escena(semilla: number, ancho: number, alto: number): Buffer {
  let estado = semilla * 2654435761 + 1
  const azar = (): number => {
    estado = (Math.imul(estado ^ (estado >>> 15), 2246822519) + 374761393) | 0
    return (estado >>> 0) / 4294967296
  }
  const manchas = Array.from({ length: 14 }, () => ({
    x: azar(),
    y: azar(),
    radio: 0.05 + azar() * 0.3,
    luz: azar() * 2 - 1,
    tinte: azar(),
  }))
  const [a, b] = [azar() - 0.5, azar() - 0.5]
  const pixeles = Buffer.alloc(ancho * alto * 3)
  for (let y = 0; y < alto; y += 1)
    for (let x = 0; x < ancho; x += 1) {
      const [u, v] = [x / ancho, y / alto]
      let luz = 0.5 + a * (u - 0.5) + b * (v - 0.5)
      let tinte = 0.5
      for (const m of manchas)
        if ((u - m.x) ** 2 + (v - m.y) ** 2 < m.radio ** 2) {
          luz += m.luz * 0.25
          tinte = m.tinte
        }
      const base = luz * 255 + (azar() - 0.5) * 12
      const i = (y * ancho + x) * 3
      for (const [canal, peso] of [tinte, 0.5, 1 - tinte].entries())
        pixeles[i + canal] = Math.max(0, Math.min(255, base * (0.7 + peso * 0.6)))
    }
  return pixeles
}

/** What people and telephones do to a photo before it is uploaded again. */
export const TRANSFORMACIONES: Readonly<Record<string, (original: Buffer) => Promise<Buffer>>> = {
  'half the size': (o) => sharp(o).resize({ width: 320 }).jpeg({ quality: 85 }).toBuffer(),
  'twice the size': (o) => sharp(o).resize({ width: 1280 }).jpeg().toBuffer(),
  'sent by a messenger': (o) => sharp(o).resize({ width: 400 }).jpeg({ quality: 45 }).toBuffer(),
  'recompressed to nothing': (o) => sharp(o).jpeg({ quality: 20 }).toBuffer(),
  'saved as PNG': (o) => sharp(o).png().toBuffer(),
  'saved as WebP': (o) => sharp(o).webp({ quality: 70 }).toBuffer(),
  'a little brighter': (o) => sharp(o).modulate({ brightness: 1.1 }).jpeg().toBuffer(),
  'cropped by two in a hundred': async (o) => {
    const { width, height } = await sharp(o).metadata()
    const [w, h] = [Math.round(width * 0.98), Math.round(height * 0.98)]
    return sharp(o)
      .extract({ left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h })
      .jpeg()
      .toBuffer()
  },
}

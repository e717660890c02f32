import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { CLASES_DE_ARCHIVO } from './archivos.ts'
import { revisarArchivo, type ReglasDeArchivo } from './revision-archivos.ts'

const carpeta = mkdtempSync(join(tmpdir(), 'sascop-revision-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true })
})
const TODAS: ReglasDeArchivo = { campo: 'archivo', clases: CLASES_DE_ARCHIVO, admitidos: 'Solo eso.', maximoMb: 50 }
const EVIDENCIA: ReglasDeArchivo = { ...TODAS, clases: ['pdf', 'jpg', 'png', 'webp'] }

const revisar = (nombre: string, contenido: Buffer | string, reglas = EVIDENCIA) => {
  const ruta = join(carpeta, 'subido')
  writeFileSync(ruta, contenido)
  return revisarArchivo({ nombre, ruta, bytes: Buffer.byteLength(contenido) }, reglas)
}
const lienzo = sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } })
const JPG = await lienzo.clone().jpeg().toBuffer()
const PNG = await lienzo.clone().png().toBuffer()
const WEBP = await lienzo.clone().webp().toBuffer()

describe('an upload', () => {
  it('of more than its limit is told what to do', async () => {
    const ruta = join(carpeta, 'grande')
    writeFileSync(ruta, '%PDF-1.7')
    const grande = { nombre: 'a.pdf', ruta, bytes: 50 * 1024 * 1024 + 1 }
    await expect(revisarArchivo(grande, TODAS)).rejects.toMatchObject({
      estado: 413,
      campos: { archivo: expect.stringContaining('50 MB') as string },
    })
    expect(await revisarArchivo({ ...grande, bytes: 50 * 1024 * 1024 }, TODAS)).toBe('pdf')
  })

  it('is told by its content', async () => {
    expect(await revisar('foto.JPEG', JPG)).toBe('jpg')
    expect(await revisar('foto.png', PNG)).toBe('png')
    expect(await revisar('foto.webp', WEBP)).toBe('webp')
    expect(await revisar('hoja.pdf', '%PDF-1.7\n…')).toBe('pdf')
  })

  it.each([
    ['a page that says it is a photo', 'foto.jpg', '<html><script>alert(1)</script></html>', 'Solo eso.'],
    ['a drawing with script', 'plano.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'Solo eso.'],
    ['a drawing that says it is a photo', 'plano.png', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'Solo eso.'],
    ['a program', 'foto.jpg.exe', 'MZ\u0090\u0000', 'Solo eso.'],
    ['a GIF', 'foto.gif', 'GIF89a…', 'Solo eso.'],
    ['a photo of another kind than its name', 'foto.jpg', PNG, 'Por dentro el archivo es una imagen PNG'],
    ['a photo that says it is a program', 'foto.exe', JPG, 'Por dentro el archivo es una foto JPG'],
    [
      'a photo that is also a PDF',
      'foto.jpg',
      Buffer.concat([JPG.subarray(0, 20), Buffer.from('%PDF-1.7')]),
      'trae dentro otro',
    ],
    ['a zip that is also a PDF', 'hoja.pdf', Buffer.from('PK\u0003\u0004 %PDF-1.7', 'latin1'), 'trae dentro otro'],
    ['a photo of an iPhone', 'IMG_1.heic', '\0\0\0\u0018ftypheic\0\0', 'HEIC'],
    ['nothing', 'foto.jpg', '', 'vacío'],
    ['an old Office file', 'viejo.pdf', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0]), 'Solo eso.'],
    ['a name without end', `${'a'.repeat(252)}.jpg`, JPG, 'hasta 255'],
  ])('that is %s is refused', async (_, nombre, contenido, frase) => {
    await expect(revisar(nombre, contenido)).rejects.toMatchObject({
      estado: 400,
      campos: { archivo: expect.stringContaining(frase) as string },
    })
  })

  it('is refused where its kind is not taken, whatever it is elsewhere', async () => {
    await expect(revisar('foto.jpg', JPG, { ...TODAS, clases: ['xlsx'] })).rejects.toThrow('Solo eso.')
    await expect(
      revisar('viejo.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), TODAS),
    ).rejects.toThrow('versión antigua de Office')
  })
})

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { invarianteDeContenido } from '../../../src/modulos/archivos/archivos.invariantes.ts'
import {
  abrirArchivo,
  guardarArchivo,
  leerMiniaturas,
  miniaturaDe,
  nombreDeArchivo,
} from '../../../src/modulos/archivos/index.ts'
import { almacenEnDisco } from '../../../src/plataforma/almacen-disco.ts'
import { almacenEnS3 } from '../../../src/plataforma/almacen-s3.ts'
import type { ReglasDeArchivo } from '../../../src/plataforma/revision-archivos.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { foto } from '../../apoyo/fotos.ts'
import { crearFalsoS3 } from '../../apoyo/s3.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const s3 = await crearFalsoS3()
const disco = almacenEnDisco(app.carpetaSubidas)
const REGLAS: ReglasDeArchivo = {
  campo: 'archivos',
  clases: ['pdf', 'jpg', 'png', 'webp'],
  admitidos: 'Solo eso.',
  maximoMb: 1,
}
const sha256 = (dato: Buffer): string => createHash('sha256').update(dato).digest('hex')
const subir = async (contenido: Buffer, nombre: string, almacen = disco) => {
  const ruta = join(app.carpetaSubidas, `subida-${nombre}`)
  writeFileSync(ruta, contenido)
  const archivo = await guardarArchivo(
    { ctx: await app.ctxDe('operaciones'), almacen },
    { nombre, ruta, bytes: contenido.length },
    REGLAS,
  )
  expect(existsSync(ruta)).toBe(false)
  return archivo
}
const leer = async (id: number, almacen = disco): Promise<Buffer> => {
  const trozos: Buffer[] = []
  for await (const trozo of await abrirArchivo({ ctx: app.ctx, almacen }, id)) trozos.push(trozo as Buffer)
  return Buffer.concat(trozos)
}

describe.each([
  ['the disk', disco],
  ['a bucket', almacenEnS3(s3.config, { reintentos: [] })],
])('a file kept in %s', (lugar, almacen) => {
  it('is stored once, whatever names it comes with, and comes back the same', async () => {
    const contenido = await foto(lugar === 'the disk' ? 1 : 2)
    const [uno, otro] = [await subir(contenido, 'a.jpg', almacen), await subir(contenido, 'b.jpeg', almacen)]
    expect(otro).toEqual(uno)
    expect(uno).toMatchObject({
      sha256: sha256(contenido),
      clase: 'jpg',
      bytes: contenido.length,
      ancho: 640,
      alto: 480,
    })
    expect((await leer(uno.id, almacen)).equals(contenido)).toBe(true)
    const suya = uno.claveMiniatura ?? ''
    const miniaturas = await leerMiniaturas(almacen, [suya, suya, suya.replace(/[^/]+$/, `${'0'.repeat(64)}.jpg`)])
    expect([...miniaturas.keys()]).toEqual([suya])
    expect(await sharp(miniaturas.get(suya)).metadata()).toMatchObject({ format: 'jpeg', width: 480 })
  })

  it('is one also when ten people bring it at the same moment', async () => {
    const contenido = Buffer.from(`%PDF-1.7 ${lugar}`)
    const ids = await Promise.all(Array.from({ length: 10 }, (_, n) => subir(contenido, `${String(n)}.pdf`, almacen)))
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1)
    const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM archivo WHERE sha256 = $1', [
      sha256(contenido),
    ])
    expect(rows[0]?.n).toBe('1')
  })
})

describe('a file', () => {
  it('that the store lost is found by its promise and mended by the next upload of the same', async () => {
    const contenido = await foto(3)
    const { id, clave } = await subir(contenido, 'c.jpg')
    const promesa = invarianteDeContenido(disco)
    await pool.query('DELETE FROM archivo WHERE clave IN (SELECT clave FROM archivo WHERE id <> $1)', [id])
    expect(await promesa.buscarFallas(app.ctx)).toEqual([])
    rmSync(join(app.carpetaSubidas, clave))
    expect(await promesa.buscarFallas(app.ctx)).toEqual([`archivo ${String(id)} (no está)`])
    expect((await subir(contenido, 'c.jpg')).id).toBe(id)
    expect(await promesa.buscarFallas(app.ctx)).toEqual([])
    writeFileSync(join(app.carpetaSubidas, clave), 'otra cosa')
    expect(await promesa.buscarFallas(app.ctx)).toEqual([`archivo ${String(id)} (su contenido cambió)`])
    writeFileSync(join(app.carpetaSubidas, clave), contenido)
  })

  it('that is not a picture has no thumbnail', async () => {
    const { id, claveMiniatura, ancho } = await subir(Buffer.from('%PDF-1.7 sin'), 'hoja.pdf')
    expect([claveMiniatura, ancho]).toEqual([null, null])
    await expect(miniaturaDe({ ctx: app.ctx, almacen: disco }, id)).rejects.toThrow('no tiene miniatura')
  })

  it('that is refused leaves nothing behind', async () => {
    const antes = readdirSync(app.carpetaSubidas, { recursive: true }).length
    const rota = (await foto(4)).subarray(0, 4_000)
    const ruta = join(app.carpetaSubidas, 'rota')
    writeFileSync(ruta, rota)
    await expect(
      guardarArchivo({ ctx: app.ctx, almacen: disco }, { nombre: 'rota.jpg', ruta, bytes: rota.length }, REGLAS),
    ).rejects.toMatchObject({ estado: 400, campos: { archivos: expect.stringContaining('dañada') as string } })
    rmSync(ruta)
    expect(readdirSync(app.carpetaSubidas, { recursive: true })).toHaveLength(antes)
  })

  it.each([
    ['../../etc/passwd.jpg', 'passwd.jpg'],
    ['C:\\fotos\\mia.jpg', 'mia.jpg'],
    ['foto\u202Egpj.exe.jpg', 'fotogpj.exe.jpg'],
    ['  año  nuevo\n.jpg', 'año nuevo .jpg'],
    ['', 'archivo'],
  ])('named «%s» is shown as «%s»', (enviado, mostrado) => {
    expect(nombreDeArchivo(enviado)).toBe(mostrado)
  })
})

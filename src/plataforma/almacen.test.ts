import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { crearFalsoS3 } from '../../tests/apoyo/s3.ts'
import { almacenEnDisco } from './almacen-disco.ts'
import { almacenEnS3 } from './almacen-s3.ts'
import { AlmacenCaido, claseDeClave, type Almacen } from './archivos.ts'

const carpeta = mkdtempSync(join(tmpdir(), 'sascop-archivos-'))
const raiz = join(carpeta, 'almacen')
afterAll(() => {
  rmSync(carpeta, { recursive: true })
})
const subido = (contenido = '%PDF-1.7 …'): string => {
  const ruta = join(carpeta, 'subido')
  writeFileSync(ruta, contenido)
  return ruta
}
const sha256 = (texto: string): string => createHash('sha256').update(texto).digest('hex')
const leido = async (almacen: Almacen, clave: string): Promise<string> => {
  const trozos: Buffer[] = []
  for await (const trozo of await almacen.leer(clave)) trozos.push(trozo as Buffer)
  return Buffer.concat(trozos).toString()
}
const s3 = await crearFalsoS3()
const enS3 = almacenEnS3(s3.config, { reintentos: [0, 0] })

describe.each([
  ['on the disk', almacenEnDisco(raiz)],
  ['in a bucket', enS3],
])('the store %s', (_, almacen) => {
  it('takes a file, gives it back by its key and forgets it', async () => {
    const origen = subido()
    const clave = await almacen.guardar(origen, { carpeta: 'contratos/anexos_maestros', clase: 'pdf' })
    expect(clave).toMatch(/^contratos\/anexos_maestros\/[\da-f-]{36}\.pdf$/)
    expect(readdirSync(carpeta)).not.toContain('subido')
    expect([await almacen.existe(clave), claseDeClave(clave)]).toEqual([true, 'pdf'])
    expect(await leido(almacen, clave)).toBe('%PDF-1.7 …')
    await almacen.borrar(clave)
    await almacen.borrar(clave)
    expect(await almacen.existe(clave)).toBe(false)
    await expect(almacen.leer(clave)).rejects.toThrow('ya no está en el almacén')
  })

  it('keeps the same content under one key, whoever stores it and however many times', async () => {
    const contenido = 'x'.repeat(300_000)
    const destino = { carpeta: 'contenido', clase: 'jpg', sha256: sha256(contenido) } as const
    const claves = [
      await almacen.guardar(subido(contenido), destino),
      await almacen.guardar(subido(contenido), destino),
    ]
    expect(claves).toEqual([
      `contenido/${destino.sha256.slice(0, 2)}/${destino.sha256}.jpg`,
      `contenido/${destino.sha256.slice(0, 2)}/${destino.sha256}.jpg`,
    ])
    expect(await leido(almacen, claves[0] ?? '')).toBe(contenido)
  })
})

describe('a key', () => {
  it.each(['../../etc/passwd', '/etc/passwd', 'contratos/../x.pdf', 'contratos/x.pdf', 'contenido/ab/cd.jpg', ''])(
    'is not «%s»',
    (clave) => {
      expect(() => claseDeClave(clave)).toThrow('Not a key')
    },
  )
})

describe('a bucket', () => {
  beforeEach(() => {
    s3.objetos.clear()
    s3.peticiones.length = 0
  })

  it('gets each object with its type and a body that is the signed one', async () => {
    const clave = await enS3.guardar(subido('%PDF-1.4'), {
      carpeta: 'contenido',
      clase: 'pdf',
      sha256: sha256('%PDF-1.4'),
    })
    expect(s3.objetos.get(clave)).toEqual({ contenido: Buffer.from('%PDF-1.4'), tipo: 'application/pdf' })
    expect(s3.peticiones).toEqual([`PUT /sascop-pruebas/${clave} 200`])
    // Something changed on the way: the fingerprint that was signed is another one.
    await expect(
      enS3.guardar(subido('%PDF-1.5'), { carpeta: 'contenido', clase: 'pdf', sha256: sha256('%PDF-1.4') }),
    ).rejects.toThrow(AlmacenCaido)
    expect(s3.objetos.get(clave)?.contenido.toString()).toBe('%PDF-1.4')
  })

  it('that stumbles is asked again; one that refuses, not', async () => {
    s3.fallar(503, 500)
    const clave = await enS3.guardar(subido('hola'), { carpeta: 'contenido', clase: 'png', sha256: sha256('hola') })
    expect(s3.objetos.get(clave)?.contenido.toString()).toBe('hola')
    s3.fallar(500, 500, 500)
    await expect(enS3.existe(clave)).rejects.toThrow(AlmacenCaido)
    s3.peticiones.length = 0
    const sinPermiso = almacenEnS3({ ...s3.config, secreto: 'otro' }, { reintentos: [0, 0] })
    await expect(sinPermiso.leer(clave)).rejects.toMatchObject({
      name: 'AlmacenCaido',
      cause: new Error('S3 answered 403 to GET: SignatureDoesNotMatch'),
    })
    expect(s3.peticiones).toHaveLength(1)
  })

  it('that does not exist, or is down, loses no upload', async () => {
    for (const config of [
      { ...s3.config, bucket: 'otro' },
      { ...s3.config, direccion: 'http://127.0.0.1:9' },
    ]) {
      const almacen = almacenEnS3(config, { reintentos: [] })
      await expect(almacen.guardar(subido(), { carpeta: 'contenido', clase: 'pdf' })).rejects.toThrow(AlmacenCaido)
      expect(readdirSync(carpeta)).toContain('subido')
    }
  })
})

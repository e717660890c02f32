import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { almacenEnDisco, claseDeClave, revisarArchivo } from './archivos.ts'

const carpeta = mkdtempSync(join(tmpdir(), 'sascop-archivos-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true })
})
const subido = (): string => {
  const ruta = join(carpeta, 'subido')
  writeFileSync(ruta, '%PDF-1.7 …')
  return ruta
}

describe('the store of files', () => {
  it('takes a file, gives it back by its key and forgets it', async () => {
    const almacen = almacenEnDisco(carpeta)
    const clave = await almacen.guardar(subido(), { carpeta: 'contratos/anexos_maestros', clase: 'pdf' })
    expect(clave).toMatch(/^contratos\/anexos_maestros\/[\da-f-]{36}\.pdf$/)
    expect([await almacen.existe(clave), claseDeClave(clave)]).toEqual([true, 'pdf'])
    const trozos: string[] = []
    for await (const trozo of await almacen.leer(clave)) trozos.push(String(trozo))
    expect(trozos.join('')).toBe('%PDF-1.7 …')
    await almacen.borrar(clave)
    await almacen.borrar(clave)
    expect(await almacen.existe(clave)).toBe(false)
    await expect(almacen.leer(clave)).rejects.toThrow('ya no está en el almacén')
  })

  it.each(['../../etc/passwd', '/etc/passwd', 'contratos/../x.pdf', 'contratos/x.pdf', ''])(
    'gives nothing for «%s»',
    (clave) => {
      expect(() => claseDeClave(clave)).toThrow('Not a key')
    },
  )
})

describe('an upload', () => {
  it('of more than 50 MB is told what to do', async () => {
    const grande = { nombre: 'a.pdf', ruta: subido(), bytes: 50 * 1024 * 1024 + 1 }
    await expect(revisarArchivo(grande, 'archivo')).rejects.toMatchObject({
      estado: 413,
      campos: { archivo: expect.stringContaining('50 MB') as string },
    })
    expect(await revisarArchivo({ ...grande, bytes: 50 * 1024 * 1024 }, 'archivo')).toBe('pdf')
  })
})

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ErrorDeBaseEmbebida, hayBaseEmbebida, usarBaseEmbebida } from './bd-embebida.ts'

async function consultar(url: string, texto: string): Promise<unknown[]> {
  const cliente = new pg.Client(url)
  await cliente.connect()
  try {
    const { rows } = await cliente.query<Record<string, unknown>>(texto)
    return rows.map((fila) => Object.values(fila)[0])
  } finally {
    await cliente.end()
  }
}

function pidDelServidor(carpeta: string): number {
  return Number(readFileSync(join(carpeta, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
}

describe('embedded PostgreSQL', () => {
  let base: string
  let carpeta: string

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'sascop embebida '))
    carpeta = join(base, 'datos con espacios')
  })

  afterEach(() => rmSync(base, { recursive: true, force: true }))

  it('is created once, keeps its data and stops when the last one leaves', async () => {
    expect(hayBaseEmbebida(carpeta)).toBe(false)
    const primera = await usarBaseEmbebida({ carpeta, duradera: false })
    expect(primera.nueva).toBe(true)
    await consultar(primera.url, 'CREATE TABLE cosa AS SELECT 7 AS n')
    const segunda = await usarBaseEmbebida({ carpeta, duradera: false })
    expect(segunda.nueva).toBe(false)
    expect(segunda.url).toBe(primera.url)

    await primera.soltar()
    expect(await consultar(segunda.url, 'SELECT n FROM cosa')).toEqual([7])
    await segunda.soltar()
    await expect(consultar(segunda.url, 'SELECT 1')).rejects.toThrow()

    const tercera = await usarBaseEmbebida({ carpeta, duradera: false })
    expect(await consultar(tercera.url, 'SELECT n FROM cosa')).toEqual([7])
    await tercera.soltar()
    expect(readdirSync(join(carpeta, 'postgres.usuarios'))).toEqual([])
  })

  it('brings the extensions of the schema and folds the case of Spanish letters', async () => {
    const uso = await usarBaseEmbebida({ carpeta, duradera: false })
    for (const extension of ['pg_trgm', 'unaccent', 'btree_gist'])
      await consultar(uso.url, `CREATE EXTENSION ${extension}`)
    const plegado = await consultar(uso.url, "SELECT lower('ÑÁ') || cardinality(show_trgm('ñu'))")
    await uso.soltar()
    expect(plegado).toEqual(['ñá3'])
  })

  it('starts again after kill -9, and with a stale lock whose process id belongs to another program', async () => {
    const antes = await usarBaseEmbebida({ carpeta, duradera: true })
    await consultar(antes.url, 'CREATE TABLE cosa AS SELECT 7 AS n')
    const pid = pidDelServidor(carpeta)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false)
    const cerrojo = join(carpeta, 'postgres', 'postmaster.pid')
    writeFileSync(cerrojo, readFileSync(cerrojo, 'utf8').replace(/^\d+/, String(process.pid)))

    const despues = await usarBaseEmbebida({ carpeta, duradera: true })
    expect(await consultar(despues.url, 'SELECT n FROM cosa')).toEqual([7])
    process.kill(pidDelServidor(carpeta), 'SIGKILL')
    expect(await consultar(await despues.asegurar(), 'SELECT n FROM cosa')).toEqual([7])
    await antes.soltar()
    await despues.soltar()
  })

  it('leaves running what it found running with nobody signed in, unless it adopts it', async () => {
    const inicial = await usarBaseEmbebida({ carpeta, duradera: false })
    for (const firma of readdirSync(join(carpeta, 'postgres.usuarios')))
      rmSync(join(carpeta, 'postgres.usuarios', firma))

    const comando = await usarBaseEmbebida({ carpeta, duradera: false })
    await comando.soltar()
    expect(await consultar(inicial.url, 'SELECT 1')).toEqual([1])

    const servidor = await usarBaseEmbebida({ carpeta, duradera: false, adoptar: true })
    await servidor.soltar()
    await expect(consultar(inicial.url, 'SELECT 1')).rejects.toThrow()
  })

  it('works below a folder that its own account cannot enter', async () => {
    const cerrada = join(base, 'cerrada')
    mkdirSync(cerrada)
    chmodSync(cerrada, 0o700)
    const uso = await usarBaseEmbebida({ carpeta: join(cerrada, 'datos'), duradera: false })
    expect(await consultar(uso.url, 'SELECT 1')).toEqual([1])
    await uso.soltar()
  })

  it('says what to do when the data folder is a file', async () => {
    writeFileSync(carpeta, '')
    await expect(usarBaseEmbebida({ carpeta })).rejects.toThrow(ErrorDeBaseEmbebida)
    await expect(usarBaseEmbebida({ carpeta })).rejects.toThrow(/no es una carpeta/)
  })
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BaseEmbebida, usarBaseEmbebida } from './bd-embebida.ts'
import { aplicarMigraciones, migracionesPendientes } from './migraciones.ts'

describe('migrations', () => {
  let carpeta: string
  let servidor: BaseEmbebida
  let url: string
  let numero = 0

  beforeAll(async () => {
    carpeta = mkdtempSync(join(tmpdir(), 'sascop-migraciones-'))
    servidor = await usarBaseEmbebida({ carpeta: join(carpeta, 'datos'), duradera: false })
  })

  afterAll(async () => {
    await servidor.soltar()
    rmSync(carpeta, { recursive: true, force: true })
  })

  beforeEach(async () => {
    numero += 1
    const base = `prueba_${numero}`
    await consultar(servidor.url, `CREATE DATABASE ${base}`)
    url = servidor.url.replace(/\/sascop$/, `/${base}`)
    rmSync(join(carpeta, 'migraciones'), { recursive: true, force: true })
  })

  async function consultar(direccion: string, texto: string): Promise<unknown[]> {
    const cliente = new pg.Client(direccion)
    await cliente.connect()
    try {
      return (await cliente.query<Record<string, unknown>>(texto)).rows
    } finally {
      await cliente.end()
    }
  }

  function escribir(nombre: string, guion: string): string {
    mkdirSync(join(carpeta, 'migraciones', nombre), { recursive: true })
    writeFileSync(join(carpeta, 'migraciones', nombre, 'migration.sql'), guion)
    return join(carpeta, 'migraciones')
  }

  it('applies in order what is pending, once, functions with semicolons included', async () => {
    escribir('2_datos', 'INSERT INTO cosa VALUES (doble(4))')
    const lugar = escribir(
      '1_tabla',
      'CREATE TABLE cosa (n int); CREATE FUNCTION doble(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN n * 2; END $$;',
    )
    expect(await migracionesPendientes(url, lugar)).toEqual(['1_tabla', '2_datos'])
    const ambas = await Promise.all([aplicarMigraciones(url, lugar), aplicarMigraciones(url, lugar)])
    expect(ambas.flat().sort()).toEqual(['1_tabla', '2_datos'])
    expect(await migracionesPendientes(url, lugar)).toEqual([])
    expect(await consultar(url, 'SELECT n FROM cosa')).toEqual([{ n: 8 }])
  })

  it('leaves nothing of one that fails, names it, and can be tried again once mended', async () => {
    const lugar = escribir('1_rota', 'CREATE TABLE cosa (n int); SELECT 1/0;')
    await expect(aplicarMigraciones(url, lugar)).rejects.toThrow(/La migración 1_rota falló/)
    expect(await consultar(url, "SELECT to_regclass('cosa') AS tabla")).toEqual([{ tabla: null }])
    escribir('1_rota', 'CREATE TABLE cosa (n int)')
    expect(await aplicarMigraciones(url, lugar)).toEqual(['1_rota'])
  })

  it('refuses a migration edited after it was applied', async () => {
    const lugar = escribir('1_tabla', 'CREATE TABLE cosa (n int)')
    await aplicarMigraciones(url, lugar)
    escribir('1_tabla', 'CREATE TABLE cosa (n bigint)')
    await expect(migracionesPendientes(url, lugar)).rejects.toThrow(/después se editó/)
  })
})

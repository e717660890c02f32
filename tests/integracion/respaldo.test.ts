import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cargarDemo } from '../../prisma/seed/demo/cargar.ts'
import { contextoDeSistema } from '../../src/comando.ts'
import type { Conexion } from '../../src/plataforma/bd.ts'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { ErrorDeRespaldo, respaldar, restaurar, tieneDatos } from '../../src/plataforma/respaldo.ts'
import { archivoDeSecretoDeSellos, secretoDeAuditoria, secretoQueSeRespalda } from '../../src/plataforma/secreto.ts'
import { baseDePruebas } from '../apoyo/bd.ts'

const SECRETO = 'what signed the seals of the computer that was lost'
const llena = await baseDePruebas()
const vacia = await baseDePruebas()

/** Every row of every table as text, without those a backup leaves out. */
async function contenido({ pool }: Conexion): Promise<Record<string, string[]>> {
  const { rows } = await pool.query<{ tabla: string }>(
    `SELECT relname AS tabla FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname NOT IN ('_prisma_migrations', 'session') ORDER BY 1`,
  )
  const todo: Record<string, string[]> = {}
  for (const { tabla } of rows) {
    const { rows: filas } = await pool.query<{ fila: string }>(`SELECT t::text AS fila FROM "${tabla}" t ORDER BY 1`)
    todo[tabla] = filas.map(({ fila }) => fila)
  }
  return todo
}

async function defensas({ pool }: Conexion): Promise<unknown[]> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT 'llave' AS clase, conname::text AS nombre, pg_get_constraintdef(oid) AS definicion FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace
     UNION ALL
     SELECT 'disparador', tgrelid::regclass || '.' || tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
     ORDER BY 1, 2`,
  )
  return rows
}

describe('backup and restore', () => {
  let carpeta: string
  let respaldo: string
  const destinoDe = (nombre: string) => ({
    carpetaMigraciones: join(RAIZ, 'prisma/migrations'),
    carpetaArchivos: join(carpeta, nombre),
    archivoDeSecreto: archivoDeSecretoDeSellos({ carpetaDatos: carpeta }),
  })

  beforeAll(async () => {
    carpeta = mkdtempSync(join(tmpdir(), 'sascop respaldo '))
    respaldo = join(carpeta, 'salida', 'sascop.tar.gz')
    mkdirSync(join(carpeta, 'subidos', '2026'), { recursive: true })
    writeFileSync(join(carpeta, 'subidos', '2026', 'uno.xlsx'), Buffer.alloc(70_001, 7))
    const ctx = contextoDeSistema(llena.conexion, { reloj: null }, 'prueba')
    await cargarDemo(ctx, { produccion: false })
    await llena.conexion.pool.query(
      `UPDATE ot SET comentario = E'línea 1\\nlínea 2 "comillas" \\\\ ñ 🚢', monto_mxn = 12345678.90 WHERE id = (SELECT min(id) FROM ot)`,
    )
    await respaldar({
      url: llena.url,
      carpetaArchivos: join(carpeta, 'subidos'),
      destino: respaldo,
      version: '0.0.0',
      ahora: ctx.ahora,
      secreto: SECRETO,
    })
  })

  afterAll(() => rmSync(carpeta, { recursive: true, force: true }))

  it('is a file that only its owner reads, because it carries password hashes', () => {
    expect(statSync(respaldo).mode & 0o777).toBe(0o600)
  })

  it('changes nothing when the backup is cut, is something else or does not exist', async () => {
    const antes = await contenido(vacia.conexion)
    const cortado = join(carpeta, 'cortado.tar.gz')
    writeFileSync(cortado, readFileSync(respaldo))
    truncateSync(cortado, Math.floor(statSync(respaldo).size * 0.8))
    writeFileSync(join(carpeta, 'otro.tar.gz'), 'esto no es un respaldo')
    for (const nombre of ['cortado.tar.gz', 'otro.tar.gz', 'no-existe.tar.gz'])
      await expect(
        restaurar({ ...destinoDe('destino'), url: vacia.url, origen: join(carpeta, nombre) }),
      ).rejects.toThrow(ErrorDeRespaldo)
    expect(await contenido(vacia.conexion)).toEqual(antes)
    expect(await tieneDatos(vacia.url)).toBe(false)
  })

  it('brings back every row, file, constraint and trigger, twice over the same base', async () => {
    const destino = join(carpeta, 'destino')
    for (let vuelta = 0; vuelta < 2; vuelta += 1)
      await restaurar({ ...destinoDe('destino'), url: vacia.url, origen: respaldo })
    expect(await contenido(vacia.conexion)).toEqual(await contenido(llena.conexion))
    expect(await defensas(vacia.conexion)).toEqual(await defensas(llena.conexion))
    expect(readFileSync(join(destino, '2026', 'uno.xlsx'))).toEqual(Buffer.alloc(70_001, 7))
    expect(await tieneDatos(vacia.url)).toBe(true)
  })

  it('brings the secret of its seals, so that another computer verifies them and goes on with the chain', async () => {
    const otra = { carpetaDatos: carpeta, secreto: null, secretoAuditoria: null }
    const archivo = archivoDeSecretoDeSellos(otra)
    expect(statSync(archivo).mode & 0o777).toBe(0o600)
    expect([secretoDeAuditoria(otra), secretoQueSeRespalda(otra)]).toEqual([SECRETO, SECRETO])
    // A key of the environment is kept with it, not in the backups.
    const deEntorno = { carpetaDatos: join(carpeta, 'nueva'), secreto: 'x'.repeat(32), secretoAuditoria: null }
    expect([secretoDeAuditoria(deEntorno), secretoQueSeRespalda(deEntorno)]).toEqual(['x'.repeat(32), null])
    const sinSecreto = join(carpeta, 'sin-secreto.tar.gz')
    await respaldar({
      url: llena.url,
      carpetaArchivos: join(carpeta, 'subidos'),
      destino: sinSecreto,
      version: '0.0.0',
      ahora: new Date(),
      secreto: null,
    })
    const { conSecreto } = await restaurar({ ...destinoDe('destino'), url: vacia.url, origen: sinSecreto })
    expect([conSecreto, existsSync(archivo)]).toEqual([false, false])
  })

  it('goes on numbering after what came back', async () => {
    const { rows } = await vacia.conexion.pool.query<{ ok: boolean }>(
      `SELECT nextval('ot_id_seq') > (SELECT max(id) FROM ot) AS ok`,
    )
    expect(rows).toEqual([{ ok: true }])
  })
})

// Applies prisma/migrations without Prisma's command line: it keeps the same table, so `prisma migrate status` and
// the checks of `npm run bd:verificar` agree, and needs neither its engine nor its two seconds (docs/decisiones).
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { conCliente } from './cliente-pg.ts'

const CERROJO = 72707369 // the key Prisma itself takes while it migrates

const TABLA = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

/**
 * Names of the migrations of a folder that a database has not applied yet, in order.
 * @throws Error when one was left half applied, or one that is applied was edited afterwards: somebody has to look
 */
export function migracionesPendientes(url: string, carpeta: string): Promise<string[]> {
  return conCliente(url, (cliente) => pendientes(cliente, carpeta))
}

/**
 * Applies what is pending, one process at a time.
 * @returns the names applied
 * @throws Error naming the migration that failed; the database stays as it was before that one
 */
export function aplicarMigraciones(url: string, carpeta: string): Promise<string[]> {
  return conCliente(url, async (cliente) => {
    await cliente.query('SELECT pg_advisory_lock($1)', [CERROJO])
    try {
      await cliente.query("SET client_min_messages = 'warning'")
      await cliente.query(TABLA)
      await cliente.query('RESET client_min_messages')
      const nombres = await pendientes(cliente, carpeta)
      for (const nombre of nombres) await aplicar(cliente, nombre, leer(carpeta, nombre))
      return nombres
    } finally {
      await cliente.query('SELECT pg_advisory_unlock($1)', [CERROJO])
    }
  })
}

/**
 * Applies, on a connection that is already in a transaction, exactly those migrations: what a restore needs to rebuild
 * the schema a backup was made with.
 * @throws Error when the program does not have one of them: the backup is of a later version
 */
export async function aplicarEstas(cliente: pg.ClientBase, carpeta: string, nombres: readonly string[]): Promise<void> {
  await cliente.query(TABLA)
  for (const nombre of nombres) {
    if (!existsSync(join(carpeta, nombre, 'migration.sql')))
      throw new Error(`Este programa no conoce la migración ${nombre}: hace falta una versión más nueva.`)
    await aplicar(cliente, nombre, leer(carpeta, nombre))
  }
}

/** Names of the migrations that a database has applied, in order. */
export async function migracionesAplicadas(cliente: pg.ClientBase): Promise<string[]> {
  const { rows } = await cliente.query<{ nombre: string }>(
    `SELECT migration_name AS nombre FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows.map(({ nombre }) => nombre)
}

async function aplicar(cliente: pg.ClientBase, nombre: string, guion: string): Promise<void> {
  const id = randomUUID()
  await cliente.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [
    id,
    suma(guion),
    nombre,
  ])
  try {
    // Without parameters the whole script is one message: PostgreSQL applies all of it or nothing.
    await cliente.query(guion)
  } catch (error) {
    // Inside a transaction of the caller everything goes back anyway, and this statement cannot run any more.
    await cliente.query('DELETE FROM _prisma_migrations WHERE id = $1', [id]).catch(() => undefined)
    throw new Error(`La migración ${nombre} falló y no se aplicó: ${(error as Error).message}`, { cause: error })
  }
  // A migration may have changed the search path or the time zone of the session.
  await cliente.query('RESET ALL')
  await cliente.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id])
}

async function pendientes(cliente: pg.Client, carpeta: string): Promise<string[]> {
  const disponibles = readdirSync(carpeta, { withFileTypes: true })
    .filter((entrada) => entrada.isDirectory() && existsSync(join(carpeta, entrada.name, 'migration.sql')))
    .map((entrada) => entrada.name)
    .sort()
  const { rows: tabla } = await cliente.query<{ existe: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS existe",
  )
  if (!tabla[0]?.existe) return disponibles
  const { rows } = await cliente.query<{ nombre: string; suma: string; terminada: boolean }>(
    `SELECT migration_name AS nombre, checksum AS suma, finished_at IS NOT NULL AS terminada
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  )
  for (const { nombre, suma: aplicada, terminada } of rows) {
    if (!terminada)
      throw new Error(`La migración ${nombre} quedó a medias. Revisa la base antes de continuar (docs/operacion.md).`)
    if (disponibles.includes(nombre) && suma(leer(carpeta, nombre)) !== aplicada)
      throw new Error(
        `La migración ${nombre} ya se aplicó y después se editó. Una migración aplicada no se cambia: cree otra.`,
      )
  }
  const aplicadas = new Set(rows.map(({ nombre }) => nombre))
  return disponibles.filter((nombre) => !aplicadas.has(nombre))
}

function leer(carpeta: string, nombre: string): string {
  return readFileSync(join(carpeta, nombre, 'migration.sql'), 'utf8')
}

function suma(guion: string): string {
  return createHash('sha256').update(guion).digest('hex')
}

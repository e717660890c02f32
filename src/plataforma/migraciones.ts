import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/**
 * Names of the migrations of a folder that a database has not applied yet, in order. Compares names only, which takes
 * milliseconds: Prisma's own check takes two seconds and is run only when something is pending.
 * @throws Error when a migration was left half applied: somebody has to look
 */
export async function migracionesPendientes(url: string, carpeta: string): Promise<string[]> {
  const disponibles = readdirSync(carpeta, { withFileTypes: true })
    .filter((entrada) => entrada.isDirectory() && existsSync(join(carpeta, entrada.name, 'migration.sql')))
    .map((entrada) => entrada.name)
    .sort()
  const cliente = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await cliente.connect()
  try {
    const { rows: tabla } = await cliente.query<{ existe: boolean }>(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS existe",
    )
    if (!tabla[0]?.existe) return disponibles
    const { rows } = await cliente.query<{ nombre: string; terminada: boolean }>(
      `SELECT migration_name AS nombre, bool_or(finished_at IS NOT NULL) AS terminada
         FROM _prisma_migrations WHERE rolled_back_at IS NULL GROUP BY migration_name`,
    )
    const amedias = rows.find((fila) => !fila.terminada)
    if (amedias)
      throw new Error(
        `La migración ${amedias.nombre} quedó a medias. Revise la base y márquela con «npx prisma migrate resolve».`,
      )
    const aplicadas = new Set(rows.map((fila) => fila.nombre))
    return disponibles.filter((nombre) => !aplicadas.has(nombre))
  } finally {
    await cliente.end()
  }
}

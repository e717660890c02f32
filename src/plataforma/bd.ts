import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { z } from 'zod'
import { PrismaClient, type Prisma } from './prisma/client.ts'
import { rastro } from './rastro.ts'
import type { Sql } from './sql.ts'

/** Connection outside a transaction: reads only, by convention of the repos. */
export type Bd = PrismaClient

/** Connection inside a transaction; repo writes ask for it. */
export type BdTx = Prisma.TransactionClient

/** What the process holds of the database. */
export interface Conexion {
  readonly bd: Bd
  readonly pool: pg.Pool
  cerrar(): Promise<void>
}

/**
 * One pool for Prisma, the session store and the raw queries. Losing the server does not end the process: the pool
 * drops broken connections and the next request opens new ones.
 * @param alFallar told of errors of idle connections (the server went away), which nobody else would see.
 */
export function conectar(url: string, opciones: { maximo?: number; alFallar: (error: Error) => void }): Conexion {
  const pool = new pg.Pool({
    connectionString: url,
    max: opciones.maximo ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    options: '-c TimeZone=UTC -c DateStyle=ISO',
  })
  pool.on('error', opciones.alFallar)
  pool.on('connect', contarConsultas)
  const bd = new PrismaClient({ adapter: new PrismaPg(pool) })
  return {
    bd,
    pool,
    async cerrar() {
      await bd.$disconnect()
      await pool.end()
    },
  }
}

function contarConsultas(cliente: pg.PoolClient): void {
  const original = cliente.query.bind(cliente) as (...args: unknown[]) => unknown
  const contada = (...args: unknown[]) => {
    const actual = rastro.getStore()
    if (actual) actual.consultas += 1
    return original(...args)
  }
  Object.assign(cliente, { query: contada })
}

/** Rows of a raw query, each parsed: a renamed column fails here with its name. Always with a limit or a closed scope. */
export async function filas<E extends z.ZodType>(bd: Bd | BdTx, consulta: Sql, esquema: E): Promise<z.output<E>[]> {
  return z.array(esquema).parse(await bd.$queryRaw(consulta))
}

/** First row of a raw query, or null. */
export async function unaFila<E extends z.ZodType>(
  bd: Bd | BdTx,
  consulta: Sql,
  esquema: E,
): Promise<z.output<E> | null> {
  const [primera] = await filas(bd, consulta, esquema)
  return primera ?? null
}

/** Runs a raw statement and says how many rows it touched. */
export function ejecutar(bd: BdTx, sentencia: Sql): Promise<number> {
  return bd.$executeRaw(sentencia)
}

const CODIGOS_SIN_CONEXION = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
  '53300',
])

/** Whether an error means that the database is away (the answer is 503 and the person may try again). */
export function esErrorDeConexion(error: unknown): boolean {
  for (let actual: unknown = error, vueltas = 0; actual && vueltas < 6; vueltas += 1) {
    const { code, cause, meta, message, kind, originalCode } = actual as Record<string, unknown>
    if ([code, kind, originalCode].some((codigo) => CODIGOS_SIN_CONEXION.has(String(codigo)))) return true
    if (kind === 'ConnectionClosed' || kind === 'DatabaseNotReachable' || kind === 'SocketTimeout') return true
    if (/Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after/.test(String(message)))
      return true
    actual = cause ?? (meta as Record<string, unknown> | undefined)?.['driverAdapterError']
  }
  return false
}

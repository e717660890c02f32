import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { conectar, type Conexion } from '../../src/plataforma/bd.ts'

/** A database of its own for one test file. */
export interface BaseDePruebas {
  readonly url: string
  readonly conexion: Conexion
}

/**
 * Clones the migrated and seeded template; the clone goes away after the tests of the file.
 * @example const { conexion, url } = await baseDePruebas()   // at the top of the test file
 */
export async function baseDePruebas(): Promise<BaseDePruebas> {
  const servidor = inject('servidorDePruebas')
  const nombre = `sascop_prueba_${process.ppid}_${randomBytes(6).toString('hex')}`
  await enServidor(servidor, `CREATE DATABASE "${nombre}" TEMPLATE "${inject('plantillaDePruebas')}"`)
  const url = new URL(servidor)
  url.pathname = `/${nombre}`
  const conexion = conectar(url.href, { alFallar: () => undefined })
  afterAll(async () => {
    await conexion.cerrar()
    await enServidor(servidor, `DROP DATABASE IF EXISTS "${nombre}" WITH (FORCE)`)
  })
  return { url: url.href, conexion }
}

/** Runs statements with the triggers off, as a hand in the database could: what `verificar` must find. */
export async function aMano(pool: pg.Pool, ...sentencias: readonly string[]): Promise<void> {
  const cliente = await pool.connect()
  try {
    await cliente.query("SET session_replication_role = 'replica'")
    for (const sentencia of sentencias) await cliente.query(sentencia)
  } finally {
    await cliente.query("SET session_replication_role = 'origin'")
    cliente.release()
  }
}

/** Until some statement of this database waits for a lock that another transaction holds. */
export async function hastaQueAlguienEspere(pool: pg.Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows.length > 0) return
  }
}

async function enServidor(servidor: string, sentencia: string): Promise<void> {
  const cliente = new pg.Client(servidor)
  await cliente.connect()
  try {
    await cliente.query(sentencia)
  } finally {
    await cliente.end()
  }
}

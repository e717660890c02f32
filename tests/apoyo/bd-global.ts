import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { usarBaseEmbebida } from '../../src/plataforma/bd-embebida.ts'
import { aplicarMigraciones } from '../../src/plataforma/migraciones.ts'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { sembrar } from './sembrar.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server of the tests, database `postgres` */
    servidorDePruebas: string
    /** Migrated and seeded database that every test file clones */
    plantillaDePruebas: string
  }
}

/**
 * Once per run and level: a PostgreSQL (the one of DATABASE_URL, else an embedded one without fsync in .datos-pruebas)
 * with a template that is made again only when migrations or seeds change.
 */
export default async function prepararServidor(proyecto: TestProject): Promise<() => Promise<void>> {
  const servida = process.env['DATABASE_URL']
  const embebida = servida
    ? null
    : await usarBaseEmbebida({ carpeta: join(RAIZ, '.datos-pruebas'), duradera: false, adoptar: true })
  const servidor = conBase(servida ?? embebida?.url ?? '', 'postgres')
  const plantilla = `sascop_plantilla_${huella()}`
  await crearPlantilla(servidor, plantilla)
  proyecto.provide('servidorDePruebas', servidor)
  proyecto.provide('plantillaDePruebas', plantilla)
  return async () => {
    await embebida?.soltar()
  }
}

/** The same server, another database. */
export function conBase(url: string, base: string): string {
  const direccion = new URL(url)
  direccion.pathname = `/${base}`
  return direccion.href
}

function huella(): string {
  const suma = createHash('sha256')
  // What the seeds copy to the database is part of the template too.
  const fuentes = [
    'prisma/migrations',
    'prisma/seed',
    'tests/apoyo/sembrar.ts',
    'src/modulos/usuarios/permisos-por-grupo.ts',
  ]
  for (const carpeta of fuentes.map((ruta) => join(RAIZ, ruta)))
    for (const archivo of archivosDe(carpeta)) suma.update(archivo).update(readFileSync(archivo))
  return suma.digest('hex').slice(0, 12)
}

function archivosDe(ruta: string): string[] {
  if (ruta.endsWith('.ts')) return [ruta]
  if (!existsSync(ruta)) return []
  return readdirSync(ruta, { recursive: true, withFileTypes: true })
    .filter((entrada) => entrada.isFile())
    .map((entrada) => join(entrada.parentPath, entrada.name))
    .sort()
}

async function crearPlantilla(servidor: string, plantilla: string): Promise<void> {
  const cliente = new pg.Client(servidor)
  await cliente.connect()
  try {
    // Two runs at once: the second waits and finds it made.
    await cliente.query('SELECT pg_advisory_lock(734500)')
    const { rows } = await cliente.query<{ datname: string; usos: string }>(
      `SELECT d.datname, (SELECT count(*) FROM pg_stat_activity a WHERE a.datname = d.datname) AS usos
         FROM pg_database d WHERE d.datname LIKE 'sascop\\_prueba\\_%' OR d.datname LIKE 'sascop\\_plantilla\\_%'`,
    )
    for (const { datname } of rows.filter((fila) => estaAbandonada(fila.datname, plantilla)))
      await cliente.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`)
    if (rows.some(({ datname }) => datname === plantilla)) return
    const provisional = `sascop_prueba_${process.pid}_plantilla`
    await cliente.query(`CREATE DATABASE "${provisional}" TEMPLATE template0 ENCODING 'UTF8'`)
    await aplicarMigraciones(conBase(servidor, provisional), join(RAIZ, 'prisma/migrations'))
    await sembrar(conBase(servidor, provisional))
    await cliente.query(`ALTER DATABASE "${provisional}" RENAME TO "${plantilla}"`)
  } finally {
    await cliente.end()
  }
}

/** Templates of other seeds, and clones of runs that died before dropping them. */
function estaAbandonada(base: string, plantilla: string): boolean {
  const [, pid] = /^sascop_prueba_(\d+)_/.exec(base) ?? []
  if (pid === undefined) return base !== plantilla && base.startsWith('sascop_plantilla_')
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

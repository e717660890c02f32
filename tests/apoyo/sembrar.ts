import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { RAIZ } from '../../src/plataforma/raiz.ts'

interface Semilla {
  sembrarCatalogos(cliente: pg.ClientBase): Promise<unknown>
}

/** Puts the catalogue rows of prisma/seed/catalogos into a migrated database. */
export async function sembrar(url: string): Promise<void> {
  const archivo = join(RAIZ, 'prisma/seed/catalogos/index.ts')
  if (!existsSync(archivo)) return
  const { sembrarCatalogos } = (await import(archivo)) as Semilla
  const cliente = new pg.Client(url)
  await cliente.connect()
  try {
    await sembrarCatalogos(cliente)
  } finally {
    await cliente.end()
  }
}

import pg from 'pg'
import { sembrarCatalogos } from '../../prisma/seed/catalogos/index.ts'

/** Puts the catalogue rows, permissions and groups into a migrated database. */
export async function sembrar(url: string): Promise<void> {
  const cliente = new pg.Client(url)
  await cliente.connect()
  try {
    await sembrarCatalogos(cliente)
  } finally {
    await cliente.end()
  }
}

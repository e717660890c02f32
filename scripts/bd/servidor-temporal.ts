import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usarBaseEmbebida } from '../../src/plataforma/bd-embebida.ts'

/** An empty PostgreSQL that disappears afterwards: where the migrations are replayed to compare them with the schema. */
export async function conServidorTemporal<T>(hacer: (url: string) => Promise<T> | T): Promise<T> {
  const carpeta = mkdtempSync(join(tmpdir(), 'sascop-sombra-'))
  const base = await usarBaseEmbebida({ carpeta, duradera: false })
  try {
    return await hacer(base.url)
  } finally {
    await base.soltar()
    rmSync(carpeta, { recursive: true, force: true })
  }
}

// npm run bd:migracion -- NOMBRE — writes the SQL that takes the migrations to prisma/schema, to be read and completed.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { prisma } from './prisma.ts'
import { conServidorTemporal } from './servidor-temporal.ts'

const nombre = process.argv[2] ?? ''
if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(nombre)) {
  console.error(
    'Uso: npm run bd:migracion -- <tabla>_<que_hace>, por ejemplo: npm run bd:migracion -- ot_agrega_version',
  )
  process.exit(1)
}
const temporal = mkdtempSync(join(tmpdir(), 'sascop-migracion-'))
try {
  const guion = join(temporal, 'migration.sql')
  const { codigo, salida } = await conServidorTemporal((url) =>
    // The folder of the new migration must not exist yet while comparing.
    prisma(
      [
        'migrate',
        'diff',
        '--from-migrations',
        'prisma/migrations',
        '--to-schema',
        'prisma/schema',
        '--script',
        '-o',
        guion,
      ],
      url,
    ),
  )
  if (codigo !== 0) {
    console.error(salida)
    process.exitCode = 1
  } else {
    const fecha = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const carpeta = join(RAIZ, 'prisma/migrations', `${fecha}_${nombre}`)
    mkdirSync(carpeta)
    writeFileSync(join(carpeta, 'migration.sql'), readFileSync(guion))
    console.log(
      `Escrita ${join(carpeta, 'migration.sql')}. Léela y complétala (CHECK, índices parciales, disparadores)`,
    )
    console.log('y después aplícala con «npm run bd:migrar».')
  }
} finally {
  rmSync(temporal, { recursive: true, force: true })
}

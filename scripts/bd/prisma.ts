import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { RAIZ } from '../../src/plataforma/raiz.ts'

/** Prisma's command line over a database. @returns exit code and output */
export function prisma(argumentos: readonly string[], url: string): { codigo: number; salida: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(RAIZ, 'scripts/bd/prisma.mjs'), ...argumentos], {
    cwd: RAIZ,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url },
  })
  return { codigo: status ?? 1, salida: `${stdout}${stderr}` }
}

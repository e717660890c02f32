// Prisma's command line with the WebAssembly engine instead of a downloaded one. Also a program:
// node scripts/bd/prisma.mjs <arguments of prisma>
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const RAIZ = fileURLToPath(new URL('../../', import.meta.url))

/**
 * @param {string[]} argumentos of `prisma`
 * @param {{ silencioso?: boolean }} [opciones] `silencioso` shows its output only when it fails
 * @returns {number} exit code
 */
export function prisma(argumentos, { silencioso = false } = {}) {
  const cli = fileURLToPath(import.meta.resolve('prisma/build/index.js'))
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argumentos], {
    cwd: RAIZ,
    encoding: 'utf8',
    stdio: silencioso ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(new URL('motor-esquema.mjs', import.meta.url)),
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      NO_COLOR: '1',
    },
  })
  if (silencioso && status !== 0) process.stderr.write(`${stdout}${stderr}`)
  return status ?? 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = prisma(process.argv.slice(2))

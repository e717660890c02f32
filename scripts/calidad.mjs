// npm run calidad: every check of the code that is not a test, all of them even when one fails, with the time of each.
import { spawnSync } from 'node:child_process'
import { cargarEnv, preparar, RAIZ, terminarConAviso } from './preparar.mjs'

const PASOS = [
  ['formato', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
  ['tipos del servidor', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']],
  ['tipos del cliente', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.cliente.json']],
  ['dependencias', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', 'scripts']],
  ['código muerto', ['node_modules/knip/bin/knip.js', '--no-progress']],
  ['lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
  ['esquema y migraciones', ['scripts/ejecutar.mjs', 'bd/verificar']],
]

try {
  cargarEnv()
  await preparar(console.log)
} catch (error) {
  terminarConAviso(error)
}
const fallos = []
for (const [nombre, argumentos] of PASOS) {
  const inicio = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, argumentos, {
    cwd: RAIZ,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  console.log(`${status === 0 ? '✔' : '✘'} ${nombre} (${((performance.now() - inicio) / 1000).toFixed(1)} s)`)
  if (status === 0) continue
  fallos.push(nombre)
  process.stdout.write(`${stdout}${stderr}`)
}
if (fallos.length > 0) console.error(`\nNo pasa: ${fallos.join(', ')}.`)
process.exitCode = fallos.length > 0 ? 1 : 0

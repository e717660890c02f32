// npm run calidad: every check of the code that is not a test, all of them even when one fails, with the time of each.
import { spawn } from 'node:child_process'
import { cargarEnv, preparar, RAIZ, terminarConAviso } from './preparar.mjs'

const PASOS = [
  // The longest first: it has one of the two lanes for itself.
  ['lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']],
  ['formato', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
  ['tipos del servidor', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']],
  ['tipos del cliente', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.cliente.json']],
  ['dependencias', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', 'scripts']],
  ['código muerto', ['node_modules/knip/bin/knip.js', '--no-progress']],
  ['esquema y migraciones', ['scripts/ejecutar.mjs', 'bd/verificar']],
]

try {
  cargarEnv()
  await preparar(console.log)
} catch (error) {
  terminarConAviso(error)
}
const fallos = []
const pendientes = [...PASOS]
await Promise.all([carril(), carril()])
if (fallos.length > 0) console.error(`\nNo pasa: ${fallos.join(', ')}.`)
process.exitCode = fallos.length > 0 ? 1 : 0

/** Two at a time: what a small machine has. */
async function carril() {
  for (let paso = pendientes.shift(); paso; paso = pendientes.shift()) {
    const [nombre, argumentos] = paso
    const inicio = performance.now()
    const { codigo, salida } = await correr(argumentos)
    console.log(`${codigo === 0 ? '✔' : '✘'} ${nombre} (${((performance.now() - inicio) / 1000).toFixed(1)} s)`)
    if (codigo === 0) continue
    fallos.push(nombre)
    process.stdout.write(salida)
  }
}

function correr(argumentos) {
  return new Promise((resolver) => {
    const hijo = spawn(process.execPath, argumentos, { cwd: RAIZ, stdio: ['ignore', 'pipe', 'pipe'] })
    let salida = ''
    for (const canal of [hijo.stdout, hijo.stderr]) canal.setEncoding('utf8').on('data', (trozo) => (salida += trozo))
    hijo.once('close', (codigo) => resolver({ codigo, salida }))
  })
}

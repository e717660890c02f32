// npm test [levels] [NAME=value] [files]: prepares what is missing, runs each level with vitest, and ends with the line that counts.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cargarEnv, preparar, RAIZ, terminarConAviso } from './preparar.mjs'

const NIVELES = ['unit', 'arquitectura', 'integracion', 'navegador']
const pedidos = process.argv.slice(2).filter((nivel) => NIVELES.includes(nivel))
// NAME=value is for the tests to read, unless the environment already says another.
const AJUSTE = /^[A-Z_]+=/
for (const ajuste of process.argv.filter((texto) => AJUSTE.test(texto))) {
  const [nombre, valor] = ajuste.split('=')
  process.env[nombre] ??= valor
}
const filtros = process.argv.slice(2).filter((texto) => !NIVELES.includes(texto) && !AJUSTE.test(texto))
const total = { passed: 0, failed: 0, skipped: 0 }

try {
  cargarEnv()
  await preparar(console.log)
  // Levels one after the other: browser tests beside others on two cores would measure the others.
  for (const nivel of pedidos.length > 0 ? pedidos : NIVELES) correr(nivel)
} catch (error) {
  terminarConAviso(error)
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1

function correr(nivel) {
  const carpeta = join(RAIZ, '.cache/pruebas')
  const informe = join(carpeta, `${nivel}.json`)
  mkdirSync(carpeta, { recursive: true })
  rmSync(informe, { force: true })
  console.log(`\n── ${nivel}`)
  const { status } = spawnSync(
    process.execPath,
    [
      join(RAIZ, 'node_modules/vitest/vitest.mjs'),
      'run',
      `--project=${nivel}`,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${informe}`,
      ...filtros,
    ],
    { cwd: RAIZ, stdio: 'inherit', env: { ...process.env, CI: process.env.CI ?? '1' } },
  )
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
  } = existsSync(informe) ? JSON.parse(readFileSync(informe, 'utf8')) : {}
  total.passed += numPassedTests
  total.skipped += numPendingTests + numTodoTests
  // A file that does not even load, or a level that cannot start, has no failed test but is a failure.
  total.failed += numFailedTests === 0 && status !== 0 ? 1 : numFailedTests
}

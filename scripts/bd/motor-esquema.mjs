#!/usr/bin/env node
// Stands for Prisma's "schema engine" with the WebAssembly engine that npm installs, so that the command line does
// not download a binary. Prisma finds it through PRISMA_SCHEMA_ENGINE_BINARY and speaks JSON-RPC, one message per
// line. Good for generate, validate, format, migrate deploy/status/diff/reset/resolve and db push; not for migrate
// dev (new migrations come from migrate diff: npm run bd:migracion). See docs/dependencias.md.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const argumentos = process.argv.slice(2)
const opcion = (nombre) => (argumentos.includes(nombre) ? argumentos[argumentos.indexOf(nombre) + 1] : undefined)

if (argumentos.includes('--version')) {
  console.log('schema-engine-wasm')
  process.exit(0)
}
if (argumentos.includes('cli')) process.exit(0) // can-connect-to-database and the like: the real error shows up on connecting

// Where the engine leaves the text of a panic; without it the cause of a failure is lost.
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (mensaje) => process.stderr.write(`${mensaje}\n`),
}

const motorWasm = await import('@prisma/schema-engine-wasm/schema_engine_bg')
const rutaWasm = fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm')).replace(
  /schema_engine\.js$/,
  'schema_engine_bg.wasm',
)
const { instance } = await WebAssembly.instantiate(readFileSync(rutaWasm), { './schema_engine_bg.js': motorWasm })
motorWasm.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start()

const { bindMigrationAwareSqlAdapterFactory } = await import('@prisma/driver-adapter-utils')
const { AdaptadorMigraciones } = await import('./adaptador-migraciones.mjs')
const url = JSON.parse(opcion('--datasource') ?? '{}').url ?? process.env.DATABASE_URL

const responder = (mensaje) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...mensaje })}\n`)

for await (const linea of createInterface({ input: process.stdin })) {
  if (!linea.trim()) continue
  const { id, method, params } = JSON.parse(linea)
  try {
    const fabrica = bindMigrationAwareSqlAdapterFactory(new AdaptadorMigraciones(url))
    const motor = await motorWasm.SchemaEngine.new({ datamodels: undefined }, () => {}, fabrica)
    const resultado = await motor[method](params)
    if (resultado?.stdout) responder({ id: id + 1_000_000, method: 'print', params: { content: resultado.stdout } })
    responder({ id, result: resultado ?? {} })
  } catch (error) {
    const data = { is_panic: false, message: String(error?.message ?? error), error_code: error?.code, meta: null }
    responder({ id, error: { code: 4466, message: 'Error del motor de esquema', data } })
  }
}
process.exit(0)

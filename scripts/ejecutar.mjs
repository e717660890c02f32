// npm run <comando>: builds when something changed and runs dist/scripts/<comando>.js in this same process.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cargarEnv, preparar, RAIZ, terminarConAviso } from './preparar.mjs'

const [comando, ...argumentos] = process.argv.slice(2)
try {
  cargarEnv()
  await preparar((linea) => console.error(linea), { cliente: false })
  const programa = join(RAIZ, `dist/scripts/${comando}.js`)
  if (!existsSync(programa)) {
    console.error(`No existe el comando «${comando}».`)
    process.exit(2)
  }
  process.argv = [process.argv[0], programa, ...argumentos]
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(programa).href)
} catch (error) {
  terminarConAviso(error)
}

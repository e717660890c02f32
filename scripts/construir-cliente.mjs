#!/usr/bin/env node
// Builds what the browser loads into public/build: one script per page of src/cliente/paginas (files that begin with
// «_» are shared pieces, except _comun.ts, which is on every page), one style sheet, the icons that are really used,
// and manifest.json, from which the server takes the hashed names. `--vigilar` rebuilds on every change.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { context } from 'esbuild'

const RAIZ = join(dirname(fileURLToPath(import.meta.url)), '..')
const PAGINAS = join(RAIZ, 'src/cliente/paginas')
const HOJA = join(RAIZ, 'src/cliente/estilos/app.css')
const SALIDA = join(RAIZ, 'public/build')
const ICONOS = join(RAIZ, 'node_modules/bootstrap-icons/icons')

const archivosDe = (carpeta, extension) =>
  readdirSync(carpeta, { recursive: true, withFileTypes: true })
    .filter((archivo) => archivo.isFile() && archivo.name.endsWith(extension))
    .map((archivo) => join(archivo.parentPath, archivo.name))

const conBarras = (ruta) => ruta.split(sep).join('/')

/** `ot/lista` for `src/cliente/paginas/ot/lista.ts`. */
const nombreDePagina = (archivo) => conBarras(relative(PAGINAS, archivo)).replace(/\.ts$/, '')

const entradas = () =>
  archivosDe(PAGINAS, '.ts').filter((archivo) => {
    const nombre = nombreDePagina(archivo)
    return nombre === '_comun' || !nombre.split('/').at(-1).startsWith('_')
  })

/** Names of icons written in views (`icono: 'x'`), browser code (`icono('x')`) the server's menu and the cards of the modules. */
function iconosUsados() {
  const fuentes = [
    ...archivosDe(join(RAIZ, 'views'), '.ejs'),
    ...archivosDe(join(RAIZ, 'src/cliente'), '.ts'),
    join(RAIZ, 'src/web/menu.ts'),
    join(RAIZ, 'src/modulos/inicio/inicio.vista.ts'),
  ]
  const usados = new Set()
  for (const fuente of fuentes) {
    const texto = readFileSync(fuente, 'utf8')
    for (const [, nombre] of texto.matchAll(/\bicono(?:\(|:)\s*'([a-z0-9-]+)'/g)) usados.add(nombre)
    for (const [, nombre] of texto.matchAll(/iconos %>#([a-z0-9-]+)/g)) usados.add(nombre)
  }
  return [...usados].sort()
}

function escribirIconos() {
  const simbolos = iconosUsados().map((nombre) => {
    let svg
    try {
      svg = readFileSync(join(ICONOS, `${nombre}.svg`), 'utf8')
    } catch {
      throw new Error(`No existe el icono «${nombre}» en bootstrap-icons.`)
    }
    const dibujo = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '')
    return `<symbol id="${nombre}" viewBox="0 0 16 16">${dibujo.replace(/\s*\n\s*/g, '')}</symbol>`
  })
  const hoja = `<svg xmlns="http://www.w3.org/2000/svg">${simbolos.join('')}</svg>`
  const huella = createHash('sha256').update(hoja).digest('hex').slice(0, 8).toUpperCase()
  const nombre = `iconos-${huella}.svg`
  mkdirSync(SALIDA, { recursive: true })
  writeFileSync(join(SALIDA, nombre), hoja)
  return nombre
}

const publica = (salida) => `/build/${conBarras(relative(SALIDA, join(RAIZ, salida)))}`

/** Written aside and renamed, so the server never reads half a manifest; then what no build names any more goes. */
function escribirManifiesto(salidas) {
  const iconos = escribirIconos()
  const manifiesto = { comun: { guiones: [], hojas: [] }, paginas: {}, iconos: `/build/${iconos}` }
  for (const [salida, { entryPoint }] of Object.entries(salidas)) {
    if (entryPoint === undefined) continue
    if (entryPoint.endsWith('.css')) {
      manifiesto.comun.hojas.push(publica(salida))
      continue
    }
    const nombre = nombreDePagina(join(RAIZ, entryPoint))
    if (nombre === '_comun') manifiesto.comun.guiones.push(publica(salida))
    else manifiesto.paginas[nombre] = { guiones: [publica(salida)], hojas: [] }
  }
  const temporal = join(SALIDA, 'manifest.json.nuevo')
  writeFileSync(temporal, JSON.stringify(manifiesto, null, 2))
  renameSync(temporal, join(SALIDA, 'manifest.json'))
  const vigentes = new Set([
    'manifest.json',
    iconos,
    ...Object.keys(salidas).map((s) => conBarras(relative(SALIDA, join(RAIZ, s)))),
  ])
  for (const archivo of archivosDe(SALIDA, '')) {
    if (!vigentes.has(conBarras(relative(SALIDA, archivo)))) rmSync(archivo, { force: true })
  }
}

const alTerminar = {
  name: 'manifiesto',
  setup(construccion) {
    construccion.onEnd(({ errors, metafile }) => {
      if (errors.length === 0 && metafile) escribirManifiesto(metafile.outputs)
    })
  },
}

const constructor = await context({
  absWorkingDir: RAIZ,
  entryPoints: [...entradas(), HOJA],
  outdir: SALIDA,
  outbase: PAGINAS,
  entryNames: '[name]-[hash]',
  chunkNames: 'trozos/[name]-[hash]',
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: true,
  sourcemap: 'external',
  metafile: true,
  target: ['chrome109', 'firefox115', 'safari16.4'],
  // Pictures of public/ keep their own address.
  external: ['/*.svg'],
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [alTerminar],
})

try {
  if (process.argv.includes('--vigilar')) {
    await constructor.watch()
  } else {
    await constructor.rebuild()
    await constructor.dispose()
  }
} catch (error) {
  await constructor.dispose()
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

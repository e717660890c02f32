// Turns the TypeScript of the server and of the commands into dist/, file by file and only what changed. Types are
// checked by `npm run calidad`, not here: the build of a machine that only runs the system takes one second.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const RAIZ = fileURLToPath(new URL('../', import.meta.url))
const SALIDA = join(RAIZ, 'dist')
const REGISTRO = join(SALIDA, '.construido.json')
const CARPETAS = ['src', 'scripts', 'prisma/seed']

const huella = (texto) => createHash('sha256').update(texto).digest('hex').slice(0, 16)

function fuentes() {
  return CARPETAS.filter((carpeta) => existsSync(join(RAIZ, carpeta)))
    .flatMap((carpeta) =>
      readdirSync(join(RAIZ, carpeta), { recursive: true, withFileTypes: true })
        .filter((entrada) => entrada.isFile())
        .map((entrada) => relative(RAIZ, join(entrada.parentPath, entrada.name)).split(sep).join('/')),
    )
    .filter((ruta) => !ruta.startsWith('src/cliente/') && !/\.(test|d)\.ts$|\.mjs$/.test(ruta))
    .sort()
}

/** @returns {Promise<number>} how many files were written again (0 = everything was up to date) */
export async function construirServidor() {
  const actuales = fuentes()
  if (!actuales.includes('src/plataforma/raiz.ts') && existsSync(REGISTRO)) return 0 // an installed image has no sources
  const anterior = existsSync(REGISTRO) ? JSON.parse(readFileSync(REGISTRO, 'utf8')) : { comun: '', archivos: {} }
  const comun = huella(
    readFileSync(join(RAIZ, 'tsconfig.json')) + readFileSync(fileURLToPath(import.meta.url)) + process.versions.modules,
  )
  const registro = { comun, archivos: {} }
  const pendientes = []
  for (const ruta of actuales) {
    const texto = readFileSync(join(RAIZ, ruta))
    registro.archivos[ruta] = huella(texto)
    const alDia = anterior.comun === comun && anterior.archivos[ruta] === registro.archivos[ruta]
    if (!alDia || !existsSync(join(SALIDA, ruta.replace(/\.ts$/, '.js')))) pendientes.push([ruta, texto])
  }
  const sobrantes = Object.keys(anterior.archivos).filter((ruta) => !(ruta in registro.archivos))
  for (const ruta of sobrantes)
    for (const sufijo of ['.js', '.js.map', ''])
      rmSync(join(SALIDA, ruta.replace(/\.ts$/, '') + sufijo), { force: true })
  if (pendientes.length === 0 && sobrantes.length === 0) return 0

  const { default: ts } = await import('typescript')
  for (const [ruta, texto] of pendientes) {
    const destino = join(SALIDA, ruta.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(destino), { recursive: true })
    if (!ruta.endsWith('.ts')) {
      guardar(destino, texto)
      continue
    }
    const { outputText, sourceMapText } = ts.transpileModule(texto.toString('utf8'), {
      fileName: join(RAIZ, ruta),
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
        sourceMap: true,
      },
    })
    guardar(`${destino}.map`, sourceMapText)
    guardar(destino, outputText)
  }
  guardar(REGISTRO, JSON.stringify(registro))
  return pendientes.length + sobrantes.length
}

/** Written aside and renamed: a command that starts meanwhile never reads half a file. */
function guardar(destino, contenido) {
  const temporal = `${destino}.${process.pid}`
  writeFileSync(temporal, contenido)
  renameSync(temporal, destino)
}

// What every command needs before it can run: packages, Prisma client, compiled server, browser bundle. Each step
// looks first whether it is already done, which takes milliseconds. Uses nothing but Node: it runs before npm did.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Folder of the project, with a separator at the end. */
export const RAIZ = fileURLToPath(new URL('../', import.meta.url))
const CACHE = join(RAIZ, '.cache')
const NODE_MINIMO = [20, 19]

/** A fault that the person at the terminal can mend; its message says how. */
export class Aviso extends Error {}

/** @returns {never} one line per fault and exit 1, without a stack that says nothing to the reader */
export function terminarConAviso(error) {
  const propios = ['Aviso', 'ErrorDeConfig', 'ErrorDeBaseEmbebida']
  if (error instanceof Aviso || propios.includes(error?.name)) console.error(error.message)
  else console.error(explicarSistema(error) ?? error)
  process.exit(1)
}

function explicarSistema(error) {
  switch (error?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'El disco está lleno. Libera espacio (al menos 1 GB) y vuelve a intentar.'
    case 'EACCES':
    case 'EROFS':
      return `No hay permiso para escribir en ${error.path ?? RAIZ}. Corrige los permisos o inicia con el dueño de la carpeta.`
    default:
      return undefined
  }
}

/** Reads `.env` when there is one; what the environment already says wins. */
export function cargarEnv() {
  const archivo = join(RAIZ, '.env')
  if (existsSync(archivo)) process.loadEnvFile(archivo)
  // The process works in UTC everywhere; only comun/fechas.ts knows the local zone.
  process.env.TZ = 'UTC'
}

export function exigirNode() {
  const [mayor, menor] = process.versions.node.split('.').map(Number)
  if (mayor < NODE_MINIMO[0] || (mayor === NODE_MINIMO[0] && menor < NODE_MINIMO[1]))
    throw new Aviso(`Se necesita Node ${NODE_MINIMO.join('.')} o posterior; este es ${process.versions.node}.`)
}

/** Whether node_modules is what the lock file says (optional packages of other systems do not count). */
export function dependenciasAlDia() {
  const instaladas = join(RAIZ, 'node_modules/.package-lock.json')
  if (!existsSync(instaladas)) return false
  const { packages: quiere } = JSON.parse(readFileSync(join(RAIZ, 'package-lock.json'), 'utf8'))
  const { packages: hay } = JSON.parse(readFileSync(instaladas, 'utf8'))
  return Object.entries(quiere).every(
    ([ruta, { version, optional, devOptional, link }]) =>
      ruta === '' || link || optional || devOptional || hay[ruta]?.version === version,
  )
}

/** Installs the packages when they are missing or the lock file changed. */
export function asegurarDependencias(decir) {
  // An installed image carries only what runs; nothing is installed or built there.
  if (!existsSync(join(RAIZ, 'src')) || dependenciasAlDia()) return
  decir('Instalando paquetes…')
  const { bavail, bsize } = statfsSync(RAIZ)
  if (bavail * bsize < 900 * 1024 * 1024)
    throw new Aviso(`No hay espacio para instalar los paquetes en ${RAIZ}: libera al menos 1 GB.`)
  // NODE_ENV=production would leave out the compiler.
  const { status, stdout, stderr, error } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: RAIZ,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_ignore_scripts: 'true' },
  })
  if (error) throw new Aviso(`No se pudo ejecutar npm (${error.message}). Instala npm junto con Node.`)
  if (status === 0) return
  const salida = `${stdout}${stderr}`
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT|E403|E502|E503/.test(salida)
  )
    throw new Aviso(
      'No se pudo llegar al registro de paquetes de npm. Revisa la red o el proxy (npm config get registry) y vuelve a intentar.',
    )
  if (/ENOSPC/.test(salida)) throw new Aviso('El disco está lleno: libera al menos 1 GB y vuelve a intentar.')
  if (/EACCES|EPERM|EROFS/.test(salida))
    throw new Aviso(
      `No hay permiso para escribir en ${RAIZ}. Corrige los permisos o inicia con el dueño de la carpeta.`,
    )
  throw new Aviso(`No se pudieron instalar los paquetes (npm ci):\n${salida.trim()}`)
}

const archivosDe = (ruta) => {
  const completa = join(RAIZ, ruta)
  if (!existsSync(completa)) return []
  return readdirSync(completa, { recursive: true, withFileTypes: true })
    .filter((entrada) => entrada.isFile())
    .map((entrada) => join(entrada.parentPath, entrada.name))
}

/** One hash of many files, their names included. */
export function huellaDe(archivos) {
  const suma = createHash('sha256')
  for (const archivo of [...archivos].sort())
    suma
      .update(`${relative(RAIZ, archivo)}\0`)
      .update(readFileSync(archivo))
      .update('\0')
  return suma.digest('hex')
}

async function siCambio(nombre, archivos, salida, hacer) {
  const sello = join(CACHE, `${nombre}.huella`)
  const actual = huellaDe(archivos)
  if (existsSync(salida) && existsSync(sello) && readFileSync(sello, 'utf8') === actual) return
  rmSync(sello, { force: true })
  await hacer()
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(sello, actual)
}

async function generarPrisma(decir) {
  const paquete = join(RAIZ, 'node_modules/prisma/package.json')
  const fuentes = [...archivosDe('prisma/schema'), paquete]
  await siCambio('prisma', fuentes, join(RAIZ, 'src/plataforma/prisma/client.ts'), async () => {
    decir('Generando el acceso a datos…')
    const { prisma } = await import('./bd/prisma.mjs')
    if (prisma(['generate'], { silencioso: true }) !== 0) throw new Aviso('No se pudo generar el cliente de Prisma.')
  })
}

async function construirCliente(decir) {
  const fuentes = [
    ...archivosDe('src/cliente'),
    ...archivosDe('src/comun'),
    ...archivosDe('src/modulos').filter((archivo) => /\.(contrato|tipos)\.ts$/.test(archivo)),
    ...archivosDe('views'),
    ...['src/web/menu.ts', 'scripts/construir-cliente.mjs', 'package-lock.json'].map((ruta) => join(RAIZ, ruta)),
  ].filter((archivo) => existsSync(archivo))
  await siCambio('cliente', fuentes, join(RAIZ, 'public/build/manifest.json'), () => {
    decir('Construyendo las páginas…')
    const { status } = spawnSync(process.execPath, [join(RAIZ, 'scripts/construir-cliente.mjs')], {
      cwd: RAIZ,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (status !== 0) throw new Aviso('No se pudieron construir las páginas (revisa los errores de arriba).')
  })
}

/**
 * Leaves packages, Prisma client, dist/ and public/build up to date.
 * @param {(linea: string) => void} decir told of each step that has something to do
 * @param {{ cliente?: boolean }} [opciones] `cliente: false` skips the browser bundle
 */
export async function preparar(decir, { cliente = true } = {}) {
  exigirNode()
  asegurarDependencias(decir)
  if (!existsSync(join(RAIZ, 'src'))) return
  await conCandado(async () => {
    await generarPrisma(decir)
    const { construirServidor } = await import('./construir-servidor.mjs')
    await construirServidor()
    if (cliente) await construirCliente(decir)
  })
}

/** Two commands at once do not build at once; the lock of a dead process is taken over. */
async function conCandado(hacer) {
  const candado = join(CACHE, 'construccion.candado')
  mkdirSync(CACHE, { recursive: true })
  for (;;) {
    try {
      writeFileSync(candado, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!estaVivo(candado)) rmSync(candado, { force: true })
      else await esperar(50)
    }
  }
  try {
    await hacer()
  } finally {
    rmSync(candado, { force: true })
  }
}

function estaVivo(candado) {
  try {
    const texto = readFileSync(candado, 'utf8')
    if (texto === '') return true // created an instant ago, not written yet
    process.kill(Number(texto), 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

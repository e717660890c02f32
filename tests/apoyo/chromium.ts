import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'
import { RAIZ } from '../../src/plataforma/raiz.ts'

const PAQUETE = join(RAIZ, 'node_modules/@sparticuz/chromium')

/** Where Chromium is and what it needs around it. */
interface Programa {
  readonly ruta: string
  readonly entorno: Readonly<Record<string, string>>
}

/**
 * Opens a headless Chromium: the one of CHROMIUM_PATH, else of the system, else the one that the npm package
 * @sparticuz/chromium carries compressed. Nothing is downloaded.
 */
export function lanzarChromium(): Promise<Browser> {
  const { ruta, entorno } = buscarChromium()
  return chromium.launch({
    executablePath: ruta,
    headless: true,
    env: { ...process.env, ...entorno },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--font-render-hinting=none',
    ],
  })
}

function buscarChromium(): Programa {
  const indicado = process.env['CHROMIUM_PATH']
  if (indicado) return { ruta: indicado, entorno: {} }
  const nombres = ['chromium', 'chromium-browser', 'google-chrome']
  const candidatos = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((carpeta) => nombres.map((n) => join(carpeta, n)))
  const delSistema = [...candidatos, '/usr/bin/chromium'].find((ruta) => existsSync(ruta))
  return delSistema ? { ruta: delSistema, entorno: {} } : delPaquete()
}

/** Unpacked once per version into .cache: 190 MB of Chromium, its fonts, and libraries that a bare system lacks. */
function delPaquete(): Programa {
  const { version } = JSON.parse(readFileSync(join(PAQUETE, 'package.json'), 'utf8')) as { version: string }
  const carpeta = join(RAIZ, '.cache', `chromium-${version}`)
  if (!existsSync(carpeta)) {
    mkdirSync(join(RAIZ, '.cache'), { recursive: true })
    const provisional = mkdtempSync(join(RAIZ, '.cache/chromium-nuevo-'))
    writeFileSync(join(provisional, 'chromium'), inflar('chromium'), { mode: 0o755 })
    for (const paquete of ['al2023.tar', 'fonts.tar', 'swiftshader.tar'])
      execFileSync('tar', ['-x', '-C', provisional], { input: inflar(paquete) })
    const conf = join(provisional, 'fonts.conf')
    // The packaged configuration names the folder of another system.
    writeFileSync(conf, readFileSync(conf, 'utf8').replace(/<dir>[^<]*<\/dir>/, '<dir prefix="relative">fonts</dir>'))
    try {
      renameSync(provisional, carpeta)
    } catch (error) {
      // Another worker finished first.
      if (!existsSync(carpeta)) throw error
      rmSync(provisional, { recursive: true, force: true })
    }
  }
  const ruta = join(carpeta, 'chromium')
  const entorno: Record<string, string> = {}
  const arranca = () =>
    spawnSync(ruta, ['--version'], { env: { ...process.env, ...entorno }, stdio: 'ignore' }).status === 0
  if (!existsSync('/etc/fonts/fonts.conf')) entorno['FONTCONFIG_FILE'] = join(carpeta, 'fonts.conf')
  // Its own copies of the libraries only where the system has none.
  if (!arranca()) entorno['LD_LIBRARY_PATH'] = join(carpeta, 'lib')
  if (!arranca())
    throw new Error(
      'Ningún Chromium arranca en este sistema: instala uno e indícalo con CHROMIUM_PATH (en Debian: apt-get install chromium).',
    )
  return { ruta, entorno }
}

function inflar(nombre: string): Buffer {
  return brotliDecompressSync(readFileSync(join(PAQUETE, 'bin', `${nombre}.br`)))
}

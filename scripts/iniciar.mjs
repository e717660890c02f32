// npm start: prepares what is missing (packages, build, embedded database, migrations, catalogues, first administrator,
// demo), starts the server and watches over it and over the database until somebody stops them.
// npm run dev is the same with --vigilar: builds again and restarts on every change.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Aviso, cargarEnv, preparar, RAIZ, terminarConAviso } from './preparar.mjs'

const PLAZO_DE_CIERRE_MS = 15_000
const VIGILANCIA_MS = 5_000
const vigilar = process.argv.includes('--vigilar')
const decir = (linea) => console.log(linea)
const dist = (ruta) => import(pathToFileURL(join(RAIZ, 'dist', ruta)).href)

let base = null
let servidor = null
let constructor = null
let deteniendo = false

try {
  cargarEnv()
  await preparar(decir, { cliente: true })
  const { configDelProceso } = await dist('src/plataforma/config.js')
  const config = configDelProceso()
  for (const senal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(senal, () => void detener(0))
  await exigirPuertoLibre(config.host, config.puerto)
  if (config.urlBase === null) {
    const { usarBaseEmbebida } = await dist('src/plataforma/bd-embebida.js')
    base = await usarBaseEmbebida({ carpeta: config.carpetaDatos, adoptar: true })
    process.env.DATABASE_URL = base.url
    if (deteniendo) await base.soltar()
  }
  if (!deteniendo && (await prepararBase()) !== 0) await detener(1)
  if (!deteniendo) {
    arrancarServidor(config)
    if (base) vigilarBase()
    if (vigilar) vigilarFuentes(config)
  }
} catch (error) {
  await base?.soltar().catch(() => undefined)
  terminarConAviso(error)
}

/** Before anything slow: the most common reason not to start. */
function exigirPuertoLibre(host, puerto) {
  return new Promise((resolver, rechazar) => {
    const prueba = createServer()
    prueba.once('error', ({ code }) => {
      const motivos = {
        EADDRINUSE: `El puerto ${puerto} ya está ocupado por otro programa. Ciérralo o usa otro: PORT=${puerto + 1} npm start`,
        EACCES: `Este usuario no puede abrir el puerto ${puerto}. Usa uno mayor que 1023: PORT=3000 npm start`,
        EADDRNOTAVAIL: `HOST (${host}) no es una dirección de este equipo.`,
        ENOTFOUND: `HOST (${host}) no es una dirección de este equipo.`,
      }
      rechazar(new Aviso(motivos[code] ?? `No se puede escuchar en ${host}:${puerto} (${code}).`))
    })
    prueba.listen({ host, port: puerto }, () => prueba.close(resolver))
  })
}

/** In a process of its own: what it loads into memory goes away with it. */
function prepararBase() {
  const argumentos = [join(RAIZ, 'dist/scripts/bd/preparar.js'), ...(base ? ['--embebida'] : [])]
  return new Promise((resolver) => {
    servidor = spawn(process.execPath, ['--enable-source-maps', ...argumentos], { stdio: 'inherit', detached: true })
    servidor.once('exit', (codigo) => resolver(codigo ?? 1))
  })
}

function arrancarServidor(config, caidas = []) {
  const hijo = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      '--import',
      pathToFileURL(join(RAIZ, 'scripts/vigilar-padre.mjs')).href,
      join(RAIZ, 'dist/scripts/servir.js'),
    ],
    // In a group of its own, so that Ctrl+C reaches it once, through us and in order.
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true },
  )
  servidor = hijo
  void avisarCuandoResponda(config, hijo)
  hijo.once('exit', (codigo, senal) => {
    if (deteniendo || hijo !== servidor) return
    const recientes = [...caidas.filter((instante) => performance.now() - instante < 60_000), performance.now()]
    if (recientes.length > 5) {
      console.error('El servidor terminó varias veces seguidas; se deja de reintentar. Revisa el error de arriba.')
      void detener(1)
      return
    }
    const segundos = vigilar ? 1 : 2 ** (recientes.length - 1)
    console.error(`El servidor terminó de forma inesperada (${senal ?? codigo}); se reinicia en ${segundos} s.`)
    setTimeout(() => {
      if (!deteniendo && hijo === servidor) arrancarServidor(config, recientes)
    }, segundos * 1000)
  })
}

async function avisarCuandoResponda({ host, puerto }, hijo) {
  const corchetes = (texto) => (texto.includes(':') ? `[${texto}]` : texto)
  const local = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  while (hijo.exitCode === null && hijo.signalCode === null && !deteniendo) {
    const respuesta = await fetch(`http://${corchetes(local)}:${puerto}/salud`).catch(() => null)
    if (respuesta?.status === 200) {
      decir(`SASCOP listo en http://${corchetes(host)}:${puerto}`)
      return
    }
    await esperar(40)
  }
}

/** A database that fell is started again; the server answers 503 meanwhile and comes back by itself. */
function vigilarBase() {
  let direccion = base.url
  const revisar = async () => {
    try {
      const actual = await base.asegurar()
      if (actual !== direccion) {
        // Another program took its port while it was down.
        direccion = process.env.DATABASE_URL = actual
        servidor?.kill('SIGTERM')
      }
    } catch (error) {
      console.error(error.message)
    }
    if (!deteniendo) setTimeout(revisar, VIGILANCIA_MS).unref()
  }
  setTimeout(revisar, VIGILANCIA_MS).unref()
}

function vigilarFuentes(config) {
  constructor = spawn(process.execPath, [join(RAIZ, 'scripts/construir-cliente.mjs'), '--vigilar'], {
    stdio: 'inherit',
  })
  let espera
  const alCambiar = (_evento, archivo) => {
    if (/cliente|\.test\.ts|plataforma.prisma/.test(archivo ?? '')) return
    clearTimeout(espera)
    espera = setTimeout(async () => {
      try {
        await preparar(decir, { cliente: false })
      } catch (error) {
        console.error(error.message)
        return
      }
      const anterior = servidor
      servidor = null
      await terminar(anterior)
      if (!deteniendo) arrancarServidor(config)
    }, 200)
  }
  for (const carpeta of ['src', 'prisma']) watch(join(RAIZ, carpeta), { recursive: true }, alCambiar)
}

async function terminar(hijo) {
  if (!hijo || hijo.exitCode !== null || hijo.signalCode !== null) return
  const fin = new Promise((resolver) => hijo.once('exit', resolver))
  hijo.kill('SIGTERM')
  const forzar = setTimeout(() => hijo.kill('SIGKILL'), PLAZO_DE_CIERRE_MS)
  await fin
  clearTimeout(forzar)
}

/** Server first, database after: nothing acknowledged is lost. */
async function detener(codigo) {
  if (deteniendo) return
  deteniendo = true
  constructor?.kill()
  await terminar(servidor)
  await base?.soltar().catch((error) => console.error(error.message))
  process.exit(codigo)
}

/** The program as it runs, in processes of its own that a test may kill: commands and the server. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { RAIZ } from '../../src/plataforma/raiz.ts'

const EJECUTAR = join(RAIZ, 'scripts/ejecutar.mjs')
/** Tells on leaving how much memory the process ever held. */
const TESTIGO = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\nRSS '+process.resourceUsage().maxRSS+'\\n'))`

export interface FinDeComando {
  /** Null when a signal ended it. */
  readonly codigo: number | null
  readonly salida: string
  /** Most memory it ever held, in MB; null when it could not tell. */
  readonly megas: number | null
}

/** A command of `npm run` under way. */
export interface ComandoEnMarcha {
  readonly pid: number
  readonly fin: Promise<FinDeComando>
  matar(senal?: NodeJS.Signals): void
}

/** Starts `npm run NOMBRE -- ARGUMENTOS` over that database, without npm in between: the process is the command. */
export function lanzarComando(nombre: string, argumentos: readonly string[], urlBase: string): ComandoEnMarcha {
  const hijo = spawn(process.execPath, ['--import', TESTIGO, EJECUTAR, nombre, ...argumentos], {
    cwd: RAIZ,
    env: entorno(urlBase),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const leido = juntar(hijo)
  const fin = once(hijo, 'close').then(([codigo]): FinDeComando => {
    const salida = leido()
    const rss = /\nRSS (\d+)\n/.exec(salida)?.[1]
    return {
      codigo: codigo as number | null,
      salida: salida.replace(/\nRSS \d+\n/, ''),
      megas: rss === undefined ? null : Math.round(Number(rss) / 1024),
    }
  })
  return { pid: hijo.pid ?? 0, fin, matar: (senal = 'SIGKILL') => hijo.kill(senal) }
}

export interface ServidorDePruebas {
  readonly direccion: string
  readonly fin: Promise<FinDeComando>
  senal(senal: NodeJS.Signals): void
}

/** The server process alone (`scripts/servir.ts`), already answering; called inside a test, which ends it. */
export async function lanzarServidor(
  urlBase: string,
  carpeta: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ServidorDePruebas> {
  const puerto = await puertoLibre()
  const hijo = spawn(process.execPath, [EJECUTAR, 'servir'], {
    cwd: RAIZ,
    env: { ...entorno(urlBase), PORT: String(puerto), DATA_DIR: carpeta, LOG_LEVEL: 'warn', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const leido = juntar(hijo)
  const fin = once(hijo, 'close').then(([codigo]): FinDeComando => ({
    codigo: codigo as number | null,
    salida: leido(),
    megas: null,
  }))
  onTestFinished(async () => {
    if (hijo.exitCode === null && hijo.signalCode === null) hijo.kill('SIGKILL')
    await fin
  })
  const direccion = `http://127.0.0.1:${puerto}`
  await hasta(async () => {
    if (hijo.exitCode !== null) throw new Error(`The server ended: ${leido()}`)
    return (await estadoDe(`${direccion}/salud`)) === 200
  }, 'the server answers')
  return { direccion, fin, senal: (senal) => hijo.kill(senal) }
}

/** Looks again and again until it is so. @throws Error after that time, saying what was waited for */
export async function hasta(pregunta: () => Promise<boolean>, que: string, maximoMs = 30_000): Promise<void> {
  const limite = performance.now() + maximoMs
  while (performance.now() < limite) {
    if (await pregunta()) return
    await esperar(20)
  }
  throw new Error(`It did not happen in ${maximoMs} ms: ${que}`)
}

/** Status of a GET; null when nobody answers. */
export async function estadoDe(url: string): Promise<number | null> {
  try {
    const respuesta = await fetch(url)
    await respuesta.arrayBuffer()
    return respuesta.status
  } catch {
    return null
  }
}

/** A session from outside: the real login, then commands with its cookie and token. */
export interface Cliente {
  /** Status of a page. */
  pagina(ruta: string): Promise<number>
  leer(ruta: string): Promise<Record<string, unknown>>
  /** A file, whole. */
  bajar(ruta: string): Promise<Buffer>
  enviar(
    ruta: string,
    datos: Readonly<Record<string, string>> | FormData,
  ): Promise<{ estado: number; cuerpo: Record<string, unknown> }>
  enviarJson(ruta: string, datos: object): Promise<{ estado: number; cuerpo: Record<string, unknown> }>
}

/** @throws Error when it does not enter */
export async function entrarPorFuera(direccion: string, username: string, password: string): Promise<Cliente> {
  let galleta = ''
  const pedir = async (ruta: string, init: RequestInit = {}): Promise<Response> => {
    const respuesta = await fetch(`${direccion}${ruta}`, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string> | undefined), cookie: galleta },
    })
    const [nueva] = respuesta.headers.getSetCookie()
    if (nueva !== undefined) galleta = nueva.split(';')[0] ?? ''
    return respuesta
  }
  const token = async (ruta: string): Promise<string> =>
    /<meta name="csrf-token" content="([^"]+)">/.exec(await (await pedir(ruta)).text())?.[1] ?? ''
  const csrfmiddlewaretoken = await token('/accounts/login/')
  const entrada = await pedir('/accounts/login/', {
    method: 'POST',
    body: new URLSearchParams({ username, password, csrfmiddlewaretoken, next: '' }),
  })
  if (entrada.status !== 302) throw new Error(`Login answered ${entrada.status}`)
  const csrf = await token('/perfil/')
  return {
    async pagina(ruta) {
      const respuesta = await pedir(ruta, { headers: { Accept: 'text/html' } })
      await respuesta.text()
      return respuesta.status
    },
    async leer(ruta) {
      return (await (await pedir(ruta)).json()) as Record<string, unknown>
    },
    async bajar(ruta) {
      const respuesta = await pedir(ruta)
      if (respuesta.status !== 200) throw new Error(`${ruta} answered ${respuesta.status}`)
      return Buffer.from(await respuesta.arrayBuffer())
    },
    async enviar(ruta, datos) {
      const respuesta = await pedir(ruta, {
        method: 'POST',
        body: datos instanceof FormData ? datos : new URLSearchParams(datos),
        headers: { 'X-CSRFToken': csrf, 'X-Requested-With': 'XMLHttpRequest' },
      })
      return { estado: respuesta.status, cuerpo: (await respuesta.json()) as Record<string, unknown> }
    },
    async enviarJson(ruta, datos) {
      const respuesta = await pedir(ruta, {
        method: 'POST',
        body: JSON.stringify(datos),
        headers: { 'X-CSRFToken': csrf, 'X-Requested-With': 'XMLHttpRequest', 'Content-Type': 'application/json' },
      })
      return { estado: respuesta.status, cuerpo: (await respuesta.json()) as Record<string, unknown> }
    },
  }
}

function entorno(urlBase: string): NodeJS.ProcessEnv {
  return { ...process.env, NODE_ENV: 'test', DATABASE_URL: urlBase, SECRET_KEY: 'x'.repeat(40) }
}

function juntar(hijo: ChildProcess): () => string {
  let texto = ''
  for (const flujo of [hijo.stdout, hijo.stderr]) {
    flujo?.setEncoding('utf8')
    flujo?.on('data', (trozo: string) => (texto += trozo))
  }
  return () => texto
}

async function puertoLibre(): Promise<number> {
  const servidor = createServer().listen(0, '127.0.0.1')
  await once(servidor, 'listening')
  const { port } = servidor.address() as AddressInfo
  servidor.close()
  await once(servidor, 'close')
  return port
}

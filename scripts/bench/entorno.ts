import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as esperar } from 'node:timers/promises'
import pg from 'pg'
import { prepararEsquema } from '../../src/comando.ts'
import { usarBaseEmbebida } from '../../src/plataforma/bd-embebida.ts'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { llenar, type Tamano } from './datos.ts'
import { Cliente } from './medidas.ts'

/** Where everything of a run lives; it disappears at the end. */
export interface Entorno {
  readonly carpeta: string
  /** A new migrated and seeded database, filled when a size is given. */
  crearBase(nombre: string, tamano?: Tamano): Promise<string>
  /** The real application in a process of its own, over that database. */
  iniciarApp(urlBase: string): Promise<App>
}

export interface App {
  readonly base: string
  readonly pid: number
  /** A client with the session of a superuser, as if that person had logged in. */
  entrar(): Promise<Cliente & { readonly csrf: string }>
  /** Resident memory now and its peak, in MB (Linux). */
  memoria(): { readonly actual: number; readonly pico: number }
  /** Starts the peak again from the memory of now. */
  olvidarPico(): void
  /** Largest number of queries that a request of that route (its pattern) has logged. */
  consultasDe(patron: string): number
  detener(): Promise<void>
}

/** A throwaway PostgreSQL, the embedded one with the settings it has in use (fsync on), for as long as `hacer` lasts. */
export async function conEntorno<T>(hacer: (entorno: Entorno) => Promise<T>): Promise<T> {
  const carpeta = mkdtempSync(join(tmpdir(), 'sascop-bench-'))
  const servidor = await usarBaseEmbebida({ carpeta })
  const apps: App[] = []
  const terminar = async () => {
    for (const app of apps) await app.detener()
    await servidor.soltar()
    rmSync(carpeta, { recursive: true, force: true })
  }
  const alCortar = () => {
    void terminar().finally(() => process.exit(130))
  }
  process.once('SIGINT', alCortar)
  process.once('SIGTERM', alCortar)
  try {
    return await hacer({
      carpeta,
      crearBase: (nombre, tamano) => crearBase(servidor.url, nombre, tamano),
      iniciarApp: async (urlBase) => {
        const app = await iniciarApp(urlBase, carpeta)
        apps.push(app)
        return app
      },
    })
  } finally {
    process.off('SIGINT', alCortar)
    process.off('SIGTERM', alCortar)
    await terminar()
  }
}

async function crearBase(servidor: string, nombre: string, tamano?: Tamano): Promise<string> {
  const admin = new pg.Client(servidor)
  await admin.connect()
  await admin.query(`CREATE DATABASE ${nombre}`)
  await admin.end()
  const url = new URL(servidor)
  url.pathname = `/${nombre}`
  await prepararEsquema(url.href)
  const pool = new pg.Pool({ connectionString: url.href })
  try {
    await pool.query(
      `INSERT INTO "user" (username, first_name, password, is_superuser) VALUES ('bench', 'Bench', '!', true)`,
    )
    if (tamano) await llenar(pool, tamano)
  } finally {
    await pool.end()
  }
  return url.href
}

async function iniciarApp(urlBase: string, carpeta: string): Promise<App> {
  const puerto = await puertoLibre()
  const base = `http://127.0.0.1:${String(puerto)}`
  const secreto = randomBytes(32).toString('hex')
  const hijo = spawn(process.execPath, [join(RAIZ, 'dist/scripts/servir.js')], {
    cwd: RAIZ,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(puerto),
      PUBLIC_URL: base,
      SECRET_KEY: secreto,
      DATABASE_URL: urlBase,
      DATA_DIR: mkdtempSync(join(carpeta, 'app-')),
      MAX_UPLOAD_MB: '200',
    },
  })
  const consultas = new Map<string, number>()
  createInterface({ input: hijo.stdout }).on('line', (linea) => {
    const { ruta, consultas: cuantas } = leerLinea(linea)
    if (ruta !== undefined) consultas.set(ruta, Math.max(consultas.get(ruta) ?? 0, cuantas ?? 0))
  })
  const pid = hijo.pid ?? 0
  const salio = new Promise<void>((listo) =>
    hijo.once('exit', () => {
      listo()
    }),
  )
  for (let i = 0; (await fetch(`${base}/salud`).catch(() => null))?.status !== 200; i += 1) {
    if (i > 300 || hijo.exitCode !== null) throw new Error('La aplicación no respondió.')
    await esperar(50)
  }
  const clientes: Cliente[] = []
  return {
    base,
    pid,
    async entrar() {
      const { cookie, csrf } = await crearSesion(urlBase, secreto)
      const cliente = Object.assign(new Cliente(base, { Cookie: cookie, 'X-CSRFToken': csrf }), { csrf })
      clientes.push(cliente)
      return cliente
    },
    memoria: () => memoriaDe(pid),
    olvidarPico: () => {
      olvidarPico(pid)
    },
    consultasDe: (patron) => consultas.get(patron) ?? 0,
    async detener() {
      for (const cliente of clientes) cliente.cerrar()
      if (hijo.exitCode === null) hijo.kill('SIGTERM')
      await salio
    },
  }
}

function leerLinea(linea: string): { ruta?: string; consultas?: number } {
  try {
    return JSON.parse(linea) as { ruta?: string; consultas?: number }
  } catch {
    return {}
  }
}

/** A row of the session store and its signed cookie, as express-session would have written them. */
async function crearSesion(urlBase: string, secreto: string): Promise<{ cookie: string; csrf: string }> {
  const sid = randomUUID()
  const csrf = randomBytes(16).toString('hex')
  const ahora = Date.now()
  const cliente = new pg.Client(urlBase)
  await cliente.connect()
  try {
    const { rows } = await cliente.query<{ id: string }>(`SELECT id FROM "user" WHERE username = 'bench'`)
    const sesion = {
      cookie: { originalMaxAge: 86_400_000, httpOnly: true, path: '/' },
      usuarioId: Number(rows[0]?.id),
      creada: ahora,
      ultimaActividad: ahora,
      csrfToken: csrf,
    }
    await cliente.query("INSERT INTO session (sid, sess, expire) VALUES ($1, $2, now() + interval '1 day')", [
      sid,
      JSON.stringify(sesion),
    ])
  } finally {
    await cliente.end()
  }
  const firma = createHmac('sha256', secreto).update(sid).digest('base64').replace(/=+$/, '')
  return { cookie: `sascop_sesion=${encodeURIComponent(`s:${sid}.${firma}`)}`, csrf }
}

/** Resident memory of a process as Linux tells it; elsewhere NaN, and the table says so. */
export function memoriaDe(pid: number): { actual: number; pico: number } {
  const campo = (texto: string, nombre: string) =>
    Number(new RegExp(`${nombre}:\\s+(\\d+)`).exec(texto)?.[1] ?? Number.NaN) / 1024
  try {
    const estado = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return { actual: campo(estado, 'VmRSS'), pico: campo(estado, 'VmHWM') }
  } catch {
    return { actual: Number.NaN, pico: Number.NaN }
  }
}

function olvidarPico(pid: number): void {
  try {
    writeFileSync(`/proc/${String(pid)}/clear_refs`, '5')
  } catch {
    // Not Linux, or not allowed: the peak is then that of the whole life of the process.
  }
}

function puertoLibre(): Promise<number> {
  return new Promise((cumplir, fallar) => {
    const prueba = createServer()
    prueba.once('error', fallar)
    prueba.listen(0, '127.0.0.1', () => {
      const direccion = prueba.address()
      prueba.close(() => {
        cumplir(typeof direccion === 'object' && direccion ? direccion.port : 0)
      })
    })
  })
}

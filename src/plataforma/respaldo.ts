// Backup and restore of everything people put in: rows, uploaded files and the state of the sequences. The embedded
// PostgreSQL comes without pg_dump, and the same file must serve an embedded and a served database, so it is our own:
// a .tar.gz with one JSON line per row. Sessions and queued jobs stay out: they belong to a running server.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg from 'pg'
import { z } from 'zod'
import { conCliente } from './cliente-pg.ts'
import { aplicarEstas, migracionesAplicadas } from './migraciones.ts'
import { EscritorTar, leerTar } from './tar.ts'

/** A backup that cannot be used; the message is for the person. */
export class ErrorDeRespaldo extends Error {
  override name = 'ErrorDeRespaldo'
}

const Manifiesto = z.object({
  formato: z.literal(1),
  creado: z.string(),
  version: z.string(),
  migraciones: z.array(z.string()),
  tablas: z.array(z.object({ nombre: z.string(), columnas: z.array(z.string()), filas: z.number() })),
  secuencias: z.array(z.object({ nombre: z.string(), valor: z.string(), usada: z.boolean() })),
  /** Partitions of the tables that have them, so that what comes back falls where it was. */
  particiones: z
    .array(
      z.object({
        padre: z.string(),
        nombre: z.string(),
        limites: z.string().regex(/^(DEFAULT|FOR VALUES FROM \('[\d: +.-]+'\) TO \('[\d: +.-]+'\))$/),
      }),
    )
    .default([]),
})
type Manifiesto = z.output<typeof Manifiesto>

/** What was saved or brought back. */
export interface ResumenDeRespaldo {
  readonly creado: string
  readonly tablas: number
  readonly filas: number
  readonly archivos: number
  readonly bytes: number
  /** The secret of its seals travels in it: DATA_DIR of the origin made it, no environment keeps it. */
  readonly conSecreto: boolean
}

const SIN_RESPALDO = ['_prisma_migrations', 'session']
const FILAS_POR_ENTRADA = 1000
const ENTRADA_DE_SECRETO = 'secreto-auditoria'
const FORMATO_AJENO = 'El archivo no es un respaldo de SASCOP, o está dañado o incompleto. No se cambió nada.'

/**
 * Writes a backup: one snapshot of the database (people may keep working) and the uploaded files. The file appears
 * under its name only when it is whole, readable by its owner only (it carries password hashes).
 * @param opciones.secreto what signs the seals of the activity log, when nothing outside DATA_DIR keeps it
 */
export async function respaldar(opciones: {
  url: string
  carpetaArchivos: string
  destino: string
  version: string
  ahora: Date
  secreto: string | null
}): Promise<ResumenDeRespaldo> {
  const { url, carpetaArchivos, destino, version, ahora, secreto } = opciones
  mkdirSync(dirname(destino), { recursive: true })
  const provisional = `${destino}.parte`
  try {
    const resumen = await conCliente(url, async (cliente) => {
      await cliente.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const manifiesto = await describir(cliente, version, ahora)
      const gzip = createGzip({ level: 6 })
      const tar = new EscritorTar(gzip)
      const escritura = pipeline(gzip, createWriteStream(provisional, { mode: 0o600 }))
      const llenado = (async () => {
        await tar.agregar('manifiesto.json', JSON.stringify(manifiesto, null, 2))
        if (secreto !== null) await tar.agregar(ENTRADA_DE_SECRETO, secreto)
        for (const { nombre, columnas } of manifiesto.tablas) await volcar(cliente, tar, nombre, columnas)
        const archivos = archivosDe(carpetaArchivos)
        for (const ruta of archivos)
          await tar.agregarArchivo(
            `archivos/${relative(carpetaArchivos, ruta).split(sep).join('/')}`,
            ruta,
            statSync(ruta).size,
          )
        await tar.terminar()
        return archivos.length
      })()
      // A full disk breaks the writing while the filling waits for room: the first of both to fail tells.
      const archivos = await Promise.all([llenado, escritura]).then(([cuantos]) => cuantos)
      await cliente.query('COMMIT')
      return { manifiesto, archivos }
    })
    renameSync(provisional, destino)
    return resumir(resumen.manifiesto, resumen.archivos, destino, secreto !== null)
  } catch (error) {
    rmSync(provisional, { force: true })
    throw error
  }
}

async function describir(cliente: pg.Client, version: string, ahora: Date): Promise<Manifiesto> {
  const { rows } = await cliente.query<{ nombre: string; columnas: string[] }>(
    // Generated columns are computed again when the row comes back.
    `SELECT c.relname AS nombre,
            array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columnas
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($1)
      GROUP BY c.relname ORDER BY c.relname`,
    [SIN_RESPALDO],
  )
  const tablas: Manifiesto['tablas'] = []
  for (const { nombre, columnas } of rows) {
    const { rows: cuenta } = await cliente.query<{ filas: string }>(`SELECT count(*) AS filas FROM ${comilla(nombre)}`)
    tablas.push({ nombre, columnas, filas: Number(cuenta[0]?.filas) })
  }
  return {
    formato: 1,
    creado: ahora.toISOString(),
    version,
    migraciones: await migracionesAplicadas(cliente),
    tablas,
    secuencias: await leerSecuencias(cliente),
    particiones: await leerParticiones(cliente),
  }
}

async function leerParticiones(cliente: pg.ClientBase): Promise<Manifiesto['particiones']> {
  const { rows } = await cliente.query<Manifiesto['particiones'][number]>(
    `SELECT p.relname AS padre, c.relname AS nombre, pg_get_expr(c.relpartbound, c.oid) AS limites
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
      WHERE c.relnamespace = 'public'::regnamespace AND c.relispartition AND c.relkind IN ('r', 'p') ORDER BY 1, 2`,
  )
  return rows
}

async function leerSecuencias(cliente: pg.Client): Promise<Manifiesto['secuencias']> {
  const { rows } = await cliente.query<{ nombre: string }>(
    `SELECT relname AS nombre FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY relname`,
  )
  const secuencias: Manifiesto['secuencias'] = []
  for (const { nombre } of rows) {
    const { rows: estado } = await cliente.query<{ valor: string; usada: boolean }>(
      `SELECT last_value::text AS valor, is_called AS usada FROM ${comilla(nombre)}`,
    )
    if (estado[0]) secuencias.push({ nombre, ...estado[0] })
  }
  return secuencias
}

async function volcar(cliente: pg.Client, tar: EscritorTar, tabla: string, columnas: readonly string[]): Promise<void> {
  const lista = columnas.map(comilla).join(', ')
  await cliente.query(
    `DECLARE volcado NO SCROLL CURSOR FOR SELECT to_jsonb(f)::text AS linea FROM (SELECT ${lista} FROM ${comilla(tabla)}) f`,
  )
  for (let numero = 1; ; numero += 1) {
    const { rows } = await cliente.query<{ linea: string }>(`FETCH ${FILAS_POR_ENTRADA} FROM volcado`)
    if (rows.length === 0) break
    await tar.agregar(
      `tablas/${tabla}/${String(numero).padStart(6, '0')}.jsonl`,
      rows.map(({ linea }) => `${linea}\n`).join(''),
    )
  }
  await cliente.query('CLOSE volcado')
}

/** Whether a database holds orders or proposals that a restore would throw away. */
export function tieneDatos(url: string): Promise<boolean> {
  return conCliente(url, async (cliente) => {
    const { rows } = await cliente.query<{ hay: boolean }>(
      'SELECT EXISTS (SELECT 1 FROM ot) OR EXISTS (SELECT 1 FROM pte_header) AS hay',
    )
    return rows[0]?.hay === true
  })
}

/**
 * Replaces everything by what a backup holds: the schema of that backup, its rows and sequences, in one transaction
 * (on any fault the database stays as it was), then its files and the secret of its seals, which stays in
 * `archivoDeSecreto` (and is removed from there when the backup carries none). Later migrations are for the caller to apply.
 * @throws ErrorDeRespaldo not a backup, damaged, of a later version, or rows that break a rule of the database
 */
export async function restaurar(opciones: {
  url: string
  carpetaArchivos: string
  origen: string
  carpetaMigraciones: string
  archivoDeSecreto: string
}): Promise<ResumenDeRespaldo> {
  const { url, carpetaArchivos, origen, carpetaMigraciones, archivoDeSecreto } = opciones
  const provisional = `${carpetaArchivos}.restaurando`
  rmSync(provisional, { recursive: true, force: true })
  mkdirSync(provisional, { recursive: true, mode: 0o700 })
  try {
    const { resumen, secreto } = await conCliente(url, (cliente) =>
      reponer(cliente, origen, provisional, carpetaMigraciones),
    )
    if (secreto === null) rmSync(archivoDeSecreto, { force: true })
    else writeFileSync(archivoDeSecreto, secreto, { mode: 0o600 })
    // The rows are committed: now the files they name. The old ones go only when the new ones are in place.
    const anterior = `${carpetaArchivos}.anterior`
    rmSync(anterior, { recursive: true, force: true })
    if (existsSync(carpetaArchivos)) renameSync(carpetaArchivos, anterior)
    renameSync(provisional, carpetaArchivos)
    rmSync(anterior, { recursive: true, force: true })
    return resumen
  } finally {
    rmSync(provisional, { recursive: true, force: true })
  }
}

async function reponer(
  cliente: pg.Client,
  origen: string,
  carpeta: string,
  carpetaMigraciones: string,
): Promise<{ resumen: ResumenDeRespaldo; secreto: string | null }> {
  await cliente.query('BEGIN')
  const selloAnterior = await valorDe(cliente, 'cambios_ot')
  let manifiesto: Manifiesto | null = null
  const cargadas = new Map<string, number>()
  let archivos = 0
  let secreto: string | null = null
  const fuente = createReadStream(origen)
  const gunzip = createGunzip()
  fuente.once('error', (error) => gunzip.destroy(error))
  fuente.pipe(gunzip)
  try {
    for await (const { nombre, contenido, trozos } of leerTar(gunzip)) {
      if (!manifiesto) {
        if (nombre !== 'manifiesto.json') throw new ErrorDeRespaldo(FORMATO_AJENO)
        manifiesto = Manifiesto.parse(JSON.parse((await contenido()).toString('utf8')))
        await reconstruir(cliente, manifiesto, carpetaMigraciones)
        continue
      }
      const [, tabla] = /^tablas\/([a-z_]+)\/\d+\.jsonl$/.exec(nombre) ?? []
      if (tabla !== undefined) {
        const columnas = manifiesto.tablas.find((t) => t.nombre === tabla)?.columnas
        if (!columnas) throw new ErrorDeRespaldo(FORMATO_AJENO)
        const cuantas = await cargar(cliente, tabla, columnas, (await contenido()).toString('utf8'))
        cargadas.set(tabla, (cargadas.get(tabla) ?? 0) + cuantas)
      } else if (/^archivos\/(?!.*(^|\/)\.\.(\/|$))[^/].*$/.test(nombre)) {
        const ruta = join(carpeta, nombre.slice('archivos/'.length))
        mkdirSync(dirname(ruta), { recursive: true })
        await pipeline(trozos(), createWriteStream(ruta, { mode: 0o600 }))
        archivos += 1
      } else if (nombre === ENTRADA_DE_SECRETO) secreto = (await contenido()).toString('utf8')
      else throw new ErrorDeRespaldo(FORMATO_AJENO)
    }
  } catch (error) {
    throw traducir(error, origen)
  }
  if (!manifiesto) throw new ErrorDeRespaldo(FORMATO_AJENO)
  for (const { nombre, filas } of manifiesto.tablas)
    if ((cargadas.get(nombre) ?? 0) !== filas) throw new ErrorDeRespaldo(FORMATO_AJENO)
  await rematar(cliente, manifiesto, selloAnterior)
  await cliente.query('COMMIT')
  return { resumen: resumir(manifiesto, archivos, origen, secreto !== null), secreto }
}

/** The schema of the backup, empty, with triggers and foreign keys put aside until every row is in. */
async function reconstruir(
  cliente: pg.Client,
  { migraciones, tablas, particiones }: Manifiesto,
  carpeta: string,
): Promise<void> {
  await cliente.query('DROP SCHEMA public CASCADE')
  await cliente.query('CREATE SCHEMA public')
  try {
    await aplicarEstas(cliente, carpeta, migraciones)
  } catch (error) {
    throw new ErrorDeRespaldo((error as Error).message, { cause: error })
  }
  const existentes = new Set((await leerParticiones(cliente)).map(({ nombre }) => nombre))
  for (const { padre, nombre, limites } of particiones)
    if (!existentes.has(nombre))
      await cliente.query(`CREATE TABLE ${comilla(nombre)} PARTITION OF ${comilla(padre)} ${limites}`)
  await cliente.query(`
    CREATE TEMP TABLE llaves_aparte ON COMMIT DROP AS
      SELECT conrelid::regclass::text AS tabla, quote_ident(conname) AS nombre, pg_get_constraintdef(oid) AS definicion
        FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace`)
  await paraCada(
    cliente,
    'SELECT tabla, nombre FROM llaves_aparte',
    (f) => `ALTER TABLE ${f.tabla} DROP CONSTRAINT ${f.nombre}`,
  )
  for (const { nombre } of tablas) {
    await disparadores(cliente, nombre, 'DISABLE')
    await cliente.query(`TRUNCATE ${comilla(nombre)}`)
  }
}

async function cargar(cliente: pg.Client, tabla: string, columnas: readonly string[], lineas: string): Promise<number> {
  const lista = columnas.map(comilla).join(', ')
  const { rowCount } = await cliente.query(
    `INSERT INTO ${comilla(tabla)} (${lista}) OVERRIDING SYSTEM VALUE
     SELECT ${lista} FROM json_populate_recordset(NULL::${comilla(tabla)}, $1::json)`,
    [`[${lineas.trimEnd().replaceAll('\n', ',')}]`],
  )
  return rowCount ?? 0
}

async function rematar(cliente: pg.Client, { tablas, secuencias }: Manifiesto, selloAnterior: bigint): Promise<void> {
  for (const { nombre } of tablas) await disparadores(cliente, nombre, 'ENABLE')
  // Adding a foreign key checks every row: a backup that lacks something is refused here.
  await paraCada(
    cliente,
    'SELECT tabla, nombre, definicion FROM llaves_aparte',
    (f) => `ALTER TABLE ${f.tabla} ADD CONSTRAINT ${f.nombre} ${f.definicion}`,
  )
  for (const { nombre, valor, usada } of secuencias)
    await cliente.query('SELECT setval(to_regclass($1), $2, $3)', [`public.${comilla(nombre)}`, valor, usada])
  // A server that is up keeps counts under this seal; it must not find one it has already seen.
  await cliente.query(`SELECT setval('cambios_ot', greatest($1::bigint, last_value) + 1) FROM cambios_ot`, [
    selloAnterior,
  ])
  const { rows } = await cliente.query<{ hay: boolean }>("SELECT to_regclass('trabajos.job') IS NOT NULL AS hay")
  // Jobs that wait speak of rows that are no longer there.
  if (rows[0]?.hay) await cliente.query('DELETE FROM trabajos.job')
}

/** Of a table and of each of its partitions, which have their own. */
async function disparadores(cliente: pg.Client, tabla: string, orden: 'ENABLE' | 'DISABLE'): Promise<void> {
  const { rows } = await cliente.query<{ nombre: string }>(
    `SELECT c.relname AS nombre FROM pg_class c WHERE c.oid = to_regclass($1)
      UNION ALL SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass($1)`,
    [`public.${comilla(tabla)}`],
  )
  for (const { nombre } of rows) await cliente.query(`ALTER TABLE ${comilla(nombre)} ${orden} TRIGGER USER`)
}

async function paraCada(
  cliente: pg.Client,
  consulta: string,
  sentencia: (fila: Record<'tabla' | 'nombre' | 'definicion', string>) => string,
): Promise<void> {
  const { rows } = await cliente.query<Record<'tabla' | 'nombre' | 'definicion', string>>(consulta)
  for (const fila of rows) await cliente.query(sentencia(fila))
}

async function valorDe(cliente: pg.Client, secuencia: string): Promise<bigint> {
  const { rows } = await cliente.query<{ hay: boolean }>('SELECT to_regclass($1) IS NOT NULL AS hay', [secuencia])
  if (!rows[0]?.hay) return 0n
  const { rows: valor } = await cliente.query<{ valor: string }>(
    `SELECT last_value::text AS valor FROM ${comilla(secuencia)}`,
  )
  return BigInt(valor[0]?.valor ?? 0)
}

function traducir(error: unknown, origen: string): unknown {
  if (error instanceof ErrorDeRespaldo) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new ErrorDeRespaldo(`No existe el archivo ${origen}.`)
  if (code === 'EISDIR') return new ErrorDeRespaldo(`${origen} es una carpeta.`)
  // Five characters = SQLSTATE: the backup is readable but breaks a rule of the database.
  if (/^[0-9A-Z]{5}$/.test(code ?? ''))
    return new ErrorDeRespaldo(`El respaldo no se pudo cargar y no se cambió nada: ${message}`, { cause: error })
  return new ErrorDeRespaldo(FORMATO_AJENO, { cause: error })
}

function resumir(
  { creado, tablas }: Manifiesto,
  archivos: number,
  ruta: string,
  conSecreto: boolean,
): ResumenDeRespaldo {
  const filas = tablas.reduce((total, tabla) => total + tabla.filas, 0)
  return { creado, tablas: tablas.length, filas, archivos, bytes: statSync(ruta).size, conSecreto }
}

/** Files that are whole: what is still arriving is in a name that begins with a dot or ends in `.parte`. */
function archivosDe(carpeta: string): string[] {
  if (!existsSync(carpeta)) return []
  return readdirSync(carpeta, { recursive: true, withFileTypes: true })
    .filter((entrada) => entrada.isFile() && !/^\.|\.parte$/.test(basename(entrada.name)))
    .map((entrada) => join(entrada.parentPath, entrada.name))
    .sort()
}

function comilla(identificador: string): string {
  return pg.escapeIdentifier(identificador)
}

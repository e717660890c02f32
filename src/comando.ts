import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { sembrarCatalogos } from '../prisma/seed/catalogos/index.ts'
import { ErrorDeDominio } from './comun/errores.ts'
import './conexiones.ts'
import { diaLocal } from './comun/fechas.ts'
import { ErrorDeBaseEmbebida, usarBaseEmbebida } from './plataforma/bd-embebida.ts'
import { conectar, type Conexion, esErrorDeConexion } from './plataforma/bd.ts'
import { type Config, configDelProceso, ErrorDeConfig } from './plataforma/config.ts'
import type { Contexto } from './plataforma/contexto.ts'
import { aplicarMigraciones, migracionesPendientes } from './plataforma/migraciones.ts'
import { RAIZ } from './plataforma/raiz.ts'
import { crearReloj } from './plataforma/reloj.ts'

/** One option of a command: `--nombre` (bandera) or `--nombre=VALOR` (texto). */
export interface Opcion {
  readonly tipo: 'bandera' | 'texto'
  readonly ayuda: string
  /** How the value is called in the help: `RUTA` */
  readonly valor?: string
}

/** What a command says of itself; its help is written from here. */
export interface Definicion<O extends Readonly<Record<string, Opcion>>> {
  /** As typed: `importar-ot` */
  readonly nombre: string
  /** First line of the help: what it does */
  readonly ayuda: string
  /** Positional arguments, all mandatory unless the last one says otherwise */
  readonly argumentos?: readonly { readonly nombre: string; readonly ayuda: string; readonly opcional?: boolean }[]
  readonly opciones: O
  /** Adds `--json` */
  readonly json?: boolean
  /** Exit code of a refusal or a fault (default 1) */
  readonly codigoDeFallo?: number
  /** Runs without the database */
  readonly sinBase?: boolean
}

type Valores<O extends Readonly<Record<string, Opcion>>> = {
  readonly [C in keyof O]: O[C]['tipo'] extends 'bandera' ? boolean : string | undefined
}

/** What a command works with. */
export interface Herramientas<O extends Readonly<Record<string, Opcion>>> {
  /** Acts as *Sistema* */
  readonly ctx: Contexto
  readonly conexion: Conexion
  readonly urlBase: string
  readonly config: Config
  readonly opciones: Valores<O>
  readonly argumentos: readonly string[]
  readonly json: boolean
  /** A line for the person; with --json it goes to standard error, so that standard output is only JSON */
  readonly decir: (linea: string) => void
  /** The machine-readable result; printed only with --json */
  readonly entregar: (resultado: unknown) => void
}

/**
 * Runs a command: options, help, database (the one of DATABASE_URL, else the embedded one, started when needed and
 * left as it was found), context and exit code. Ends the process.
 * @param hacer returns the exit code (nothing = 0); a refusal of the domain is printed and ends with `codigoDeFallo`
 */
export async function ejecutarComando<const O extends Readonly<Record<string, Opcion>>>(
  definicion: Definicion<O>,
  hacer: (herramientas: Herramientas<O>) => Promise<number | undefined>,
): Promise<void> {
  const codigoDeFallo = definicion.codigoDeFallo ?? 1
  const leido = leerArgumentos(definicion, process.argv.slice(2))
  if ('ayuda' in leido) {
    console.log(leido.ayuda)
    process.exit(0)
  }
  if ('falta' in leido) {
    console.error(`${leido.falta}\nCon «npm run ${definicion.nombre} -- --ayuda» se explica cómo se usa.`)
    process.exit(codigoDeFallo)
  }
  const { opciones, argumentos, json } = leido
  let codigo: number
  try {
    const config = configDelProceso()
    codigo = await conBase(config, definicion.nombre, async (base) => {
      const resultado = await hacer({
        ...base,
        config,
        opciones,
        argumentos,
        json,
        decir: (linea) => {
          if (json) console.error(linea)
          else console.log(linea)
        },
        entregar: (valor) => {
          if (json) process.stdout.write(`${JSON.stringify(valor)}\n`)
        },
      })
      return resultado ?? 0
    })
  } catch (error) {
    explicar(error)
    codigo = codigoDeFallo
  }
  // Standard output may be a pipe that has not drained yet; exiting at once would cut it.
  process.stdout.write('', () => process.exit(codigo))
}

/** Base of a command or of the first start: a connection that acts as *Sistema*. */
export interface BaseAbierta {
  readonly ctx: Contexto
  readonly conexion: Conexion
  readonly urlBase: string
}

/** Opens the database of the configuration, does something with it and leaves it as it was found. */
async function conBase<T>(config: Config, nombre: string, hacer: (base: BaseAbierta) => Promise<T>): Promise<T> {
  const embebida = config.urlBase === null ? await usarBaseEmbebida({ carpeta: config.carpetaDatos }) : null
  const urlBase = config.urlBase ?? embebida?.url ?? ''
  let conexion: Conexion | null = null
  const cerrar = async () => {
    await conexion?.cerrar()
    await embebida?.soltar()
  }
  const alCortar = (senal: NodeJS.Signals) => {
    // What was not committed goes back by itself when the connection falls.
    const codigo = senal === 'SIGINT' ? 130 : 143
    void Promise.resolve(embebida?.soltar()).finally(() => process.exit(codigo))
  }
  process.once('SIGINT', alCortar)
  process.once('SIGTERM', alCortar)
  try {
    await exigirEsquema(urlBase, config)
    conexion = conectar(urlBase, { alFallar: () => undefined })
    return await hacer({ ctx: contextoDeSistema(conexion, config, nombre), conexion, urlBase })
  } finally {
    await cerrar()
  }
}

/** A new database is prepared on the way, so that a command works before the first start; production is not touched. */
async function exigirEsquema(url: string, config: Config): Promise<void> {
  const pendientes = await migracionesPendientes(url, join(RAIZ, 'prisma/migrations'))
  if (pendientes.length === 0) return
  if (config.produccion)
    throw new ErrorDeConfig([
      `A la base le faltan ${pendientes.length} migraciones (${pendientes.join(', ')}). Aplícalas con «npm run bd:migrar».`,
    ])
  await prepararEsquema(url)
}

/**
 * Migrations that are pending and catalogue rows that are missing.
 * @returns the names of the migrations applied
 */
export async function prepararEsquema(url: string): Promise<readonly string[]> {
  const aplicadas = await aplicarMigraciones(url, join(RAIZ, 'prisma/migrations'))
  const cliente = new pg.Client({ connectionString: url })
  await cliente.connect()
  try {
    await sembrarCatalogos(cliente)
  } finally {
    await cliente.end()
  }
  return aplicadas
}

/** *Sistema* at work in a command: `agente` is what the audit log shows as origin. */
export function contextoDeSistema(conexion: Conexion, config: Pick<Config, 'reloj'>, comando: string): Contexto {
  const ahora = crearReloj(config.reloj).ahora()
  return {
    usuario: null,
    sistema: true,
    permisos: new Set(),
    solicitudId: randomUUID(),
    transaccion: randomUUID(),
    ip: null,
    agente: `comando ${comando}`,
    ahora,
    hoy: diaLocal(ahora),
    bd: conexion.bd,
  }
}

type Leido<O extends Readonly<Record<string, Opcion>>> =
  { ayuda: string } | { falta: string } | { opciones: Valores<O>; argumentos: readonly string[]; json: boolean }

/** Pure: from what was typed to options and arguments, to the help, or to a Spanish sentence that says what is wrong. */
export function leerArgumentos<O extends Readonly<Record<string, Opcion>>>(
  definicion: Definicion<O>,
  escrito: readonly string[],
): Leido<O> {
  const { opciones: declaradas, argumentos: posiciones = [] } = definicion
  let leido
  try {
    leido = parseArgs({
      args: [...escrito],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(
          Object.entries(declaradas).map(([nombre, { tipo }]) => [
            nombre,
            { type: tipo === 'bandera' ? ('boolean' as const) : ('string' as const) },
          ]),
        ),
        ...(definicion.json ? { json: { type: 'boolean' as const } } : {}),
        ayuda: { type: 'boolean' as const },
      },
    })
  } catch (error) {
    return { falta: traducirFalta(error) }
  }
  const valores: Record<string, unknown> = leido.values
  if (valores['ayuda'] === true) return { ayuda: textoDeAyuda(definicion) }
  const obligatorias = posiciones.filter(({ opcional }) => !opcional)
  const falta = obligatorias[leido.positionals.length]
  if (falta) return { falta: `Falta ${falta.nombre}: ${falta.ayuda}.` }
  const sobra = leido.positionals[posiciones.length]
  if (sobra !== undefined) return { falta: `No se entiende «${sobra}».` }
  const opciones = Object.fromEntries(
    Object.entries(declaradas).map(([nombre, { tipo }]) => [
      nombre,
      tipo === 'bandera' ? valores[nombre] === true : valores[nombre],
    ]),
  ) as Valores<O>
  return { opciones, argumentos: leido.positionals, json: valores['json'] === true }
}

function traducirFalta(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const opcion = /'(-[^'\s]*)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `No existe la opción «${opcion}».`
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
    return message.includes('does not take an argument')
      ? `La opción «${opcion}» no lleva valor.`
      : `A la opción «${opcion}» le falta su valor: ${opcion}=VALOR.`
  return message
}

function textoDeAyuda<O extends Readonly<Record<string, Opcion>>>(definicion: Definicion<O>): string {
  const { nombre, ayuda, argumentos = [], opciones, json } = definicion
  const filas: [string, string][] = [
    ...argumentos.map((argumento): [string, string] => [argumento.nombre, argumento.ayuda]),
    ...Object.entries(opciones).map(([clave, { valor, tipo, ayuda: texto }]): [string, string] => [
      tipo === 'texto' ? `--${clave}=${valor ?? 'VALOR'}` : `--${clave}`,
      texto,
    ]),
    ...(json ? [['--json', 'resultado como JSON en la salida estándar'] as [string, string]] : []),
    ['--ayuda', 'muestra esto'],
  ]
  const ancho = Math.max(...filas.map(([izquierda]) => izquierda.length))
  const uso = [
    'npm run',
    nombre,
    '--',
    ...argumentos.map((a) => (a.opcional ? `[${a.nombre}]` : a.nombre)),
    '[opciones]',
  ]
  return [ayuda, '', `Uso: ${uso.join(' ')}`, '', ...filas.map(([i, d]) => `  ${i.padEnd(ancho)}  ${d}`)].join('\n')
}

function explicar(error: unknown): void {
  if (error instanceof ErrorDeDominio) {
    console.error(error.detalles)
    for (const mensaje of Object.values(error.campos ?? {}))
      if (mensaje !== error.detalles) console.error(`- ${mensaje}`)
  } else if (error instanceof ErrorDeConfig || error instanceof ErrorDeBaseEmbebida) {
    console.error(error.message)
  } else if (esErrorDeConexion(error)) {
    console.error(avisoSinConexion(error))
  } else {
    console.error('El comando falló por un error no previsto:')
    console.error(error)
  }
}

/** What to do when the database does not answer. */
export function avisoSinConexion(error: unknown): string {
  const motivo =
    error instanceof Error && error.message ? error.message : String((error as { code?: unknown }).code ?? error)
  return `No se pudo conectar con la base de datos (${motivo}). Revisa DATABASE_URL y que el servidor esté encendido.`
}

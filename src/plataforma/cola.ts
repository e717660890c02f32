import PgBoss from 'pg-boss'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Conexion } from './bd.ts'
import type { Contexto, CtxTx } from './contexto.ts'

/** Schema of the queue inside our database; pg-boss creates and upgrades it. */
const ESQUEMA = 'trabajos'

/** A kind of background work: its name, what travels with it and how it fails. */
export interface Trabajo<E extends z.ZodType = z.ZodType> {
  /** kebab-case, unique: `importar-ot`. */
  readonly nombre: string
  readonly datos: E
  /** How long one run may take before it is given up. */
  readonly minutos: number
  /** Runs after a failure; 0 unless the handler is idempotent. */
  readonly reintentos: number
  /** Seconds before the first of those runs, doubled each time; 1 unless told. */
  readonly pausaS?: number
}

/** A kind of work and who does it; modules export theirs in `*.jobs.ts`, `src/trabajos.ts` lists them all. */
export interface Oficio {
  readonly trabajo: Trabajo
  readonly manejar: (ctx: Contexto, datos: never) => Promise<void>
}

/**
 * Ties a kind of work to its handler, a few lines that call a service.
 * The context is the one of the person who queued it (permissions of now), or *Sistema*; `bd` is the pool of the process.
 */
export function oficio<E extends z.ZodType>(
  trabajo: Trabajo<E>,
  manejar: (ctx: Contexto, datos: z.output<E>) => Promise<void>,
): Oficio {
  return { trabajo, manejar }
}

/** What a row of the queue carries. */
interface Sobre {
  readonly usuarioId: number | null
  readonly datos: unknown
}

// Only its commands are used: it never starts nor connects, each call brings the transaction it runs in.
const emisor = new PgBoss({
  schema: ESQUEMA,
  db: { executeSql: () => Promise.reject(new Error('encolar() necesita una transacción')) },
})

/**
 * Queues work in the current transaction: if it rolls back, the work never existed; if it commits, it will be done.
 * @throws Error when nobody serves that kind of work in this database (the queue was never started).
 */
export async function encolar<E extends z.ZodType>(ctx: CtxTx, trabajo: Trabajo<E>, datos: z.input<E>): Promise<void> {
  const sobre: Sobre = { usuarioId: ctx.usuario?.id ?? null, datos }
  const executeSql = async (texto: string, valores: unknown[]) => ({
    rows: await ctx.bd.$queryRawUnsafe<unknown[]>(texto, ...valores),
  })
  const id = await emisor.send(trabajo.nombre, sobre, {
    db: { executeSql },
    retryLimit: trabajo.reintentos,
    retryBackoff: true,
    retryDelay: trabajo.pausaS ?? 1,
    expireInSeconds: trabajo.minutos * 60,
  })
  if (id === null) throw new Error(`No hay una cola «${trabajo.nombre}»: el proceso que la atiende no ha iniciado.`)
}

/** The worker of this process. */
export interface Cola {
  /** Prepares the schema and starts serving; may be called again after a failure. */
  iniciar(): Promise<void>
  /** Waits for the work in hand, up to that time. */
  detener(esperaMs?: number): Promise<void>
}

/**
 * Serves the queue through the pool of the process. While the database is away it says so in the log and tries again
 * by itself.
 * @param contextoDe context of the person who queued the work, or of *Sistema* with null.
 */
export function crearCola(opciones: {
  conexion: Conexion
  bitacora: Logger
  oficios: readonly Oficio[]
  contextoDe: (usuarioId: number | null) => Promise<Contexto>
  /** Seconds between looks at each queue. */
  cadaSegundos?: number
}): Cola {
  const { conexion, bitacora, oficios, contextoDe, cadaSegundos = 1 } = opciones
  const jefe = new PgBoss({
    schema: ESQUEMA,
    schedule: false,
    db: { executeSql: (texto, valores) => conexion.pool.query(texto, valores as unknown[]) },
  })
  // Without a listener an error of a lost connection would end the process.
  jefe.on('error', (error) => {
    bitacora.warn({ err: error }, 'cola de trabajos')
  })
  const atender = async ({ trabajo, manejar }: Oficio): Promise<void> => {
    await jefe.createQueue(trabajo.nombre, {
      name: trabajo.nombre,
      retryLimit: trabajo.reintentos,
      expireInSeconds: trabajo.minutos * 60,
    })
    await jefe.work<Sobre>(trabajo.nombre, { pollingIntervalSeconds: cadaSegundos, batchSize: 1 }, async (lote) => {
      for (const { id, data } of lote) {
        try {
          await manejar(await contextoDe(data.usuarioId), trabajo.datos.parse(data.datos) as never)
        } catch (error) {
          bitacora.error({ err: error, trabajo: trabajo.nombre, id }, 'trabajo fallido')
          throw error
        }
      }
    })
  }
  return {
    async iniciar() {
      await jefe.start()
      for (const cada of oficios) await atender(cada)
    },
    async detener(esperaMs = 10_000) {
      await jefe.stop({ graceful: true, wait: true, timeout: esperaMs })
    },
  }
}

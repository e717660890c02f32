/** A thread that does heavy work, so that the process that answers people never stops for it. */
import { setPriority } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'
import { DatosInvalidos, ErrorDeDominio } from '../comun/errores.ts'

/** Memory of the thread: work that needs more ends it and is refused, and the process goes on. */
const MEGAS_DEL_HILO = 1024

/** What the thread answers: the result, a refusal for the person, or a fault of ours. */
type Respuesta = { readonly listo: unknown } | { readonly rechazo: string } | { readonly falla: string }

/** The side of who asks. Close it always. */
export interface Hilo<E> {
  /** @throws DatosInvalidos what the thread refused. */
  pedir(encargo: E): Promise<unknown>
  cerrar(): Promise<void>
}

/**
 * Starts the thread of that entry (`*.trabajador.ts`).
 * @param sinMemoria what is told when the work does not fit.
 */
export function abrirHilo<E>(entrada: URL, sinMemoria: string): Hilo<E> {
  const hilo = new Worker(entrada, {
    resourceLimits: { maxOldGenerationSizeMb: MEGAS_DEL_HILO, maxYoungGenerationSizeMb: 12 },
  })
  return {
    pedir: (encargo) =>
      new Promise((listo, fallo) => {
        const alFallar = (error: NodeJS.ErrnoException): void => {
          fallo(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new DatosInvalidos(sinMemoria) : error)
        }
        hilo.once('error', alFallar)
        hilo.once('message', (respuesta: Respuesta) => {
          hilo.off('error', alFallar)
          if ('listo' in respuesta) listo(respuesta.listo)
          else fallo('rechazo' in respuesta ? new DatosInvalidos(respuesta.rechazo) : new Error(respuesta.falla))
        })
        hilo.postMessage(encargo)
      }),
    cerrar: async () => {
      await hilo.terminate()
    },
  }
}

/**
 * One piece of work with a workbook, in a thread of its own that ends with it; in this one when the sources run without
 * compiling (tests), where a thread could not load them.
 * @param entrada its `*.trabajador.js`.
 * @param atender what that thread does.
 * @throws DatosInvalidos what the work refused.
 */
export async function trabajarAparte<E>(entrada: URL, encargo: E, atender: (encargo: E) => unknown): Promise<unknown> {
  if (import.meta.url.endsWith('.ts')) return atender(encargo)
  const hilo = abrirHilo<E>(entrada, 'El libro necesita demasiada memoria para leerse. Divídelo en varios libros.')
  try {
    return await hilo.pedir(encargo)
  } finally {
    await hilo.cerrar()
  }
}

/** The side of the thread: what it does with each thing it is asked, one at a time. */
export function atenderEncargos<E>(atender: (encargo: E) => unknown): void {
  // People first: with both processors busy this thread gets the smaller part. Only Linux knows the priority of a
  // thread; elsewhere it would be that of the whole process.
  if (process.platform === 'linux') setPriority(5)
  parentPort?.on('message', (encargo: E) => {
    void responder(() => atender(encargo)).then((respuesta) => parentPort?.postMessage(respuesta))
  })
}

async function responder(hacer: () => unknown): Promise<Respuesta> {
  try {
    return { listo: await hacer() }
  } catch (error) {
    if (error instanceof ErrorDeDominio) return { rechazo: error.detalles }
    return { falla: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

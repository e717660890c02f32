import { setTimeout as esperar } from 'node:timers/promises'
import { ErrorDeDominio, NoEncontrado, type TipoAviso } from '../../comun/errores.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import {
  actualizarTarea,
  buscarTarea,
  buscarTareaViva,
  buscarUltimaTarea,
  cerrarTareasInterrumpidas,
  insertarTarea,
  listarConArchivo,
  listarOlvidadas,
  ponerArchivo,
  soltarArchivo,
} from './tareas.repo.ts'
import type { Tarea } from './tareas.tipos.ts'

/**
 * Registers work that somebody will wait for; normally in the transaction that queues it (`encolar`).
 * @returns the id that `/operaciones/tareas/<ID>/estado/` follows.
 */
export function crearTarea(ctx: CtxTx, datos: { tipo: string; mensaje: string; archivo?: string }): Promise<number> {
  return insertarTarea(ctx, { ...datos, archivo: datos.archivo ?? null })
}

/** Says how far it is (0 to 100, never back) and what it is doing. Outside the transaction of the work, to be seen. */
export async function avanzarTarea(ctx: CtxLectura, id: number, avance: number, mensaje: string): Promise<void> {
  await actualizarTarea(ctx.bd, id, {
    estado: 'en_proceso',
    avance: Math.min(99, Math.max(0, Math.floor(avance))),
    mensaje,
  })
}

/** Ends it well, with its result. */
export async function terminarTarea(ctx: CtxLectura, id: number, mensaje: string, resultado: unknown): Promise<void> {
  await actualizarTarea(ctx.bd, id, { estado: 'terminada', avance: 100, mensaje, resultado })
}

/** Ends it badly, with a sentence for the person and, when there is one, what was found. */
export async function fallarTarea(ctx: CtxLectura, id: number, mensaje: string, resultado?: unknown): Promise<void> {
  await actualizarTarea(ctx.bd, id, { estado: 'fallida', avance: 0, mensaje, resultado })
}

/**
 * A job of the person who asks (a superuser and *Sistema* see all).
 * @throws NoEncontrado also when it is somebody else's: that it exists is not told.
 */
export async function verTarea(ctx: CtxLectura, id: number): Promise<Tarea> {
  const tarea = await buscarTarea(ctx.bd, id)
  const suya =
    tarea &&
    (ctx.sistema ||
      ctx.usuario?.esSuperusuario === true ||
      (ctx.usuario !== null && tarea.usuarioId === ctx.usuario.id))
  if (!suya) throw new NoEncontrado('La tarea no existe.')
  return tarea
}

/** The job of that kind that is waiting or running, whoever asked for it; null when there is none. */
export function tareaEnCurso(ctx: CtxLectura, tipo: string): Promise<Tarea | null> {
  return buscarTareaViva(ctx.bd, tipo)
}

/** At the start of the only worker: what was running died with the process before. Returns how many. */
export function cerrarInterrumpidas(ctx: Contexto): Promise<number> {
  return cerrarTareasInterrumpidas(
    ctx.bd,
    'Se interrumpió porque el sistema se reinició. Nada quedó a medias: inténtalo de nuevo.',
  )
}

/** How long a request waits for the work it started before it answers 202 (settled.md §4), and how often it looks. */
const ESPERA_MS = 30_000
const MIRAR_CADA_MS = 150

/** The job when it ends, or as it is after thirty seconds. */
export async function esperarTarea(ctx: CtxLectura, id: number): Promise<Tarea> {
  for (let transcurrido = 0; ; transcurrido += MIRAR_CADA_MS) {
    const tarea = await verTarea(ctx, id)
    if (tarea.estado === 'terminada' || tarea.estado === 'fallida' || transcurrido >= ESPERA_MS) return tarea
    await esperar(MIRAR_CADA_MS)
  }
}

/** What is kept of a refusal, so that whoever waits answers it as if it had been told at once. */
export interface FalloDeTarea {
  readonly estado: number
  readonly tipo_aviso: TipoAviso
  readonly codigo: string | null
  readonly campos?: Readonly<Record<string, string>>
  /** Keys of its own that travel beside `detalles`. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/**
 * Runs the work of a job: a refusal of the domain ends it with its sentence; a fault of ours ends it too and is thrown
 * on, for the log.
 * @param hacer receives how to tell the progress; what it returns is the last message and the result.
 */
export async function ejecutarTarea(
  ctx: Contexto,
  id: number,
  hacer: (
    avanzar: (avance: number, mensaje: string) => Promise<void>,
  ) => Promise<{ mensaje: string; resultado: unknown }>,
): Promise<void> {
  let ultimo = ''
  const avanzar = async (avance: number, mensaje: string): Promise<void> => {
    // A loop of thousands of rows may tell each one: only what people would notice is written.
    const ahora = `${String(Math.floor(avance))} ${mensaje}`
    if (ahora === ultimo) return
    ultimo = ahora
    await avanzarTarea(ctx, id, avance, mensaje)
  }
  try {
    const { mensaje, resultado } = await hacer(avanzar)
    await terminarTarea(ctx, id, mensaje, resultado)
  } catch (error) {
    if (error instanceof ErrorDeDominio) {
      const fallo: FalloDeTarea = {
        estado: error.estado,
        tipo_aviso: error.tipoAviso,
        codigo: error.codigo ?? null,
        ...(error.campos === undefined ? {} : { campos: error.campos }),
        ...(error.extra === undefined ? {} : { extra: error.extra }),
      }
      await fallarTarea(ctx, id, error.detalles, fallo)
      return
    }
    // The work may have been committed before the fault (its last step, or telling its end): nothing is promised here.
    await fallarTarea(ctx, id, 'Ocurrió un error inesperado. Antes de intentarlo de nuevo, revisa si quedó hecho.', {
      estado: 500,
      tipo_aviso: 'error',
      codigo: null,
    } satisfies FalloDeTarea)
    throw error
  }
}

/** The newest job of those kinds that this person asked for; null without one. */
export async function ultimaTarea(ctx: CtxLectura, tipos: readonly string[]): Promise<Tarea | null> {
  return ctx.usuario === null ? null : buscarUltimaTarea(ctx.bd, tipos, ctx.usuario.id)
}

/** Ended jobs of a kind that keep a file: those of this person, and those of anybody created before that instant. */
export function tareasConArchivo(ctx: CtxLectura, tipo: string, antesDe: Date): Promise<Tarea[]> {
  return listarConArchivo(ctx.bd, tipo, { usuarioId: ctx.usuario?.id ?? null, antesDe })
}

/** Ended jobs that keep a file since before that instant, of every kind `<familia>:…`. */
export function tareasOlvidadas(ctx: CtxLectura, familia: string, antesDe: Date): Promise<Tarea[]> {
  return listarOlvidadas(ctx.bd, `${familia}:`, antesDe)
}

/** The job lets go of its file (moved to another job, or deleted by who calls). False when it had none. */
export function soltarArchivoDeTarea(ctx: CtxLectura, id: number): Promise<boolean> {
  return soltarArchivo(ctx.bd, id)
}

/** A job that is running leaves a file for whoever asked for it. */
export function dejarArchivoEnTarea(ctx: CtxLectura, id: number, archivo: string): Promise<void> {
  return ponerArchivo(ctx.bd, id, archivo)
}

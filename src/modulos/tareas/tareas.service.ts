import { NoEncontrado } from '../../comun/errores.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import {
  actualizarTarea,
  buscarTarea,
  buscarTareaViva,
  cerrarTareasInterrumpidas,
  insertarTarea,
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

/** Ends it well, with its result. In the transaction of the work, both are true or neither. */
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

import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import type { Tarea } from './tareas.tipos.ts'

const FilaTarea = z
  .object({
    id: col.id,
    tipo: z.string(),
    estado: z.enum(['pendiente', 'en_proceso', 'terminada', 'fallida']),
    avance: col.entero,
    mensaje: z.string(),
    resultado: z.unknown(),
    archivo: col.textoN,
    id_usuario: col.idN,
  })
  .transform(({ id_usuario, resultado, ...resto }): Tarea => ({
    ...resto,
    resultado: resultado ?? null,
    usuarioId: id_usuario,
  }))

const TAREA = sql`SELECT id, tipo, estado, avance, mensaje, resultado, archivo, id_usuario FROM tarea`

export function buscarTarea(bd: Bd | BdTx, id: number): Promise<Tarea | null> {
  return unaFila(bd, sql`${TAREA} WHERE id = ${id}`, FilaTarea)
}

/** Newest job of a kind that has not ended, or null. */
export function buscarTareaViva(bd: Bd | BdTx, tipo: string): Promise<Tarea | null> {
  return unaFila(
    bd,
    sql`${TAREA} WHERE tipo = ${tipo} AND estado IN ('pendiente', 'en_proceso') ORDER BY id DESC LIMIT 1`,
    FilaTarea,
  )
}

export async function insertarTarea(
  ctx: CtxTx,
  datos: { tipo: string; mensaje: string; archivo: string | null },
): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO tarea (tipo, mensaje, archivo, id_usuario, creado_en, actualizado_en)
      VALUES (${datos.tipo}, ${datos.mensaje}, ${datos.archivo}, ${ctx.usuario?.id ?? null}, ${ctx.ahora}, ${ctx.ahora}) RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('La inserción de la tarea no devolvió su id')
  return fila.id
}

/** Moves a job that has not ended; says whether it was there to be moved. Progress never goes back. */
export async function actualizarTarea(
  bd: Bd | BdTx,
  id: number,
  cambio: { estado: Tarea['estado']; avance: number; mensaje: string; resultado?: unknown },
): Promise<boolean> {
  const resultado = cambio.resultado === undefined ? null : JSON.stringify(cambio.resultado)
  const tocadas = await ejecutar(
    bd,
    sql`UPDATE tarea SET estado = ${cambio.estado}, avance = greatest(avance, ${cambio.avance}::int), mensaje = ${cambio.mensaje},
      resultado = coalesce(${resultado}::jsonb, resultado), actualizado_en = now()
      WHERE id = ${id} AND estado IN ('pendiente', 'en_proceso')`,
  )
  return tocadas > 0
}

/**
 * Jobs that a process left in the middle, and those that wait for a work that is not in the queue any more (it died as
 * it was taken, or a backup came back without the queue), become failed; says how many.
 */
export async function cerrarTareasInterrumpidas(bd: Bd | BdTx, mensaje: string): Promise<number> {
  const cola = await unaFila(
    bd,
    sql`SELECT to_regclass('trabajos.job') IS NOT NULL AS hay`,
    z.object({ hay: z.boolean() }),
  )
  const enCola = cola?.hay
    ? sql`EXISTS (SELECT 1 FROM trabajos.job j WHERE j.state IN ('created', 'retry') AND j.data #>> '{datos,tarea}' = tarea.id::text)`
    : sql`FALSE`
  return ejecutar(
    bd,
    sql`UPDATE tarea SET estado = 'fallida', mensaje = ${mensaje}, actualizado_en = now()
      WHERE estado = 'en_proceso' OR (estado = 'pendiente' AND NOT ${enCola})`,
  )
}

/** Newest job of those kinds that a person asked for, or null. */
export function buscarUltimaTarea(bd: Bd | BdTx, tipos: readonly string[], usuarioId: number): Promise<Tarea | null> {
  return unaFila(
    bd,
    sql`${TAREA} WHERE id_usuario = ${usuarioId} AND tipo = ANY(${[...tipos]}::text[]) ORDER BY id DESC LIMIT 1`,
    FilaTarea,
  )
}

/** Jobs of a kind that keep a file: those of a person, and those of anybody older than that. */
export function listarConArchivo(
  bd: Bd | BdTx,
  tipo: string,
  cuales: { usuarioId: number | null; antesDe: Date },
): Promise<Tarea[]> {
  return filas(
    bd,
    sql`${TAREA} WHERE tipo = ${tipo} AND archivo IS NOT NULL AND estado IN ('terminada', 'fallida')
      AND (id_usuario = ${cuales.usuarioId} OR creado_en < ${cuales.antesDe}) ORDER BY id`,
    FilaTarea,
  )
}

/** Jobs of the kinds that begin so and have kept a file since before that instant. */
export function listarOlvidadas(bd: Bd | BdTx, prefijo: string, antesDe: Date): Promise<Tarea[]> {
  return filas(
    bd,
    sql`${TAREA} WHERE starts_with(tipo, ${prefijo}) AND archivo IS NOT NULL AND estado IN ('terminada', 'fallida')
      AND creado_en < ${antesDe} ORDER BY id LIMIT 500`,
    FilaTarea,
  )
}

/** The job keeps no file any more; says whether it kept one. */
export async function soltarArchivo(bd: Bd | BdTx, id: number): Promise<boolean> {
  return (await ejecutar(bd, sql`UPDATE tarea SET archivo = NULL WHERE id = ${id} AND archivo IS NOT NULL`)) > 0
}

/** The job that is running leaves a file. */
export async function ponerArchivo(bd: Bd | BdTx, id: number, archivo: string): Promise<void> {
  await ejecutar(bd, sql`UPDATE tarea SET archivo = ${archivo} WHERE id = ${id} AND estado = 'en_proceso'`)
}

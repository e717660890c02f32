/** Workbooks that wait beside their task: until they are applied, replaced by another or forgotten for days. */
import { access, rm, stat } from 'node:fs/promises'
import { Conflicto } from '../../../comun/errores.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import {
  soltarArchivoDeTarea,
  tareasConArchivo,
  tareasOlvidadas,
  ultimaTarea,
  verTarea,
  type Tarea,
} from '../../tareas/index.ts'
import type { LibroDeAnexo, PendienteDeAnexo, RespuestaAnalisis } from '../anexo.contrato.ts'
import { tipoDeTarea, TRABAJO_ANEXO } from './importar.schema.ts'

/** Workbooks that nobody decided about are deleted after these days. */
const DIAS_DE_SUBIDA = 7
const DIA_MS = 86_400_000

/** What is said when the workbook of a task is not kept any more. */
export const YA_NO_ESTA = 'Ese libro ya no está en el servidor. Elige el archivo otra vez.'

/** What this person left under way or undecided in the annex of an OT; null when there is nothing to come back to. */
export async function pendienteDeAnexo(ctx: CtxLectura, idOt: number): Promise<PendienteDeAnexo | null> {
  const tarea = await ultimaTarea(ctx, [tipoDeTarea(idOt)])
  if (tarea === null) return null
  const { id, estado, avance, mensaje, resultado, archivo } = tarea
  const sigue = estado === 'pendiente' || estado === 'en_proceso'
  if (sigue) return { tarea: id, estado, avance, mensaje, analisis: null, libro: null }
  const analisis = resultado as (RespuestaAnalisis & { clase?: string; libro?: LibroDeAnexo }) | null
  if (estado !== 'terminada' || archivo === null || analisis?.clase !== 'analisis') return null
  return { tarea: id, estado, avance, mensaje, analisis: { ...analisis, tarea: id }, libro: analisis.libro ?? null }
}

/** Forgets a workbook that was not applied. */
export async function descartarLibro(ctx: Contexto, id: number): Promise<void> {
  const tarea = await verTarea(ctx, id)
  if (tarea.tipo.startsWith(`${TRABAJO_ANEXO.nombre}:`)) await soltar(ctx, tarea)
}

/** The workbook that a task of this person keeps, and its OT. @throws NoEncontrado, Conflicto. */
export async function libroGuardado(ctx: CtxLectura, id: number): Promise<{ ruta: string; idOt: number }> {
  const { tipo, archivo } = await verTarea(ctx, id)
  const idOt = new RegExp(`^${TRABAJO_ANEXO.nombre}:(\\d+)$`).exec(tipo)?.[1]
  if (idOt === undefined || archivo === null || !(await existe(archivo))) throw new Conflicto(YA_NO_ESTA)
  return { ruta: archivo, idOt: Number(idOt) }
}

/** The same to load it again: what it was called. */
export async function libroDeTarea(
  ctx: CtxLectura,
  idOt: number,
  id: number,
): Promise<{ anterior: number; ruta: string; nombre: string; bytes: number }> {
  const { tipo, archivo, resultado, estado } = await verTarea(ctx, id)
  const guardado = resultado as { libro?: LibroDeAnexo; extra?: { libro?: LibroDeAnexo } } | null
  const libro = guardado?.libro ?? guardado?.extra?.libro
  const termino = estado === 'terminada' || estado === 'fallida'
  if (tipo !== tipoDeTarea(idOt) || !termino || archivo === null || libro === undefined) throw new Conflicto(YA_NO_ESTA)
  if (!(await existe(archivo))) throw new Conflicto(YA_NO_ESTA)
  return { anterior: id, ruta: archivo, nombre: libro.nombre, bytes: (await stat(archivo)).size }
}

/** Whether an upload is still on disk. */
export const existe = (ruta: string): Promise<boolean> =>
  access(ruta).then(
    () => true,
    () => false,
  )

/** Deletes the workbooks that the new one replaces, and those that nobody decided about for days. */
export async function limpiarSubidas(ctx: Contexto, idOt: number, menos: string): Promise<void> {
  const antesDe = new Date(ctx.ahora.getTime() - DIAS_DE_SUBIDA * DIA_MS)
  const sobran = [
    ...(await tareasConArchivo(ctx, tipoDeTarea(idOt), antesDe)),
    ...(await tareasOlvidadas(ctx, TRABAJO_ANEXO.nombre, antesDe)),
  ]
  for (const tarea of sobran) if (tarea.archivo !== menos) await soltar(ctx, tarea)
}

async function soltar(ctx: Contexto, { id, archivo }: Tarea): Promise<void> {
  await soltarArchivoDeTarea(ctx, id)
  if (archivo !== null) await rm(archivo, { force: true })
}

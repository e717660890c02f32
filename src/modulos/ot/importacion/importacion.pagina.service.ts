/**
 * What the import page asks: the same import as the command, in the background, with the upload kept between the analysis
 * and the decision. Each piece of work is a task that its page follows.
 */
import type { Writable } from 'node:stream'
import { Conflicto, DatosInvalidos } from '../../../comun/errores.ts'
import { encolar } from '../../../plataforma/cola.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import { escribirLibro, type ColumnaExcel, type ValorExcel } from '../../../plataforma/excel/escribir.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import {
  crearTarea,
  ejecutarTarea,
  soltarArchivoDeTarea,
  tareaEnCurso,
  tareasConArchivo,
  ultimaTarea,
  verTarea,
  type Tarea,
} from '../../tareas/index.ts'
import { borrarSubida, existeSubida, guardarLista, leerLista } from './analisis-guardado.ts'
import type {
  FilasDeLista,
  NombreLista,
  PaginaDeLista,
  ResultadoAnalisis,
  ResultadoImportacion,
  TotalesDeListas,
  TrabajoPendiente,
} from './importacion.contrato.ts'
import {
  TRABAJO_ANALIZAR,
  TRABAJO_DESHACER,
  TRABAJO_IMPORTAR,
  type DatosDeAnalisis,
  type DatosDeImportacion,
  type PedirLista,
} from './importacion.schema.ts'
import {
  analizarImportacion,
  aplicarImportacion,
  deshacerLote,
  escribirRechazadas,
  listarLotes,
  obtenerLote,
} from './importacion.service.ts'
import type { Problema } from './importacion.tipos.ts'
import {
  filaCambioDeLote,
  filaCreadaDeLote,
  filasCambiadas,
  filasCreadas,
  fraseAnalisis,
  fraseDeshacer,
  fraseImportacion,
  resultadoDeshacer,
  resumenImportacion,
  type LoteGuardado,
} from './importacion.vista.ts'
import * as repo from './lote.repo.ts'

/** Uploads that nobody decided about are deleted after these days. */
const DIAS_DE_SUBIDA = 7
const DIA_MS = 86_400_000

const YA_NO_ESTA = 'Ese análisis ya no está vigente. Elige el archivo otra vez.'

/** A workbook that has just arrived, or the task that keeps the one to analyse again. */
export type Origen = { readonly ruta: string; readonly nombre: string } | { readonly tarea: number }

// ---------------------------------------------------------------------------------------------------------- analysis

/**
 * Queues the analysis of a workbook; the one that this person had waiting is replaced.
 * @returns the task to follow.
 * @throws Conflicto when the file to analyse again is not kept any more.
 */
export async function pedirAnalisis(ctx: Contexto, origen: Origen, crearPtes: boolean): Promise<number> {
  const { ruta, nombre, anterior } =
    'tarea' in origen ? await subidaDe(ctx, origen.tarea) : { ...origen, anterior: null }
  await limpiarSubidas(ctx, ruta)
  return conTransaccion(ctx, async (tx) => {
    if (anterior !== null) await soltarArchivoDeTarea(tx, anterior)
    const tarea = await crearTarea(tx, {
      tipo: TRABAJO_ANALIZAR.nombre,
      mensaje: `En espera de turno para analizar ${nombre}`,
      archivo: ruta,
    })
    await encolar(tx, TRABAJO_ANALIZAR, { tarea, archivo: ruta, nombre, crearPtes })
    return tarea
  })
}

/** The analysis itself: its lists stay beside the upload, its counts in the task. */
export function analizarSubida(ctx: Contexto, datos: DatosDeAnalisis): Promise<void> {
  const { tarea, archivo: ruta, nombre, crearPtes } = datos
  return ejecutarTarea(ctx, tarea, async (avanzar) => {
    await exigirSubida(ruta)
    const analisis = await analizarImportacion(
      ctx,
      { ruta, nombre },
      { crearPtes, todoONada: false, alAvanzar: avanzar },
    )
    await avanzar(90, 'Preparando las listas')
    const { crear, actualizar, ptes, errores, advertencias } = analisis
    const listas: TotalesDeListas = {
      creadas: await guardarLista(ruta, 'creadas', filasCreadas(crear)),
      ptes: await guardarLista(
        ruta,
        'ptes',
        ptes.map((pte) => ({ folio: pte.oficio_pte, descripcion: pte.descripcion_trabajo })),
      ),
      cambios: await guardarLista(ruta, 'cambios', filasCambiadas(actualizar)),
      rechazadas: await guardarLista(ruta, 'rechazadas', errores),
      advertencias: await guardarLista(ruta, 'advertencias', advertencias),
    }
    const resultado: ResultadoAnalisis = {
      ...resumenImportacion(analisis, crearPtes, listas),
      huella: analisis.huella,
    }
    return { mensaje: fraseAnalisis(analisis), resultado }
  })
}

/** A page of a list of an analysis of this person. @throws Conflicto when it is not kept any more. */
export async function listaDeAnalisis(ctx: CtxLectura, tarea: number, pedido: PedirLista): Promise<PaginaDeLista> {
  const { ruta, resultado } = await analisisVigente(ctx, tarea)
  return {
    total: resultado.listas[pedido.lista],
    inicio: pedido.inicio,
    filas: await leerLista(ruta, pedido.lista, pedido.inicio, pedido.largo),
  }
}

/** The rows that an analysis rejected, as a workbook ready to be corrected. @throws Conflicto */
export async function rechazadasDeAnalisis(
  ctx: CtxLectura,
  tarea: number,
): Promise<{ nombre: string; escribir: (salida: Writable) => Promise<void> }> {
  const { ruta, resultado } = await analisisVigente(ctx, tarea)
  const errores = await leerLista(ruta, 'rechazadas', 0, resultado.listas.rechazadas)
  return {
    nombre: nombreDeRechazadas(resultado.archivo),
    escribir: async (salida) => {
      await escribirRechazadas(salida, ruta, errores)
    },
  }
}

const nombreDeRechazadas = (archivo: string): string => `${archivo.replace(/\.xlsx$/i, '')} rechazadas.xlsx`

/** Forgets an analysis and deletes its upload. */
export async function descartarAnalisis(ctx: Contexto, tarea: number): Promise<void> {
  const guardada = await verTarea(ctx, tarea)
  if (guardada.tipo !== TRABAJO_ANALIZAR.nombre || guardada.archivo === null) return
  await soltar(ctx, guardada)
}

// ------------------------------------------------------------------------------------------------------------ import

/**
 * Queues the import of what an analysis showed.
 * @throws Conflicto when the analysis is not kept any more or another import is running.
 */
export async function pedirImportacion(ctx: Contexto, analisis: number): Promise<number> {
  const { ruta, resultado } = await analisisVigente(ctx, analisis)
  if ((await tareaEnCurso(ctx, TRABAJO_IMPORTAR.nombre)) !== null) {
    throw new Conflicto('Ya hay una importación en curso. Espera a que termine y vuelve a intentarlo.')
  }
  return conTransaccion(ctx, async (tx) => {
    const tarea = await crearTarea(tx, {
      tipo: TRABAJO_IMPORTAR.nombre,
      mensaje: `En espera de turno para importar ${resultado.archivo}`,
    })
    await encolar(tx, TRABAJO_IMPORTAR, {
      tarea,
      analisis,
      huella: resultado.huella,
      archivo: ruta,
      nombre: resultado.archivo,
      crearPtes: resultado.crear_ptes,
    })
    return tarea
  })
}

/** The import itself; when it was done, the upload goes. A refusal keeps it, to be analysed again. */
export function importarSubida(ctx: Contexto, datos: DatosDeImportacion): Promise<void> {
  const { tarea, analisis, huella, archivo: ruta, nombre, crearPtes } = datos
  return ejecutarTarea(ctx, tarea, async (avanzar) => {
    await exigirSubida(ruta)
    const informe = await aplicarImportacion(
      ctx,
      { ruta, nombre },
      { crearPtes, todoONada: false, huella, alAvanzar: avanzar },
    )
    const listas =
      informe.lote === null
        ? { ...SIN_LISTAS, rechazadas: informe.errores.length, advertencias: informe.advertencias.length }
        : await totalesDeLote(ctx, informe.lote, informe)
    await soltarArchivoDeTarea(ctx, analisis)
    await borrarSubida(ruta)
    const resultado: ResultadoImportacion = {
      ...resumenImportacion(informe, crearPtes, listas),
      lote: informe.lote,
      segundos: informe.segundos,
    }
    return { mensaje: fraseImportacion(informe), resultado }
  })
}

const SIN_LISTAS: TotalesDeListas = { creadas: 0, ptes: 0, cambios: 0, rechazadas: 0, advertencias: 0 }

/** What this person left under way or waiting for a decision; null when there is nothing to come back to. */
export async function trabajoPendiente(ctx: CtxLectura): Promise<TrabajoPendiente | null> {
  const importacion = await ultimaTarea(ctx, [TRABAJO_IMPORTAR.nombre])
  if (importacion !== null && sigue(importacion)) return pendiente(importacion, 'importacion')
  const analisis = await ultimaTarea(ctx, [TRABAJO_ANALIZAR.nombre])
  return analisis?.archivo == null ? null : pendiente(analisis, 'analisis')
}

const sigue = ({ estado }: Tarea): boolean => estado === 'pendiente' || estado === 'en_proceso'

function pendiente(tarea: Tarea, clase: 'analisis' | 'importacion'): TrabajoPendiente {
  const { id, estado, avance, mensaje, resultado } = tarea
  const analisis = clase === 'analisis' && estado === 'terminada' ? (resultado as ResultadoAnalisis) : null
  return { tarea: id, clase, estado, avance, mensaje, analisis }
}

// ----------------------------------------------------------------------------------------------------------- batches

/** Batches of the history, newest first, as they are stored. */
export async function historial(ctx: CtxLectura, limite: number): Promise<LoteGuardado[]> {
  return (await listarLotes(ctx, limite)) as LoteGuardado[]
}

/** A batch with the size of its lists and the undo that is under way. @throws NoEncontrado */
export async function loteConListas(
  ctx: CtxLectura,
  id: number,
): Promise<{ lote: LoteGuardado; listas: TotalesDeListas; enCurso: number | null }> {
  const lote = (await obtenerLote(ctx, id)) as LoteGuardado
  const enCurso = await tareaEnCurso(ctx, tipoDeshacer(id))
  return { lote, listas: await totalesDeLote(ctx, id, lote.resumen), enCurso: enCurso?.id ?? null }
}

async function totalesDeLote(
  ctx: CtxLectura,
  lote: number,
  { errores, advertencias }: LoteGuardado['resumen'],
): Promise<TotalesDeListas> {
  return {
    ...(await repo.contarListas(ctx.bd, lote)),
    rechazadas: errores.length,
    advertencias: advertencias.length,
  }
}

/** A page of a list of a batch. @throws NoEncontrado */
export async function listaDeLote(ctx: CtxLectura, id: number, pedido: PedirLista): Promise<PaginaDeLista> {
  const { lote, listas } = await loteConListas(ctx, id)
  const { lista, inicio, largo } = pedido
  const filas: { [L in NombreLista]: () => FilasDeLista[L][] | Promise<FilasDeLista[L][]> } = {
    creadas: async () => (await repo.listarCreadas(ctx.bd, id, inicio, largo)).map(filaCreadaDeLote),
    ptes: async () =>
      (await repo.listarPtes(ctx.bd, id, inicio, largo)).map((pte) => ({
        folio: pte.oficio_pte ?? pte.detalle,
        descripcion: pte.descripcion_trabajo ?? '',
      })),
    cambios: async () => (await repo.listarCambios(ctx.bd, id, inicio, largo)).map(filaCambioDeLote),
    rechazadas: () => lote.resumen.errores.slice(inicio, inicio + largo),
    advertencias: () => lote.resumen.advertencias.slice(inicio, inicio + largo),
  }
  return { total: listas[lista], inicio, filas: await filas[lista]() }
}

const COLUMNAS_PROBLEMA: readonly ColumnaExcel[] = [
  { titulo: 'Hoja', tipo: 'texto', ancho: 18 },
  { titulo: 'Fila', tipo: 'entero' },
  { titulo: 'Celda', tipo: 'texto', ancho: 10 },
  { titulo: 'Columna', tipo: 'texto', ancho: 26 },
  { titulo: 'Valor', tipo: 'texto', ancho: 30 },
  { titulo: 'Qué pasa', tipo: 'texto', ancho: 90 },
]

/** What a batch rejected, cell by cell: its workbook is not kept. @throws NoEncontrado */
export async function rechazadasDeLote(
  ctx: CtxLectura,
  id: number,
): Promise<{ nombre: string; escribir: (salida: Writable) => Promise<void> }> {
  const { archivo, resumen } = (await obtenerLote(ctx, id)) as LoteGuardado
  const fila = (p: Problema): ValorExcel[] => [p.hoja, p.fila, p.celda, p.columna, p.valor, p.mensaje]
  return {
    nombre: nombreDeRechazadas(archivo),
    escribir: async (salida) => {
      await escribirLibro(salida, {
        hoja: `Lote ${String(id)}`,
        columnas: COLUMNAS_PROBLEMA,
        filas: resumen.errores.map(fila),
      })
    },
  }
}

/** One kind of task per batch, so that the undo of each is found and asked for once. */
const tipoDeshacer = (lote: number): string => `${TRABAJO_DESHACER.nombre}:${String(lote)}`

/**
 * Queues the undo of a batch.
 * @throws NoEncontrado; Conflicto when it was undone already or is being undone.
 */
export async function pedirDeshacer(ctx: Contexto, lote: number): Promise<number> {
  const { estado } = await obtenerLote(ctx, lote)
  if (estado === 'deshecho') throw new Conflicto(`El lote ${String(lote)} ya se deshizo.`)
  const tipo = tipoDeshacer(lote)
  if ((await tareaEnCurso(ctx, tipo)) !== null) throw new Conflicto(`El lote ${String(lote)} ya se está deshaciendo.`)
  return conTransaccion(ctx, async (tx) => {
    const tarea = await crearTarea(tx, { tipo, mensaje: `En espera de turno para deshacer el lote ${String(lote)}` })
    await encolar(tx, TRABAJO_DESHACER, { tarea, lote })
    return tarea
  })
}

/** The undo itself. */
export function deshacer(ctx: Contexto, tarea: number, lote: number): Promise<void> {
  return ejecutarTarea(ctx, tarea, async (avanzar) => {
    await avanzar(10, `Deshaciendo el lote ${String(lote)}`)
    const resumen = await deshacerLote(ctx, lote)
    return { mensaje: fraseDeshacer(resumen), resultado: resultadoDeshacer(resumen) }
  })
}

// ------------------------------------------------------------------------------------------------------------ upload

async function exigirSubida(ruta: string): Promise<void> {
  if (!(await existeSubida(ruta))) throw new DatosInvalidos('El archivo ya no está en el servidor. Elígelo otra vez.')
}

/** An analysis that ended and still has its upload. @throws Conflicto */
async function analisisVigente(ctx: CtxLectura, id: number): Promise<{ ruta: string; resultado: ResultadoAnalisis }> {
  const { tipo, estado, archivo, resultado } = await verTarea(ctx, id)
  if (tipo !== TRABAJO_ANALIZAR.nombre || estado !== 'terminada' || archivo === null) throw new Conflicto(YA_NO_ESTA)
  if (!(await existeSubida(archivo))) throw new Conflicto(YA_NO_ESTA)
  return { ruta: archivo, resultado: resultado as ResultadoAnalisis }
}

/** The upload of an analysis that is done again. @throws Conflicto */
async function subidaDe(ctx: CtxLectura, id: number): Promise<{ ruta: string; nombre: string; anterior: number }> {
  const { ruta, resultado } = await analisisVigente(ctx, id)
  return { ruta, nombre: resultado.archivo, anterior: id }
}

/** Deletes the uploads that the new one replaces, and those that nobody decided about for days. */
async function limpiarSubidas(ctx: Contexto, menos: string): Promise<void> {
  const antesDe = new Date(ctx.ahora.getTime() - DIAS_DE_SUBIDA * DIA_MS)
  for (const tarea of await tareasConArchivo(ctx, TRABAJO_ANALIZAR.nombre, antesDe)) {
    if (tarea.archivo !== menos) await soltar(ctx, tarea)
  }
}

async function soltar(ctx: Contexto, { id, archivo }: Tarea): Promise<void> {
  await soltarArchivoDeTarea(ctx, id)
  if (archivo !== null) await borrarSubida(archivo)
}

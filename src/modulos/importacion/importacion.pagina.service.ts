/**
 * What the page of an import asks: the same import as its command, in the background, with the upload kept between the
 * analysis and the decision. Each piece of work is a task that its page follows.
 */
import type { Writable } from 'node:stream'
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import { encolar } from '../../plataforma/cola.ts'
import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'
import { escribirLibro, type ColumnaExcel, type ValorExcel } from '../../plataforma/excel/escribir.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import {
  crearTarea,
  ejecutarTarea,
  soltarArchivoDeTarea,
  tareaEnCurso,
  tareasConArchivo,
  ultimaTarea,
  verTarea,
  type Tarea,
} from '../tareas/index.ts'
import { borrarSubida, existeSubida, guardarLista, leerLista } from './analisis-guardado.ts'
import type { ClaseImportacion } from './importacion.clase.ts'
import type {
  OpcionDePagina,
  PaginaDeLista,
  ResultadoAnalisis,
  ResultadoImportacion,
  TrabajoPendiente,
} from './importacion.contrato.ts'
import {
  tipoAnalizar,
  tipoDeshacer,
  tipoImportar,
  TRABAJO_ANALIZAR,
  TRABAJO_DESHACER,
  TRABAJO_IMPORTAR,
  type DatosDeAnalisis,
  type DatosDeImportacion,
  type PedirLista,
} from './importacion.schema.ts'
import { analizar, aplicar, deshacerLote, escribirRechazadas, obtenerLote } from './importacion.service.ts'
import type { InformeBase, OpcionesElegidas, Problema } from './importacion.tipos.ts'
import {
  fraseAnalisis,
  fraseDeshacer,
  fraseImportacion,
  resultadoDeshacer,
  resumirImportacion,
} from './importacion.vista.ts'
import type { LoteGuardado } from './lote.repo.ts'

/** Uploads that nobody decided about are deleted after these days. */
const DIAS_DE_SUBIDA = 7
const DIA_MS = 86_400_000

const YA_NO_ESTA = 'Ese análisis ya no está vigente. Elige el archivo otra vez.'

/** A workbook that has just arrived, or the task that keeps the one to analyse again. */
export type Origen = { readonly ruta: string; readonly nombre: string } | { readonly tarea: number }

type Clase = ClaseImportacion
const nombresDeListas = ({ listas }: Clase): string[] => listas.map(({ clave }) => clave)

// ---------------------------------------------------------------------------------------------------------- analysis

/** The options of a class, with the choices that there are today. */
export function opcionesDePagina(ctx: CtxLectura, clase: Clase): Promise<OpcionDePagina[]> {
  return Promise.all(
    clase.opciones.map(async ({ clave, texto, ayuda, valores, obligatoria = false }) => ({
      clave,
      texto,
      ayuda,
      obligatoria,
      valores: valores === undefined ? null : await valores(ctx),
    })),
  )
}

/** @throws DatosInvalidos when a choice is missing or is not one of those there are. */
export async function exigirOpciones(ctx: CtxLectura, clase: Clase, elegidas: OpcionesElegidas): Promise<void> {
  const libres = new Set(clase.opciones.filter(({ libre }) => libre === true).map(({ clave }) => clave))
  for (const { clave, texto, valores, obligatoria } of await opcionesDePagina(ctx, clase)) {
    if (valores === null || libres.has(clave)) continue
    const elegida = elegidas[clave] ?? ''
    if (elegida === '' && !obligatoria) continue
    if (valores.some(({ valor }) => valor === elegida)) continue
    const mensaje = elegida === '' ? `Elige: ${texto}.` : `«${String(elegida)}» no es un valor de: ${texto}.`
    throw new DatosInvalidos(mensaje, { campos: { [clave]: mensaje } })
  }
}

/**
 * Queues the analysis of a workbook; the one that this person had waiting is replaced.
 * @returns the task to follow.
 * @throws Conflicto when the file to analyse again is not kept any more.
 */
export async function pedirAnalisis(
  ctx: Contexto,
  clase: Clase,
  origen: Origen,
  opciones: OpcionesElegidas,
): Promise<number> {
  const { ruta, nombre, anterior } =
    'tarea' in origen ? await subidaDe(ctx, clase, origen.tarea) : { ...origen, anterior: null }
  await exigirOpciones(ctx, clase, opciones)
  await limpiarSubidas(ctx, clase, ruta)
  return conTransaccion(ctx, async (tx) => {
    if (anterior !== null) await soltarArchivoDeTarea(tx, anterior)
    const tarea = await crearTarea(tx, {
      tipo: tipoAnalizar(clase.clave),
      mensaje: `En espera de turno para analizar ${nombre}`,
      archivo: ruta,
    })
    await encolar(tx, TRABAJO_ANALIZAR, { tarea, clase: clase.clave, archivo: ruta, nombre, opciones })
    return tarea
  })
}

/** The analysis itself: its lists stay beside the upload, its counts in the task. */
export function analizarSubida(ctx: Contexto, clase: Clase, datos: DatosDeAnalisis): Promise<void> {
  const { tarea, archivo: ruta, nombre, opciones } = datos
  return ejecutarTarea(ctx, tarea, async (avanzar) => {
    await exigirSubida(ruta)
    const { informe, plan } = await analizar(
      ctx,
      clase,
      { ruta, nombre },
      { opciones, todoONada: false, alAvanzar: avanzar },
    )
    await avanzar(90, 'Preparando las listas')
    const listas: Record<string, number> = {}
    for (const lista of nombresDeListas(clase)) {
      listas[lista] = await guardarLista(ruta, lista, problemasDe(informe, lista) ?? plan.listas[lista]?.() ?? [])
    }
    const resultado: ResultadoAnalisis = {
      ...resumirImportacion(clase, informe, opciones, listas, 'futuro'),
      huella: plan.huella,
    }
    return { mensaje: fraseAnalisis(clase, informe), resultado }
  })
}

/** The two lists that every import has and that its report carries. */
function problemasDe({ errores, advertencias }: InformeBase, lista: string): readonly Problema[] | undefined {
  if (lista === 'rechazadas') return errores
  return lista === 'advertencias' ? advertencias : undefined
}

const exigirLista = (clase: Clase, lista: string): void => {
  if (!nombresDeListas(clase).includes(lista)) throw new DatosInvalidos('No existe esa lista.')
}

/** A page of a list of an analysis of this person. @throws Conflicto when it is not kept any more. */
export async function listaDeAnalisis(
  ctx: CtxLectura,
  clase: Clase,
  tarea: number,
  pedido: PedirLista,
): Promise<PaginaDeLista> {
  exigirLista(clase, pedido.lista)
  const { ruta, resultado } = await analisisVigente(ctx, clase, tarea)
  return {
    total: resultado.listas[pedido.lista] ?? 0,
    inicio: pedido.inicio,
    filas: await leerLista(ruta, pedido.lista, pedido.inicio, pedido.largo),
  }
}

/** The rows that an analysis rejected, as a workbook ready to be corrected. @throws Conflicto */
export async function rechazadasDeAnalisis(
  ctx: CtxLectura,
  clase: Clase,
  tarea: number,
): Promise<{ nombre: string; escribir: (salida: Writable) => Promise<void> }> {
  const { ruta, resultado } = await analisisVigente(ctx, clase, tarea)
  const errores = await leerLista<Problema>(ruta, 'rechazadas', 0, resultado.listas['rechazadas'] ?? 0)
  return {
    nombre: nombreDeRechazadas(resultado.archivo),
    escribir: async (salida) => {
      await escribirRechazadas(salida, clase, ruta, errores)
    },
  }
}

const nombreDeRechazadas = (archivo: string): string => `${archivo.replace(/\.xlsx$/i, '')} rechazadas.xlsx`

/** Forgets an analysis and deletes its upload. */
export async function descartarAnalisis(ctx: Contexto, clase: Clase, tarea: number): Promise<void> {
  const guardada = await verTarea(ctx, tarea)
  if (guardada.tipo !== tipoAnalizar(clase.clave) || guardada.archivo === null) return
  await soltar(ctx, clase, guardada)
}

// ------------------------------------------------------------------------------------------------------------ import

/**
 * Queues the import of what an analysis showed.
 * @throws Conflicto when the analysis is not kept any more or another import is running.
 */
export async function pedirImportacion(ctx: Contexto, clase: Clase, analisis: number): Promise<number> {
  const { ruta, resultado } = await analisisVigente(ctx, clase, analisis)
  if ((await tareaEnCurso(ctx, tipoImportar(clase.clave))) !== null) {
    throw new Conflicto('Ya hay una importación en curso. Espera a que termine y vuelve a intentarlo.')
  }
  return conTransaccion(ctx, async (tx) => {
    const tarea = await crearTarea(tx, {
      tipo: tipoImportar(clase.clave),
      mensaje: `En espera de turno para importar ${resultado.archivo}`,
    })
    await encolar(tx, TRABAJO_IMPORTAR, {
      tarea,
      clase: clase.clave,
      analisis,
      huella: resultado.huella,
      archivo: ruta,
      nombre: resultado.archivo,
      opciones: { ...resultado.opciones },
    })
    return tarea
  })
}

/** The import itself; when it was done, the upload goes. A refusal keeps it, to be analysed again. */
export function importarSubida(ctx: Contexto, clase: Clase, datos: DatosDeImportacion): Promise<void> {
  const { tarea, analisis, huella, archivo: ruta, nombre, opciones } = datos
  return ejecutarTarea(ctx, tarea, async (avanzar) => {
    await exigirSubida(ruta)
    const informe = await aplicar(
      ctx,
      clase,
      { ruta, nombre },
      { opciones, todoONada: false, huella, alAvanzar: avanzar },
    )
    const listas = await totalesDe(ctx, clase, informe)
    await soltarArchivoDeTarea(ctx, analisis)
    await borrarSubida(ruta, nombresDeListas(clase))
    const resultado: ResultadoImportacion = {
      ...resumirImportacion(clase, informe, opciones, listas, 'pasado'),
      lote: informe.lote,
      segundos: informe.segundos,
    }
    return { mensaje: fraseImportacion(clase, informe), resultado }
  })
}

/** What this person left under way or waiting for a decision; null when there is nothing to come back to. */
export async function trabajoPendiente(ctx: CtxLectura, clase: Clase): Promise<TrabajoPendiente | null> {
  const importacion = await ultimaTarea(ctx, [tipoImportar(clase.clave)])
  if (importacion !== null && sigue(importacion)) return pendiente(importacion, 'importacion')
  const analisis = await ultimaTarea(ctx, [tipoAnalizar(clase.clave)])
  return analisis?.archivo == null ? null : pendiente(analisis, 'analisis')
}

const sigue = ({ estado }: Tarea): boolean => estado === 'pendiente' || estado === 'en_proceso'

function pendiente(tarea: Tarea, clase: 'analisis' | 'importacion'): TrabajoPendiente {
  const { id, estado, avance, mensaje, resultado } = tarea
  const analisis = clase === 'analisis' && estado === 'terminada' ? (resultado as ResultadoAnalisis) : null
  return { tarea: id, clase, estado, avance, mensaje, analisis }
}

// ----------------------------------------------------------------------------------------------------------- batches

/** A batch with the size of its lists and the undo that is under way. @throws NoEncontrado */
export async function loteConListas(
  ctx: CtxLectura,
  clase: Clase,
  id: number,
): Promise<{ lote: LoteGuardado; listas: Record<string, number>; enCurso: number | null }> {
  const lote = await obtenerLote(ctx, clase, id)
  const enCurso = await tareaEnCurso(ctx, tipoDeshacer(id))
  return { lote, listas: await totalesDe(ctx, clase, { ...lote.resumen, lote: id }), enCurso: enCurso?.id ?? null }
}

async function totalesDe(ctx: CtxLectura, clase: Clase, informe: InformeBase): Promise<Record<string, number>> {
  const vacias = Object.fromEntries(nombresDeListas(clase).map((lista) => [lista, 0]))
  return {
    ...vacias,
    ...(informe.lote === null ? {} : await clase.contarListas(ctx, informe.lote)),
    rechazadas: informe.errores.length,
    advertencias: informe.advertencias.length,
  }
}

/** A page of a list of a batch. @throws NoEncontrado */
export async function listaDeLote(
  ctx: CtxLectura,
  clase: Clase,
  id: number,
  pedido: PedirLista,
): Promise<PaginaDeLista> {
  exigirLista(clase, pedido.lista)
  const { lote, listas } = await loteConListas(ctx, clase, id)
  const { lista, inicio, largo } = pedido
  const filas =
    problemasDe(lote.resumen, lista)?.slice(inicio, inicio + largo) ??
    (await clase.filasDeLote(ctx, id, lista, inicio, largo))
  return { total: listas[lista] ?? 0, inicio, filas }
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
  clase: Clase,
  id: number,
): Promise<{ nombre: string; escribir: (salida: Writable) => Promise<void> }> {
  const { archivo, resumen } = await obtenerLote(ctx, clase, id)
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

/**
 * Queues the undo of a batch.
 * @throws NoEncontrado; Conflicto when it was undone already or is being undone.
 */
export async function pedirDeshacer(ctx: Contexto, clase: Clase, lote: number): Promise<number> {
  const { estado } = await obtenerLote(ctx, clase, lote)
  if (estado === 'deshecho') throw new Conflicto(`El lote ${String(lote)} ya se deshizo.`)
  const tipo = tipoDeshacer(lote)
  if ((await tareaEnCurso(ctx, tipo)) !== null) throw new Conflicto(`El lote ${String(lote)} ya se está deshaciendo.`)
  return conTransaccion(ctx, async (tx) => {
    const tarea = await crearTarea(tx, { tipo, mensaje: `En espera de turno para deshacer el lote ${String(lote)}` })
    await encolar(tx, TRABAJO_DESHACER, { tarea, clase: clase.clave, lote })
    return tarea
  })
}

/** The undo itself. */
export function deshacer(ctx: Contexto, clase: Clase, tarea: number, lote: number): Promise<void> {
  return ejecutarTarea(ctx, tarea, async (avanzar) => {
    await avanzar(10, `Deshaciendo el lote ${String(lote)}`)
    const resumen = await deshacerLote(ctx, clase, lote)
    return { mensaje: fraseDeshacer(clase, resumen), resultado: resultadoDeshacer(clase, resumen) }
  })
}

/** The class of that key; the queue may hold work of one that is gone. @throws NoEncontrado */
export function claseDe(clases: readonly Clase[], clave: string): Clase {
  const clase = clases.find((una) => una.clave === clave)
  if (clase === undefined) throw new NoEncontrado(`No existe la importación «${clave}».`)
  return clase
}

// ------------------------------------------------------------------------------------------------------------ upload

async function exigirSubida(ruta: string): Promise<void> {
  if (!(await existeSubida(ruta))) throw new DatosInvalidos('El archivo ya no está en el servidor. Elígelo otra vez.')
}

/** An analysis that ended and still has its upload. @throws Conflicto */
async function analisisVigente(
  ctx: CtxLectura,
  clase: Clase,
  id: number,
): Promise<{ ruta: string; resultado: ResultadoAnalisis }> {
  const { tipo, estado, archivo, resultado } = await verTarea(ctx, id)
  if (tipo !== tipoAnalizar(clase.clave) || estado !== 'terminada' || archivo === null) throw new Conflicto(YA_NO_ESTA)
  if (!(await existeSubida(archivo))) throw new Conflicto(YA_NO_ESTA)
  return { ruta: archivo, resultado: resultado as ResultadoAnalisis }
}

/** The upload of an analysis that is done again. @throws Conflicto */
async function subidaDe(
  ctx: CtxLectura,
  clase: Clase,
  id: number,
): Promise<{ ruta: string; nombre: string; anterior: number }> {
  const { ruta, resultado } = await analisisVigente(ctx, clase, id)
  return { ruta, nombre: resultado.archivo, anterior: id }
}

/** Deletes the uploads that the new one replaces, and those that nobody decided about for days. */
async function limpiarSubidas(ctx: Contexto, clase: Clase, menos: string): Promise<void> {
  const antesDe = new Date(ctx.ahora.getTime() - DIAS_DE_SUBIDA * DIA_MS)
  for (const tarea of await tareasConArchivo(ctx, tipoAnalizar(clase.clave), antesDe)) {
    if (tarea.archivo !== menos) await soltar(ctx, clase, tarea)
  }
}

async function soltar(ctx: Contexto, clase: Clase, { id, archivo }: Tarea): Promise<void> {
  await soltarArchivoDeTarea(ctx, id)
  if (archivo !== null) await borrarSubida(archivo, nombresDeListas(clase))
}

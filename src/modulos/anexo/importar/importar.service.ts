/**
 * What the dialog of the annex asks: the workbook is read and analysed, or applied, in the background; it waits beside
 * its task until it is applied, replaced by another or forgotten for days.
 */
import { link, rm } from 'node:fs/promises'
import { DatosInvalidos, ErrorDeDominio, SinPermiso } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { Almacen } from '../../../plataforma/archivos.ts'
import { encolar } from '../../../plataforma/cola.ts'
import { tienePermiso, type Contexto, type CtxLectura } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { guardarArchivo } from '../../archivos/index.ts'
import { crearTarea, ejecutarTarea, soltarArchivoDeTarea } from '../../tareas/index.ts'
import {
  CODIGO_ANEXO,
  MAXIMO_DE_LISTA,
  RUTA_ANEXO,
  type LibroDeAnexo,
  type RespuestaAnalisis,
} from '../anexo.contrato.ts'
import { PERMISO_ANEXO } from '../anexo.permisos.ts'
import type { AnexoLeido } from '../lectura/lectura.tipos.ts'
import { analizarVersion, exigirOt, prepararVersion } from '../versiones/analisis.service.ts'
import { aplicarAnexo, fraseDeImportacion, type AlAvanzar } from '../versiones/aplicar.service.ts'
import type { ModoDeCarga } from '../versiones/versiones.tipos.ts'
import { tipoDeTarea, TRABAJO_ANEXO, type CamposDeImportacion, type DatosDeTrabajo } from './importar.schema.ts'
import { leerLibro } from './lectura.service.ts'
import { existe, libroDeTarea, limpiarSubidas, YA_NO_ESTA } from './subidas.service.ts'

const MAXIMO_MB = 100

/** An upload, or the task that keeps it. */
export type OrigenDeLibro =
  { readonly ruta: string; readonly nombre: string; readonly bytes: number } | { readonly tarea: number }

/** Loading whole and updating are two permissions (anexo-c.md §3). @throws SinPermiso. */
export function exigirPermiso(ctx: CtxLectura, modo: ModoDeCarga): void {
  if (!tienePermiso(ctx, modo === 'reemplazo' ? PERMISO_ANEXO.CREAR : PERMISO_ANEXO.CAMBIAR)) throw new SinPermiso()
}

/**
 * Queues the analysis, or the application, of a workbook.
 * @returns the task to follow.
 * @throws NoEncontrado; Conflicto for a deleted OT or a workbook that is not kept any more; DatosInvalidos.
 */
export async function pedirImportacion(
  ctx: Contexto,
  campos: CamposDeImportacion,
  origen: OrigenDeLibro,
): Promise<number> {
  const ot = await exigirOt(ctx, campos.ot_id)
  const { anterior, ruta, nombre, bytes } =
    'tarea' in origen ? await libroDeTarea(ctx, ot.id, origen.tarea) : { ...origen, anterior: null }
  exigirExtension(nombre)
  await limpiarSubidas(ctx, ot.id, ruta)
  return conTransaccion(ctx, async (tx) => {
    if (anterior !== null) await soltarArchivoDeTarea(tx, anterior)
    const tarea = await crearTarea(tx, {
      tipo: tipoDeTarea(ot.id),
      mensaje: `En espera de turno para leer ${nombre}`,
      archivo: ruta,
    })
    await encolar(tx, TRABAJO_ANEXO, {
      tarea,
      idOt: ot.id,
      archivo: ruta,
      nombre,
      bytes,
      modo: campos.modo_actualizacion,
      alcance: campos.alcance_programacion,
      simular: campos.simular,
      huella: campos.huella === undefined || campos.huella === '' ? null : campos.huella,
      confirmarSinDestino: campos.confirmar_sin_destino,
    })
    return tarea
  })
}

/** @throws DatosInvalidos for what is not a workbook of today (A16). */
function exigirExtension(nombre: string): void {
  const extension = /\.([^.]+)$/.exec(nombre.toLowerCase())?.[1] ?? ''
  if (extension === 'xlsx' || extension === 'xlsm') return
  const mensaje =
    extension === 'xls'
      ? 'El libro es de una versión antigua de Excel (.xls). Guárdalo como .xlsx y súbelo otra vez.'
      : 'Elige un libro de Excel (.xlsx).'
  throw new DatosInvalidos(mensaje, { tipoAviso: 'advertencia', campos: { archivo: mensaje } })
}

/** The work itself: a refusal keeps the workbook, so that the person may decide and go on. */
export function importarLibro(ctx: Contexto, almacen: Almacen, datos: DatosDeTrabajo): Promise<void> {
  return ejecutarTarea(ctx, datos.tarea, async (avanzar) => {
    try {
      return datos.simular ? await analizarLibro(ctx, datos, avanzar) : await aplicarLibro(ctx, almacen, datos, avanzar)
    } catch (error) {
      throw error instanceof ErrorDeDominio ? conLibro(error, datos) : error
    }
  })
}

const libroDe = ({ nombre, bytes, modo, alcance }: DatosDeTrabajo): LibroDeAnexo => ({ nombre, bytes, modo, alcance })

/** The refusal remembers the workbook and its task, with which it is answered. */
function conLibro(error: ErrorDeDominio, datos: DatosDeTrabajo): ErrorDeDominio {
  const { estado, detalles, tipoAviso, codigo, campos, extra } = error
  return new ErrorDeDominio(estado, detalles, {
    // Whatever is wrong with a workbook is for the person to mend (anexo-c.md §3).
    tipoAviso: estado === 400 ? 'advertencia' : tipoAviso,
    codigo,
    campos,
    extra: { ...extra, tarea: datos.tarea, libro: libroDe(datos) },
  })
}

async function leer(ctx: Contexto, { archivo, idOt }: DatosDeTrabajo, avanzar: AlAvanzar): Promise<AnexoLeido> {
  if (!(await existe(archivo))) throw new DatosInvalidos(YA_NO_ESTA)
  await avanzar(5, 'Leyendo el libro')
  return leerLibro(ctx, archivo, (await exigirOt(ctx, idOt)).idPrincipal)
}

async function analizarLibro(ctx: Contexto, datos: DatosDeTrabajo, avanzar: AlAvanzar) {
  const leido = await leer(ctx, datos, avanzar)
  await avanzar(70, 'Comparando con el anexo vigente')
  const conErrores = leido.totalErrores > 0
  const preparada = conErrores ? null : await prepararVersion(ctx, datos, leido)
  const respuesta: Omit<RespuestaAnalisis, 'tarea'> = {
    analisis: preparada === null ? null : await analizarVersion(ctx, datos, leido, preparada),
    ...problemasDe(leido, datos.tarea),
    advertencias: [...leido.advertencias, ...(preparada?.plan.advertencias ?? [])].slice(0, MAXIMO_DE_LISTA),
    total_advertencias: leido.totalAdvertencias + (preparada?.plan.advertencias.length ?? 0),
    huella: preparada?.huella ?? '',
  }
  return {
    mensaje: conErrores
      ? fraseDeErrores(leido)
      : `Se leyeron ${plural(leido.partidas.length, 'partida', 'partidas')}. Todavía no se ha guardado nada.`,
    resultado: { clase: 'analisis', libro: libroDe(datos), ...respuesta },
  }
}

const problemasDe = (leido: AnexoLeido, tarea: number) => ({
  errores: leido.errores.slice(0, MAXIMO_DE_LISTA),
  total_errores: leido.totalErrores,
  libro_errores: leido.totalErrores > 0 ? `${RUTA_ANEXO.ERRORES}?tarea=${String(tarea)}` : '',
})

const fraseDeErrores = ({ filasConError }: AnexoLeido): string =>
  `Se encontraron inconsistencias en ${plural(filasConError, 'fila', 'filas')} del libro. No se guardó nada: corrígelas y vuelve a cargarlo.`

async function aplicarLibro(ctx: Contexto, almacen: Almacen, datos: DatosDeTrabajo, avanzar: AlAvanzar) {
  const leido = await leer(ctx, datos, avanzar)
  if (leido.totalErrores > 0)
    throw new DatosInvalidos(fraseDeErrores(leido), {
      tipoAviso: 'advertencia',
      codigo: CODIGO_ANEXO.ERRORES,
      extra: {
        ...problemasDe(leido, datos.tarea),
        advertencias: leido.advertencias.slice(0, MAXIMO_DE_LISTA),
        total_advertencias: leido.totalAdvertencias,
      },
    })
  const hecha = await aplicarAnexo(
    ctx,
    { ...datos, guardarLibro: () => guardarLibro(ctx, almacen, datos) },
    leido,
    avanzar,
  )
  await soltarArchivoDeTarea(ctx, datos.tarea)
  await rm(datos.archivo, { force: true })
  return {
    mensaje: fraseDeImportacion(datos.modo, hecha),
    resultado: { clase: 'importacion', libro: libroDe(datos), ...hecha },
  }
}

/** Keeps another name of the upload, because the store takes it away and a refusal needs it. */
async function guardarLibro(
  ctx: Contexto,
  almacen: Almacen,
  { archivo, nombre, bytes }: DatosDeTrabajo,
): Promise<number> {
  const copia = `${archivo}.libro`
  await rm(copia, { force: true })
  await link(archivo, copia)
  try {
    const guardado = await guardarArchivo(
      { ctx, almacen },
      { ruta: copia, nombre, bytes },
      {
        campo: 'archivo',
        clases: ['xlsx', 'xlsm'],
        admitidos: 'Elige un libro de Excel (.xlsx).',
        maximoMb: MAXIMO_MB,
      },
    )
    return guardado.id
  } finally {
    await rm(copia, { force: true })
  }
}

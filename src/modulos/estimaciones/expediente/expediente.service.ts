/** The expediente of an estimation as a file: at once, or through a task when it is big (settled.md §4). */
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setImmediate as otroTurno } from 'node:timers/promises'
import { z } from 'zod'
import { Conflicto, SinPermiso } from '../../../comun/errores.ts'
import { TIPO_DE_CONTENIDO, type Almacen } from '../../../plataforma/archivos.ts'
import { encolar } from '../../../plataforma/cola.ts'
import { tienePermiso, type Contexto, type CtxLectura } from '../../../plataforma/contexto.ts'
import type { Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { descargaPdf, dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { leerMiniaturas } from '../../archivos/index.ts'
import {
  crearTarea,
  dejarArchivoEnTarea,
  ejecutarTarea,
  soltarArchivoDeTarea,
  tareasOlvidadas,
  verTarea,
} from '../../tareas/index.ts'
import { anotarDescarga, leerDocumento, nombreSinExtension } from '../exportes/exportes.service.ts'
import { obtenerEstimacion } from '../cambios.service.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { documentoDeExpediente } from './expediente.pdf.ts'
import { medirExpediente } from './expediente.repo.ts'
import { tipoDeExpediente, TRABAJO_EXPEDIENTE, type DatosDeExpediente } from './expediente.schema.ts'

/** From here on it takes longer than people wait for a download (docs/rendimiento.md). */
const LINEAS_GRANDE = 1000
const ARCHIVOS_GRANDE = 150
/** How long the file of a task is kept for who asked for it. */
const GUARDADO_MS = 24 * 3_600_000
const YA_NO_ESTA = 'Ese expediente ya no está guardado. Descárgalo de nuevo.'

/** Where the photos are, and the address that the QR codes open. */
export interface DondeImprimir {
  readonly almacen: Almacen
  readonly dominio: string | null
}

/** Whether the expediente is drawn in the background. */
export async function esGrande(ctx: CtxLectura, idEstimacion: number): Promise<boolean> {
  const { lineas, archivos } = await medirExpediente(ctx.bd, idEstimacion)
  return lineas > LINEAS_GRANDE || archivos > ARCHIVOS_GRANDE
}

/** Bytes of the expediente of an estimation and whose it is. @throws NoEncontrado, Conflicto. */
export async function dibujarExpediente(
  ctx: Contexto,
  id: number | null | undefined,
  { almacen, dominio }: DondeImprimir,
): Promise<{ bytes: Buffer; estimacion: Estimacion }> {
  const documento = await leerDocumento(ctx, { id, dominio }, { gpus: true })
  const claves = documento.gpus.flatMap(({ evidencias }) => evidencias.flatMap(({ miniatura }) => miniatura ?? []))
  const miniaturas = await leerMiniaturas(almacen, claves)
  const dibujo = documentoDeExpediente(documento, miniaturas)
  // Putting it together and handing it to the thread are two stops of this process, not one.
  await otroTurno()
  return { bytes: await dibujarPdf(dibujo), estimacion: documento.estimacion }
}

const nombreDeExpediente = (estimacion: Pick<Estimacion, 'numero' | 'ot'>): string =>
  `Expediente_${nombreSinExtension(estimacion)}`

/**
 * The expediente as a download, or the task that draws it when it is big.
 * @throws SinPermiso, NoEncontrado, Conflicto.
 */
export async function pedirExpediente(
  ctx: Contexto,
  id: number | null | undefined,
  donde: DondeImprimir,
): Promise<{ archivo: Exportacion } | { tarea: number }> {
  if (!tienePermiso(ctx, 'operaciones.view_estimacionheader')) throw new SinPermiso()
  const estimacion = await obtenerEstimacion(ctx, id)
  if (!(await esGrande(ctx, estimacion.id))) {
    const { bytes, estimacion: impresa } = await dibujarExpediente(ctx, id, donde)
    const archivo = descargaPdf(nombreDeExpediente(impresa), bytes)
    await anotarDescarga(ctx, impresa, archivo)
    return { archivo }
  }
  await limpiarOlvidados(ctx, donde.almacen)
  const tarea = await conTransaccion(ctx, async (tx) => {
    const nueva = await crearTarea(tx, {
      tipo: tipoDeExpediente(estimacion.id),
      mensaje: `En espera de turno para armar el expediente de EST-${String(estimacion.numero)}`,
    })
    await encolar(tx, TRABAJO_EXPEDIENTE, { tarea: nueva, id: estimacion.id, dominio: donde.dominio })
    return nueva
  })
  return { tarea }
}

const Resultado = z.object({ nombre: z.string(), ot: z.string(), numero: z.number() })

/** The work of the task: its file stays in the store until it is fetched, a day at most. */
export function armarExpediente(ctx: Contexto, almacen: Almacen, datos: DatosDeExpediente): Promise<void> {
  const { tarea, id, dominio } = datos
  return ejecutarTarea(ctx, tarea, async (avanzar) => {
    await avanzar(10, 'Armando el expediente')
    const { bytes, estimacion } = await dibujarExpediente(ctx, id, { almacen, dominio })
    await avanzar(90, 'Guardando el archivo')
    const provisional = join(tmpdir(), `expediente-${randomUUID()}.pdf`)
    try {
      await writeFile(provisional, bytes, { mode: 0o600 })
      await dejarArchivoEnTarea(
        ctx,
        tarea,
        await almacen.guardar(provisional, { carpeta: 'expedientes', clase: 'pdf' }),
      )
    } finally {
      await rm(provisional, { force: true })
    }
    const resultado: z.output<typeof Resultado> = {
      nombre: `${nombreDeExpediente(estimacion)}.pdf`,
      ot: estimacion.ot,
      numero: estimacion.numero,
    }
    return { mensaje: 'El expediente está listo.', resultado }
  })
}

/**
 * The file that a task of this person left for that estimation.
 * @throws NoEncontrado for the task of somebody else; Conflicto when it did not end well or its file is gone.
 */
export async function descargarExpediente(
  ctx: Contexto,
  pedido: { id: number | null | undefined; tarea: number },
  almacen: Almacen,
): Promise<Exportacion> {
  const { id } = await obtenerEstimacion(ctx, pedido.id)
  const { tipo, estado, archivo: clave, resultado } = await verTarea(ctx, pedido.tarea)
  if (tipo !== tipoDeExpediente(id) || estado !== 'terminada' || clave === null || !(await almacen.existe(clave)))
    throw new Conflicto(YA_NO_ESTA)
  const { nombre, ot, numero } = Resultado.parse(resultado)
  await anotarDescarga(ctx, { id, ot, numero }, { nombre })
  return {
    nombre,
    tipo: TIPO_DE_CONTENIDO.pdf,
    escribir: async (salida) => {
      await pipeline(await almacen.leer(clave), salida)
    },
  }
}

/** Files that nobody fetched in a day. */
async function limpiarOlvidados(ctx: Contexto, almacen: Almacen): Promise<void> {
  const antesDe = new Date(ctx.ahora.getTime() - GUARDADO_MS)
  for (const { id, archivo } of await tareasOlvidadas(ctx, TRABAJO_EXPEDIENTE.nombre, antesDe)) {
    await soltarArchivoDeTarea(ctx, id)
    if (archivo !== null) await almacen.borrar(archivo)
  }
}

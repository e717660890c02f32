/** Files of an estimation (estimaciones.md §8); each download is logged. */
import { Conflicto } from '../../../comun/errores.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { exportarHojas, nombreDeArchivo, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { descargaPdf, dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { registrarExportacion, TABLA_LOG } from '../../auditoria/index.ts'
import { listarDeducciones } from '../deducciones/deducciones.repo.ts'
import { nombreDe } from '../estimaciones.auditoria.ts'
import { obtenerEstimacion } from '../cambios.service.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { pruebaDe } from '../prueba/prueba.service.ts'
import { contenidoDe } from '../instantanea/instantanea.service.ts'
import { hojasDeEstimacion } from './estimacion.excel.ts'
import { documentoPdf } from './estimacion.pdf.ts'
import { documentoDe } from './exportes.calculo.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'

const LECTURAS = 3

/** Of whom a document is asked. */
export interface PedidoDeDocumento {
  readonly id: number | null | undefined
  /** Public address of the system, which the QR codes open. */
  readonly dominio: string | null
}

/**
 * Header and what it prints, of the same version, without holding whoever changes them.
 * @param gpus whether the GPUs and their evidence come too.
 * @throws NoEncontrado, Conflicto.
 */
export async function leerDocumento(
  ctx: Contexto,
  { id, dominio }: PedidoDeDocumento,
  { gpus }: { gpus: boolean } = { gpus: false },
): Promise<DocumentoDeEstimacion> {
  for (let lectura = 0; lectura < LECTURAS; lectura += 1) {
    const estimacion = await obtenerEstimacion(ctx, id)
    const { contenido, pasos } = await contenidoDe(ctx, estimacion, { dominio, gpus })
    const prueba = await pruebaDe(ctx, estimacion)
    const deducciones = await listarDeducciones(ctx.bd, estimacion.id)
    const { version } = await obtenerEstimacion(ctx, id)
    if (version === estimacion.version) return documentoDe(estimacion, contenido, { pasos, prueba, deducciones })
  }
  throw new Conflicto('La estimación está cambiando en este momento. Intenta de nuevo.')
}

/** `Estimacion_1_OT-101`. */
export const nombreSinExtension = ({ numero, ot }: Pick<Estimacion, 'numero' | 'ot'>): string =>
  `Estimacion_${String(numero)}_${nombreDeArchivo(ot)}`

export function anotarDescarga(
  ctx: Contexto,
  estimacion: Pick<Estimacion, 'id' | 'numero' | 'ot'>,
  archivo: Pick<Exportacion, 'nombre'>,
): Promise<void> {
  return registrarExportacion(ctx, {
    tabla: TABLA_LOG.ESTIMACION,
    registroId: estimacion.id,
    detalle: `${nombreDe(estimacion)}, en ${archivo.nombre}`,
  })
}

/** The estimation as a workbook. @throws NoEncontrado. */
export async function exportarExcel(ctx: Contexto, pedido: PedidoDeDocumento): Promise<Exportacion> {
  const documento = await leerDocumento(ctx, pedido)
  const archivo = exportarHojas(nombreSinExtension(documento.estimacion), hojasDeEstimacion(documento))
  await anotarDescarga(ctx, documento.estimacion, archivo)
  return archivo
}

/** The estimation as a document to print and sign. @throws NoEncontrado. */
export async function exportarPdf(ctx: Contexto, pedido: PedidoDeDocumento): Promise<Exportacion> {
  const documento = await leerDocumento(ctx, pedido)
  const bytes = await dibujarPdf(documentoPdf(documento))
  const archivo = descargaPdf(nombreSinExtension(documento.estimacion), bytes)
  await anotarDescarga(ctx, documento.estimacion, archivo)
  return archivo
}

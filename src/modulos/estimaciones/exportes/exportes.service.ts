/** Files of an estimation (estimaciones.md §8); each download is logged. */
import { Conflicto } from '../../../comun/errores.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { exportarHojas, nombreDeArchivo, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { descargaPdf, dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { listarDetalle } from '../consultas.repo.ts'
import { nombreDe } from '../estimaciones.auditoria.ts'
import { obtenerEstimacion } from '../estimaciones.service.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { pruebaDe } from '../prueba/prueba.service.ts'
import { hojasDeEstimacion } from './estimacion.excel.ts'
import { documentoPdf } from './estimacion.pdf.ts'
import { documentoDe } from './exportes.calculo.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'

const LECTURAS = 3

/** Header and lines of the same version, without holding whoever changes them. @throws NoEncontrado, Conflicto. */
export async function leerDocumento(ctx: Contexto, id: number | null | undefined): Promise<DocumentoDeEstimacion> {
  for (let lectura = 0; lectura < LECTURAS; lectura += 1) {
    const estimacion = await obtenerEstimacion(ctx, id)
    const lineas = await listarDetalle(ctx.bd, estimacion.id)
    const prueba = await pruebaDe(ctx, estimacion)
    const { version } = await obtenerEstimacion(ctx, id)
    if (version === estimacion.version) return documentoDe(estimacion, lineas, prueba)
  }
  throw new Conflicto('La estimación está cambiando en este momento. Intenta de nuevo.')
}

/** `Estimacion_1_OT-101`. */
const nombreSinExtension = ({ numero, ot }: Estimacion): string => `Estimacion_${String(numero)}_${nombreDeArchivo(ot)}`

function anotarDescarga(ctx: Contexto, estimacion: Estimacion, archivo: Exportacion): Promise<void> {
  return conTransaccion(ctx, (tx) =>
    registrarEvento(tx, {
      tabla: TABLA_LOG.ESTIMACION,
      registroId: estimacion.id,
      evento: 'EXPORTAR',
      campo: 'Exportó',
      detalle: `${nombreDe(estimacion)}, en ${archivo.nombre}`,
    }),
  )
}

/** The estimation as a workbook. @throws NoEncontrado. */
export async function exportarExcel(ctx: Contexto, id: number | null | undefined): Promise<Exportacion> {
  const documento = await leerDocumento(ctx, id)
  const archivo = exportarHojas(nombreSinExtension(documento.estimacion), hojasDeEstimacion(documento))
  await anotarDescarga(ctx, documento.estimacion, archivo)
  return archivo
}

/** The estimation as a document to print and sign. @throws NoEncontrado. */
export async function exportarPdf(ctx: Contexto, id: number | null | undefined): Promise<Exportacion> {
  const documento = await leerDocumento(ctx, id)
  const bytes = await dibujarPdf(documentoPdf(documento))
  const archivo = descargaPdf(nombreSinExtension(documento.estimacion), bytes)
  await anotarDescarga(ctx, documento.estimacion, archivo)
  return archivo
}

import { NoEncontrado } from '../../../comun/errores.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import type { Almacen } from '../../../plataforma/archivos.ts'
import type { Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { descargaPdf, dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { leerMiniaturas } from '../../archivos/index.ts'
import { registrarExportacion, TABLA_LOG } from '../../auditoria/index.ts'
import { rutaDeGpu } from '../gpu/gpu.contrato.ts'
import { documentoDeGpu } from './hoja-gpu.pdf.ts'
import { buscarHojaDeGpu, listarEvidenciasDeHoja, listarHojasDeGpu } from './hoja-gpu.repo.ts'
import type { EvidenciaDeHoja, HojaDeGpu } from './hoja-gpu.tipos.ts'

/**
 * Sheet of a GPU in PDF, with the thumbnails of its evidence.
 * @param dominio public address of the system, which the QR code opens.
 * @throws NoEncontrado.
 */
export async function hojaDeGpu(
  ctx: Contexto,
  id: number | null,
  { almacen, dominio }: { almacen: Almacen; dominio: string },
): Promise<Exportacion> {
  const gpu = id === null ? null : await buscarHojaDeGpu(ctx.bd, id)
  if (gpu === null) throw new NoEncontrado('El GPU no existe.')
  const evidencias = await listarEvidenciasDeHoja(ctx.bd, [gpu.id])
  const documento = documentoDeGpu({
    gpu,
    evidencias,
    miniaturas: await leerMiniaturas(
      almacen,
      evidencias.flatMap(({ miniatura }) => miniatura ?? []),
    ),
    direccion: new URL(rutaDeGpu(gpu.id), dominio).href,
    generado: ctx.ahora,
    usuario: ctx.usuario?.nombre ?? 'Sistema',
  })
  const archivo = descargaPdf(`GPU-${String(gpu.id)}`, await dibujarPdf(documento))
  await registrarExportacion(ctx, {
    tabla: TABLA_LOG.GPU,
    registroId: gpu.id,
    detalle: `la hoja del GPU ${gpu.codigo} del ${gpu.fecha} de la OT: ${gpu.folio}, en ${archivo.nombre}`,
  })
  return archivo
}

/** A GPU with its evidence, for the documents that hold many. */
export interface GpuConEvidencia {
  readonly gpu: HojaDeGpu
  readonly evidencias: readonly EvidenciaDeHoja[]
}

/** The GPUs of some production rows, each with the evidence that stands. */
export async function gpusConEvidencia(ctx: CtxLectura, producciones: readonly number[]): Promise<GpuConEvidencia[]> {
  const hojas = await listarHojasDeGpu(ctx.bd, producciones)
  const porGpu = new Map<number, EvidenciaDeHoja[]>(hojas.map(({ id }) => [id, []]))
  for (const evidencia of await listarEvidenciasDeHoja(ctx.bd, [...porGpu.keys()]))
    porGpu.get(evidencia.idGpu)?.push(evidencia)
  return hojas.map((gpu) => ({ gpu, evidencias: porGpu.get(gpu.id) ?? [] }))
}

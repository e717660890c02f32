import { NoEncontrado } from '../../../comun/errores.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import type { Almacen } from '../../../plataforma/archivos.ts'
import type { Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { descargaPdf, dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { miniaturasDe } from '../../archivos/index.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { rutaDeGpu } from '../gpu/gpu.contrato.ts'
import { documentoDeGpu } from './hoja-gpu.pdf.ts'
import { buscarHojaDeGpu, listarEvidenciasDeHoja } from './hoja-gpu.repo.ts'

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
  const evidencias = await listarEvidenciasDeHoja(ctx.bd, gpu.id)
  const documento = documentoDeGpu({
    gpu,
    evidencias,
    miniaturas: await miniaturasDe(
      { ctx, almacen },
      evidencias.map(({ idArchivo }) => idArchivo),
    ),
    direccion: new URL(rutaDeGpu(gpu.id), dominio).href,
    generado: ctx.ahora,
    usuario: ctx.usuario?.nombre ?? 'Sistema',
  })
  const archivo = descargaPdf(`GPU-${String(gpu.id)}`, await dibujarPdf(documento))
  await conTransaccion(ctx, (tx) =>
    registrarEvento(tx, {
      tabla: TABLA_LOG.GPU,
      registroId: gpu.id,
      evento: 'EXPORTAR',
      campo: 'Exportó',
      detalle: `la hoja del GPU ${gpu.codigo} del ${gpu.fecha} de la OT: ${gpu.folio}, en ${archivo.nombre}`,
    }),
  )
  return archivo
}

/** Page of one GPU: where it comes from, its evidence and its history. */
import { NoEncontrado } from '../../../comun/errores.ts'
import { aDdMmAaaa, instanteLocal } from '../../../comun/fechas.ts'
import { tienePermiso, type CtxLectura } from '../../../plataforma/contexto.ts'
import { historialDe, TABLA_LOG } from '../../auditoria/index.ts'
import { rutaEstimacion } from '../../estimaciones/estimaciones.contrato.ts'
import { enlaceProduccion } from '../produccion.contrato.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { rutaDeHojaGpu } from '../reportes/reportes.contrato.ts'
import { evidenciasDe } from './evidencia.service.ts'
import type { PaginaGpu } from './gpu.contrato.ts'
import { impedimentoDeGpu } from './gpu.reglas.ts'
import * as repo from './gpu.repo.ts'
import { puedeAbrirGpu } from './gpu.service.ts'
import type { Gpu } from './gpu.tipos.ts'
import { registroDeGpu } from './gpu.vista.ts'

/** @throws NoEncontrado. */
export async function paginaDeGpu(ctx: CtxLectura, idGpu: number): Promise<PaginaGpu> {
  const idProduccion = await repo.produccionDeGpu(ctx.bd, idGpu)
  const [gpu] = idProduccion === null ? [] : await repo.buscarGpus(ctx.bd, [idProduccion])
  if (gpu === undefined) throw new NoEncontrado('GPU no encontrado')
  const puede = { gpu: tienePermiso(ctx, PERMISO_PRODUCCION.GPU), abrir_gpu: puedeAbrirGpu(ctx) }
  const firma = await repo.firmaDeGpu(ctx.bd, idGpu)
  return {
    id_gpu: idGpu,
    codigo: gpu.codigo,
    concepto: gpu.concepto,
    dia: aDdMmAaaa(gpu.fecha),
    lugar: lugarDe(gpu),
    registro: registroDeGpu(gpu),
    ruta_hoja: tienePermiso(ctx, PERMISO_PRODUCCION.EXPORTAR) ? rutaDeHojaGpu(idGpu) : null,
    mes_cerrado: !gpu.mesAbierto,
    puede,
    puede_evidencia: puede.gpu && impedimentoDeGpu(gpu, puede.abrir_gpu) === null,
    grupos: gruposDe(gpu, firma),
    evidencias: await evidenciasDe(ctx, gpu.idProduccion),
    actividad: await historialDe(ctx, TABLA_LOG.GPU, idGpu),
  }
}

const lugarDe = ({ fecha, idSitio, idPrincipal }: Gpu): string =>
  enlaceProduccion({
    sitio: idSitio,
    mes: Number(fecha.slice(5, 7)),
    anio: Number(fecha.slice(0, 4)),
    ot: idPrincipal,
    pestana: 'gpu',
  })

function gruposDe(gpu: Gpu, firma: { usuario: string; fecha: Date } | null): PaginaGpu['grupos'] {
  return [
    {
      titulo: 'De dónde viene',
      campos: [
        { etiqueta: 'OT', valor: gpu.folio, ruta: `/operaciones/ot/${String(gpu.idPrincipal)}/` },
        { etiqueta: 'Partida', valor: gpu.codigo },
        { etiqueta: 'Anexo', valor: gpu.anexo },
        { etiqueta: 'Día', valor: aDdMmAaaa(gpu.fecha), ruta: lugarDe(gpu), numerico: true },
        { etiqueta: 'Frente', valor: gpu.sitio },
        { etiqueta: 'Tipo de afectación', valor: gpu.tipo },
        { etiqueta: 'Volumen', valor: `${gpu.volumen} ${gpu.unidad}`, numerico: true },
      ],
    },
    {
      titulo: 'Estado',
      campos: [
        {
          etiqueta: 'Enlace de evidencia',
          valor: gpu.archivo ?? '',
          ...(gpu.archivo === null ? {} : { ruta: gpu.archivo }),
        },
        { etiqueta: 'Observaciones', valor: gpu.nota },
        { etiqueta: 'Firmado por', valor: firma === null ? '' : `${firma.usuario}, ${instanteLocal(firma.fecha)}` },
        ...estimacionesDe(gpu),
      ],
    },
  ]
}

function estimacionesDe({ estimaciones }: Gpu): PaginaGpu['grupos'][number]['campos'] {
  if (estimaciones.length === 0) return [{ etiqueta: 'Estimación', valor: 'Sin estimar' }]
  return estimaciones.map(({ id, folio, estatus }) => ({
    etiqueta: 'Estimación',
    valor: `${folio} (${estatus})`,
    ruta: rutaEstimacion(id),
  }))
}

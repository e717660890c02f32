import { TABLA_LOG, type EntidadAuditada } from '../../auditoria/index.ts'
import { textoEstatusGpu } from './gpu.contrato.ts'
import type { CambioDeGpu } from './gpu.tipos.ts'

/** Fields of a GPU in the log. A type alias: the log asks for an index. */
export type GpuAuditado = {
  id_estatus: string
  archivo: string
  nota_bloqueo: string
}

/** How a GPU is described in the log (produccion.md §8, table 24). */
export const ENTIDAD_GPU: EntidadAuditada<GpuAuditado> = {
  tabla: TABLA_LOG.GPU,
  campos: {
    id_estatus: { etiqueta: 'Estatus', tipo: 'texto' },
    archivo: { etiqueta: 'Enlace de evidencia', tipo: 'texto' },
    nota_bloqueo: { etiqueta: 'Observaciones', tipo: 'texto' },
  },
}

export const gpuAuditado = ({ estatus, archivo, nota }: CambioDeGpu): GpuAuditado => ({
  id_estatus: textoEstatusGpu(estatus),
  archivo: archivo ?? '',
  nota_bloqueo: nota,
})

import { TABLA_LOG, type EntidadAuditada, type EventoAuditado } from '../../auditoria/index.ts'
import { textoEstatusGpu } from './gpu.contrato.ts'
import type { GpuCreado } from './gpu.mantenimiento.repo.ts'
import { nombreDeGpu } from './gpu.reglas.ts'
import { GPU_ESTATUS_INICIAL, type CambioDeGpu } from './gpu.tipos.ts'

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

/** A row for each GPU that the system makes with its production (§5.8.1): its history begins there. */
export const eventosDeCreacion = (creados: readonly GpuCreado[], folio: string): EventoAuditado[] =>
  creados.map((gpu) => ({
    tabla: TABLA_LOG.GPU,
    registroId: gpu.id,
    evento: 'CREAR',
    campo: 'Creó',
    actual: textoEstatusGpu(GPU_ESTATUS_INICIAL),
    detalle: `el GPU ${nombreDeGpu(gpu)} de la OT: ${folio}, con su producción`,
    version: 1,
  }))

export const gpuAuditado = ({ estatus, archivo, nota }: CambioDeGpu): GpuAuditado => ({
  id_estatus: textoEstatusGpu(estatus),
  archivo: archivo ?? '',
  nota_bloqueo: nota,
})

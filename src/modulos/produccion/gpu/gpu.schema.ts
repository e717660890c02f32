import { z } from 'zod'
import { crudo, entero, id, linea, siNo, texto } from '../../../comun/entrada.ts'
import { LARGO_COMENTARIO_EVIDENCIA, LARGO_NOTA_GPU, MAXIMO_MASIVO } from './gpu.contrato.ts'

const version = entero('La versión', { minimo: 0 }).optional()

/** `obtener_grid_gpus/`: without OT, month or year the answer is empty (§6.13). */
export const ConsultaDeGpus = z.object({
  id_ot: id('La OT').optional(),
  mes: entero('El mes').optional(),
  anio: entero('El año').optional(),
  id_sitio: id('El sitio').optional(),
})
export type ConsultaDeGpus = z.output<typeof ConsultaDeGpus>

/** `guardar_estatus_gpu/` (§6.14). */
export const GuardarGpu = z.object({
  id_produccion: id('La producción').optional(),
  estatus_id: id('El estatus').optional(),
  archivo: crudo.optional(),
  nota_bloqueo: texto('Las observaciones', LARGO_NOTA_GPU).optional(),
  version,
})
export type GuardarGpu = z.output<typeof GuardarGpu>

/** `guardar_estatus_gpus/`: one status for many. */
export const GuardarGpus = z.object({
  estatus_id: id('El estatus').optional(),
  registros: z
    .array(z.object({ id_produccion: id('La producción'), version }), { error: 'Envía la lista de GPU.' })
    .min(1, 'Elige al menos un GPU.')
    .max(MAXIMO_MASIVO, `Cambia hasta ${MAXIMO_MASIVO.toLocaleString('es-MX')} GPU a la vez.`),
  simular: siNo().optional(),
})
export type GuardarGpus = z.output<typeof GuardarGpus>

export const PorProduccion = z.object({ id_produccion: id('La producción').optional() })

/** `subir_evidencia_gpu/`: the files come beside. */
export const SubirEvidencia = z.object({
  id_produccion: id('La producción').optional(),
  comentario: linea('El comentario', LARGO_COMENTARIO_EVIDENCIA).optional(),
})
export type SubirEvidencia = z.output<typeof SubirEvidencia>

export const RetirarEvidencia = z.object({
  id: id('La evidencia').optional(),
  motivo: texto('El motivo', LARGO_NOTA_GPU).optional(),
})
export type RetirarEvidencia = z.output<typeof RetirarEvidencia>

export const ParametroId = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

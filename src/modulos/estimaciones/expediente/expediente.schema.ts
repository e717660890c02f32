import { z } from 'zod'
import { id, siNo } from '../../../comun/entrada.ts'
import type { Trabajo } from '../../../plataforma/cola.ts'

export const PedirExpediente = z.object({
  id: id('La estimación').optional(),
  /** Of a task that ended: its file. */
  tarea: id('La tarea').optional(),
  asincrono: siNo().default(false),
})

/** A big expediente is drawn in the background. */
export const TRABAJO_EXPEDIENTE = {
  nombre: 'estimacion-expediente',
  datos: z.object({ tarea: z.number(), id: z.number(), dominio: z.string().nullable() }),
  minutos: 15,
  reintentos: 0,
} as const satisfies Trabajo

export type DatosDeExpediente = z.output<typeof TRABAJO_EXPEDIENTE.datos>

/** One kind of task per estimation: a task of another gives no file of this one. */
export const tipoDeExpediente = (id: number): string => `${TRABAJO_EXPEDIENTE.nombre}:${String(id)}`

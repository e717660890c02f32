import { ErrorDeDominio } from '../../comun/errores.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { exito, json, type Respuesta } from '../../web/rutas.ts'
import { esperarTarea, verTarea, type FalloDeTarea } from './tareas.service.ts'
import type { Tarea } from './tareas.tipos.ts'

const conResultado = ({ id, mensaje, resultado }: Tarea): Respuesta => exito(mensaje, { tarea: id, resultado })

/**
 * Answer of a request that started work: its result when it ends in time, its refusal as if it had been told at once,
 * else 202 with the task (settled.md §4).
 * @param alTerminar how the result travels; in `resultado` unless told.
 */
export async function responderTarea(
  ctx: CtxLectura,
  id: number,
  asincrono: boolean,
  alTerminar: (tarea: Tarea) => Respuesta = conResultado,
): Promise<Respuesta> {
  const tarea = await (asincrono ? verTarea(ctx, id) : esperarTarea(ctx, id))
  const { estado, mensaje, resultado } = tarea
  if (estado === 'terminada') return alTerminar(tarea)
  if (estado !== 'fallida') return json({ exito: true, tipo_aviso: 'proceso', detalles: mensaje, tarea: id }, 202)
  // A job that a restart interrupted left only its sentence.
  const fallo = resultado as FalloDeTarea | null
  throw new ErrorDeDominio(fallo?.estado ?? 503, mensaje, {
    tipoAviso: fallo?.tipo_aviso,
    codigo: fallo?.codigo ?? undefined,
    extra: fallo?.extra,
  })
}

import { archivo, datos, LIMITE_EXPORTAR } from '../../../web/rutas.ts'
import { esperarTarea, responderTarea, verTarea } from '../../tareas/index.ts'
import { RUTA_ESTIMACION } from '../estimaciones.contrato.ts'
import { PedirExpediente } from './expediente.schema.ts'
import { descargarExpediente, pedirExpediente } from './expediente.service.ts'

export const rutasExpediente = [
  datos({
    ruta: RUTA_ESTIMACION.EXPEDIENTE,
    permiso: 'operaciones.exportar_estimacionheader',
    consulta: PedirExpediente,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta: { id, tarea, asincrono }, solicitud: { almacen, dominioPublico } }) => {
      if (tarea != null) return archivo(await descargarExpediente(ctx, { id, tarea }, almacen))
      const pedido = await pedirExpediente(ctx, id, { almacen, dominio: dominioPublico })
      if ('archivo' in pedido) return archivo(pedido.archivo)
      const { estado } = await (asincrono ? verTarea(ctx, pedido.tarea) : esperarTarea(ctx, pedido.tarea))
      if (estado === 'terminada') return archivo(await descargarExpediente(ctx, { id, tarea: pedido.tarea }, almacen))
      return responderTarea(ctx, pedido.tarea, true)
    },
  }),
]

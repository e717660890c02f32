import { SESION, datos, json } from '../../web/rutas.ts'
import type { EstadoDeTarea } from './tareas.contrato.ts'
import { ParametrosTarea } from './tareas.schema.ts'
import { verTarea } from './tareas.service.ts'

export const rutasTareas = [
  datos({
    ruta: '/operaciones/tareas/:id/estado/',
    permiso: SESION,
    parametros: ParametrosTarea,
    manejar: async ({ ctx, parametros }) => {
      const { estado, avance, mensaje, resultado } = await verTarea(ctx, parametros.id)
      return json({ estado, avance, mensaje, resultado } satisfies EstadoDeTarea)
    },
  }),
]

import { SESION, datos, json } from '../../web/rutas.ts'
import { LARGO_MINIMO, RUTA_BUSCAR, type RespuestaBuscar } from './busqueda.contrato.ts'
import { Buscar } from './busqueda.schema.ts'
import { buscarEnTodo } from './busqueda.service.ts'

/** The search of every page (issue B §6). Each kind of record asks for its own permission. */
export const rutasBusqueda = [
  datos({
    ruta: RUTA_BUSCAR,
    permiso: SESION,
    consulta: Buscar,
    manejar: async ({ ctx, consulta: { q } }) => {
      const grupos = q.trim().length < LARGO_MINIMO ? [] : await buscarEnTodo(ctx, q)
      const respuesta: RespuestaBuscar = { exito: true, q, grupos }
      return json(respuesta)
    },
  }),
]

import { z } from 'zod'
import { leerPaginacion } from '../../comun/paginacion.ts'
import { leerPeticionTabla } from '../../web/peticion-tabla.ts'
import { datos, json } from '../../web/rutas.ts'
import { partidasDeAnexo, tablaDelAnexo } from './anexo.service.ts'

const Consulta = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** Rows of a page when the client does not say (ot.md §6.16). */
const CANTIDAD_INICIAL = 25

/** Read-only table of the annex of an OT; its import comes with another issue. */
export const rutasAnexo = [
  datos({
    ruta: '/operaciones/ot/datatable-importaciones/',
    permiso: 'operaciones.view_ote',
    consulta: Consulta,
    manejar: async ({ ctx, consulta }) => {
      const paginacion = leerPaginacion(
        { draw: consulta['draw'], start: consulta['start'], length: consulta['length'] },
        CANTIDAD_INICIAL,
      )
      return json(await partidasDeAnexo(ctx, { ...leerPeticionTabla(tablaDelAnexo(), consulta), ...paginacion }))
    },
  }),
]

import { z } from 'zod'
import { leerPaginacion } from '../../comun/paginacion.ts'
import { leerPeticionTabla } from '../../web/peticion-tabla.ts'
import { datos, json } from '../../web/rutas.ts'
import { PERMISO_ANEXO } from './anexo.permisos.ts'
import { rutasDeImportarAnexo } from './importar/importar.routes.ts'
import { partidasDeAnexo, tablaDelAnexo } from './anexo.service.ts'

const Consulta = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** Rows of a page when the client does not say (ot.md §6.16). */
const CANTIDAD_INICIAL = 25

/** Anexo C of an OT: its table, and how it is loaded, compared and undone. */
export const rutasAnexo = [
  ...rutasDeImportarAnexo,
  datos({
    ruta: '/operaciones/ot/datatable-importaciones/',
    permiso: PERMISO_ANEXO.VER,
    consulta: Consulta,
    manejar: async ({ ctx, consulta }) => {
      const paginacion = leerPaginacion(
        { draw: consulta['draw'], start: consulta['start'], length: consulta['length'] },
        CANTIDAD_INICIAL,
      )
      const tabla = await tablaDelAnexo(ctx)
      return json(await partidasDeAnexo(ctx, tabla, { ...leerPeticionTabla(tabla, consulta), ...paginacion }))
    },
  }),
]

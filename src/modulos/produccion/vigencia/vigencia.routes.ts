import { datos, json } from '../../../web/rutas.ts'
import { RUTA_SITIOS } from '../produccion.contrato.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { sitiosConOts } from './vigencia.service.ts'

export const rutasVigencia = [
  datos({
    ruta: RUTA_SITIOS,
    permiso: PERMISO_PRODUCCION.VER,
    manejar: async ({ ctx }) => json(await sitiosConOts(ctx)),
  }),
]

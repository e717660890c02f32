import { datos, json, SESION } from '../../web/rutas.ts'
import { rutasActividad } from './actividad/actividad.routes.ts'
import { RUTA_HISTORIAL } from './auditoria.contrato.ts'
import { ConsultaHistorial } from './auditoria.schema.ts'
import { verHistorial } from './auditoria.service.ts'

/** The log of activity (core.md §9). */
export const rutasAuditoria = [
  datos({
    // The permission is the one of the record's own page: the service asks for it.
    ruta: RUTA_HISTORIAL,
    permiso: SESION,
    consulta: ConsultaHistorial,
    manejar: async ({ ctx, consulta }) => json(await verHistorial(ctx, consulta)),
  }),
  ...rutasActividad,
]

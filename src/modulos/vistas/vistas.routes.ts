import { SESION, accion, datos, exito, json } from '../../web/rutas.ts'
import type { VistaGuardadaJson } from './vistas.contrato.ts'
import { ConsultaVistas, CuerpoEliminarVista, CuerpoGuardarVista } from './vistas.schema.ts'
import { eliminarVista, guardarVista, verVistas } from './vistas.service.ts'
import { PAGINA_DE_TABLA } from './vistas.tipos.ts'

const SIN_AUDITORIA = 'A saved view is a personal shortcut: it changes no data of the company.'

/** Named filters of a table. A view opened by its link still shows only what the permission of its page allows. */
export const rutasVistas = [
  datos({
    ruta: '/operaciones/vistas/',
    permiso: SESION,
    consulta: ConsultaVistas,
    manejar: async ({ ctx, consulta: { tabla } }) => {
      const vistas = await verVistas(ctx, tabla)
      return json(
        vistas.map((vista): VistaGuardadaJson => ({
          ...vista,
          enlace: `${PAGINA_DE_TABLA[tabla] ?? '/'}?${vista.estado}`,
        })),
      )
    },
  }),
  accion({
    ruta: '/operaciones/vistas/guardar/',
    permiso: SESION,
    cuerpo: CuerpoGuardarVista,
    sinAuditoria: SIN_AUDITORIA,
    manejar: async ({ ctx, cuerpo }) => exito('Vista guardada.', { id_nuevo: await guardarVista(ctx, cuerpo) }),
  }),
  accion({
    ruta: '/operaciones/vistas/eliminar/',
    permiso: SESION,
    cuerpo: CuerpoEliminarVista,
    sinAuditoria: SIN_AUDITORIA,
    manejar: async ({ ctx, cuerpo }) => {
      await eliminarVista(ctx, cuerpo.id)
      return exito('Vista eliminada.')
    },
  }),
]

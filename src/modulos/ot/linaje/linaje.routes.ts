import { tienePermiso } from '../../../plataforma/contexto.ts'
import { LIMITE_EXPORTAR, archivo, datos, pagina, vista } from '../../../web/rutas.ts'
import { rutaOt } from '../ot.contrato.ts'
import { MIGA_INICIO, MIGA_LISTA } from '../ot.migas.ts'
import { PERMISO_OT } from '../ot.permisos.ts'
import { CompararVersiones, ParametroId } from '../ot.schema.ts'
import { exportarLinaje, familiaDeOt } from './linaje.service.ts'
import { paginaLinaje } from './linaje.vista.ts'

/** Lineage of a family: page and workbook. */
export const rutasLinaje = [
  pagina({
    ruta: '/operaciones/ot/:id/linaje/',
    permiso: PERMISO_OT.VER,
    parametros: ParametroId,
    consulta: CompararVersiones,
    manejar: async ({ ctx, parametros, consulta }) => {
      const familia = await familiaDeOt(ctx, parametros.id)
      const folio = familia.principal.ordenTrabajo
      return vista(
        'ot/linaje',
        { datos: paginaLinaje(familia, ctx.hoy, consulta, tienePermiso(ctx, PERMISO_OT.EXPORTAR)) },
        {
          titulo: `Linaje de ${folio}`,
          migas: [MIGA_INICIO, MIGA_LISTA, { texto: folio, ruta: rutaOt(familia.id) }, { texto: 'Linaje' }],
        },
      )
    },
  }),
  datos({
    ruta: '/operaciones/ot/:id/linaje/exportar/',
    permiso: PERMISO_OT.EXPORTAR,
    parametros: ParametroId,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, parametros }) => archivo(await exportarLinaje(ctx, parametros.id)),
  }),
]

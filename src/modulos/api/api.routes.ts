import { SESION, api, json, datos, pagina, vista, type Ruta } from '../../web/rutas.ts'
import * as Esquema from './api.schema.ts'
import { estadisticas, listarOts, listarPtes, verFamilia, verOt, verPte } from './api.service.ts'
import { paginaDocumentacion } from './api.vista.ts'
import { documentoOpenApi } from './openapi.ts'

const VER_PTE = 'operaciones.view_pteheader'
const VER_OT = 'operaciones.view_ote'

/** What another program reads (core.md §12). */
const rutasDeLectura: readonly Ruta[] = [
  api({
    ruta: '/operaciones/api/estadisticas/',
    permiso: SESION,
    etiqueta: 'Resumen',
    resumen: 'Cuántas PTE, órdenes y registros de producción hay.',
    respuesta: Esquema.Estadisticas,
    puedeFaltar: false,
    manejar: ({ ctx }) => estadisticas(ctx),
  }),
  api({
    ruta: '/operaciones/api/ptes/',
    permiso: VER_PTE,
    etiqueta: 'PTE',
    resumen: 'Las PTE vivas, de la solicitud más reciente a la más antigua.',
    consulta: Esquema.Paginas,
    respuesta: Esquema.Ptes,
    puedeFaltar: false,
    manejar: ({ ctx, consulta }) => listarPtes(ctx, consulta),
  }),
  api({
    ruta: '/operaciones/api/ptes/:id/',
    permiso: VER_PTE,
    etiqueta: 'PTE',
    resumen: 'Una PTE con sus pasos.',
    parametros: Esquema.ParametroId,
    respuesta: Esquema.PteDetalle,
    puedeFaltar: true,
    manejar: ({ ctx, parametros }) => verPte(ctx, parametros.id),
  }),
  api({
    ruta: '/operaciones/api/ots/',
    permiso: VER_OT,
    etiqueta: 'Órdenes de trabajo',
    resumen: 'Las órdenes de trabajo vivas, de la más nueva a la más antigua.',
    consulta: Esquema.FiltrosDeOts,
    respuesta: Esquema.Ots,
    puedeFaltar: false,
    manejar: ({ ctx, consulta }) => listarOts(ctx, consulta),
  }),
  api({
    ruta: '/operaciones/api/ots/:id/',
    permiso: VER_OT,
    etiqueta: 'Órdenes de trabajo',
    resumen: 'Una orden de trabajo con sus pasos.',
    parametros: Esquema.ParametroId,
    respuesta: Esquema.OtDetalle,
    puedeFaltar: true,
    manejar: ({ ctx, parametros }) => verOt(ctx, parametros.id),
  }),
  api({
    ruta: '/operaciones/api/ots/:id/familia/',
    permiso: VER_OT,
    etiqueta: 'Órdenes de trabajo',
    resumen: 'La familia de una orden: su OT inicial y sus reprogramaciones.',
    parametros: Esquema.ParametroId,
    respuesta: Esquema.Familia,
    puedeFaltar: true,
    manejar: ({ ctx, parametros }) => verFamilia(ctx, parametros.id),
  }),
]

const documento = documentoOpenApi(rutasDeLectura)

/** The API, its document and the page that reads it. */
export const rutasApi: readonly Ruta[] = [
  ...rutasDeLectura,
  datos({ ruta: '/api/openapi.json', permiso: SESION, conToken: true, manejar: () => json(documento) }),
  pagina({
    ruta: '/api/docs/',
    permiso: SESION,
    manejar: ({ solicitud }) =>
      vista(
        'api/docs',
        { datos: paginaDocumentacion(documento, solicitud.dominioPublico) },
        {
          titulo: 'Documentación de la API',
          migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Documentación de la API' }],
        },
      ),
  }),
]

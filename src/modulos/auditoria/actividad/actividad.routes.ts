import { OpcionesDeExportacion } from '../../../plataforma/exportar-tabla.ts'
import { analizar } from '../../../web/analisis.ts'
import { leerPeticionTabla } from '../../../web/peticion-tabla.ts'
import { archivo, datos, json, LIMITE_EXPORTAR, pagina, vista } from '../../../web/rutas.ts'
import { PERMISO_ACTIVIDAD } from '../auditoria.permisos.ts'
import { ConsultaDeActividad } from './actividad.schema.ts'
import { exportarActividad, paginaDeActividad, personasDelFiltro, verPagina } from './actividad.service.ts'
import { TABLA_ACTIVIDAD } from './actividad.tabla.ts'

const RUTA = '/operaciones/registro_actividad/'

/** The screen of the log (core.md §9.6). */
export const rutasActividad = [
  pagina({
    ruta: RUTA,
    permiso: PERMISO_ACTIVIDAD,
    manejar: async ({ ctx }) =>
      vista(
        'auditoria/lista',
        { datos: await verPagina(ctx) },
        {
          titulo: 'Registro de actividad',
          migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Registro actividad' }],
        },
      ),
  }),
  datos({
    ruta: `${RUTA}datatable/`,
    permiso: PERMISO_ACTIVIDAD,
    consulta: ConsultaDeActividad,
    manejar: async ({ ctx, consulta }) =>
      json(await paginaDeActividad(ctx, leerPeticionTabla(TABLA_ACTIVIDAD, consulta))),
  }),
  datos({
    ruta: `${RUTA}usuarios/`,
    permiso: PERMISO_ACTIVIDAD,
    manejar: async ({ ctx }) => json(await personasDelFiltro(ctx)),
  }),
  datos({
    ruta: `${RUTA}exportar/`,
    permiso: PERMISO_ACTIVIDAD,
    consulta: ConsultaDeActividad,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(
        await exportarActividad(
          ctx,
          leerPeticionTabla(TABLA_ACTIVIDAD, consulta),
          analizar(OpcionesDeExportacion, consulta),
        ),
      ),
  }),
]

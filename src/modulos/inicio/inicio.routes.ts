import { SESION, pagina, vista } from '../../web/rutas.ts'
import { ACERCA } from './inicio.acerca.ts'
import { modulosVisibles, verInicio, verPendientes } from './inicio.service.ts'

/** The first page with its modules, the start page of Operaciones, and what the system is. */
export const rutasInicio = [
  pagina({
    ruta: '/',
    permiso: SESION,
    manejar: async ({ ctx }) => {
      const [modulos, pendientes] = await Promise.all([modulosVisibles(ctx), verPendientes(ctx)])
      return vista(
        'inicio/modulos',
        { datos: { modulos, ...pendientes } },
        { titulo: 'Módulos', migas: [{ texto: 'Módulos' }] },
      )
    },
  }),
  pagina({
    ruta: '/operaciones/',
    permiso: SESION,
    manejar: async ({ ctx }) =>
      vista('inicio/inicio', { datos: await verInicio(ctx) }, { titulo: 'Operaciones', migas: [{ texto: 'Inicio' }] }),
  }),
  pagina({
    ruta: '/acerca_de/',
    permiso: SESION,
    manejar: () =>
      vista(
        'inicio/acerca',
        { datos: ACERCA },
        {
          titulo: 'Acerca del sistema',
          migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Acerca del sistema' }],
        },
      ),
  }),
]

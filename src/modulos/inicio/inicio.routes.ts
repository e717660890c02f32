import { SESION, pagina, vista } from '../../web/rutas.ts'
import { verInicio } from './inicio.service.ts'

/** The same start page at `/`, where the login lands, and at `/operaciones/`: with one module there is nothing to choose. */
const inicio = (ruta: '/' | '/operaciones/') =>
  pagina({
    ruta,
    permiso: SESION,
    manejar: async ({ ctx }) =>
      vista('inicio/inicio', { datos: await verInicio(ctx) }, { titulo: 'Operaciones', migas: [{ texto: 'Inicio' }] }),
  })

export const rutasInicio = [
  inicio('/'),
  inicio('/operaciones/'),
  pagina({
    ruta: '/acerca_de/',
    permiso: SESION,
    manejar: () =>
      vista(
        'inicio/acerca',
        {},
        {
          titulo: 'Acerca del sistema',
          migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Acerca del sistema' }],
        },
      ),
  }),
]

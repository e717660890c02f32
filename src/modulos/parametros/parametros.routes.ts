import { z } from 'zod'
import { linea, porcentaje } from '../../comun/entrada.ts'
import { accion, exito, pagina, vista } from '../../web/rutas.ts'
import { guardarDeduccionesUsuales } from './deducciones.service.ts'
import { RUTA_PARAMETROS } from './parametros.contrato.ts'
import { cambiarParametro, paginaDeParametros } from './parametros.service.ts'

const PERMISO = 'operaciones.change_parametro'

/** Settings of the system (estimaciones.md §9, settled.md §8). */
export const rutasParametros = [
  pagina({
    ruta: RUTA_PARAMETROS.PAGINA,
    permiso: PERMISO,
    manejar: async ({ ctx }) =>
      vista(
        'parametros/lista',
        { datos: await paginaDeParametros(ctx) },
        {
          titulo: 'Parámetros',
          migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Administración' }, { texto: 'Parámetros' }],
        },
      ),
  }),
  accion({
    ruta: RUTA_PARAMETROS.CAMBIAR,
    permiso: PERMISO,
    cuerpo: z.object({ clave: linea('El parámetro', 60), valor: linea('El valor', 200) }),
    manejar: async ({ ctx, cuerpo }) => {
      await cambiarParametro(ctx, cuerpo.clave ?? '', cuerpo.valor ?? '')
      return exito('Parámetro guardado.')
    },
  }),
  accion({
    ruta: RUTA_PARAMETROS.DEDUCCIONES,
    permiso: PERMISO,
    cuerpo: z.object({
      deducciones: z
        .array(
          z.object({ nombre: linea('El nombre', 100).optional(), porcentaje: porcentaje('El porcentaje').optional() }),
          {
            error: 'Envía la lista de deducciones.',
          },
        )
        .max(100, 'Se admiten hasta 50 deducciones.'),
    }),
    manejar: async ({ ctx, cuerpo }) => {
      await guardarDeduccionesUsuales(ctx, cuerpo.deducciones)
      return exito('Deducciones usuales guardadas.')
    },
  }),
]

import { conMensaje, pagina, vista, type Ruta } from '../../web/rutas.ts'
import { rutasCaptura } from './captura/captura.routes.ts'
import { rutasCierre } from './cierre/cierre.routes.ts'
import { rutasDiario } from './diario/diario.routes.ts'
import { rutasGpu } from './gpu/gpu.routes.ts'
import { rutasGuardias } from './guardias/guardias.routes.ts'
import { paginaProduccion } from './pagina/pagina.vista.ts'
import { MESES, RUTA_PRODUCCION } from './produccion.contrato.ts'
import { PERMISO_PRODUCCION } from './produccion.permisos.ts'
import { rutasReportes } from './reportes/reportes.routes.ts'
import { rutasVigencia } from './vigencia/vigencia.routes.ts'

const RUTAS: readonly Ruta[] = [
  pagina({
    ruta: RUTA_PRODUCCION,
    permiso: PERMISO_PRODUCCION.VER,
    manejar: async ({ ctx }) =>
      vista(
        'produccion/produccion',
        { datos: await paginaProduccion(ctx), meses: MESES },
        {
          titulo: 'Producción y Reportes diarios',
          migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Producción y Reportes diarios' }],
        },
      ),
  }),
  ...rutasVigencia,
  ...rutasDiario,
  ...rutasCaptura,
  ...rutasCierre,
  ...rutasGuardias,
  ...rutasGpu,
  ...rutasReportes,
]

/** Addresses of production (produccion.md §6); each capability has its own file. All of them repeat `detalles` as `mensaje` (§4.2). */
export const rutasProduccion = RUTAS.map(conMensaje)

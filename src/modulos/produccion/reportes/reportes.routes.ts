import { z } from 'zod'
import { id } from '../../../comun/entrada.ts'
import { tienePermiso } from '../../../plataforma/contexto.ts'
import { archivo, datos, LIMITE_EXPORTAR, pagina, vista } from '../../../web/rutas.ts'
import { sitiosConOts } from '../vigencia/vigencia.service.ts'
import { RUTA_PRODUCCION } from '../produccion.contrato.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { hojaDeGpu } from './hoja-gpu.service.ts'
import { exportarMensual, exportarSabana } from './mensual.service.ts'
import { exportarPrograma, otsDeReportes, programaContraProduccion } from './programa.service.ts'
import {
  PATRON_HOJA_GPU,
  RUTA_EXPORTAR_GPUS,
  RUTA_EXPORTAR_SABANA,
  RUTA_REPORTE_MENSUAL,
  RUTA_REPORTE_PROGRAMA,
  RUTA_REPORTES,
} from './reportes.contrato.ts'
import {
  ConsultaDePagina,
  ConsultaDePrograma,
  ConsultaDeReporte,
  ConsultaDeSabana,
  ConsultaDeTablero,
} from './reportes.schema.ts'
import { exportarTablero } from './tablero-gpu.service.ts'
import { vistaDeReportes } from './reportes.vista.ts'

const ParametroId = z.object({ id: id('El GPU') })

/** Reports of production (produccion.md §6.16, issue C §3). */
export const rutasReportes = [
  pagina({
    ruta: RUTA_REPORTES,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDePagina,
    manejar: async ({ ctx, consulta }) => {
      const elegida = consulta.id_ot === null ? null : await programaContraProduccion(ctx, consulta)
      const opciones = { ots: await otsDeReportes(ctx), sitios: await sitiosConOts(ctx) }
      const exporta = tienePermiso(ctx, PERMISO_PRODUCCION.EXPORTAR)
      return vista(
        'produccion/reportes',
        { datos: vistaDeReportes(elegida, consulta, opciones, { hoy: ctx.hoy, exporta }) },
        {
          titulo: 'Reportes de producción',
          migas: [
            { texto: 'Inicio', ruta: '/operaciones/' },
            { texto: 'Producción y Reportes diarios', ruta: RUTA_PRODUCCION },
            { texto: 'Reportes' },
          ],
        },
      )
    },
  }),
  datos({
    ruta: RUTA_EXPORTAR_SABANA,
    permiso: PERMISO_PRODUCCION.EXPORTAR,
    consulta: ConsultaDeSabana,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => archivo(await exportarSabana(ctx, consulta)),
  }),
  datos({
    ruta: RUTA_EXPORTAR_GPUS,
    permiso: PERMISO_PRODUCCION.EXPORTAR,
    consulta: ConsultaDeTablero,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => archivo(await exportarTablero(ctx, consulta)),
  }),
  datos({
    ruta: RUTA_REPORTE_MENSUAL,
    permiso: PERMISO_PRODUCCION.EXPORTAR,
    consulta: ConsultaDeReporte,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => archivo(await exportarMensual(ctx, consulta)),
  }),
  datos({
    ruta: RUTA_REPORTE_PROGRAMA,
    permiso: PERMISO_PRODUCCION.EXPORTAR,
    consulta: ConsultaDePrograma,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => archivo(await exportarPrograma(ctx, consulta)),
  }),
  datos({
    ruta: PATRON_HOJA_GPU,
    permiso: PERMISO_PRODUCCION.EXPORTAR,
    parametros: ParametroId,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, parametros, solicitud }) =>
      archivo(await hojaDeGpu(ctx, parametros.id, { almacen: solicitud.almacen, dominio: solicitud.dominioPublico })),
  }),
]

import { tienePermiso } from '../../../plataforma/contexto.ts'
import { archivo, datos, LIMITE_EXPORTAR, pagina, vista } from '../../../web/rutas.ts'
import { RUTA_ESTIMACION } from '../estimaciones.contrato.ts'
import { exportarPartes, exportarRadar } from './radar.exportes.ts'
import { ConsultaPartes, ConsultaRadar, filtrosDe } from './radar.schema.ts'
import { opcionesDelRadar, verPiezas, verRadar } from './radar.service.ts'
import { GRUPOS_POR_PAGINA, PIEZAS_POR_PAGINA, vistaDelRadar, vistaDePartes } from './radar.vista.ts'

const VER = 'operaciones.view_estimacionheader'
const EXPORTAR = 'operaciones.exportar_estimacionheader'
const MIGAS = [
  { texto: 'Inicio', ruta: '/operaciones/' },
  { texto: 'Estimaciones', ruta: RUTA_ESTIMACION.LISTA },
]

/** Radar de cobro (issue D §2). */
export const rutasRadar = [
  pagina({
    ruta: RUTA_ESTIMACION.RADAR,
    permiso: VER,
    consulta: ConsultaRadar,
    manejar: async ({ ctx, consulta }) => {
      const leido = await verRadar(ctx, {
        filtros: filtrosDe(consulta),
        por: consulta.por ?? 'ot',
        moneda: consulta.moneda ?? 'mn',
        inicio: ((consulta.pagina ?? 1) - 1) * GRUPOS_POR_PAGINA,
        limite: GRUPOS_POR_PAGINA,
      })
      const opciones = await opcionesDelRadar(ctx)
      return vista(
        'estimaciones/radar',
        { datos: vistaDelRadar(leido, consulta, opciones, tienePermiso(ctx, EXPORTAR)) },
        { titulo: 'Radar de cobro', migas: [...MIGAS, { texto: 'Radar de cobro' }] },
      )
    },
  }),
  pagina({
    ruta: RUTA_ESTIMACION.RADAR_PARTES,
    permiso: VER,
    consulta: ConsultaPartes,
    manejar: async ({ ctx, consulta }) => {
      const leidas = await verPiezas(ctx, {
        filtros: filtrosDe(consulta),
        apartado: consulta.apartado ?? null,
        inicio: ((consulta.pagina ?? 1) - 1) * PIEZAS_POR_PAGINA,
        limite: PIEZAS_POR_PAGINA,
      })
      const datosVista = vistaDePartes(ctx, leidas, consulta, await opcionesDelRadar(ctx), tienePermiso(ctx, EXPORTAR))
      return vista(
        'estimaciones/radar-partes',
        { datos: datosVista },
        {
          titulo: `Radar de cobro: ${datosVista.titulo}`,
          migas: [...MIGAS, { texto: 'Radar de cobro', ruta: datosVista.radar }, { texto: datosVista.titulo }],
        },
      )
    },
  }),
  datos({
    ruta: RUTA_ESTIMACION.RADAR_EXPORTAR,
    permiso: EXPORTAR,
    consulta: ConsultaRadar,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => archivo(await exportarRadar(ctx, consulta)),
  }),
  datos({
    ruta: RUTA_ESTIMACION.RADAR_PARTES_EXPORTAR,
    permiso: EXPORTAR,
    consulta: ConsultaPartes,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) => archivo(await exportarPartes(ctx, consulta)),
  }),
]

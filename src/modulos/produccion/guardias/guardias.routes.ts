import { anioDe } from '../../../comun/fechas.ts'
import { tienePermiso } from '../../../plataforma/contexto.ts'
import { accion, datos, exito, json, pagina, vista } from '../../../web/rutas.ts'
import { RUTA_PRODUCCION } from '../produccion.contrato.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import {
  RUTA_CICLO,
  RUTA_CONFIGURAR_CICLO,
  RUTA_GUARDIAS,
  RUTA_GUARDIAS_MES,
  RUTA_SUPERS,
} from './guardias.contrato.ts'
import { ConfigurarCiclo, ConsultaDeMes, ConsultaDeSitio } from './guardias.schema.ts'
import {
  calendarioDeGuardias,
  cicloDeSitio,
  configurarCiclo,
  guardiasParaGrilla,
  supersDeSitio,
} from './guardias.service.ts'
import { vistaDeGuardias } from './guardias.vista.ts'

/** Guards of the superintendents (produccion.md §5.10, §6.10-6.12). */
export const rutasGuardias = [
  pagina({
    ruta: RUTA_GUARDIAS,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDeMes,
    manejar: async ({ ctx, consulta }) => {
      const anio =
        consulta.anio !== null && consulta.anio >= 2000 && consulta.anio <= 2100 ? consulta.anio : anioDe(ctx.hoy)
      const mes = consulta.mes ?? Number(ctx.hoy.slice(5, 7))
      const calendario = await calendarioDeGuardias(ctx, consulta.id_sitio)
      const datos = vistaDeGuardias(
        calendario,
        { idSitio: consulta.id_sitio, anio, mes },
        ctx.hoy,
        tienePermiso(ctx, PERMISO_PRODUCCION.GUARDIAS),
      )
      return vista(
        'produccion/guardias',
        { datos },
        {
          titulo: 'Guardias',
          migas: [
            { texto: 'Inicio', ruta: '/operaciones/' },
            { texto: 'Producción y Reportes diarios', ruta: RUTA_PRODUCCION },
            { texto: 'Guardias' },
          ],
        },
      )
    },
  }),
  datos({
    ruta: RUTA_SUPERS,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDeSitio,
    manejar: async ({ ctx, consulta }) => json({ supers: await supersDeSitio(ctx, consulta.id_sitio) }),
  }),
  datos({
    ruta: RUTA_CICLO,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDeSitio,
    manejar: async ({ ctx, consulta }) => json(await cicloDeSitio(ctx, consulta.id_sitio)),
  }),
  datos({
    ruta: RUTA_GUARDIAS_MES,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDeMes,
    manejar: async ({ ctx, consulta }) => json({ guardias: await guardiasParaGrilla(ctx, consulta) }),
  }),
  accion({
    ruta: RUTA_CONFIGURAR_CICLO,
    permiso: PERMISO_PRODUCCION.GUARDIAS,
    cuerpo: ConfigurarCiclo,
    manejar: async ({ ctx, cuerpo }) => {
      const { vigenteDesde, cambio } = await configurarCiclo(ctx, cuerpo)
      const detalles = cambio
        ? 'Ciclo de guardia configurado correctamente.'
        : 'El sitio ya tenía ese ciclo de guardia.'
      return exito(detalles, { vigente_desde: vigenteDesde })
    },
  }),
]

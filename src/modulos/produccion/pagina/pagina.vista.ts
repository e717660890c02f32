import { anioDe } from '../../../comun/fechas.ts'
import { tienePermiso, type CtxLectura } from '../../../plataforma/contexto.ts'
import { leerParametros } from '../../parametros/index.ts'
import type { PaginaProduccion, PuedeProduccion } from '../produccion.contrato.ts'
import { PERMISO_PRODUCCION as P } from '../produccion.permisos.ts'

function puedeProduccion(ctx: CtxLectura): PuedeProduccion {
  const puede = (codigo: string): boolean => tienePermiso(ctx, codigo)
  return {
    crear: puede(P.CREAR),
    editar: puede(P.EDITAR),
    diarios: puede(P.DIARIOS),
    abrir_dia: puede(P.ABRIR_DIA),
    gpu: puede(P.GPU),
    abrir_gpu: puede(P.ABRIR_GPU),
    enlace: puede(P.ENLACE),
    cerrar_mes: puede(P.CERRAR_MES),
    reabrir_mes: puede(P.REABRIR_MES),
    guardias: puede(P.GUARDIAS),
    exportar: puede(P.EXPORTAR),
    estimar: puede(P.ESTIMAR),
  }
}

/** The page opens in the month of today in Mexico City; two years back and one ahead are offered (produccion.md §7.1). */
export async function paginaProduccion(ctx: CtxLectura): Promise<PaginaProduccion> {
  const anio = anioDe(ctx.hoy)
  return {
    hoy: ctx.hoy,
    mes: Number(ctx.hoy.slice(5, 7)),
    anio,
    anios: [anio - 2, anio - 1, anio, anio + 1],
    tipo_cambio: (await leerParametros(ctx)).tipo_cambio_default.toFixed(4),
    puede: puedeProduccion(ctx),
  }
}

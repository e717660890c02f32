/** Workbook of the daily statuses of a site and month: what the grid shows, and the notes apart. */
import { diasDelMes } from '../vigencia/vigencia.reglas.ts'
import { nombreDelMes } from '../../../comun/meses.ts'
import { NoEncontrado } from '../../../comun/errores.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { escribirHojas, type ContenidoDeLibro } from '../../../plataforma/excel/escribir.ts'
import { TIPO_XLSX, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { registrarExportacion, TABLA_LOG } from '../../auditoria/index.ts'
import { sitiosPorId } from '../../catalogos/index.ts'
import type { OtDelMes } from './diario.contrato.ts'
import { otsDelMes, type MesDeSitio } from './diario.service.ts'

/** @throws NoEncontrado when the site does not exist. */
export async function exportarReportesDiarios(ctx: Contexto, lugar: MesDeSitio): Promise<Exportacion> {
  const sitio = (await sitiosPorId(ctx, [lugar.idSitio])).get(lugar.idSitio)
  if (!sitio) throw new NoEncontrado('El frente no existe.')
  const ots = await otsDelMes(ctx, lugar)
  const mes = `${String(lugar.anio)}-${String(lugar.mes).padStart(2, '0')}`
  const nombre = `Reportes_Diarios-${sitio.descripcion.replaceAll(/[^\p{L}\d]+/gu, '_')}-${mes}.xlsx`
  await registrarExportacion(ctx, {
    tabla: TABLA_LOG.REPORTE_DIARIO,
    registroId: null,
    detalle: `reportes diarios del frente: ${sitio.descripcion}, ${nombreDelMes(lugar.mes, lugar.anio)}, en ${nombre}`,
  })
  return {
    nombre,
    tipo: TIPO_XLSX,
    escribir: async (salida) => {
      await escribirHojas(salida, [hojaDeEstatus(ots, lugar), hojaDeComentarios(ots)])
    },
  }
}

function hojaDeEstatus(ots: readonly OtDelMes[], { mes, anio }: MesDeSitio): ContenidoDeLibro {
  const dias = Array.from({ length: diasDelMes(mes, anio) }, (_, i) => i + 1)
  return {
    hoja: 'Reportes_Diarios',
    columnas: [
      { titulo: 'OT', tipo: 'texto', ancho: 18 },
      { titulo: 'Descripción', tipo: 'texto', ancho: 40 },
      { titulo: 'Inicio de vigencia', tipo: 'fecha' },
      { titulo: 'Fin de vigencia', tipo: 'fecha' },
      { titulo: 'Estatus Cierre', tipo: 'texto', ancho: 14 },
      ...dias.map((dia) => ({ titulo: String(dia), tipo: 'texto' as const, ancho: 20 })),
    ],
    filas: ots.map((ot) => [
      ot.ot,
      ot.desc,
      ot.inicio_v,
      ot.fin_v,
      ot.estatus_cierre,
      ...dias.map((dia) => (ot.dias_bloqueados.includes(dia) ? 'FUERA DE VIGENCIA' : (ot[`dia${dia}`] ?? ''))),
    ]),
  }
}

function hojaDeComentarios(ots: readonly OtDelMes[]): ContenidoDeLibro {
  return {
    hoja: 'Comentarios',
    columnas: [
      { titulo: 'OT', tipo: 'texto', ancho: 18 },
      { titulo: 'Día', tipo: 'entero' },
      { titulo: 'Estatus', tipo: 'texto' },
      { titulo: 'Comentario', tipo: 'texto', ancho: 60 },
    ],
    filas: ots.flatMap((ot) =>
      Object.entries(ot.comentarios).map(([dia, comentario]) => [
        ot.ot,
        Number(dia),
        ot[`dia${Number(dia)}`] ?? '',
        comentario,
      ]),
    ),
  }
}

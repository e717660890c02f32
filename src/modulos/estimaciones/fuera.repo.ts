import { z } from 'zod'
import type { FechaIso } from '../../comun/fechas.ts'
import { filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql } from '../../plataforma/sql.ts'
import { claveDeCobro } from './estimaciones.tipos.ts'

const FilaOtra = z.object({
  id: col.id,
  numero: col.entero,
  estatus: col.id.transform(claveDeCobro),
  cuantas: col.entero,
  mn: col.dinero,
  usd: col.dinero,
})
export type OtraEstimacionLeida = z.output<typeof FilaOtra>

/** Live estimations that bill whole the production of a period that this one does not have; amounts rounded per concept (§4). */
export function listarOtras(
  bd: Bd | BdTx,
  { idOt, id, desde, hasta }: { idOt: number; id: number; desde: FechaIso; hasta: FechaIso },
): Promise<OtraEstimacionLeida[]> {
  return filas(
    bd,
    sql`SELECT c.id, c.numero, c.estatus, sum(c.cuantas)::int AS cuantas, sum(round(c.volumen * c.mn, 2))::text AS mn, sum(round(c.volumen * c.usd, 2))::text AS usd
      FROM (
        SELECT h.id, h.numero, h.id_estatus_cobro AS estatus, count(*) AS cuantas, sum(d.volumen_estimado) AS volumen,
          d.precio_unitario_mn AS mn, d.precio_unitario_usd AS usd
        FROM reporte_mensual_header m
        JOIN produccion p ON p.id_reporte_mensual = m.id
        JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
        JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29 AND h.id <> ${id}
        WHERE m.id_ot = ${idOt} AND p.fecha_produccion BETWEEN ${desde}::date AND ${hasta}::date
          AND p.volumen_estimado_acumulado = p.volumen_produccion
          AND NOT EXISTS (SELECT FROM estimacion_detalle x WHERE x.id_estimacion_header = ${id} AND x.id_produccion = p.id)
        GROUP BY h.id, d.anexo, d.codigo, d.concepto, d.unidad, d.precio_unitario_mn, d.precio_unitario_usd
      ) c GROUP BY c.id, c.numero, c.estatus ORDER BY c.numero`,
    FilaOtra,
  )
}

const FilaLugar = z.object({
  id_ot: col.id,
  anio: col.entero,
  mes: col.entero,
  fecha: col.fecha,
  id_sitio: col.id,
  tipo_tiempo: z.enum(['TE', 'CMA']),
  id_partida: col.id,
  codigo: col.texto,
  ot_del_anexo: col.id,
  id_gpu: col.idN,
  id_estimacion: col.idN,
})
/** Everything that the way to a production needs. */
export type LugarDeProduccion = z.output<typeof FilaLugar>

/** Where a production is: its month, site, day, partida, GPU, annex and newest live estimation. */
export function buscarLugar(bd: Bd | BdTx, idProduccion: number): Promise<LugarDeProduccion | null> {
  return unaFila(
    bd,
    sql`SELECT m.id_ot, m.anio, m.mes, p.fecha_produccion::text AS fecha, p.id_sitio_produccion AS id_sitio, p.tipo_tiempo,
        pa.id AS id_partida, pa.id_partida AS codigo, i.id_ot AS ot_del_anexo, g.id AS id_gpu,
        (SELECT max(h.id) FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header
          WHERE d.id_produccion = p.id AND NOT d.rechazada AND h.id_estatus_cobro <> 29) AS id_estimacion
      FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual
      JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo JOIN importacion_anexo i ON i.id = pa.id_importacion_anexo
      LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id WHERE p.id = ${idProduccion}`,
    FilaLugar,
  )
}

/** First and last day of the last month of a family with production that is not billed whole, or null. */
export function buscarUltimoMes(bd: Bd | BdTx, idOt: number): Promise<{ desde: FechaIso; hasta: FechaIso } | null> {
  return unaFila(
    bd,
    sql`SELECT make_date(m.anio, m.mes, 1)::text AS desde, (make_date(m.anio, m.mes, 1) + interval '1 month - 1 day')::date::text AS hasta
      FROM reporte_mensual_header m
      WHERE m.id_ot = ${idOt} AND EXISTS (SELECT FROM produccion p WHERE p.id_reporte_mensual = m.id AND p.volumen_estimado_acumulado < p.volumen_produccion)
      ORDER BY m.anio DESC, m.mes DESC LIMIT 1`,
    z.object({ desde: col.fecha, hasta: col.fecha }),
  )
}

/** What must always be true of the radar (decision 0035), computed from nothing. */
import { porConsulta, type Invariante } from '../../../plataforma/invariantes.ts'
import { sql } from '../../../plataforma/sql.ts'

const LIMPIAS = sql`ARRAY(SELECT m.id FROM reporte_mensual_header m WHERE NOT EXISTS (SELECT FROM radar_cambio c WHERE c.id_reporte_mensual = m.id))`
const SIN_MARCA = sql`NOT EXISTS (SELECT FROM radar_cambio c WHERE c.id_reporte_mensual = k.id_reporte_mensual)`

export const INVARIANTES_RADAR: readonly Invariante[] = [
  porConsulta(
    'radar_conservado',
    'Lo que el radar de cobro conserva es lo que resulta de calcularlo desde cero',
    sql`WITH conservado AS (
        SELECT k.id_reporte_mensual, k.fecha, k.id_sitio, k.estado::int AS clave, k.piezas AS n, k.importe_mn AS a, k.importe_usd AS b, 0 AS c, 0 AS d
        FROM radar_cobro k WHERE ${SIN_MARCA}
        UNION ALL
        SELECT k.id_reporte_mensual, k.fecha, k.id_sitio, 0, k.capturas, k.valor_mn, k.valor_usd, k.diferencia_mn, k.diferencia_usd
        FROM radar_valor k WHERE ${SIN_MARCA}
      ), calculado AS (
        SELECT id_reporte_mensual, fecha, id_sitio, estado::int AS clave, piezas AS n, importe_mn AS a, importe_usd AS b, 0 AS c, 0 AS d FROM radar_cobros(${LIMPIAS})
        UNION ALL
        SELECT id_reporte_mensual, fecha, id_sitio, 0, capturas, valor_mn, valor_usd, diferencia_mn, diferencia_usd FROM radar_valores(${LIMPIAS})
      )
      SELECT 'carpeta ' || x.id_reporte_mensual || ', ' || x.fecha || ', sitio ' || x.id_sitio || ', estado ' || x.clave AS caso
      FROM ((TABLE conservado EXCEPT ALL TABLE calculado) UNION (TABLE calculado EXCEPT ALL TABLE conservado)) x
      GROUP BY x.id_reporte_mensual, x.fecha, x.id_sitio, x.clave ORDER BY x.id_reporte_mensual, x.fecha, x.id_sitio, x.clave`,
  ),
  porConsulta(
    'radar_suma',
    'En cada OT los apartados del radar de cobro suman el valor de su producción, al centavo',
    sql`WITH lineas AS (
        SELECT d.id_produccion, sum(d.volumen_estimado) AS volumen, sum(d.volumen_estimado * d.precio_unitario_mn) AS mn,
          sum(d.volumen_estimado * d.precio_unitario_usd) AS usd
        FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header
        WHERE NOT d.rechazada AND h.id_estatus_cobro <> 29 GROUP BY d.id_produccion
      ), valores AS (
        SELECT m.id_ot, sum(round(coalesce(l.mn, 0) + (p.volumen_produccion - coalesce(l.volumen, 0)) * pa.precio_unitario_mn, 2)) AS mn,
          sum(round(coalesce(l.usd, 0) + (p.volumen_produccion - coalesce(l.volumen, 0)) * pa.precio_unitario_usd, 2)) AS usd
        FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual
        JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo LEFT JOIN lineas l ON l.id_produccion = p.id GROUP BY m.id_ot
      ), apartados AS (
        SELECT m.id_ot, sum(v.importe_mn) AS mn, sum(v.importe_usd) AS usd FROM radar_vigente v
        JOIN reporte_mensual_header m ON m.id = v.id_reporte_mensual GROUP BY m.id_ot
      ), control AS (
        SELECT m.id_ot, sum(v.valor_mn + v.diferencia_mn) AS mn, sum(v.valor_usd + v.diferencia_usd) AS usd FROM radar_valor_vigente v
        JOIN reporte_mensual_header m ON m.id = v.id_reporte_mensual GROUP BY m.id_ot
      )
      SELECT 'OT ' || coalesce(v.id_ot, a.id_ot) || ': ' || coalesce(a.mn, 0) || ' y ' || coalesce(a.usd, 0) || ' contra ' || coalesce(v.mn, 0)
        || ' y ' || coalesce(v.usd, 0) AS caso
      FROM valores v FULL JOIN apartados a ON a.id_ot = v.id_ot LEFT JOIN control c ON c.id_ot = coalesce(v.id_ot, a.id_ot)
      WHERE (v.mn, v.usd) IS DISTINCT FROM (a.mn, a.usd) OR (v.mn, v.usd) IS DISTINCT FROM (c.mn, c.usd)
      ORDER BY coalesce(v.id_ot, a.id_ot)`,
  ),
]

/** What must always be true of the proof of an estimation, computed from nothing: none of it with the query of the module. */
import { porConsulta, type Invariante } from '../../../plataforma/invariantes.ts'
import { sql } from '../../../plataforma/sql.ts'

const NOMBRE = sql`'EST-' || h.numero || ' de la OT ' || h.id_ot`

/** What was sent: from ENVIADA on, and RECHAZADA until it goes back to draft. */
const FUERA_DEL_BORRADOR = sql`(13, 25, 26, 27, 28)`

/**
 * Which earlier estimations a proof must count: true, false, or null when what happened since hides it. A proof taken before
 * this one has not changed its lines since (taking one out writes it again, a draft has none); a cancelled one counted
 * until it was cancelled.
 */
const ANTERIORES = sql`SELECT r.id_estimacion_header AS id, a.id AS antes,
    CASE WHEN ra.id < r.id AND (a.id_estatus_cobro <> 29 OR a.fecha_actualizacion > r.calculada_en) THEN true
      WHEN a.id_estatus_cobro = 29 AND a.fecha_actualizacion < r.calculada_en THEN false END AS cuenta
  FROM estimacion_prueba_resumen r JOIN estimacion_header h ON h.id = r.id_estimacion_header
  JOIN estimacion_header a ON a.id_ot = h.id_ot AND a.numero < h.numero
  LEFT JOIN estimacion_prueba_resumen ra ON ra.id_estimacion_header = a.id`

/** Proofs whose family has loaded no annex since: their production is of the same concepts. */
const COMPARABLES = sql`SELECT r.id_estimacion_header AS id
  FROM estimacion_prueba_resumen r JOIN estimacion_header h ON h.id = r.id_estimacion_header
  WHERE NOT EXISTS (SELECT FROM anteriores x WHERE x.id = h.id AND x.cuenta IS NULL)
    AND NOT EXISTS (SELECT FROM importacion_anexo v JOIN ot o ON o.id = v.id_ot AND h.id_ot IN (o.id, o.ot_principal)
      WHERE v.fecha_carga >= r.calculada_en OR v.deshecha_en >= r.calculada_en)`

export const INVARIANTES_PRUEBA: readonly Invariante[] = [
  porConsulta(
    'est_prueba_familias',
    'En cada concepto de cada familia: contratado = estimado + por estimar + excedente',
    sql`WITH en_vigor AS (
        SELECT DISTINCT ON (pa.id_concepto_consolidado) pa.id_concepto_consolidado AS concepto, pa.volumen_proyectado AS tope
        FROM partida_anexo_importada pa JOIN importacion_anexo i ON i.id = pa.id_importacion_anexo AND i.es_activo
        JOIN ot o ON o.id = i.id_ot AND o.estatus = 1
        ORDER BY pa.id_concepto_consolidado, CASE WHEN o.id_tipo = 5 THEN coalesce(o.num_reprogramacion, 0) ELSE 0 END DESC, i.id DESC
      ), cobrado AS (
        SELECT p.id_concepto_consolidado AS concepto, sum(d.volumen_estimado) AS volumen
        FROM estimacion_detalle d JOIN produccion p ON p.id = d.id_produccion
        WHERE NOT d.rechazada AND d.id_estimacion_header NOT IN (SELECT x.id FROM estimacion_header x WHERE x.id_estatus_cobro = 29) GROUP BY 1
      ), producido AS (
        SELECT p.id_concepto_consolidado AS concepto, sum(p.volumen_produccion) AS volumen, sum(p.volumen_estimado_acumulado) AS contado FROM produccion p GROUP BY 1
      ), cifras AS (
        SELECT k.id_ot, k.codigo, coalesce(v.tope, 0) AS contratado, coalesce(c.volumen, 0) AS estimado, r.volumen AS producido,
          r.volumen - r.contado + greatest(coalesce(v.tope, 0) - r.volumen, 0) AS por_estimar, greatest(r.volumen - coalesce(v.tope, 0), 0) AS excedente
        FROM producido r JOIN concepto_consolidado k ON k.id = r.concepto LEFT JOIN en_vigor v ON v.concepto = r.concepto
        LEFT JOIN cobrado c ON c.concepto = r.concepto
      )
      SELECT codigo || ' de la OT ' || id_ot || ': ' || contratado || ' contra ' || estimado || ' + ' || por_estimar || ' - ' || excedente AS caso
      FROM cifras WHERE contratado <> estimado + por_estimar - excedente OR estimado > producido OR por_estimar < 0 ORDER BY id_ot, codigo`,
  ),
  porConsulta(
    'est_prueba_guardada',
    'Cada estimación que se envió tiene su prueba, y ningún borrador tiene una',
    sql`SELECT ${NOMBRE} || CASE WHEN h.id_estatus_cobro = 24 THEN ': es borrador y tiene prueba' ELSE ': sin prueba' END AS caso
      FROM estimacion_header h LEFT JOIN estimacion_prueba_resumen r ON r.id_estimacion_header = h.id
      LEFT JOIN (SELECT DISTINCT id_estimacion_header AS id FROM estimacion_prueba) p ON p.id = h.id
      WHERE (h.id_estatus_cobro = 24 AND (r.id IS NOT NULL OR p.id IS NOT NULL))
        OR (h.id_estatus_cobro IN ${FUERA_DEL_BORRADOR} AND (r.id IS NULL OR p.id IS NULL)) OR (r.id IS NULL) <> (p.id IS NULL) ORDER BY h.id`,
  ),
  porConsulta(
    'est_prueba_cuadra',
    'Cada prueba guardada cuadra en cada concepto, y su contratado es el de su partida',
    sql`SELECT p.codigo || ' de ' || ${NOMBRE} || ': ' || p.contratado AS caso
      FROM estimacion_prueba p JOIN estimacion_header h ON h.id = p.id_estimacion_header
      LEFT JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo
      WHERE p.contratado <> coalesce(pa.volumen_proyectado, 0) OR p.contratado - p.estimado_antes - p.estimado - p.por_estimar <> p.excedente
        OR p.excedente > 0 OR least(p.contratado, p.estimado_antes, p.estimado, p.por_estimar) < 0
        OR -p.excedente <> greatest(p.producido - p.contratado, 0) ORDER BY h.id, p.orden`,
  ),
  porConsulta(
    'est_prueba_lineas',
    'Lo que cada prueba dice de esta estimación y de las anteriores es lo que dicen sus líneas',
    sql`WITH sumas AS (
        SELECT id_estimacion_header AS id, sum(estimado) AS estimado, sum(importe_mn) AS mn, sum(importe_usd) AS usd FROM estimacion_prueba GROUP BY 1
      ), anteriores AS (${ANTERIORES}), comparables AS (${COMPARABLES}),
      lineas AS (
        SELECT q.id, p.id_concepto_consolidado AS concepto, sum(d.volumen_estimado) FILTER (WHERE q.de = q.id) AS estimado,
          sum(d.volumen_estimado) FILTER (WHERE q.de <> q.id) AS antes
        FROM (SELECT c.id, c.id AS de FROM comparables c UNION ALL SELECT c.id, x.antes FROM comparables c JOIN anteriores x ON x.id = c.id AND x.cuenta) q
        JOIN estimacion_detalle d ON d.id_estimacion_header = q.de AND NOT d.rechazada
        JOIN produccion p ON p.id = d.id_produccion GROUP BY 1, 2
      ), guardadas AS (
        SELECT p.id_estimacion_header AS id, p.id_concepto_consolidado AS concepto, p.estimado, p.estimado_antes AS antes
        FROM estimacion_prueba p JOIN comparables c ON c.id = p.id_estimacion_header
      )
      SELECT f.caso FROM (
        SELECT h.id, ${NOMBRE} || ': la prueba suma ' || s.estimado || ', ' || s.mn || ' M.N. y ' || s.usd || ' USD' AS caso
        FROM sumas s JOIN estimacion_header h ON h.id = s.id
        WHERE (s.estimado, s.mn, s.usd) IS DISTINCT FROM (h.total_volumen_estimado, h.total_importe_mn, h.total_importe_usd)
        UNION ALL
        SELECT h.id, ${NOMBRE} || ': ' || k.codigo || ' con ' || coalesce(g.antes, 0) || ' y ' || coalesce(g.estimado, 0) || ', y sus líneas '
          || coalesce(l.antes, 0) || ' y ' || coalesce(l.estimado, 0)
        FROM guardadas g FULL JOIN lineas l ON l.id = g.id AND l.concepto = g.concepto
        JOIN estimacion_header h ON h.id = coalesce(g.id, l.id) JOIN concepto_consolidado k ON k.id = coalesce(g.concepto, l.concepto)
        WHERE coalesce(g.estimado, 0) <> coalesce(l.estimado, 0) OR coalesce(g.antes, 0) <> coalesce(l.antes, 0)
      ) f ORDER BY f.id, f.caso`,
  ),
]

/** What must always be true of billing, computed from nothing; `npm run verificar` and the tests run the same list. */
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'
import { INVARIANTES_PRUEBA } from './prueba/prueba.invariantes.ts'
import { INVARIANTES_INSTANTANEA } from './instantanea/instantanea.invariantes.ts'

const VIVAS = sql`estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29 AND NOT d.rechazada`

/** A setting that was never changed: since the first day it demands what its default says. */
const INTACTO = (clave: string) => sql`NOT EXISTS (SELECT FROM parametro x WHERE x.clave = ${clave})`

export const INVARIANTES_ESTIMACIONES: readonly Invariante[] = [
  porConsulta(
    'est_sin_doble_cobro',
    'Lo estimado de cada producción es la suma de sus líneas vivas y no pasa de lo producido',
    sql`SELECT 'producción ' || p.id || ': ' || p.volumen_estimado_acumulado || ' contra ' || coalesce(v.suma, 0) AS caso
      FROM produccion p LEFT JOIN (SELECT d.id_produccion, sum(d.volumen_estimado) AS suma FROM ${VIVAS} GROUP BY d.id_produccion) v ON v.id_produccion = p.id
      WHERE p.volumen_estimado_acumulado <> coalesce(v.suma, 0) OR coalesce(v.suma, 0) > p.volumen_produccion ORDER BY p.id`,
  ),
  porConsulta(
    'est_estatus_de_produccion',
    'El estatus de cobro de cada producción es el menos avanzado de sus líneas vivas, o PENDIENTE si le queda saldo',
    sql`SELECT 'producción ' || p.id || ': ' || p.id_estatus_cobro AS caso
      FROM produccion p LEFT JOIN (
        SELECT d.id_produccion, sum(d.volumen_estimado) AS suma, min(avance_de_cobro(h.id_estatus_cobro)) AS avance FROM ${VIVAS} GROUP BY d.id_produccion
      ) v ON v.id_produccion = p.id
      WHERE CASE WHEN v.suma >= p.volumen_produccion THEN avance_de_cobro(p.id_estatus_cobro) IS DISTINCT FROM v.avance
        ELSE p.id_estatus_cobro <> 12 END ORDER BY p.id`,
  ),
  porConsulta(
    'est_totales',
    'Los totales de cada estimación son los de sus líneas, redondeados por concepto',
    sql`WITH conceptos AS (
        SELECT id_estimacion_header AS id, sum(volumen_actual) AS actual, sum(volumen_estimado) AS estimado,
          round(sum(volumen_estimado) * precio_unitario_mn, 2) AS mn, round(sum(volumen_estimado) * precio_unitario_usd, 2) AS usd
        FROM estimacion_detalle WHERE NOT rechazada
        GROUP BY id_estimacion_header, anexo, codigo, concepto, unidad, precio_unitario_mn, precio_unitario_usd
      ), sumas AS (SELECT id, sum(actual) AS actual, sum(estimado) AS estimado, sum(mn) AS mn, sum(usd) AS usd FROM conceptos GROUP BY id)
      SELECT 'EST-' || h.numero || ' de la OT ' || h.id_ot AS caso FROM estimacion_header h LEFT JOIN sumas s ON s.id = h.id
      WHERE (h.total_volumen_producido, h.total_volumen_estimado, h.total_importe_mn, h.total_importe_usd, h.total_homologado)
        IS DISTINCT FROM (coalesce(s.actual, 0), coalesce(s.estimado, 0), coalesce(s.mn, 0), coalesce(s.usd, 0),
          round(coalesce(s.mn, 0) + coalesce(s.usd, 0) * h.tipo_cambio, 2)) ORDER BY h.id`,
  ),
  porConsulta(
    'est_deducciones',
    'Las deducciones de cada estimación son su porcentaje o su importe, suman su total y dejan un neto de cero en adelante',
    sql`WITH sumas AS (
        SELECT d.id_estimacion_header AS id, sum(d.importe_mn) AS mn, sum(d.importe_usd) AS usd,
          bool_and(d.porcentaje IS NULL OR (d.importe_mn = round(h.total_importe_mn * d.porcentaje / 100, 2)
            AND d.importe_usd = round(h.total_importe_usd * d.porcentaje / 100, 2))) AS exactas
        FROM estimacion_deduccion d JOIN estimacion_header h ON h.id = d.id_estimacion_header GROUP BY d.id_estimacion_header
      )
      SELECT 'EST-' || h.numero || ' de la OT ' || h.id_ot AS caso FROM estimacion_header h LEFT JOIN sumas s ON s.id = h.id
      WHERE (h.total_deduccion_mn, h.total_deduccion_usd) IS DISTINCT FROM (coalesce(s.mn, 0), coalesce(s.usd, 0))
        OR s.exactas IS FALSE OR h.total_deduccion_mn > h.total_importe_mn OR h.total_deduccion_usd > h.total_importe_usd ORDER BY h.id`,
  ),
  porConsulta(
    'est_deducciones_congeladas',
    'Ninguna deducción se capturó después de enviar su estimación',
    sql`SELECT 'deducción ' || d.id || ' de la estimación ' || h.id AS caso FROM estimacion_deduccion d
      JOIN estimacion_header h ON h.id = d.id_estimacion_header
      WHERE h.fecha_envio IS NOT NULL AND d.fecha_captura > h.fecha_envio ORDER BY d.id`,
  ),
  porConsulta(
    'est_numeros',
    'Los números de las estimaciones de cada OT van de 1 en adelante sin saltos ni repeticiones',
    sql`SELECT 'OT ' || id_ot || ': ' || count(*) || ' estimaciones hasta la ' || max(numero) AS caso FROM estimacion_header
      GROUP BY id_ot HAVING count(DISTINCT numero) <> max(numero) ORDER BY id_ot`,
  ),
  porConsulta(
    'est_familia',
    'Cada línea estima producción de la familia de su estimación',
    sql`SELECT 'línea ' || d.id || ' de la estimación ' || h.id AS caso FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header
      JOIN produccion p ON p.id = d.id_produccion JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual
      WHERE m.id_ot <> h.id_ot ORDER BY d.id`,
  ),
  porConsulta(
    'est_linea_de_gpu',
    'Cada GPU señala la última línea viva que estima su producción',
    sql`SELECT 'GPU ' || g.id AS caso FROM registro_generadores_pu g
      LEFT JOIN (SELECT d.id_produccion, max(d.id) AS ultima FROM ${VIVAS} GROUP BY d.id_produccion) v ON v.id_produccion = g.id_produccion
      WHERE g.id_estimacion_detalle IS DISTINCT FROM v.ultima ORDER BY g.id`,
  ),
  porConsulta(
    'est_firmas',
    'Lo que cobra cada estimación enviada sigue firmado, mientras nadie haya tocado el parámetro que lo exige',
    sql`SELECT 'EST-' || h.numero || ' de la OT ' || h.id_ot || ': ' || d.codigo || ' del ' || p.fecha_produccion || ', producción ' || p.id AS caso
      FROM ${VIVAS} JOIN produccion p ON p.id = d.id_produccion JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
      LEFT JOIN reporte_diario_detalle r ON r.id_reporte_mensual = p.id_reporte_mensual AND r.fecha = p.fecha_produccion AND r.id_sitio = p.id_sitio_produccion
      WHERE h.id_estatus_cobro <> 24 AND d.volumen_estimado > 0
        AND CASE WHEN k.anexo IN ('C-2', 'C-3', 'C2EXT', 'C3EXT') THEN g.id_estatus IS DISTINCT FROM 17 AND ${INTACTO('exigir_gpu_firmado')}
          ELSE r.bloqueado IS NOT TRUE AND ${INTACTO('exigir_dia_firmado')} END ORDER BY h.id, d.id`,
  ),
  porConsulta(
    'est_dos_personas',
    'Nadie autorizó la estimación que envió, mientras nadie haya tocado el parámetro que lo impide',
    sql`SELECT 'EST-' || h.numero || ' de la OT ' || h.id_ot AS caso FROM estimacion_header h
      WHERE h.autorizado_por = h.enviado_por AND ${INTACTO('exigir_dos_personas')} ORDER BY h.id`,
  ),
  ...INVARIANTES_PRUEBA,
  ...INVARIANTES_INSTANTANEA,
  porConsulta(
    'est_comparaciones',
    'Cada comparación con el cliente guarda su libro, y lo que dice haber aplicado está en el registro de actividad',
    sql`SELECT 'comparación ' || c.id || ' de la estimación ' || c.id_estimacion AS caso
      FROM estimacion_comparacion c JOIN archivo a ON a.id = c.id_archivo
      WHERE a.clase NOT IN ('xlsx', 'xlsm') OR jsonb_typeof(c.lectura -> 'volumenes') IS DISTINCT FROM 'array'
        OR (c.fecha_aplicacion IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registro_actividad r
          WHERE r.tabla_log = 25 AND r.registro_id = c.id_estimacion AND r.campo = 'Aplicó lo del cliente'))
      ORDER BY c.id`,
  ),
]

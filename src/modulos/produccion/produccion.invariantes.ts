/**
 * What must always be true of production; `npm run verificar` and the long tests run the same list. Each is computed
 * from nothing, by a query of its own: what it says never comes from the code that it judges.
 */
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'
import { huellaDelDia } from './diario/firma.repo.ts'

/** Partida in force of each concept (produccion.md §5.4.4): highest reprogramación, then the newest version. */
const EN_VIGOR = sql`SELECT DISTINCT ON (pa.id_concepto_consolidado) pa.id_concepto_consolidado AS concepto, pa.id AS partida, pa.volumen_proyectado AS tope
  FROM partida_anexo_importada pa
  JOIN importacion_anexo i ON i.id = pa.id_importacion_anexo AND i.es_activo
  JOIN ot o ON o.id = i.id_ot AND o.estatus = 1
  ORDER BY pa.id_concepto_consolidado, CASE WHEN o.id_tipo = 5 THEN coalesce(o.num_reprogramacion, 0) ELSE 0 END DESC, i.id DESC`

/** How a row of production is named to people. */
const CUAL = sql`'producción ' || p.id || ' (' || k.codigo || ', ' || p.fecha_produccion || ' ' || p.tipo_tiempo || ', sitio ' || p.id_sitio_produccion || ', OT ' || k.id_ot || ')'`

export const INVARIANTES_PRODUCCION: readonly Invariante[] = [
  porConsulta(
    'produccion_excedentes',
    'Los excedentes guardados son los que resultan de sumar todo de nuevo',
    sql`SELECT ${CUAL} || ': suma ' || p.suma || ' de ' || coalesce(v.tope, 0) AS caso
      FROM (
        SELECT q.*, sum(q.volumen_produccion) OVER (
          PARTITION BY q.id_concepto_consolidado
          ORDER BY q.fecha_produccion, q.tipo_tiempo = 'CMA', q.id_sitio_produccion, q.id ROWS UNBOUNDED PRECEDING) AS suma
        FROM produccion q
      ) p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado LEFT JOIN (${EN_VIGOR}) v ON v.concepto = k.id
      WHERE p.es_excedente <> (p.suma > coalesce(v.tope, 0)) ORDER BY p.id`,
  ),
  porConsulta(
    'produccion_de_su_familia',
    'Cada producción está en la carpeta de la familia de su concepto, que es la de su OT inicial',
    sql`SELECT ${CUAL} || ': carpeta de la OT ' || m.id_ot AS caso
      FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual JOIN ot o ON o.id = k.id_ot
      WHERE m.id_ot <> k.id_ot OR o.id_tipo <> 4 ORDER BY p.id`,
  ),
  porConsulta(
    'produccion_partida_en_vigor',
    'Cada producción cuelga de la partida en vigor de su concepto; sin anexo queda solo lo de una reprogramación que se quitó',
    sql`SELECT ${CUAL} || CASE WHEN v.partida IS NULL THEN ': ningún anexo activo tiene su concepto' ELSE ': partida ' || p.id_partida_anexo || ' y no ' || v.partida END AS caso
      FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado LEFT JOIN (${EN_VIGOR}) v ON v.concepto = k.id
      WHERE p.id_partida_anexo IS DISTINCT FROM v.partida AND (v.partida IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM partida_anexo_importada pa JOIN importacion_anexo i ON i.id = pa.id_importacion_anexo AND i.es_activo
        JOIN ot o ON o.id = i.id_ot AND o.estatus <> 1 WHERE pa.id_concepto_consolidado = k.id))
      ORDER BY p.id`,
  ),
  porConsulta(
    'produccion_gpu',
    'Cada producción de C-2, C-3, C2EXT y C3EXT tiene su GPU',
    sql`SELECT ${CUAL} || ' de ' || k.anexo AS caso
      FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
      WHERE g.id IS NULL AND k.anexo IN ('C-2', 'C-3', 'C2EXT', 'C3EXT') ORDER BY p.id`,
  ),
  porConsulta(
    'produccion_gpu_bloqueado',
    'El GPU de un excedente dice por qué está bloqueado, y el de los demás no lleva esa nota',
    sql`SELECT 'GPU ' || g.id || ' de la ' || ${CUAL} AS caso
      FROM registro_generadores_pu g JOIN produccion p ON p.id = g.id_produccion JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      WHERE (p.es_excedente AND btrim(g.nota_bloqueo) = '') OR (g.nota_automatica AND NOT p.es_excedente) ORDER BY g.id`,
  ),
  porConsulta(
    'produccion_dias_firmados',
    'Los días firmados tienen la producción que tenían cuando se firmaron',
    sql`SELECT d.fecha || ' en el sitio ' || d.id_sitio || ' de la OT ' || m.id_ot AS caso
      FROM reporte_diario_detalle d JOIN reporte_mensual_header m ON m.id = d.id_reporte_mensual
      WHERE d.bloqueado AND d.huella_firma IS DISTINCT FROM ${huellaDelDia(sql`d.id_reporte_mensual`, sql`d.fecha`, sql`d.id_sitio`)}
      ORDER BY d.fecha, d.id`,
  ),
  porConsulta(
    'produccion_bitacora',
    'La bitácora no menciona versiones que su mes no ha alcanzado',
    sql`SELECT 'mes ' || m.mes || '/' || m.anio || ' de la OT ' || m.id_ot || ': versión ' || m.version || ', bitácora ' || max(a.version) AS caso
      FROM registro_actividad a JOIN reporte_mensual_header m ON m.id = a.registro_id WHERE a.tabla_log = 23 AND a.version IS NOT NULL
      GROUP BY m.id HAVING max(a.version) > m.version ORDER BY m.id`,
  ),
]

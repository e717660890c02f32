import { sql, type Sql } from '../../../plataforma/sql.ts'

/** The live estimations of a production `x` («EST-1, EST-3»), or null: while there is one, it does not change (estimaciones.md §5.5). */
export const ESTIMACIONES = sql`CASE WHEN EXISTS (SELECT FROM estimacion_detalle l WHERE l.id_produccion = x.id) THEN estimaciones_vivas(x.id) END`

/** Every estimation that ever had a production `x`, cancelled ones and rejected lines too: their lines name it, so it is not removed. */
export const HISTORIAL = sql`(SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') FROM estimacion_detalle l
  JOIN estimacion_header h ON h.id = l.id_estimacion_header WHERE l.id_produccion = x.id)`
const VIVAS = (
  produccion: Sql,
): Sql => sql`FROM estimacion_detalle l JOIN estimacion_header h ON h.id = l.id_estimacion_header
  JOIN cat_estatus e ON e.id = h.id_estatus_cobro
  WHERE l.id_produccion = ${produccion} AND NOT l.rechazada AND h.id_estatus_cobro <> 29`

/** The same with the status of each, for the tooltip: «EST-1 (ENVIADA)». */
export const ESTIMACIONES_CON_ESTATUS = sql`(SELECT string_agg('EST-' || h.numero || ' (' || e.descripcion || ')', ', ' ORDER BY h.numero) ${VIVAS(sql`x.id`)})`

/** The live estimations of a production as JSON: id, folio and status of each, in order. */
export const estimacionesEnJson = (produccion: Sql): Sql =>
  sql`(SELECT coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'folio', 'EST-' || h.numero, 'estatus', e.descripcion) ORDER BY h.numero), '[]') ${VIVAS(produccion)})`

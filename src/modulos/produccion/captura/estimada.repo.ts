import { sql } from '../../../plataforma/sql.ts'

/** The live estimations of a production `x` («EST-1, EST-3»), or null: while there is one, it does not change (estimaciones.md §5.5). */
export const ESTIMACIONES = sql`CASE WHEN EXISTS (SELECT FROM estimacion_detalle l WHERE l.id_produccion = x.id) THEN estimaciones_vivas(x.id) END`

/** Every estimation that ever had a production `x`, cancelled ones and rejected lines too: their lines name it, so it is not removed. */
export const HISTORIAL = sql`(SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') FROM estimacion_detalle l
  JOIN estimacion_header h ON h.id = l.id_estimacion_header WHERE l.id_produccion = x.id)`

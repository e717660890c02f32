import { sql } from '../../../plataforma/sql.ts'

/** The live estimations of a production `x` («EST-1, EST-3»), or null: while there is one, it does not change (estimaciones.md §5.5). */
export const ESTIMACIONES = sql`CASE WHEN EXISTS (SELECT FROM estimacion_detalle l WHERE l.id_produccion = x.id) THEN estimaciones_vivas(x.id) END`

import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'

/** What must be true of the index of the search, which is derived. */
export const INVARIANTES_BUSQUEDA: readonly Invariante[] = [
  porConsulta(
    'busqueda_al_dia',
    'La búsqueda encuentra cada registro por lo que dice hoy, y nada que ya no esté',
    sql`SELECT coalesce(r.tipo, i.tipo) || ' ' || coalesce(r.id_registro, i.id_registro) AS caso
      FROM busqueda_registros r FULL JOIN indice_busqueda i ON i.tipo = r.tipo AND i.id_registro = r.id_registro
      WHERE r.tipo IS NULL OR i.tipo IS NULL OR i.codigo <> r.codigo OR i.palabras <> busqueda_palabras(r.codigo, r.texto) ORDER BY 1`,
  ),
]

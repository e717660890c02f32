import { z } from 'zod'
import { filas } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { sql, todas, unir, type Sql } from '../../plataforma/sql.ts'
import { RESULTADOS_POR_TIPO } from './busqueda.contrato.ts'
import type { ConsultaDeBusqueda } from './busqueda.reglas.ts'

/** Kinds of records that can be found. */
export const TIPOS_DE_REGISTRO = ['pte', 'ot', 'concepto', 'usuario', 'responsable'] as const
export type TipoDeRegistro = (typeof TIPOS_DE_REGISTRO)[number]

/**
 * The kind written in the query and not as a parameter: only so does the database know, before it plans, which of the
 * partial indexes answers.
 */
const ES_DE: Readonly<Record<TipoDeRegistro, Sql>> = {
  pte: sql`i.tipo = 'pte'`,
  ot: sql`i.tipo = 'ot'`,
  concepto: sql`i.tipo = 'concepto'`,
  usuario: sql`i.tipo = 'usuario'`,
  responsable: sql`i.tipo = 'responsable'`,
}

/** Newest rows of a kind that are looked at one by one before the index is asked. */
const RECIENTES = 3000

/**
 * Three looks, each only if the one before did not fill the list: codes that begin with the whole text; the newest
 * rows, where a common word is found at once; the index, where whatever is left is rare.
 */
function deUnTipo(tipo: TipoDeRegistro, { inicio, cercana, completa, dudosas }: ConsultaDeBusqueda): Sql {
  const cuantos = RESULTADOS_POR_TIPO
  const deVeras = (alias: Sql): Sql =>
    todas(
      dudosas.map(
        (duda) => sql`(${alias}.palabras @@ ${duda.inicio}::tsquery OR strpos(${alias}.codigo, ${duda.pieza}) > 0)`,
      ),
    )
  return sql`(WITH a AS MATERIALIZED (
      SELECT i.id_registro, 0 AS lugar FROM indice_busqueda i WHERE ${ES_DE[tipo]} AND i.codigo LIKE ${inicio} ORDER BY i.codigo LIMIT ${cuantos}
    ), b AS MATERIALIZED (
      SELECT r.id_registro, 1 AS lugar FROM (
        SELECT i.id_registro, i.codigo, i.palabras FROM indice_busqueda i WHERE ${ES_DE[tipo]} ORDER BY i.id_registro DESC LIMIT ${RECIENTES}
      ) r WHERE r.palabras @@ ${cercana}::tsquery AND ${deVeras(sql`r`)} AND (SELECT count(*) FROM a) < ${cuantos} LIMIT ${cuantos}
    ), c AS MATERIALIZED (
      SELECT i.id_registro, 2 AS lugar FROM indice_busqueda i
      WHERE ${ES_DE[tipo]} AND i.palabras @@ ${completa}::tsquery AND ${deVeras(sql`i`)}
        AND (SELECT count(*) FROM a) + (SELECT count(*) FROM b) < ${cuantos}
      -- The sum keeps the planner from walking the whole primary key backwards.
      ORDER BY i.id_registro + 0 DESC LIMIT ${cuantos}
    )
    SELECT ${tipo}::text AS tipo, t.id_registro, min(t.lugar) AS lugar
    FROM (SELECT * FROM a UNION ALL SELECT * FROM b UNION ALL SELECT * FROM c) t
    GROUP BY t.id_registro ORDER BY lugar, t.id_registro DESC LIMIT ${cuantos})`
}

/** What each kind shows of a record found. */
const TEXTOS: Readonly<Record<TipoDeRegistro, Sql>> = {
  pte: sql`SELECT p.oficio_pte AS titulo, p.descripcion_trabajo AS subtitulo FROM pte_header p WHERE p.id = h.id_registro`,
  ot: sql`SELECT o.orden_trabajo || CASE WHEN o.num_reprogramacion IS NULL THEN '' ELSE ' · reprogramación ' || o.num_reprogramacion END AS titulo,
      o.oficio_ot || ' · ' || o.descripcion_trabajo AS subtitulo FROM ot o WHERE o.id = h.id_registro`,
  concepto: sql`SELECT coalesce(c.partida_ordinaria, c.partida_extraordinaria, '') || coalesce(' · ' || s.clave_anexo, '') AS titulo, c.descripcion AS subtitulo
      FROM contrato_concepto_maestro c LEFT JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo WHERE c.id = h.id_registro`,
  usuario: sql`SELECT coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username) AS titulo,
      u.username || CASE WHEN u.is_active THEN '' ELSE ' · inactivo' END AS subtitulo FROM "user" u WHERE u.id = h.id_registro`,
  responsable: sql`SELECT r.descripcion AS titulo, '' AS subtitulo FROM responsable_proyecto r WHERE r.id = h.id_registro`,
}

const FilaHallada = z.object({
  tipo: z.enum(TIPOS_DE_REGISTRO),
  id_registro: col.id,
  titulo: z.string(),
  subtitulo: z.string(),
})
type FilaHallada = z.output<typeof FilaHallada>

/** What is found of each of those kinds, the best first, in one query. */
export function buscar(
  ctx: CtxLectura,
  tipos: readonly TipoDeRegistro[],
  consulta: ConsultaDeBusqueda,
): Promise<FilaHallada[]> {
  const porTipo = tipos.map(
    (tipo) => sql`SELECT h.tipo, h.id_registro, h.lugar, t.titulo, left(t.subtitulo, 160) AS subtitulo
      FROM ${deUnTipo(tipo, consulta)} h CROSS JOIN LATERAL (${TEXTOS[tipo]}) t`,
  )
  return filas(
    ctx.bd,
    sql`SELECT f.tipo, f.id_registro, f.titulo, f.subtitulo FROM (${unir(porTipo, ' UNION ALL ')}) f
      ORDER BY f.tipo, f.lugar, f.id_registro DESC`,
    FilaHallada,
  )
}

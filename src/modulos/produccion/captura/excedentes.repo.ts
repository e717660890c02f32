/** Twin of `marcarExcedentes` over many concepts (produccion.md §5.7). */
import { z } from 'zod'
import { unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { sql, VACIO } from '../../../plataforma/sql.ts'

const Cambiada = z.tuple([z.int(), z.int(), z.int(), z.int(), z.boolean()])

/** A row of production whose flag changed. */
export interface MarcaCambiada {
  readonly id: number
  readonly idConcepto: number
  readonly idCarpeta: number
  readonly dia: number
  readonly excedente: boolean
}

/**
 * Marks again the excedentes of some families: all of their concepts, or those given. Only the rows whose flag changed are
 * written. The families are locked.
 */
export async function recalcularExcedentes(
  bd: BdTx,
  familias: readonly number[],
  conceptos: readonly number[] | null = null,
): Promise<MarcaCambiada[]> {
  const suyas = sql`SELECT v::bigint FROM jsonb_array_elements_text(${JSON.stringify(familias)}::jsonb) v`
  const tocados =
    conceptos === null
      ? VACIO
      : sql`AND k.id IN (SELECT v::bigint FROM jsonb_array_elements_text(${JSON.stringify(conceptos)}::jsonb) v)`
  const fila = await unaFila(
    bd,
    sql`WITH topes AS MATERIALIZED (SELECT c.id_concepto, c.tope FROM concepto_en_vigor c WHERE c.id_ot IN (${suyas})),
      corrida AS (
        SELECT x.id, x.es_excedente, coalesce(t.tope, 0) < sum(x.volumen_produccion) OVER (
          PARTITION BY x.id_concepto_consolidado ORDER BY x.fecha_produccion, x.tipo_tiempo DESC, x.id_sitio_produccion, x.id
          ROWS UNBOUNDED PRECEDING) AS debe
        FROM concepto_consolidado k JOIN produccion x ON x.id_concepto_consolidado = k.id LEFT JOIN topes t ON t.id_concepto = k.id
        WHERE k.id_ot IN (${suyas}) ${tocados}
      ),
      cambiadas AS (
        UPDATE produccion p SET es_excedente = r.debe FROM corrida r WHERE p.id = r.id AND r.es_excedente <> r.debe
        RETURNING p.id, p.id_concepto_consolidado, p.id_reporte_mensual, p.fecha_produccion, p.es_excedente
      )
      SELECT coalesce(json_agg(json_build_array(c.id, c.id_concepto_consolidado, c.id_reporte_mensual, extract(day FROM c.fecha_produccion)::int,
        c.es_excedente) ORDER BY c.id_concepto_consolidado, c.fecha_produccion, c.id), '[]')::text AS cambiadas FROM cambiadas c`,
    z.object({ cambiadas: z.string() }),
  )
  return z
    .array(Cambiada)
    .parse(JSON.parse(fila?.cambiadas ?? '[]'))
    .map(([id, idConcepto, idCarpeta, dia, excedente]) => ({ id, idConcepto, idCarpeta, dia, excedente }))
}

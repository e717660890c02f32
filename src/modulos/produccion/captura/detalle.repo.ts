/** Rows of production by what the page is asked about: one query for the list, one for its count and sum. */
import { z } from 'zod'
import { filas, unaFila } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import { AUTOR } from './sabana.repo.ts'

export interface FiltroDeDetalle {
  readonly idPrincipal: number
  /** Null: every site of the family. */
  readonly idSitio: number | null
  readonly desde: string
  readonly hasta: string
  /** Any line of its annex; null: every concept. */
  readonly idPartida: number | null
  /** Annex as it is compared; null: all. */
  readonly anexo: string | null
}

const MAXIMO = 500

const Fila = z.object({
  id: col.id,
  fecha: z.string(),
  tipo: z.enum(['TE', 'CMA']),
  idSitio: col.id,
  sitio: z.string(),
  anexo: z.string(),
  codigo: z.string(),
  concepto: z.string(),
  volumen: z.string(),
  excedente: col.booleano,
  gpu: z.string().nullable(),
  usuario: z.string(),
  milisegundos: z.number(),
})

function condicion({ idPrincipal, idSitio, desde, hasta, idPartida, anexo }: FiltroDeDetalle): Sql {
  return sql`k.id_ot = ${idPrincipal} AND x.fecha_produccion BETWEEN ${desde}::date AND ${hasta}::date
    AND (${idSitio}::bigint IS NULL OR x.id_sitio_produccion = ${idSitio}::bigint)
    AND (${anexo}::text IS NULL OR k.anexo = ${anexo}::text)
    AND (${idPartida}::bigint IS NULL
      OR k.id = (SELECT p.id_concepto_consolidado FROM partida_anexo_importada p WHERE p.id = ${idPartida}::bigint))`
}

/** In the order of the excedentes: day, TE before CMA, site; of each day, by code. */
export function listarDetalle(bd: CtxLectura['bd'], filtro: FiltroDeDetalle): Promise<z.infer<typeof Fila>[]> {
  return filas(
    bd,
    sql`SELECT x.id, x.fecha_produccion::text AS fecha, x.tipo_tiempo AS tipo, x.id_sitio_produccion AS "idSitio", s.descripcion AS sitio,
        k.anexo, k.codigo, k.concepto, x.volumen_produccion::text AS volumen, x.es_excedente AS excedente, e.descripcion AS gpu,
        ${AUTOR} AS usuario, floor(extract(epoch FROM x.fecha_actualizacion) * 1000)::float8 AS milisegundos
      FROM produccion x
      JOIN concepto_consolidado k ON k.id = x.id_concepto_consolidado
      JOIN sitio s ON s.id = x.id_sitio_produccion
      LEFT JOIN registro_generadores_pu g ON g.id_produccion = x.id
      LEFT JOIN cat_estatus e ON e.id = g.id_estatus
      LEFT JOIN "user" u ON u.id = x.usuario_actualizacion
      WHERE ${condicion(filtro)}
      ORDER BY x.fecha_produccion, k.anexo, k.codigo, x.tipo_tiempo DESC, x.id_sitio_produccion, x.id LIMIT ${MAXIMO}`,
    Fila,
  )
}

export async function sumarDetalle(
  bd: CtxLectura['bd'],
  filtro: FiltroDeDetalle,
): Promise<{ cuantas: number; volumen: string }> {
  const suma = await unaFila(
    bd,
    sql`SELECT count(*)::int AS cuantas, coalesce(sum(x.volumen_produccion), 0)::numeric(20,6)::text AS volumen
      FROM produccion x JOIN concepto_consolidado k ON k.id = x.id_concepto_consolidado WHERE ${condicion(filtro)}`,
    z.object({ cuantas: col.entero, volumen: z.string() }),
  )
  return suma ?? { cuantas: 0, volumen: '0.000000' }
}

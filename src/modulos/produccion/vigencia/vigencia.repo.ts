/** Sites of the OTs and their windows (produccion.md §5.1 to §5.3): the only place that says them. */
import { z } from 'zod'
import { filas } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { VigenciaEnSitio } from './vigencia.tipos.ts'

type Conexion = CtxLectura['bd']

/** §5.1.1: main site of an OT `o`, by its front. */
const SITIO_PRINCIPAL = sql`CASE WHEN o.id_frente IN (1, 3) THEN o.id_patio WHEN o.id_frente IN (2, 6) THEN o.id_embarcacion
  WHEN o.id_frente IN (4, 7) THEN o.id_plataforma WHEN o.id_frente = 5 THEN o.id_intercom END`

/** §5.1: active sites that are the main or the yard site of a live initial OT, by id. */
export function listarSitiosConOts(bd: Conexion): Promise<{ id: number; descripcion: string }[]> {
  return filas(
    bd,
    sql`WITH usados AS (
        SELECT ${SITIO_PRINCIPAL} AS id FROM ot o WHERE o.id_tipo = 4 AND o.estatus = 1
        UNION SELECT o.id_patio FROM ot o WHERE o.id_tipo = 4 AND o.estatus = 1 AND o.requiere_patio
      ) SELECT s.id, s.descripcion FROM usados u JOIN sitio s ON s.id = u.id WHERE s.activo ORDER BY s.id LIMIT 1000`,
    z.object({ id: col.id, descripcion: z.string() }),
  )
}

const FilaVigencia = z.object({
  idOt: col.id,
  folio: z.string(),
  descripcion: z.string(),
  inicio: col.fechaN,
  fin: col.fechaN,
  conAnexo: col.booleano,
})

/**
 * Live initial OTs of a site, as main site or as yard, with the window of each there (§5.2): from its own start to the latest end of its live
 * family, or those of the yard phase where it applies. `ids` null = all of the site.
 */
export async function listarVigencias(
  bd: Conexion,
  idSitio: number,
  ids: readonly number[] | null,
): Promise<(VigenciaEnSitio & { conAnexo: boolean })[]> {
  const leidas = await filas(
    bd,
    sql`WITH suyas AS (
        SELECT o.id, o.orden_trabajo, o.descripcion_trabajo, coalesce(o.fecha_inicio_real, o.fecha_inicio_programado) AS inicio,
          o.fecha_inicio_patio, o.requiere_patio AND o.id_patio = ${idSitio} AS en_patio
        FROM ot o
        WHERE o.id_tipo = 4 AND o.estatus = 1 AND (${ids === null}::boolean OR o.id = ANY(${[...(ids ?? [])]}::bigint[]))
          AND (o.id_embarcacion = ${idSitio} OR o.id_plataforma = ${idSitio} OR o.id_intercom = ${idSitio} OR o.id_patio = ${idSitio})
          AND (${SITIO_PRINCIPAL} = ${idSitio} OR (o.requiere_patio AND o.id_patio = ${idSitio}))
      )
      SELECT s.id AS "idOt", s.orden_trabajo AS folio, s.descripcion_trabajo AS descripcion, f.con_anexo AS "conAnexo",
        CASE WHEN s.en_patio THEN coalesce(s.fecha_inicio_patio, s.inicio) ELSE s.inicio END AS inicio,
        CASE WHEN s.en_patio THEN coalesce(f.fin_patio, f.fin) ELSE f.fin END AS fin
      FROM suyas s CROSS JOIN LATERAL (
        SELECT max(coalesce(m.fecha_termino_real, m.fecha_termino_programado)) AS fin, max(m.fecha_fin_patio) AS fin_patio,
          bool_or(EXISTS (SELECT FROM importacion_anexo i WHERE i.id_ot = m.id AND i.es_activo)) AS con_anexo
        FROM (SELECT t.* FROM ot t WHERE t.id = s.id UNION ALL SELECT t.* FROM ot t WHERE t.ot_principal = s.id AND t.id_tipo = 5 AND t.estatus = 1) m
      ) f ORDER BY s.id LIMIT 20000`,
    FilaVigencia,
  )
  return leidas.map(({ inicio, fin, ...ot }) => ({
    ...ot,
    ventana: inicio === null || fin === null || inicio > fin ? null : { inicio, fin },
  }))
}

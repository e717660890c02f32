import { sql, type Sql } from '../../../plataforma/sql.ts'

/**
 * Fingerprint of the production of a day of a folder at a site, as a scalar subquery: what `huella_firma` keeps when
 * the day is signed and `npm run verificar` computes again. It is the SHA-256 of the volume of each concept and kind of
 * time, one by line in a fixed order. The annex is left out and volumes of one concept are added, so that a concept
 * without annex that finds its own, or two rows that become one (anexo-c.md §6.4), sign the same.
 * @param mensual, fecha, sitio expressions of the query it goes in
 */
export function huellaDelDia(mensual: Sql, fecha: Sql, sitio: Sql): Sql {
  return sql`(SELECT encode(sha256(convert_to(coalesce(string_agg(dia.linea, E'\n' ORDER BY dia.linea COLLATE "C"), ''), 'UTF8')), 'hex')
    FROM (
      SELECT jsonb_build_array(k.codigo, k.concepto, k.id_unidad_medida, p.tipo_tiempo, sum(p.volumen_produccion)::numeric(15, 6)::text)::text AS linea
      FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      WHERE p.id_reporte_mensual = ${mensual} AND p.fecha_produccion = ${fecha} AND p.id_sitio_produccion = ${sitio}
      GROUP BY k.codigo, k.concepto, k.id_unidad_medida, p.tipo_tiempo
    ) dia)`
}

/** What the reports read beyond the sábana: who the OT is of, where it worked, and its programme against its production. */
import { z } from 'zod'
import type { FechaIso } from '../../../comun/fechas.ts'
import { filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import type { ConceptoDePrograma, PeriodoDePrograma } from './programa.tipos.ts'
import type { OtDeReporte } from './reportes.tipos.ts'

const FilaOt = z.object({
  id: col.id,
  folio: z.string(),
  descripcion: z.string(),
  cliente: z.string(),
  sitios: z.array(z.int()),
})

/** The initial OT of the family of an OT that was not deleted, with every site it mentions. */
export function buscarOtDeReporte(bd: Bd | BdTx, idOt: number): Promise<OtDeReporte | null> {
  return unaFila(
    bd,
    sql`SELECT o.id, o.orden_trabajo AS folio, o.descripcion_trabajo AS descripcion, coalesce(c.descripcion, '') AS cliente,
        (SELECT coalesce(json_agg(DISTINCT s.id), '[]') FROM sitio s
          WHERE s.id IN (o.id_embarcacion, o.id_plataforma, o.id_intercom, o.id_patio)) AS sitios
      FROM ot pedida JOIN ot o ON o.id = coalesce(pedida.ot_principal, pedida.id) LEFT JOIN cliente c ON c.id = o.id_cliente
      WHERE pedida.id = ${idOt} AND pedida.estatus <> 0 AND o.estatus <> 0`,
    FilaOt,
  )
}

/** Sites where a family produced in a month. */
export async function listarSitiosDeProduccion(
  bd: Bd | BdTx,
  idPrincipal: number,
  anio: number,
  mes: number,
): Promise<number[]> {
  const leidas = await filas(
    bd,
    sql`SELECT DISTINCT x.id_sitio_produccion AS id FROM reporte_mensual_header m JOIN produccion x ON x.id_reporte_mensual = m.id
      WHERE m.id_ot = ${idPrincipal} AND m.anio = ${anio} AND m.mes = ${mes} ORDER BY 1 LIMIT 1000`,
    z.object({ id: col.id }),
  )
  return leidas.map(({ id }) => id)
}

/** Initial OTs that produced at a site in a month, by folio. */
export async function listarOtsDeProduccion(
  bd: Bd | BdTx,
  idSitio: number,
  anio: number,
  mes: number,
): Promise<number[]> {
  const leidas = await filas(
    bd,
    sql`SELECT o.id FROM ot o WHERE o.estatus <> 0 AND o.id IN (
        SELECT m.id_ot FROM reporte_mensual_header m JOIN produccion x ON x.id_reporte_mensual = m.id
        WHERE m.anio = ${anio} AND m.mes = ${mes} AND x.id_sitio_produccion = ${idSitio})
      ORDER BY texto_clave(o.orden_trabajo), o.id LIMIT 2000`,
    z.object({ id: col.id }),
  )
  return leidas.map(({ id }) => id)
}

/** Initial OTs that may be reported: live, with an annex in their family, newest first. */
export function listarOtsConAnexo(bd: Bd | BdTx): Promise<{ id: number; folio: string }[]> {
  return filas(
    bd,
    sql`SELECT o.id, o.orden_trabajo AS folio FROM ot o WHERE o.id_tipo = 4 AND o.estatus = 1
        AND EXISTS (SELECT FROM concepto_consolidado k WHERE k.id_ot = o.id)
      ORDER BY o.id DESC LIMIT 2000`,
    z.object({ id: col.id, folio: z.string() }),
  )
}

// ------------------------------------------------------------------------------------ programme against production

/** Concepts of a family, or one of them. */
const conceptos = (idPrincipal: number, idConcepto: number | null): Sql =>
  sql`SELECT f.* FROM concepto_de_familia f WHERE f.id_ot = ${idPrincipal} AND (${idConcepto === null}::boolean OR f.id_concepto = ${idConcepto ?? 0})`

const FilaPeriodo = z.object({
  periodo: col.fecha,
  programado: z.tuple([col.dinero, col.dinero, col.dinero]),
  producido: z.tuple([col.dinero, col.dinero, col.dinero]),
})

const TRES = (tabla: Sql): Sql =>
  sql`json_build_array(coalesce(${tabla}.volumen, 0)::text, coalesce(${tabla}.mn, 0)::text, coalesce(${tabla}.usd, 0)::text)`

/**
 * Programmed and produced by month of a whole family (`rango` null) or by day of a range: volume and amounts at the prices in
 * force, exact. Periods with nothing are not there.
 */
export async function listarPeriodos(
  bd: Bd | BdTx,
  idPrincipal: number,
  idConcepto: number | null,
  rango: { inicio: FechaIso; fin: FechaIso } | null,
): Promise<PeriodoDePrograma[]> {
  const programado =
    rango === null
      ? sql`SELECT g.mes AS periodo, g.id_partida_anexo, (SELECT sum(v) FROM unnest(g.volumenes) v) AS volumen FROM partida_proyectada g`
      : sql`SELECT g.fecha AS periodo, g.id_partida_anexo, g.volumen_programado AS volumen FROM partida_proyectada_dia g
          WHERE g.fecha BETWEEN ${rango.inicio}::date AND ${rango.fin}::date`
  const cuando = rango === null ? sql`x.primer_dia` : sql`x.fecha_produccion`
  const dentro =
    rango === null ? sql`TRUE` : sql`x.fecha_produccion BETWEEN ${rango.inicio}::date AND ${rango.fin}::date`
  const leidas = await filas(
    bd,
    sql`WITH c AS (${conceptos(idPrincipal, idConcepto)}),
      programado AS (
        SELECT g.periodo, sum(g.volumen) AS volumen, sum(g.volumen * c.pu_mn) AS mn, sum(g.volumen * c.pu_usd) AS usd
        FROM c JOIN (${programado}) g ON g.id_partida_anexo = c.id_partida AND c.en_vigor GROUP BY g.periodo
      ),
      producido AS (
        SELECT ${cuando} AS periodo, sum(x.volumen_produccion) AS volumen, sum(x.volumen_produccion * c.pu_mn) AS mn,
          sum(x.volumen_produccion * c.pu_usd) AS usd
        FROM c JOIN produccion x ON x.id_concepto_consolidado = c.id_concepto AND ${dentro} GROUP BY 1
      )
      SELECT periodo, ${TRES(sql`programado`)} AS programado, ${TRES(sql`producido`)} AS producido
      FROM programado FULL JOIN producido USING (periodo) ORDER BY periodo LIMIT 5000`,
    FilaPeriodo,
  )
  return leidas.map(({ periodo, programado: antes, producido }) => ({
    periodo,
    programado: { volumen: antes[0], mn: antes[1], usd: antes[2] },
    producido: { volumen: producido[0], mn: producido[1], usd: producido[2] },
  }))
}

/** Each concept of a family with what it has authorised, programmed and produced, in the whole life of the OT or in a range. */
export function listarConceptosDePrograma(
  bd: Bd | BdTx,
  idPrincipal: number,
  rango: { inicio: FechaIso; fin: FechaIso } | null,
): Promise<ConceptoDePrograma[]> {
  const programado =
    rango === null
      ? sql`SELECT sum(v) FROM partida_proyectada g CROSS JOIN LATERAL unnest(g.volumenes) v WHERE g.id_partida_anexo = c.id_partida`
      : sql`SELECT sum(g.volumen_programado) FROM partida_proyectada_dia g
          WHERE g.id_partida_anexo = c.id_partida AND g.fecha BETWEEN ${rango.inicio}::date AND ${rango.fin}::date`
  const dentro =
    rango === null ? sql`TRUE` : sql`x.fecha_produccion BETWEEN ${rango.inicio}::date AND ${rango.fin}::date`
  return filas(
    bd,
    sql`WITH c AS (${conceptos(idPrincipal, null)}),
      producido AS (
        SELECT x.id_concepto_consolidado AS id_concepto, sum(x.volumen_produccion) AS volumen
        FROM c JOIN produccion x ON x.id_concepto_consolidado = c.id_concepto AND ${dentro} GROUP BY 1
      )
      SELECT c.id_concepto AS id, p.id_partida AS codigo, p.descripcion_concepto AS concepto, coalesce(u.clave, 'N/A') AS unidad, c.tope::text AS autorizado,
        json_build_object('anexo', k.anexo, 'codigo', k.codigo, 'concepto', k.concepto, 'version', c.id_importacion) AS orden,
        coalesce(CASE WHEN c.en_vigor THEN (${programado}) END, 0)::text AS programado, coalesce(producido.volumen, 0)::text AS producido
      FROM c JOIN partida_anexo_importada p ON p.id = c.id_partida JOIN concepto_consolidado k ON k.id = c.id_concepto
        LEFT JOIN unidad_medida u ON u.id = p.id_unidad_medida LEFT JOIN producido ON producido.id_concepto = c.id_concepto
      LIMIT 50000`,
    z.object({
      id: col.id,
      codigo: z.string(),
      concepto: z.string(),
      unidad: z.string(),
      autorizado: col.dinero,
      programado: col.dinero,
      producido: col.dinero,
      orden: z.object({ anexo: z.string(), codigo: z.string(), concepto: z.string(), version: z.number() }),
    }),
  )
}

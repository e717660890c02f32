/** The proof of an estimation by concept (issue D §2): as it is now, and as it was when it was sent. */
import { z } from 'zod'
import { DINERO_CERO } from '../../../comun/dinero.ts'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import type { FilaDePrueba, Prueba, SinProduccion } from './prueba.tipos.ts'

/**
 * Each figure from where it is known by itself: what is contracted from the partida in force, what is billed from the
 * lines, what is left to bill from the count that production keeps of what is billed of it. That they add up is no identity
 * of the query: a line that the production does not know of, or the other way round, leaves a difference.
 */
const calculo = (id: number): Sql => sql`
  WITH esta AS (SELECT id, id_ot, numero FROM estimacion_header WHERE id = ${id}),
  lineas AS (
    SELECT p.id_concepto_consolidado AS concepto, sum(d.volumen_estimado) FILTER (WHERE h.numero < e.numero) AS antes,
      sum(d.volumen_estimado) FILTER (WHERE h.id = e.id) AS estimado, sum(d.volumen_estimado) FILTER (WHERE h.numero > e.numero) AS despues,
      max(d.id) FILTER (WHERE h.id = e.id) AS ultima
    FROM esta e JOIN estimacion_header h ON h.id_ot = e.id_ot AND h.id_estatus_cobro <> 29
    JOIN estimacion_detalle d ON d.id_estimacion_header = h.id AND NOT d.rechazada
    JOIN produccion p ON p.id = d.id_produccion GROUP BY 1
  ), importes AS (
    SELECT x.concepto, sum(round(x.volumen * x.pu_mn, 2)) AS mn, sum(round(x.volumen * x.pu_usd, 2)) AS usd
    FROM (
      SELECT p.id_concepto_consolidado AS concepto, d.precio_unitario_mn AS pu_mn, d.precio_unitario_usd AS pu_usd, sum(d.volumen_estimado) AS volumen
      FROM estimacion_detalle d JOIN produccion p ON p.id = d.id_produccion WHERE d.id_estimacion_header = ${id} AND NOT d.rechazada
      GROUP BY p.id_concepto_consolidado, d.precio_unitario_mn, d.precio_unitario_usd, d.anexo, d.codigo, d.concepto, d.unidad
    ) x GROUP BY x.concepto
  ), producido AS (
    SELECT k.id AS concepto, k.anexo, k.codigo, sum(p.volumen_produccion) AS volumen, sum(p.volumen_produccion - p.volumen_estimado_acumulado) AS saldo
    FROM esta e JOIN concepto_consolidado k ON k.id_ot = e.id_ot JOIN produccion p ON p.id_concepto_consolidado = k.id GROUP BY k.id
  )
  SELECT r.concepto AS id_concepto,
    row_number() OVER (ORDER BY l.ultima IS NULL, orden_natural(r.anexo), orden_natural(r.codigo), r.concepto) AS orden,
    CASE WHEN v.en_vigor THEN v.id_partida END AS id_partida,
    coalesce(d.anexo, pa.anexo, 'S/A') AS anexo, coalesce(d.codigo, pa.id_partida) AS codigo,
    coalesce(d.concepto, pa.descripcion_concepto) AS concepto, coalesce(d.unidad, u.clave, 'N/A') AS unidad,
    v.tope AS contratado, coalesce(l.antes, 0) AS antes, coalesce(l.estimado, 0) AS estimado,
    r.saldo + coalesce(l.despues, 0) + greatest(v.tope - r.volumen, 0) AS por_estimar, least(v.tope - r.volumen, 0) AS excedente,
    r.volumen AS producido, coalesce(d.precio_unitario_mn, v.pu_mn) AS pu_mn, coalesce(d.precio_unitario_usd, v.pu_usd) AS pu_usd,
    coalesce(i.mn, 0) AS mn, coalesce(i.usd, 0) AS usd
  FROM producido r CROSS JOIN esta e
  JOIN concepto_de_familia v ON v.id_ot = e.id_ot AND v.id_concepto = r.concepto
  JOIN partida_anexo_importada pa ON pa.id = v.id_partida
  LEFT JOIN unidad_medida u ON u.id = pa.id_unidad_medida
  LEFT JOIN lineas l ON l.concepto = r.concepto
  LEFT JOIN estimacion_detalle d ON d.id = l.ultima
  LEFT JOIN importes i ON i.concepto = r.concepto`

/** Contracted concepts of the family without any production. */
const sinProduccion = (id: number): Sql => sql`
  SELECT count(*) AS conceptos, coalesce(sum(round(v.tope * v.pu_mn, 2)), 0) AS mn, coalesce(sum(round(v.tope * v.pu_usd, 2)), 0) AS usd
  FROM estimacion_header h JOIN concepto_en_vigor v ON v.id_ot = h.id_ot
  WHERE h.id = ${id} AND v.tope > 0 AND NOT EXISTS (SELECT FROM produccion p WHERE p.id_concepto_consolidado = v.id_concepto)`

const Fila = z
  .object({
    id_concepto: col.id,
    orden: col.entero,
    id_partida: col.idN,
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    unidad: z.string(),
    contratado: col.dinero,
    antes: col.dinero,
    estimado: col.dinero,
    por_estimar: col.dinero,
    excedente: col.dinero,
    producido: col.dinero,
    pu_mn: col.dinero,
    pu_usd: col.dinero,
    mn: col.dinero,
    usd: col.dinero,
  })
  .transform((f): FilaDePrueba => ({
    idConcepto: f.id_concepto,
    orden: f.orden,
    idPartida: f.id_partida,
    anexo: f.anexo,
    codigo: f.codigo,
    concepto: f.concepto,
    unidad: f.unidad,
    contratado: f.contratado,
    estimadoAntes: f.antes,
    estimado: f.estimado,
    porEstimar: f.por_estimar,
    excedente: f.excedente,
    producido: f.producido,
    puMn: f.pu_mn,
    puUsd: f.pu_usd,
    importeMn: f.mn,
    importeUsd: f.usd,
  }))

const leer = (de: Sql): Sql => sql`
  SELECT x.id_concepto, x.orden, x.id_partida, x.anexo, x.codigo, x.concepto, x.unidad, x.contratado::text, x.antes::text, x.estimado::text, x.por_estimar::text,
    x.excedente::text, x.producido::text, x.pu_mn::text, x.pu_usd::text, x.mn::text, x.usd::text
  FROM (${de}) x ORDER BY x.orden`

const Resto = z
  .object({ conceptos: col.entero, mn: col.dinero, usd: col.dinero })
  .transform(({ conceptos, mn, usd }): SinProduccion => ({ conceptos, contratadoMn: mn, contratadoUsd: usd }))
const leerResto = (de: Sql): Sql => sql`SELECT x.conceptos, x.mn::text, x.usd::text FROM (${de}) x`

/** The proof as it is now, computed. */
export function listarPruebaDeHoy(bd: Bd | BdTx, id: number): Promise<FilaDePrueba[]> {
  return filas(bd, leer(calculo(id)), Fila)
}

/** What is contracted and not produced, now. */
export async function contarSinProduccion(bd: Bd | BdTx, id: number): Promise<SinProduccion> {
  const resto = await unaFila(bd, leerResto(sinProduccion(id)), Resto)
  return resto ?? { conceptos: 0, contratadoMn: DINERO_CERO, contratadoUsd: DINERO_CERO }
}

/** The proof that was kept when the estimation was sent. */
export function listarPruebaGuardada(bd: Bd | BdTx, id: number): Promise<FilaDePrueba[]> {
  const guardada = sql`SELECT id_concepto_consolidado AS id_concepto, orden, id_partida_anexo AS id_partida, anexo, codigo, concepto, unidad, contratado, estimado_antes AS antes,
      estimado, por_estimar, excedente, producido, precio_unitario_mn AS pu_mn, precio_unitario_usd AS pu_usd, importe_mn AS mn, importe_usd AS usd
    FROM estimacion_prueba WHERE id_estimacion_header = ${id}`
  return filas(bd, leer(guardada), Fila)
}

/** What was contracted and not produced when the estimation was sent, or null when no proof was kept. */
export function buscarSinProduccionGuardado(bd: Bd | BdTx, id: number): Promise<SinProduccion | null> {
  return unaFila(
    bd,
    leerResto(sql`SELECT conceptos_sin_produccion AS conceptos, contratado_mn AS mn, contratado_usd AS usd
      FROM estimacion_prueba_resumen WHERE id_estimacion_header = ${id}`),
    Resto,
  )
}

/** Keeps a proof that has just been computed, whole. The family is locked. */
export async function insertarPrueba(
  ctx: CtxTx,
  id: number,
  { filas: conceptos, sinProduccion: resto }: Prueba,
): Promise<void> {
  const guardadas = conceptos.map((f) => ({
    id_concepto: f.idConcepto,
    orden: f.orden,
    id_partida: f.idPartida,
    anexo: f.anexo,
    codigo: f.codigo,
    concepto: f.concepto,
    unidad: f.unidad,
    contratado: f.contratado.toFixed(),
    antes: f.estimadoAntes.toFixed(),
    estimado: f.estimado.toFixed(),
    por_estimar: f.porEstimar.toFixed(),
    excedente: f.excedente.toFixed(),
    producido: f.producido.toFixed(),
    pu_mn: f.puMn.toFixed(),
    pu_usd: f.puUsd.toFixed(),
    mn: f.importeMn.toFixed(),
    usd: f.importeUsd.toFixed(),
  }))
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO estimacion_prueba (id_estimacion_header, id_concepto_consolidado, orden, id_partida_anexo, anexo, codigo, concepto, unidad,
        contratado, estimado_antes, estimado, por_estimar, excedente, producido, precio_unitario_mn, precio_unitario_usd, importe_mn, importe_usd)
      SELECT ${id}, x.id_concepto, x.orden, x.id_partida, x.anexo, x.codigo, x.concepto, x.unidad, x.contratado, x.antes, x.estimado,
        x.por_estimar, x.excedente, x.producido, x.pu_mn, x.pu_usd, x.mn, x.usd
      FROM jsonb_to_recordset(${JSON.stringify(guardadas)}::jsonb) AS x(id_concepto bigint, orden int, id_partida bigint, anexo text, codigo text,
        concepto text, unidad text, contratado numeric, antes numeric, estimado numeric, por_estimar numeric, excedente numeric,
        producido numeric, pu_mn numeric, pu_usd numeric, mn numeric, usd numeric)`,
  )
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO estimacion_prueba_resumen (id_estimacion_header, calculada_en, conceptos_sin_produccion, contratado_mn, contratado_usd)
      VALUES (${id}, ${ctx.ahora}, ${resto.conceptos}, ${resto.contratadoMn.toFixed()}::numeric, ${resto.contratadoUsd.toFixed()}::numeric)`,
  )
}

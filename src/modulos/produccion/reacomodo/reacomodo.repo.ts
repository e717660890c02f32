/** Re-attaching the production of a family to its annexes (anexo-c.md §6.4), set by set. The family is locked. */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { ConceptoConProduccion, TrasladoDeConcepto } from '../../anexo/index.ts'

type Conexion = CtxLectura['bd']

const ids = (lista: readonly number[]) =>
  sql`(SELECT v::bigint FROM jsonb_array_elements_text(${JSON.stringify(lista)}::jsonb) v)`

/** Concepts of a family with production that are not among those. */
export function listarSinDestino(
  bd: Conexion,
  idPrincipal: number,
  enVigor: readonly number[],
): Promise<ConceptoConProduccion[]> {
  return filas(
    bd,
    sql`SELECT k.id AS "idConcepto", k.anexo, k.codigo, k.concepto, coalesce(u.clave, '') AS unidad, count(*) AS producciones,
        sum(x.volumen_produccion)::text AS volumen, (SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') FROM produccion e
          JOIN estimacion_detalle d ON d.id_produccion = e.id AND NOT d.rechazada
          JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
          WHERE e.id_concepto_consolidado = k.id) AS estimaciones
      FROM concepto_consolidado k JOIN produccion x ON x.id_concepto_consolidado = k.id LEFT JOIN unidad_medida u ON u.id = k.id_unidad_medida
      WHERE k.id_ot = ${idPrincipal} AND k.id NOT IN ${ids(enVigor)} GROUP BY k.id, u.clave ORDER BY k.anexo, k.codigo, k.id`,
    z.object({
      idConcepto: col.id,
      anexo: z.string(),
      codigo: z.string(),
      concepto: z.string(),
      unidad: z.string(),
      producciones: col.entero,
      volumen: z.string(),
      estimaciones: col.textoN,
    }),
  )
}

export async function contarProduccion(
  bd: Conexion,
  idPrincipal: number,
): Promise<{ producciones: number; conceptos: number }> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) AS producciones, count(DISTINCT k.id) AS conceptos
      FROM concepto_consolidado k JOIN produccion x ON x.id_concepto_consolidado = k.id WHERE k.id_ot = ${idPrincipal}`,
    z.object({ producciones: col.entero, conceptos: col.entero }),
  )
  return fila ?? { producciones: 0, conceptos: 0 }
}

/** Those of the families that have production. */
export async function listarConProduccion(bd: BdTx, familias: readonly number[]): Promise<number[]> {
  const halladas = await filas(
    bd,
    sql`SELECT k.id_ot AS id FROM concepto_consolidado k JOIN produccion x ON x.id_concepto_consolidado = k.id
      WHERE k.id_ot IN ${ids(familias)} GROUP BY k.id_ot ORDER BY k.id_ot`,
    z.object({ id: col.id }),
  )
  return halladas.map(({ id }) => id)
}

/** Lets signed days and closed months be re-attached: what each one holds in all does not change. */
export async function permitirReacomodo(bd: BdTx, permitir: boolean): Promise<void> {
  await ejecutar(bd, sql`SELECT set_config('sascop.reacomodo', ${permitir ? 'on' : 'off'}, true)`)
}

const FilaChoque = z.object({
  id: col.id,
  queda: col.id,
  gpu: col.idN,
  gpuQueda: col.idN,
  suma: z.string(),
  volumen: z.string(),
  estimada: col.textoN,
  idCarpeta: col.id,
  codigo: z.string(),
  fecha: col.fecha,
})

/** A row of production that ends on the same concept, day, type and site as others; `queda` is the one that stays. */
export type Choque = z.output<typeof FilaChoque>

/** Rows that the transfers would put in one place. The one with the most advanced GPU stays, then the one with evidence. */
export function listarChoques(bd: BdTx, traslados: readonly TrasladoDeConcepto[]): Promise<Choque[]> {
  return filas(
    bd,
    sql`WITH t AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(traslados)}::jsonb) AS t(de bigint, a bigint)),
      filas AS (
        SELECT x.id, x.volumen_produccion AS volumen, estimaciones_vivas(x.id) AS estimada, x.id_reporte_mensual, x.fecha_produccion,
          g.id AS gpu, coalesce(t.a, x.id_concepto_consolidado) AS destino, x.tipo_tiempo, x.id_sitio_produccion, t.de IS NULL AS propia,
          CASE g.id_estatus WHEN 17 THEN 4 WHEN 18 THEN 3 WHEN 20 THEN 2 WHEN 19 THEN 1 ELSE 0 END AS avance,
          g.archivo IS NOT NULL OR EXISTS (SELECT FROM evidencia_gpu e WHERE e.id_gpu = g.id) AS evidencia
        FROM produccion x LEFT JOIN t ON t.de = x.id_concepto_consolidado LEFT JOIN registro_generadores_pu g ON g.id_produccion = x.id
        WHERE x.id_concepto_consolidado IN (SELECT de FROM t UNION SELECT a FROM t)
      ),
      grupos AS (
        SELECT f.*, count(*) OVER lugar AS cuantas, sum(volumen) OVER lugar AS suma, first_value(id) OVER mejores AS queda,
          first_value(gpu) OVER mejores AS "gpuQueda"
        FROM filas f
        WINDOW lugar AS (PARTITION BY destino, fecha_produccion, tipo_tiempo, id_sitio_produccion),
          mejores AS (PARTITION BY destino, fecha_produccion, tipo_tiempo, id_sitio_produccion
            ORDER BY avance DESC, evidencia DESC, propia DESC, id)
      )
      SELECT r.id, r.queda, r.gpu, r."gpuQueda", r.suma::text, r.volumen::text, r.estimada, r.id_reporte_mensual AS "idCarpeta", k.codigo,
        r.fecha_produccion AS fecha
      FROM grupos r JOIN concepto_consolidado k ON k.id = r.destino WHERE r.cuantas > 1 ORDER BY r.queda, r.id`,
    FilaChoque,
  )
}

/** Adds the rows that clash into the one that stays; the evidence of the others goes to its GPU. */
export async function fusionar(bd: BdTx, choques: readonly Choque[], ahora: Date): Promise<void> {
  const sobran = choques.filter(({ id, queda }) => id !== queda)
  if (sobran.length === 0) return
  const gpus = sobran.flatMap(({ gpu, gpuQueda }) =>
    gpu === null || gpuQueda === null ? [] : [{ de: gpu, a: gpuQueda }],
  )
  const pares = sql`jsonb_to_recordset(${JSON.stringify(gpus)}::jsonb) AS p(de bigint, a bigint)`
  // The same file in both stays once: the one that goes is proof of nothing more.
  await ejecutar(
    bd,
    sql`DELETE FROM evidencia_gpu e USING (
        SELECT x.id, row_number() OVER (PARTITION BY coalesce(p.a, x.id_gpu), x.id_archivo ORDER BY p.a IS NOT NULL, x.id) AS vez
        FROM evidencia_gpu x LEFT JOIN ${pares} ON p.de = x.id_gpu
        WHERE x.fecha_retiro IS NULL AND (p.a IS NOT NULL OR x.id_gpu IN (SELECT q.a FROM jsonb_to_recordset(${JSON.stringify(gpus)}::jsonb) AS q(a bigint)))
      ) repetidas WHERE e.id = repetidas.id AND repetidas.vez > 1`,
  )
  await ejecutar(bd, sql`UPDATE evidencia_gpu e SET id_gpu = p.a FROM ${pares} WHERE e.id_gpu = p.de`)
  await ejecutar(
    bd,
    sql`UPDATE registro_generadores_pu g SET archivo = l.archivo, version = g.version + 1, fecha_actualizacion = ${ahora}
      FROM (SELECT p.a, min(o.archivo) AS archivo FROM ${pares} JOIN registro_generadores_pu o ON o.id = p.de GROUP BY p.a) l
      WHERE g.id = l.a AND g.archivo IS NULL AND l.archivo IS NOT NULL`,
  )
  await ejecutar(bd, sql`DELETE FROM registro_generadores_pu WHERE id IN ${ids(gpus.map(({ de }) => de))}`)
  await ejecutar(bd, sql`DELETE FROM produccion WHERE id IN ${ids(sobran.map(({ id }) => id))}`)
  const sumas = [...new Map(sobran.map(({ queda, suma }) => [queda, suma]))].map(([id, suma]) => ({ id, suma }))
  await ejecutar(
    bd,
    sql`UPDATE produccion x SET volumen_produccion = s.suma, fecha_actualizacion = ${ahora}
      FROM jsonb_to_recordset(${JSON.stringify(sumas)}::jsonb) AS s(id bigint, suma numeric) WHERE x.id = s.id`,
  )
}

/** Production of a concept that became another one. */
export async function trasladar(bd: BdTx, traslados: readonly TrasladoDeConcepto[]): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE produccion x SET id_concepto_consolidado = t.a, id_partida_anexo = coalesce(
        (SELECT c.id_partida FROM concepto_en_vigor c WHERE c.id_concepto = t.a),
        (SELECT max(p.id) FROM partida_anexo_importada p WHERE p.id_concepto_consolidado = t.a))
      FROM jsonb_to_recordset(${JSON.stringify(traslados)}::jsonb) AS t(de bigint, a bigint) WHERE x.id_concepto_consolidado = t.de`,
  )
}

/** Points every production of a family to the partida in force of its concept. */
export function colgarDeLasVigentes(bd: BdTx, idPrincipal: number): Promise<number> {
  return ejecutar(
    bd,
    sql`UPDATE produccion x SET id_partida_anexo = c.id_partida FROM concepto_en_vigor c
      WHERE c.id_ot = ${idPrincipal} AND x.id_concepto_consolidado = c.id_concepto AND x.id_partida_anexo <> c.id_partida`,
  )
}

/** Concepts of the partidas of an OT that still have production on them, as people read them. */
export async function listarColgadasDe(bd: BdTx, idOt: number): Promise<string[]> {
  const halladas = await filas(
    bd,
    sql`SELECT DISTINCT p.id_partida AS codigo FROM importacion_anexo v JOIN partida_anexo_importada p ON p.id_importacion_anexo = v.id
      WHERE v.id_ot = ${idOt} AND EXISTS (SELECT FROM produccion x WHERE x.id_partida_anexo = p.id) ORDER BY p.id_partida LIMIT 20`,
    z.object({ codigo: z.string() }),
  )
  return halladas.map(({ codigo }) => codigo)
}

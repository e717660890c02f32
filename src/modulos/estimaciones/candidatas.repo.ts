import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql, type Sql } from '../../plataforma/sql.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import type { Candidata } from './estimaciones.tipos.ts'

const Fila = z
  .object({
    id: col.id,
    fecha: col.fecha,
    sitio: z.string(),
    tipo_tiempo: z.string(),
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    unidad: z.string(),
    volumen: col.dinero,
    saldo: col.dinero,
    pu_mn: col.dinero,
    pu_usd: col.dinero,
    es_excedente: z.boolean(),
    lleva_gpu: z.boolean(),
    gpu_firmado: z.boolean(),
    dia_firmado: z.boolean(),
    mes_cerrado: z.boolean(),
  })
  .transform(
    ({ id, tipo_tiempo, pu_mn, pu_usd, es_excedente, lleva_gpu, gpu_firmado, dia_firmado, mes_cerrado, ...r }) =>
      ({
        ...r,
        idProduccion: id,
        tipoTiempo: tipo_tiempo,
        puMn: pu_mn,
        puUsd: pu_usd,
        excedente: es_excedente,
        llevaGpu: lleva_gpu,
        gpuFirmado: gpu_firmado,
        diaFirmado: dia_firmado,
        mesCerrado: mes_cerrado,
      }) satisfies Candidata,
  )

/** Production always hangs from its partida in force (produccion.md §5.4.6), so its prices are those of the row. */
const consulta = (condicion: Sql): Sql => sql`
  SELECT p.id, p.fecha_produccion::text AS fecha, s.descripcion AS sitio, p.tipo_tiempo, coalesce(pa.anexo, 'S/A') AS anexo,
    pa.id_partida AS codigo, pa.descripcion_concepto AS concepto, coalesce(u.clave, 'N/A') AS unidad,
    p.volumen_produccion::text AS volumen, (p.volumen_produccion - p.volumen_estimado_acumulado)::text AS saldo,
    pa.precio_unitario_mn::text AS pu_mn, pa.precio_unitario_usd::text AS pu_usd, p.es_excedente,
    c.anexo IN ('C-2', 'C-3', 'C2EXT', 'C3EXT') AS lleva_gpu,
    coalesce(g.id_estatus = 17, false) AS gpu_firmado, coalesce(d.bloqueado, false) AS dia_firmado,
    m.id_estatus <> 21 AS mes_cerrado
  FROM reporte_mensual_header m
  JOIN produccion p ON p.id_reporte_mensual = m.id
  JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo
  JOIN concepto_consolidado c ON c.id = p.id_concepto_consolidado
  JOIN sitio s ON s.id = p.id_sitio_produccion
  LEFT JOIN unidad_medida u ON u.id = pa.id_unidad_medida
  LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
  LEFT JOIN reporte_diario_detalle d
    ON d.id_reporte_mensual = m.id AND d.fecha = p.fecha_produccion AND d.id_sitio = p.id_sitio_produccion
  WHERE ${condicion}
  ORDER BY orden_natural(c.anexo), orden_natural(c.codigo), p.id_concepto_consolidado, p.fecha_produccion, p.id_sitio_produccion, p.tipo_tiempo DESC, p.id`

/** Production of a family between two days, both included, in the order of the grid (produccion.md §5.4.5). */
export function listarCandidatas(
  bd: Bd | BdTx,
  idOt: number,
  { desde, hasta }: { desde: FechaIso; hasta: FechaIso },
): Promise<Candidata[]> {
  return filas(
    bd,
    consulta(sql`m.id_ot = ${idOt} AND p.fecha_produccion BETWEEN ${desde}::date AND ${hasta}::date`),
    Fila,
  )
}

/** Some rows of production of a family, whatever their day. */
export function listarCandidatasPorId(bd: Bd | BdTx, idOt: number, ids: readonly number[]): Promise<Candidata[]> {
  return filas(
    bd,
    consulta(
      sql`m.id_ot = ${idOt} AND p.id IN (SELECT value::bigint FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
    ),
    Fila,
  )
}

/** Holds some rows of production, always in the same order, so that two estimations wait instead of crossing (§5.7). */
export async function bloquearProduccion(ctx: CtxTx, ids: readonly number[]): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`SELECT 1 FROM produccion WHERE id IN (SELECT value::bigint FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
      ORDER BY id FOR UPDATE`,
  )
}

const FilaOt = z.object({ id: col.id, orden_trabajo: z.string(), estatus: col.entero })

/** The initial order of the family of an OT, or null. */
export function buscarFamilia(
  bd: Bd | BdTx,
  idOt: number,
): Promise<{ id: number; orden_trabajo: string; estatus: number } | null> {
  return unaFila(
    bd,
    sql`SELECT i.id, i.orden_trabajo, i.estatus FROM ot o JOIN ot i ON i.id = coalesce(o.ot_principal, o.id)
      WHERE o.id = ${idOt} AND o.estatus <> 0`,
    FilaOt,
  )
}

const FilaLinea = z.object({ id_produccion: col.id, numero: col.entero })

/** Which live estimation holds each production: the newest, for the refusals. */
export function listarEstimacionesDe(
  bd: Bd | BdTx,
  ids: readonly number[],
): Promise<{ id_produccion: number; numero: number }[]> {
  return filas(
    bd,
    sql`SELECT d.id_produccion, max(h.numero) AS numero FROM estimacion_detalle d
      JOIN estimacion_header h ON h.id = d.id_estimacion_header
      WHERE d.id_produccion IN (SELECT value::bigint FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
        AND NOT d.rechazada AND h.id_estatus_cobro <> 29 GROUP BY d.id_produccion`,
    FilaLinea,
  )
}

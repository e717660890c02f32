import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql, type Sql } from '../../plataforma/sql.ts'
import { dinero, type Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import type { Candidata } from './estimaciones.tipos.ts'

/** A production row of a concept as it was read: volumes are plain texts with six decimals. */
export interface FilaDeProduccion {
  readonly idProduccion: number
  readonly fecha: FechaIso
  readonly sitio: string
  readonly tipoTiempo: string
  readonly volumen: string
  readonly saldo: string
  readonly excedente: boolean
  /** Its GPU, where the annex needs one, or its daily report. */
  readonly firmada: boolean
  readonly mesCerrado: boolean
}

/** A partida in force with its production: its texts travel once, not once per row. */
export interface ConceptoConProduccion {
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly puMn: Dinero
  readonly puUsd: Dinero
  readonly llevaGpu: boolean
  /** Its rows in one text: `filasDe` reads them. */
  readonly empacadas: string
}

const ENTRE_FILAS = '\x1e'
const ENTRE_CAMPOS = '\x1f'

function desempacar(fila: string): FilaDeProduccion {
  const campos = fila.split(ENTRE_CAMPOS)
  const [id = '', fecha = '', tipo = '', volumen = '', saldo = '', banderas = '', sitio] = campos
  if (sitio === undefined || campos.length !== 7) throw new Error(`Not a packed production: ${fila}`)
  return {
    idProduccion: Number(id),
    // As PostgreSQL writes a date: there is nothing to check thirty thousand times.
    fecha: fecha as FechaIso,
    sitio,
    tipoTiempo: tipo,
    volumen,
    saldo,
    excedente: banderas.startsWith('1'),
    firmada: banderas[1] === '1',
    mesCerrado: banderas[2] === '1',
  }
}

/** The rows of a concept one after another: who only passes over them keeps none, which is what costs with thirty thousand. */
export function* filasDe({ empacadas }: Pick<ConceptoConProduccion, 'empacadas'>): Generator<FilaDeProduccion> {
  for (let desde = 0; desde < empacadas.length;) {
    const fin = empacadas.indexOf(ENTRE_FILAS, desde)
    const hasta = fin === -1 ? empacadas.length : fin
    yield desempacar(empacadas.slice(desde, hasta))
    desde = hasta + 1
  }
}

const Concepto = z
  .object({
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    unidad: z.string(),
    pu_mn: col.dinero,
    pu_usd: col.dinero,
    lleva_gpu: z.boolean(),
    empacadas: z.string(),
  })
  .transform(({ pu_mn, pu_usd, lleva_gpu, ...resto }): ConceptoConProduccion => ({
    ...resto,
    puMn: pu_mn,
    puUsd: pu_usd,
    llevaGpu: lleva_gpu,
  }))

/** What a line keeps of its partida `pa`, whose unit is `u`: annex, code, concept and unit. */
export const DATOS_DE_PARTIDA = sql`coalesce(pa.anexo, 'S/A') AS anexo, pa.id_partida AS codigo, pa.descripcion_concepto AS concepto,
  coalesce(u.clave, 'N/A') AS unidad`

const CON_GPU = sql`anexo IN ('C-2', 'C-3', 'C2EXT', 'C3EXT')`

/**
 * Production of a family by partida, each with its rows packed in one text: a row of its own for each production, with the
 * description of its concept and its look-ups, took ten times as long. What is asked of days and annexes is hashed once (`IN` of a query
 * that does not depend on the row); a GPU is looked up by its production, and only where the annex has them.
 * Production always hangs from its partida in force (produccion.md §5.4.6), so its prices are those of the row.
 */
const consulta = (idOt: number, condicion: Sql): Sql => sql`
  WITH meses AS MATERIALIZED (SELECT id, id_estatus <> 21 AS cerrado FROM reporte_mensual_header WHERE id_ot = ${idOt}),
  lineas AS MATERIALIZED (
    SELECT p.id_partida_anexo, p.id_concepto_consolidado,
      string_agg(concat_ws(${ENTRE_CAMPOS}, p.id, p.fecha_produccion, p.tipo_tiempo, p.volumen_produccion,
        p.volumen_produccion - p.volumen_estimado_acumulado,
        p.es_excedente::int::text
        || CASE WHEN p.id_concepto_consolidado IN (SELECT id FROM concepto_consolidado WHERE id_ot = ${idOt} AND ${CON_GPU})
          THEN coalesce((SELECT g.id_estatus = 17 FROM registro_generadores_pu g WHERE g.id_produccion = p.id), false)
          ELSE (p.id_reporte_mensual, p.fecha_produccion, p.id_sitio_produccion) IN (
            SELECT d.id_reporte_mensual, d.fecha, d.id_sitio FROM reporte_diario_detalle d JOIN meses ON meses.id = d.id_reporte_mensual
            WHERE d.bloqueado) END::int::text
        || m.cerrado::int::text,
        s.descripcion), ${ENTRE_FILAS}
        ORDER BY p.fecha_produccion, p.id_sitio_produccion, p.tipo_tiempo DESC, p.id) AS empacadas
    FROM meses m JOIN produccion p ON p.id_reporte_mensual = m.id JOIN sitio s ON s.id = p.id_sitio_produccion
    WHERE ${condicion}
    GROUP BY p.id_partida_anexo, p.id_concepto_consolidado
  )
  SELECT ${DATOS_DE_PARTIDA},
    pa.precio_unitario_mn::text AS pu_mn, pa.precio_unitario_usd::text AS pu_usd, c.${CON_GPU} AS lleva_gpu, l.empacadas
  FROM lineas l JOIN partida_anexo_importada pa ON pa.id = l.id_partida_anexo
  JOIN concepto_consolidado c ON c.id = l.id_concepto_consolidado
  LEFT JOIN unidad_medida u ON u.id = pa.id_unidad_medida
  ORDER BY orden_natural(c.anexo), orden_natural(c.codigo), c.id, pa.id`

/** Production of a family between two days, both included, by concept in the order of the grid (produccion.md §5.4.5). */
export function listarConceptos(
  bd: Bd | BdTx,
  idOt: number,
  { desde, hasta }: { desde: FechaIso; hasta: FechaIso },
): Promise<ConceptoConProduccion[]> {
  return filas(bd, consulta(idOt, sql`p.fecha_produccion BETWEEN ${desde}::date AND ${hasta}::date`), Concepto)
}

function enFilas(conceptos: readonly ConceptoConProduccion[]): Candidata[] {
  return conceptos.flatMap((c) =>
    // Field by field: copying objects whole took longer than everything else of a row.
    Array.from(filasDe(c), (f): Candidata => ({
      idProduccion: f.idProduccion,
      fecha: f.fecha,
      sitio: f.sitio,
      tipoTiempo: f.tipoTiempo,
      excedente: f.excedente,
      mesCerrado: f.mesCerrado,
      volumen: dinero(f.volumen),
      saldo: dinero(f.saldo),
      gpuFirmado: c.llevaGpu && f.firmada,
      diaFirmado: !c.llevaGpu && f.firmada,
      anexo: c.anexo,
      codigo: c.codigo,
      concepto: c.concepto,
      unidad: c.unidad,
      puMn: c.puMn,
      puUsd: c.puUsd,
      llevaGpu: c.llevaGpu,
    })),
  )
}

/** The same, a row for each production. */
export async function listarCandidatas(
  bd: Bd | BdTx,
  idOt: number,
  periodo: { desde: FechaIso; hasta: FechaIso },
): Promise<Candidata[]> {
  return enFilas(await listarConceptos(bd, idOt, periodo))
}

/** Some rows of production of a family, whatever their day. */
export async function listarCandidatasPorId(bd: Bd | BdTx, idOt: number, ids: readonly number[]): Promise<Candidata[]> {
  return enFilas(await filas(bd, consulta(idOt, sql`p.id = ANY (${ids}::bigint[])`), Concepto))
}

/** Holds some rows of production, always in the same order, so that two estimations wait instead of crossing (§5.7). */
export async function bloquearProduccion(ctx: CtxTx, ids: readonly number[]): Promise<void> {
  await ejecutar(ctx.bd, sql`SELECT 1 FROM produccion WHERE id = ANY (${ids}::bigint[]) ORDER BY id FOR UPDATE`)
}

/** The same for all the production of a family between two days, without reading it: what it says is read once it is held. */
export async function bloquearPeriodo(
  ctx: CtxTx,
  idOt: number,
  { desde, hasta }: { desde: FechaIso; hasta: FechaIso },
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`SELECT 1 FROM reporte_mensual_header m JOIN produccion p ON p.id_reporte_mensual = m.id
      WHERE m.id_ot = ${idOt} AND p.fecha_produccion BETWEEN ${desde}::date AND ${hasta}::date ORDER BY p.id FOR UPDATE OF p`,
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

/** Orders with estimations, and that one too, by folio. */
export function listarOtsEstimadas(bd: Bd | BdTx, idOt: number | null): Promise<{ id: number; folio: string }[]> {
  return filas(
    bd,
    sql`SELECT t.id, t.orden_trabajo || coalesce(' REP ' || t.num_reprogramacion, '') AS folio FROM ot t
      WHERE t.id = ${idOt}::bigint OR EXISTS (SELECT FROM estimacion_header h WHERE h.id_ot = t.id)
      ORDER BY orden_natural(t.orden_trabajo), t.id`,
    z.object({ id: col.id, folio: z.string() }),
  )
}

/** GPUs of a month, of some productions, and what is written of them (produccion.md §5.8, §6.13, §6.14). */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql, VACIO, type Sql } from '../../../plataforma/sql.ts'
import { estimacionesEnJson } from '../captura/estimada.repo.ts'
import { ES_DE_GPU } from './gpu.mantenimiento.repo.ts'
import { ESTATUS_GPU, type Gpu, type GpuDeGrid, type GpuEscrito } from './gpu.tipos.ts'

const CAMPOS = {
  idProduccion: col.id,
  idGpu: col.idN,
  idPrincipal: col.id,
  folio: col.texto,
  idPartida: col.id,
  codigo: col.texto,
  concepto: col.texto,
  anexo: col.texto,
  unidad: col.texto,
  fecha: col.fecha,
  tipo: z.enum(['TE', 'CMA']),
  idSitio: col.id,
  sitio: col.texto,
  volumen: col.texto,
  excedente: col.booleano,
  estatus: col.entero,
  archivo: col.textoN,
  nota: col.texto,
  notaAutomatica: col.booleano,
  estimado: col.textoN,
  estimaciones: z.array(z.object({ id: z.number(), folio: z.string(), estatus: z.string() })),
  evidencias: col.entero,
  version: col.entero,
  mesAbierto: col.booleano,
  deGpu: col.booleano,
}
const Fila = z.object(CAMPOS)
const FilaDeGrid = z.object({
  ...CAMPOS,
  idConcepto: col.id,
  claveAnexo: col.texto,
  claveCodigo: col.texto,
  claveConcepto: col.texto,
  idVersion: col.id,
})

/** Statuses of a month in which its GPUs may change. */
const MES_ABIERTO = 21

/** Without a record yet a GPU reads as PENDIENTE (§5.8.2). */
const SELECCION = sql`p.id AS "idProduccion", g.id AS "idGpu", k.id_ot AS "idPrincipal", o.orden_trabajo AS folio, pa.id AS "idPartida",
  pa.id_partida AS codigo, pa.descripcion_concepto AS concepto, coalesce(nullif(pa.anexo, ''), 'S/A') AS anexo, coalesce(u.clave, 'N/A') AS unidad,
  p.fecha_produccion AS fecha, p.tipo_tiempo AS tipo, s.id AS "idSitio", s.descripcion AS sitio, p.volumen_produccion::text AS volumen,
  p.es_excedente AS excedente, coalesce(g.id_estatus, ${ESTATUS_GPU.PENDIENTE}) AS estatus, g.archivo, coalesce(g.nota_bloqueo, '') AS nota,
  coalesce(g.nota_automatica, false) AS "notaAutomatica", estimaciones_vivas(p.id) AS estimado,
  ${estimacionesEnJson(sql`p.id`)} AS estimaciones, coalesce(g.version, 0) AS version,
  (SELECT count(*) FROM evidencia_gpu e WHERE e.id_gpu = g.id AND e.fecha_retiro IS NULL) AS evidencias,
  m.id_estatus = ${MES_ABIERTO} AS "mesAbierto", ${ES_DE_GPU} AS "deGpu"`

const ORIGEN = sql`produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual
  JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado JOIN ot o ON o.id = k.id_ot
  JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo LEFT JOIN unidad_medida u ON u.id = pa.id_unidad_medida
  JOIN sitio s ON s.id = p.id_sitio_produccion LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id`

/** Month of the family of an OT, of one site or of all. */
export interface LugarDeGpus {
  readonly idOt: number
  readonly mes: number
  readonly anio: number
  readonly idSitio: number | null
}

/** Every production with GPU of the month (§6.13), by day, type and site. */
export function listarGpusDelMes(bd: Bd | BdTx, { idOt, mes, anio, idSitio }: LugarDeGpus): Promise<GpuDeGrid[]> {
  return filas(
    bd,
    sql`SELECT ${SELECCION}, k.id AS "idConcepto", k.anexo AS "claveAnexo", k.codigo AS "claveCodigo", k.concepto AS "claveConcepto",
        pa.id_importacion_anexo AS "idVersion"
      FROM ${ORIGEN}
      WHERE m.id_ot = (SELECT coalesce(f.ot_principal, f.id) FROM ot f WHERE f.id = ${idOt}) AND m.anio = ${anio} AND m.mes = ${mes}
        AND ${ES_DE_GPU} AND p.volumen_produccion > 0 ${idSitio === null ? VACIO : sql`AND p.id_sitio_produccion = ${idSitio}`}
      ORDER BY p.fecha_produccion, p.tipo_tiempo DESC, p.id_sitio_produccion, p.id`,
    FilaDeGrid,
  )
}

/** Those productions, whether of a GPU annex or not, by id. */
export function buscarGpus(bd: Bd | BdTx, produccion: readonly number[]): Promise<Gpu[]> {
  return filas(
    bd,
    sql`SELECT ${SELECCION} FROM ${ORIGEN} WHERE p.id = ANY (${[...produccion]}::bigint[]) ORDER BY p.id`,
    Fila,
  )
}

/** Production of a GPU, or null. */
export async function produccionDeGpu(bd: Bd | BdTx, idGpu: number): Promise<number | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT id_produccion AS id FROM registro_generadores_pu WHERE id = ${idGpu}`,
    z.object({ id: col.id }),
  )
  return fila?.id ?? null
}

/** Who signed it and when. */
export function firmaDeGpu(bd: Bd | BdTx, idGpu: number): Promise<{ usuario: string; fecha: Date } | null> {
  return unaFila(
    bd,
    sql`SELECT coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username, 'Sistema') AS usuario, g.fecha_firma AS fecha
      FROM registro_generadores_pu g LEFT JOIN "user" u ON u.id = g.firmado_por WHERE g.id = ${idGpu} AND g.fecha_firma IS NOT NULL`,
    z.object({ usuario: col.texto, fecha: col.instante }),
  )
}

/** Makes the GPU of those productions that lack it, as they are shown without one (§5.8.2, §6.14). */
export async function asegurarGpus(bd: BdTx, produccion: readonly number[]): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO registro_generadores_pu (id_produccion, id_estatus)
      SELECT id, ${ESTATUS_GPU.PENDIENTE} FROM unnest(${[...produccion]}::bigint[]) AS p(id) ORDER BY id ON CONFLICT (id_produccion) DO NOTHING`,
  )
}

const FIRMAS: Readonly<Record<GpuEscrito['firma'], (quien: Sql, cuando: Sql) => Sql>> = {
  firmar: (quien, cuando) => sql`, firmado_por = ${quien}, fecha_firma = ${cuando}`,
  abrir: () => sql`, firmado_por = NULL, fecha_firma = NULL`,
  igual: () => VACIO,
}

/** Writes them all; one statement for those signed, one for those opened and one for the rest. */
export async function escribirGpus(
  bd: BdTx,
  escritos: readonly GpuEscrito[],
  { idUsuario, ahora }: { idUsuario: number | null; ahora: Date },
): Promise<void> {
  for (const firma of ['firmar', 'abrir', 'igual'] as const) {
    const suyos = escritos.filter((uno) => uno.firma === firma)
    if (suyos.length === 0) continue
    await ejecutar(
      bd,
      sql`UPDATE registro_generadores_pu g SET id_estatus = n.estatus, archivo = n.archivo, nota_bloqueo = n.nota,
          nota_automatica = n."notaAutomatica", version = g.version + 1, fecha_actualizacion = ${ahora} ${FIRMAS[firma](sql`${idUsuario}::bigint`, sql`${ahora}`)}
        FROM jsonb_to_recordset(${JSON.stringify(suyos)}::jsonb)
          AS n("idGpu" bigint, estatus bigint, archivo text, nota text, "notaAutomatica" boolean)
        WHERE g.id = n."idGpu"`,
    )
  }
}

/** Data of the historical import of PTEs: what a workbook needs to know, in a constant number of queries, and what it writes. */
import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql, VACIO, type Sql } from '../../../plataforma/sql.ts'

type Conexion = Bd | BdTx

/** Fields of a PTE that the import writes, as they are stored: days and decimals as text. */
// A type alias: the engine compares it by its keys.
export type CamposPte = {
  readonly id_tipo: number
  readonly oficio_pte: string
  readonly oficio_solicitud: string
  readonly descripcion_trabajo: string
  readonly fecha_solicitud: string | null
  readonly fecha_entrega: string | null
  readonly plazo_dias: string | null
  readonly id_orden_trabajo: string | null
  readonly id_responsable_proyecto: number | null
  readonly total_homologado: string
  readonly estatus: number
  readonly prioridad: number | null
  readonly id_cliente: number | null
  readonly comentario: string | null
}

const FilaPte = z.object({
  id: col.id,
  version: col.entero,
  /** Whether somebody worked on its steps. */
  con_trabajo: z.boolean(),
  /** Whether a step was changed since it was created. */
  pasos_editados: z.boolean(),
  id_tipo: col.id,
  oficio_pte: col.texto,
  oficio_solicitud: col.texto,
  descripcion_trabajo: col.texto,
  fecha_solicitud: col.textoN,
  fecha_entrega: col.textoN,
  plazo_dias: col.textoN,
  id_orden_trabajo: col.textoN,
  id_responsable_proyecto: col.idN,
  total_homologado: col.texto,
  estatus: col.entero,
  prioridad: col.enteroN,
  id_cliente: col.idN,
  comentario: col.textoN,
})
export type PteDeImportacion = z.output<typeof FilaPte>

/** Whether somebody worked on the steps of `p`. Those that an import made are all in one status, without more than their delivery. */
const TRABAJO = sql`(EXISTS (SELECT 1 FROM pte_detalle d WHERE d.id_pte_header = p.id AND (d.version > 1 OR d.fecha_inicio IS NOT NULL
  OR d.fecha_termino IS NOT NULL OR d.archivo IS NOT NULL OR coalesce(d.comentario, '') <> ''))
  OR (SELECT count(DISTINCT d.estatus_paso) FROM pte_detalle d WHERE d.id_pte_header = p.id) > 1)`

/** The legacy SUSPENDIDA (9) is the one of today (15). */
const PTE = sql`SELECT p.id, p.version, ${TRABAJO} AS con_trabajo,
  EXISTS (SELECT 1 FROM pte_detalle d WHERE d.id_pte_header = p.id AND d.version > 1) AS pasos_editados,
  p.id_tipo, p.oficio_pte, p.oficio_solicitud, p.descripcion_trabajo, p.fecha_solicitud::text, p.fecha_entrega::text, p.plazo_dias::text,
  nullif(p.id_orden_trabajo, '') AS id_orden_trabajo, p.id_responsable_proyecto, p.total_homologado::text,
  CASE p.estatus WHEN 9 THEN 15 ELSE p.estatus END AS estatus, p.prioridad, p.id_cliente, nullif(p.comentario, '') AS comentario
  FROM pte_header p`

const cerrojo = (bloquear: boolean): Sql => (bloquear ? sql`FOR NO KEY UPDATE OF p` : VACIO)

/** PTEs, deleted ones included, with one of those folios (keys as `claveFolio` gives them). */
export function listarPorFolio(
  bd: Conexion,
  claves: readonly string[],
  bloquear: boolean,
): Promise<PteDeImportacion[]> {
  return filas(
    bd,
    sql`${PTE} WHERE folio_clave(p.oficio_pte) IN (SELECT jsonb_array_elements_text(${JSON.stringify(claves)}::jsonb)) ORDER BY p.id ${cerrojo(bloquear)}`,
    FilaPte,
  )
}

export function listarPorId(bd: Conexion, ids: readonly number[], bloquear: boolean): Promise<PteDeImportacion[]> {
  return filas(bd, sql`${PTE} WHERE p.id = ANY(${[...ids]}::bigint[]) ORDER BY p.id ${cerrojo(bloquear)}`, FilaPte)
}

const FilaCatalogo = z.object({
  clase: z.enum(['tipo', 'cliente', 'responsable']),
  id: col.id,
  texto: col.texto,
  tipo: col.idN,
  activo: z.boolean(),
})
export type FilaDeCatalogo = z.output<typeof FilaCatalogo>

/** Rows that a PTE may name, inactive ones too (history); `tipo` is that of a client. */
export function listarCatalogos(bd: Conexion): Promise<FilaDeCatalogo[]> {
  return filas(
    bd,
    sql`SELECT 'tipo' AS clase, id, descripcion AS texto, null::bigint AS tipo, activo FROM tipo WHERE nivel_afectacion = 1
      UNION ALL SELECT 'cliente', id, descripcion, id_tipo, activo FROM cliente
      UNION ALL SELECT 'responsable', id, descripcion, null, activo FROM responsable_proyecto ORDER BY clase, id`,
    FilaCatalogo,
  )
}

const COLUMNAS = sql`id_tipo, oficio_pte, oficio_solicitud, descripcion_trabajo, fecha_solicitud, fecha_entrega, plazo_dias, id_orden_trabajo,
  id_responsable_proyecto, total_homologado, estatus, prioridad, id_cliente, comentario`

const TIPOS = sql`id_tipo bigint, oficio_pte text, oficio_solicitud text, descripcion_trabajo text, fecha_solicitud date, fecha_entrega date,
  plazo_dias numeric, id_orden_trabajo text, id_responsable_proyecto bigint, total_homologado numeric, estatus int, prioridad int, id_cliente bigint,
  comentario text`

const FilaId = z.object({ id: col.id })

/** Ids of the new headers, in the order they came. */
export async function insertarImportadas(bd: BdTx, ptes: readonly CamposPte[]): Promise<number[]> {
  const ids = await filas(
    bd,
    sql`WITH nuevas AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('pte_header', 'id')) AS id, (e.i)::int AS orden, r.*
        FROM jsonb_array_elements(${JSON.stringify(ptes)}::jsonb) WITH ORDINALITY e(v, i), jsonb_to_record(e.v) AS r(${TIPOS})
      ), guardadas AS (
        INSERT INTO pte_header (id, ${COLUMNAS}) SELECT id, ${COLUMNAS} FROM nuevas ORDER BY orden
      )
      SELECT id FROM nuevas ORDER BY orden`,
    FilaId,
  )
  return ids.map(({ id }) => id)
}

/**
 * The steps of the template of each client (R-PTE-05), in the status of their PTE (pte.md §11): 1 to 4 as they are, any
 * other is PENDIENTE; those of an ENTREGADA were delivered the day it was. A PTE without client has none.
 */
export async function insertarPasosImportados(bd: BdTx, ids: readonly number[]): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO pte_detalle (id_pte_header, id_paso, estatus_paso, fecha_entrega)
      SELECT p.id, s.id, CASE WHEN p.estatus BETWEEN 1 AND 4 THEN p.estatus ELSE 1 END, CASE WHEN p.estatus = 3 THEN p.fecha_entrega END
      FROM pte_header p JOIN cliente c ON c.id = p.id_cliente JOIN paso s ON s.id_tipo_cliente = c.id_tipo AND s.activo
      WHERE p.id = ANY(${[...ids]}::bigint[]) ORDER BY p.id, s.id`,
  )
}

/** Columns that a change may bring, each with its type inside JSON. */
const CAMBIABLES: readonly (readonly [nombre: keyof CamposPte, columna: Sql, tipo: Sql])[] = [
  ['id_tipo', sql`id_tipo`, sql`bigint`],
  ['oficio_pte', sql`oficio_pte`, sql`text`],
  ['oficio_solicitud', sql`oficio_solicitud`, sql`text`],
  ['descripcion_trabajo', sql`descripcion_trabajo`, sql`text`],
  ['fecha_solicitud', sql`fecha_solicitud`, sql`date`],
  ['fecha_entrega', sql`fecha_entrega`, sql`date`],
  ['plazo_dias', sql`plazo_dias`, sql`numeric`],
  ['id_orden_trabajo', sql`id_orden_trabajo`, sql`text`],
  ['id_responsable_proyecto', sql`id_responsable_proyecto`, sql`bigint`],
  ['total_homologado', sql`total_homologado`, sql`numeric`],
  ['estatus', sql`estatus`, sql`int`],
  ['prioridad', sql`prioridad`, sql`int`],
  ['id_cliente', sql`id_cliente`, sql`bigint`],
  ['comentario', sql`comentario`, sql`text`],
]

/** Writes the fields that each change brings and raises the version; a field that the change does not name stays. */
export async function actualizarImportadas(
  bd: BdTx,
  cambios: readonly { readonly id: number; readonly campos: Partial<CamposPte> }[],
): Promise<void> {
  const asignaciones = CAMBIABLES.map(
    ([nombre, columna, tipo]) =>
      sql`${columna} = CASE WHEN jsonb_exists(x.c, ${nombre}) THEN (x.c->>${nombre})::${tipo} ELSE p.${columna} END`,
  ).reduce((todo, parte) => sql`${todo}, ${parte}`)
  await ejecutar(
    bd,
    sql`UPDATE pte_header p SET ${asignaciones}, version = p.version + 1
      FROM (SELECT (e->>'id')::bigint AS id, e->'campos' AS c FROM jsonb_array_elements(${JSON.stringify(cambios)}::jsonb) e) x WHERE p.id = x.id`,
  )
}

/** Of those PTEs, the ones whose steps are not those of their client (it changed) lose them, when nobody worked on them. */
export async function quitarPasosAjenos(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const sinPasos = await filas(
    bd,
    sql`WITH ajenas AS (
        SELECT p.id FROM pte_header p WHERE p.id = ANY(${[...ids]}::bigint[]) AND NOT ${TRABAJO} AND NOT EXISTS (
          SELECT 1 FROM pte_detalle d JOIN paso s ON s.id = d.id_paso JOIN cliente c ON c.id = p.id_cliente
          WHERE d.id_pte_header = p.id AND s.id_tipo_cliente = c.id_tipo)
      ), quitados AS (DELETE FROM pte_detalle d USING ajenas a WHERE d.id_pte_header = a.id)
      SELECT id FROM ajenas`,
    FilaId,
  )
  return sinPasos.map(({ id }) => id)
}

/** Erases PTEs with their steps, which go in cascade. */
export async function borrarImportadas(bd: BdTx, ids: readonly number[]): Promise<void> {
  await ejecutar(bd, sql`DELETE FROM pte_header WHERE id = ANY(${[...ids]}::bigint[])`)
}

const FilaUso = z.object({ id: col.id, motivo: z.string() })

/** What hangs from those PTEs, so that undoing keeps them. */
export function listarUsos(bd: Conexion, ids: readonly number[]): Promise<z.output<typeof FilaUso>[]> {
  return filas(
    bd,
    sql`SELECT o.id_pte_header AS id, 'es la PTE de la OT ' || min(o.orden_trabajo) AS motivo FROM ot o
        WHERE o.id_pte_header = ANY(${[...ids]}::bigint[]) GROUP BY o.id_pte_header
      UNION ALL SELECT c.id_pte_creacion, 'de ella salieron conceptos extraordinarios' FROM contrato_concepto_maestro c
        WHERE c.id_pte_creacion = ANY(${[...ids]}::bigint[]) GROUP BY c.id_pte_creacion`,
    FilaUso,
  )
}

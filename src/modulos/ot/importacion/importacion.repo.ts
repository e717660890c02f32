/**
 * Data of the historical import: the picture of the database that a file needs (a constant number of queries, in
 * blocks of JSON that another thread reads) and what it writes, set by set, in `ot` and `ot_detalle`.
 */
import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql, VACIO, type Sql } from '../../../plataforma/sql.ts'
import type { FotoCruda } from './foto.reglas.ts'
import type { Nombrados } from './importacion.tipos.ts'

const POR_BLOQUE = 2000

// ---------------------------------------------------------------------------------------------------------- picture

const FilaBloque = z.object({ bloque: z.string() })

/** Rows of a query as JSON texts of two thousand: reading them is left to whoever has the time. */
async function comoBloques(bd: Bd | BdTx, consulta: Sql): Promise<string[]> {
  const bloques = await filas(
    bd,
    sql`SELECT jsonb_agg(to_jsonb(t) - '_n' ORDER BY t._n)::text AS bloque
      FROM (SELECT q.*, row_number() OVER () AS _n FROM (${consulta}) q) t GROUP BY (t._n - 1) / ${POR_BLOQUE}::int ORDER BY min(t._n)`,
    FilaBloque,
  )
  return bloques.map(({ bloque }) => bloque)
}

const OT = sql`o.id, o.version, o.id_tipo, o.id_pte_header, o.orden_trabajo, o.oficio_ot, o.descripcion_trabajo, o.id_responsable_proyecto,
  o.responsable_cliente, o.id_cliente, o.id_estatus_ot, o.estatus, o.fecha_inicio_programado, o.fecha_termino_programado,
  o.fecha_inicio_real, o.fecha_termino_real, coalesce(o.monto_mxn, 0)::text AS monto_mxn, coalesce(o.monto_usd, 0)::text AS monto_usd, o.id_frente,
  o.id_embarcacion, o.id_plataforma, o.id_intercom, o.id_patio, o.requiere_patio, coalesce(o.plazo_dias, 0) AS plazo_dias, o.comentario,
  o.num_reprogramacion, o.ot_principal`

/** The hash of the last batch that knows the record: applied, or undone but leaving it alive because somebody edited it. */
const HUELLA = sql`(SELECT c.huella FROM lote_cambio c JOIN lote_importacion l ON l.id = c.id_lote
  WHERE c.tabla = 'ot' AND c.id_registro = o.id AND c.huella IS NOT NULL AND (l.estado = 'aplicado' OR c.accion = 'creado') ORDER BY c.id DESC LIMIT 1) AS huella`

/**
 * What the database knows of what a file names.
 * @param bloquear whether the orders stay locked until the end of the transaction (an import that will write).
 */
export async function retratar(bd: Bd | BdTx, nombrados: Nombrados, bloquear: boolean): Promise<FotoCruda> {
  const cerrojo = bloquear ? sql`FOR NO KEY UPDATE OF o` : VACIO
  const folios = sql`SELECT jsonb_array_elements_text(${JSON.stringify(nombrados.folios)}::jsonb)`
  const ptes = sql`SELECT jsonb_array_elements_text(${JSON.stringify(nombrados.ptes)}::jsonb)`
  const familias = sql`SELECT p.id FROM ot p WHERE p.id_tipo = 4 AND folio_clave(p.orden_trabajo) IN (${folios})`
  const iniciales = await comoBloques(
    bd,
    sql`SELECT ${OT}, ${HUELLA} FROM ot o WHERE o.id_tipo = 4 AND folio_clave(o.orden_trabajo) IN (${folios}) ORDER BY o.id ${cerrojo}`,
  )
  const reprogramaciones = await comoBloques(
    bd,
    sql`SELECT ${OT}, ${HUELLA} FROM ot o WHERE o.id_tipo = 5 AND o.ot_principal IN (${familias}) ORDER BY o.id ${cerrojo}`,
  )
  return {
    iniciales,
    reprogramaciones,
    ptes: await comoBloques(
      bd,
      sql`SELECT p.id, p.oficio_pte, p.estatus <> 0 AND folio_clave(p.oficio_pte) IN (${ptes}) AS nombrada FROM pte_header p
        WHERE (p.estatus <> 0 AND folio_clave(p.oficio_pte) IN (${ptes}))
          OR p.id IN (SELECT o.id_pte_header FROM ot o WHERE o.id_tipo = 4 AND folio_clave(o.orden_trabajo) IN (${folios})) ORDER BY p.id`,
    ),
    ocupantes: await comoBloques(
      bd,
      sql`SELECT o.id, o.id_pte_header, o.orden_trabajo FROM ot o JOIN pte_header p ON p.id = o.id_pte_header
        WHERE o.id_tipo = 4 AND o.estatus <> 0 AND p.estatus <> 0 AND folio_clave(p.oficio_pte) IN (${ptes}) ORDER BY o.id`,
    ),
    catalogos: await comoBloques(
      bd,
      sql`SELECT 'responsable' AS clase, id, descripcion AS texto, null::bigint AS frente FROM responsable_proyecto
        UNION ALL SELECT 'cliente', id, descripcion, null FROM cliente
        UNION ALL SELECT 'estatus', id, descripcion, null FROM cat_estatus WHERE nivel_afectacion = 2
        UNION ALL SELECT 'sitio', id, descripcion, id_frente FROM sitio`,
    ),
    foliosDeReprogramacion: await comoBloques(
      bd,
      sql`SELECT DISTINCT folio_clave(o.orden_trabajo) AS clave FROM ot o JOIN ot p ON p.id = o.ot_principal
        WHERE o.id_tipo = 5 AND folio_clave(o.orden_trabajo) <> folio_clave(p.orden_trabajo) AND o.estatus <> 0 AND folio_clave(o.orden_trabajo) IN (${folios})`,
    ),
  }
}

// ------------------------------------------------------------------------------------------------------------ writes

const COLUMNAS_NUEVA = sql`id_tipo, id_pte_header, orden_trabajo, oficio_ot, descripcion_trabajo, id_responsable_proyecto, responsable_cliente,
  id_cliente, id_estatus_ot, estatus, fecha_inicio_programado, fecha_termino_programado, fecha_inicio_real, fecha_termino_real, monto_mxn,
  monto_usd, id_frente, id_embarcacion, id_plataforma, id_intercom, id_patio, requiere_patio, plazo_dias, comentario, num_reprogramacion, ot_principal`

const TIPOS_NUEVA = sql`id_tipo bigint, id_pte_header bigint, orden_trabajo text, oficio_ot text, descripcion_trabajo text, id_responsable_proyecto bigint,
  responsable_cliente text, id_cliente bigint, id_estatus_ot bigint, estatus int, fecha_inicio_programado date, fecha_termino_programado date,
  fecha_inicio_real date, fecha_termino_real date, monto_mxn numeric, monto_usd numeric, id_frente bigint, id_embarcacion bigint,
  id_plataforma bigint, id_intercom bigint, id_patio bigint, requiere_patio boolean, plazo_dias int, comentario text, num_reprogramacion int,
  ot_principal bigint`

const TIPOS_EXTRA = sql`n int, n_principal int, n_pte int, fila int, huella text, estatus_paso bigint, paso_inicio date, paso_termino date, paso_entrega date`

/** The place where the new orders wait, with their ids, until all of them are there. It goes away with the transaction. */
export async function abrirMesa(bd: BdTx): Promise<void> {
  await ejecutar(
    bd,
    sql`CREATE TEMP TABLE importacion_mesa (id bigint NOT NULL DEFAULT nextval(pg_get_serial_sequence('public.ot', 'id')), ${TIPOS_NUEVA}, ${TIPOS_EXTRA}) ON COMMIT DROP`,
  )
}

/** Puts a block of new orders on the table. `json` is an array of OtNueva with their position `n`. */
export async function ponerEnMesa(bd: BdTx, json: string): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO importacion_mesa (${COLUMNAS_NUEVA}, n, n_principal, n_pte, fila, huella, estatus_paso, paso_inicio, paso_termino, paso_entrega)
      SELECT ${COLUMNAS_NUEVA}, n, n_principal, n_pte, fila, huella, estatus_paso, paso_inicio, paso_termino, paso_entrega
      FROM jsonb_to_recordset(${json}::jsonb) AS r(${TIPOS_NUEVA}, ${TIPOS_EXTRA})`,
  )
}

/** Gives the waiting orders the PTEs and the principals that are born with them. */
export async function enlazarMesa(bd: BdTx, ptes: readonly number[]): Promise<void> {
  await ejecutar(bd, sql`CREATE INDEX ON importacion_mesa (n)`)
  await ejecutar(bd, sql`ANALYZE importacion_mesa`)
  if (ptes.length > 0) {
    await ejecutar(
      bd,
      sql`UPDATE importacion_mesa m SET id_pte_header = a.v::bigint FROM jsonb_array_elements_text(${JSON.stringify(ptes)}::jsonb) WITH ORDINALITY a(v, i) WHERE a.i = m.n_pte + 1`,
    )
  }
  await ejecutar(
    bd,
    sql`UPDATE importacion_mesa m SET ot_principal = p.id FROM importacion_mesa p WHERE p.n = m.n_principal`,
  )
}

/** Stores the waiting orders of a type. */
export function insertarOtsDeMesa(bd: BdTx, tipo: number): Promise<number> {
  return ejecutar(
    bd,
    sql`INSERT INTO ot (id, ${COLUMNAS_NUEVA}) SELECT id, ${COLUMNAS_NUEVA} FROM importacion_mesa WHERE id_tipo = ${tipo} ORDER BY n`,
  )
}

/** Every step of their template (the one of their type), in the status of the order (ot.md §9.7). */
export function insertarPasosDeMesa(bd: BdTx): Promise<number> {
  return ejecutar(
    bd,
    sql`INSERT INTO ot_detalle (id_ot, id_paso, estatus_paso, fecha_inicio, fecha_termino, fecha_entrega, comentario)
      SELECT m.id, p.id, m.estatus_paso, m.paso_inicio, m.paso_termino, m.paso_entrega, ''
      FROM importacion_mesa m JOIN paso_ot p ON p.tipo = m.id_tipo AND p.activo ORDER BY m.n, p.id`,
  )
}

/** The new orders, as `anotarCreados` takes them. */
export const DE_LA_MESA = sql`SELECT id, huella FROM importacion_mesa ORDER BY n`

const FilaNueva = z.object({
  id: col.id,
  n: col.entero,
  orden_trabajo: z.string(),
  id_tipo: col.entero,
  num_reprogramacion: col.enteroN,
})

/** A page of the new orders, for the log. */
export function listarDeMesa(bd: BdTx, desde: number, cuantas: number): Promise<z.output<typeof FilaNueva>[]> {
  return filas(
    bd,
    sql`SELECT id, n, orden_trabajo, id_tipo, num_reprogramacion FROM importacion_mesa WHERE n >= ${desde} ORDER BY n LIMIT ${cuantas}`,
    FilaNueva,
  )
}

/** Columns that an update may bring, each with its type inside JSON. */
const CAMPOS_CAMBIABLES = {
  id_pte_header: sql`bigint`,
  orden_trabajo: sql`text`,
  oficio_ot: sql`text`,
  descripcion_trabajo: sql`text`,
  id_responsable_proyecto: sql`bigint`,
  responsable_cliente: sql`text`,
  id_cliente: sql`bigint`,
  id_estatus_ot: sql`bigint`,
  estatus: sql`int`,
  fecha_inicio_programado: sql`date`,
  fecha_termino_programado: sql`date`,
  fecha_inicio_real: sql`date`,
  fecha_termino_real: sql`date`,
  monto_mxn: sql`numeric`,
  monto_usd: sql`numeric`,
  id_frente: sql`bigint`,
  id_embarcacion: sql`bigint`,
  id_plataforma: sql`bigint`,
  id_intercom: sql`bigint`,
  id_patio: sql`bigint`,
  requiere_patio: sql`boolean`,
  plazo_dias: sql`int`,
  comentario: sql`text`,
} as const

/**
 * Writes the fields that each change brings and raises the version. A field that the change does not name stays.
 * @param json array of {id, campos: {column: value}}
 */
export function actualizarOts(bd: BdTx, json: string): Promise<number> {
  return ejecutar(
    bd,
    sql`UPDATE ot SET ${asignaciones()}, version = ot.version + 1
      FROM (SELECT (e->>'id')::bigint AS id, e->'campos' AS c FROM jsonb_array_elements(${json}::jsonb) e) x WHERE ot.id = x.id`,
  )
}

function asignaciones(): Sql {
  const partes = Object.entries(CAMPOS_CAMBIABLES).map(([nombre, tipo]) => {
    const columna = COLUMNA[nombre as keyof typeof CAMPOS_CAMBIABLES]
    return sql`${columna} = CASE WHEN jsonb_exists(x.c, ${nombre}) THEN (x.c->>${nombre})::${tipo} ELSE ot.${columna} END`
  })
  return partes.reduce((todo, parte) => sql`${todo}, ${parte}`)
}

/** Names of columns as pieces of SQL: written here, never built from texts. */
const COLUMNA: Readonly<Record<keyof typeof CAMPOS_CAMBIABLES, Sql>> = {
  id_pte_header: sql`id_pte_header`,
  orden_trabajo: sql`orden_trabajo`,
  oficio_ot: sql`oficio_ot`,
  descripcion_trabajo: sql`descripcion_trabajo`,
  id_responsable_proyecto: sql`id_responsable_proyecto`,
  responsable_cliente: sql`responsable_cliente`,
  id_cliente: sql`id_cliente`,
  id_estatus_ot: sql`id_estatus_ot`,
  estatus: sql`estatus`,
  fecha_inicio_programado: sql`fecha_inicio_programado`,
  fecha_termino_programado: sql`fecha_termino_programado`,
  fecha_inicio_real: sql`fecha_inicio_real`,
  fecha_termino_real: sql`fecha_termino_real`,
  monto_mxn: sql`monto_mxn`,
  monto_usd: sql`monto_usd`,
  id_frente: sql`id_frente`,
  id_embarcacion: sql`id_embarcacion`,
  id_plataforma: sql`id_plataforma`,
  id_intercom: sql`id_intercom`,
  id_patio: sql`id_patio`,
  requiere_patio: sql`requiere_patio`,
  plazo_dias: sql`plazo_dias`,
  comentario: sql`comentario`,
}

// --------------------------------------------------------------------------------------------------------------- undo

const FilaCreada = z.object({
  id: col.id,
  orden_trabajo: z.string(),
  id_tipo: col.entero,
  ot_principal: col.idN,
  num_reprogramacion: col.enteroN,
  editada: z.boolean(),
})
/** An order that the batch created and is still there. */
export type OtDelLote = z.output<typeof FilaCreada>

/** Orders that the batch created, locked, and whether somebody changed them or their steps since. */
export async function bloquearCreadas(bd: BdTx, lote: number): Promise<OtDelLote[]> {
  return filas(
    bd,
    sql`SELECT o.id, o.orden_trabajo, o.id_tipo, o.ot_principal, o.num_reprogramacion,
        o.version <> c.version_despues OR EXISTS (SELECT 1 FROM ot_detalle d WHERE d.id_ot = o.id AND d.version > 1) AS editada
      FROM lote_cambio c JOIN ot o ON o.id = c.id_registro
      WHERE c.id_lote = ${lote} AND c.tabla = 'ot' AND c.accion = 'creado' ORDER BY o.id FOR UPDATE OF o`,
    FilaCreada,
  )
}

const FilaDependencia = z.object({ folio: z.string(), motivo: z.string() })

/** What others hung since from the orders and PTEs that the batch created, with the reason that a person reads. */
export function listarDependencias(bd: BdTx, lote: number): Promise<z.output<typeof FilaDependencia>[]> {
  const creadas = sql`SELECT id_registro FROM lote_cambio WHERE id_lote = ${lote} AND tabla = 'ot' AND accion = 'creado'`
  const ptes = sql`SELECT id_registro FROM lote_cambio WHERE id_lote = ${lote} AND tabla = 'pte_header' AND accion = 'creado'`
  return filas(
    bd,
    sql`SELECT p.orden_trabajo AS folio, 'tiene la reprogramación ' || coalesce(o.num_reprogramacion::text, '') || ' (' || o.orden_trabajo || '), que no es de este lote' AS motivo
        FROM ot o JOIN ot p ON p.id = o.ot_principal WHERE o.ot_principal IN (${creadas}) AND o.id NOT IN (${creadas})
      UNION ALL SELECT o.orden_trabajo, 'tiene importado un Anexo C' FROM importacion_anexo a JOIN ot o ON o.id = a.id_ot WHERE a.id_ot IN (${creadas})
      UNION ALL SELECT p.oficio_pte, 'es la PTE de la OT ' || o.orden_trabajo || ', que no es de este lote' FROM ot o JOIN pte_header p ON p.id = o.id_pte_header
        WHERE o.id_pte_header IN (${ptes}) AND o.id NOT IN (${creadas})
          AND o.id NOT IN (SELECT id_registro FROM lote_cambio WHERE id_lote = ${lote} AND tabla = 'ot' AND accion = 'actualizado')
      UNION ALL SELECT o.orden_trabajo, 'la cambió el lote ' || max(c2.id_lote)::text || ', que es posterior: deshaz primero ese lote'
        FROM lote_cambio c JOIN lote_cambio c2 ON c2.tabla = 'ot' AND c2.id_registro = c.id_registro AND c2.id_lote > c.id_lote AND c2.accion = 'actualizado'
        JOIN lote_importacion l2 ON l2.id = c2.id_lote AND l2.estado = 'aplicado' JOIN ot o ON o.id = c.id_registro
        WHERE c.id_lote = ${lote} AND c.tabla = 'ot' AND c.accion <> 'sin_cambio' GROUP BY o.orden_trabajo
      LIMIT 100`,
    FilaDependencia,
  )
}

/** Erases orders with their steps (which go in cascade), children before parents in one statement. */
export async function borrarOts(bd: BdTx, ids: readonly number[]): Promise<number> {
  return ejecutar(
    bd,
    sql`DELETE FROM ot WHERE id IN (SELECT v::bigint FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) v)`,
  )
}

const FilaActualizada = z.object({
  id: col.id,
  orden_trabajo: z.string(),
  version: col.entero,
  antes: z.record(z.string(), z.unknown()),
  despues: z.record(z.string(), z.unknown()),
  ahora: z.record(z.string(), z.unknown()),
})
/** An order that the batch changed: each field before, as the batch left it, and now. */
export type OtCambiadaPorLote = z.output<typeof FilaActualizada>

export function bloquearCambiadas(bd: BdTx, lote: number): Promise<OtCambiadaPorLote[]> {
  return filas(
    bd,
    sql`SELECT o.id, o.orden_trabajo, o.version, c.antes, c.despues,
        to_jsonb(o) || jsonb_build_object('monto_mxn', coalesce(o.monto_mxn, 0)::text, 'monto_usd', coalesce(o.monto_usd, 0)::text) AS ahora
      FROM lote_cambio c JOIN ot o ON o.id = c.id_registro
      WHERE c.id_lote = ${lote} AND c.tabla = 'ot' AND c.accion = 'actualizado' ORDER BY o.id FOR UPDATE OF o`,
    FilaActualizada,
  )
}

export async function listarPtesDelLote(bd: BdTx, lote: number): Promise<number[]> {
  const ptes = await filas(
    bd,
    sql`SELECT id_registro AS id FROM lote_cambio WHERE id_lote = ${lote} AND tabla = 'pte_header' AND accion = 'creado' ORDER BY id_registro`,
    z.object({ id: col.id }),
  )
  return ptes.map(({ id }) => id)
}

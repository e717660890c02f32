/** Batches of every class of import and what each did. Owner of `lote_importacion` and `lote_cambio`. */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql, type Sql } from '../../plataforma/sql.ts'
import type { CambioDeCampo, InformeBase, OpcionesElegidas, ResumenDeshacerBase } from './importacion.tipos.ts'

/** Whether this transaction got the turn of a class (or the one it shares); it keeps it until it ends. */
export async function tomarTurno(bd: BdTx, clase: string, turno: number | undefined): Promise<boolean> {
  const llave = turno === undefined ? sql`hashtextextended(${`importacion:${clase}`}, 0)` : sql`${turno}::bigint`
  const fila = await unaFila(
    bd,
    sql`SELECT pg_try_advisory_xact_lock(${llave}) AS tomado`,
    z.object({ tomado: z.boolean() }),
  )
  return fila?.tomado === true
}

// ---------------------------------------------------------------------------------------------------------- batches

const FilaLote = z.object({
  id: col.id,
  clase: z.string(),
  archivo: z.string(),
  sha256: z.string(),
  usuario: col.textoN,
  creado_en: col.instante,
  estado: z.enum(['aplicado', 'deshecho']),
  opciones: z.custom<OpcionesElegidas>(),
  resumen: z.custom<InformeBase>(),
  deshecho_en: col.instanteN,
  deshecho_por: col.textoN,
  deshacer_resumen: z.custom<ResumenDeshacerBase | null>(),
})
/** A batch as it is stored. `usuario` null = a command, or *Sistema*. */
export type LoteGuardado = z.output<typeof FilaLote>

const LOTE = sql`SELECT l.id, l.clase, l.archivo, l.sha256, l.creado_en, l.estado, l.opciones, l.resumen, l.deshecho_en, l.deshacer_resumen,
  coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS usuario,
  coalesce(nullif(trim(d.first_name || ' ' || d.last_name), ''), d.username) AS deshecho_por
  FROM lote_importacion l LEFT JOIN "user" u ON u.id = l.id_usuario LEFT JOIN "user" d ON d.id = l.deshecho_por`

export function buscarLote(bd: Bd | BdTx, id: number): Promise<LoteGuardado | null> {
  return unaFila(bd, sql`${LOTE} WHERE l.id = ${id}`, FilaLote)
}

/** The batch with a lock, or null. */
export async function bloquearLote(bd: BdTx, id: number): Promise<LoteGuardado | null> {
  await ejecutar(bd, sql`SELECT 1 FROM lote_importacion WHERE id = ${id} FOR UPDATE`)
  return buscarLote(bd, id)
}

/** Of a class, newest first. */
export function listarLotes(bd: Bd | BdTx, clase: string, limite: number): Promise<LoteGuardado[]> {
  return filas(bd, sql`${LOTE} WHERE l.clase = ${clase} ORDER BY l.id DESC LIMIT ${limite}`, FilaLote)
}

export async function insertarLote(
  ctx: CtxTx,
  datos: { clase: string; archivo: string; sha256: string; opciones: OpcionesElegidas },
): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO lote_importacion (clase, archivo, sha256, id_usuario, creado_en, opciones, resumen)
      VALUES (${datos.clase}, ${datos.archivo}, ${datos.sha256}, ${ctx.usuario?.id ?? null}::bigint, ${ctx.ahora}, ${JSON.stringify(datos.opciones)}::jsonb, '{}') RETURNING id`,
    z.object({ id: col.id }),
  )
  if (fila === null) throw new Error('La inserción del lote no devolvió su id')
  return fila.id
}

export async function guardarResumen(bd: BdTx, lote: number, resumen: InformeBase): Promise<void> {
  await ejecutar(bd, sql`UPDATE lote_importacion SET resumen = ${JSON.stringify(resumen)}::jsonb WHERE id = ${lote}`)
}

export async function marcarDeshecho(ctx: CtxTx, lote: number, resumen: ResumenDeshacerBase): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE lote_importacion SET estado = 'deshecho', deshecho_en = ${ctx.ahora}, deshecho_por = ${ctx.usuario?.id ?? null}::bigint,
      deshacer_resumen = ${JSON.stringify(resumen)}::jsonb WHERE id = ${lote}`,
  )
}

// ---------------------------------------------------------------------------------------------------------- changes

/** What a batch did to one record. */
export interface CambioDeLote {
  readonly tabla: string
  readonly id_registro: number
  readonly accion: 'creado' | 'actualizado' | 'sin_cambio'
  readonly huella: string | null
  /** Each changed field before and after; of a created record of a table without versions, `despues` is all of it. */
  readonly antes: unknown
  readonly despues: unknown
  /** Null in tables without versions. */
  readonly version_despues: number | null
  readonly nombre?: string
  readonly hoja?: string
  readonly fila?: number
  readonly cambios?: readonly CambioDeCampo[]
}

export async function insertarCambios(bd: BdTx, lote: number, cambios: readonly CambioDeLote[]): Promise<void> {
  if (cambios.length === 0) return
  await ejecutar(
    bd,
    sql`INSERT INTO lote_cambio (id_lote, tabla, id_registro, accion, huella, antes, despues, version_despues, nombre, hoja, fila, cambios)
      SELECT ${lote}::bigint, tabla, id_registro, accion, huella, nullif(antes, 'null'), nullif(despues, 'null'), version_despues, left(nombre, 300), left(hoja, 100), fila, cambios
      FROM jsonb_to_recordset(${JSON.stringify(cambios)}::jsonb)
        AS r(tabla text, id_registro bigint, accion text, huella text, antes jsonb, despues jsonb, version_despues int, nombre text, hoja text, fila int, cambios jsonb)`,
  )
}

/**
 * New records, as a query gives them, as changes of the batch.
 * @param consulta its columns: id, huella.
 */
export async function insertarCreados(bd: BdTx, lote: number, tabla: string, consulta: Sql): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO lote_cambio (id_lote, tabla, id_registro, accion, huella, version_despues)
      SELECT ${lote}::bigint, ${tabla}, q.id, 'creado', q.huella, 1 FROM (${consulta}) q`,
  )
}

/**
 * Records that went back exactly as the batch found them are, for earlier batches, as these left them: their new version
 * is not the work of a person.
 * @param restauradas with their version after going back.
 */
export async function reconocerVersiones(
  bd: BdTx,
  lote: number,
  tabla: string,
  restauradas: readonly { id: number; version: number }[],
): Promise<void> {
  if (restauradas.length === 0) return
  await ejecutar(
    bd,
    sql`UPDATE lote_cambio c SET version_despues = r.version
      FROM jsonb_to_recordset(${JSON.stringify(restauradas)}::jsonb) AS r(id bigint, version int)
      JOIN lote_cambio d ON d.id_lote = ${lote} AND d.tabla = ${tabla} AND d.accion = 'actualizado' AND d.id_registro = r.id AND d.version_despues = r.version - 1
      WHERE c.tabla = ${tabla} AND c.id_registro = r.id AND c.id_lote < ${lote} AND c.version_despues = d.version_despues - 1`,
  )
}

const FilaCambio = z.object({
  tabla: z.string(),
  id: col.id,
  nombre: col.texto,
  antes: z.record(z.string(), z.unknown()).nullable(),
  despues: z.record(z.string(), z.unknown()).nullable(),
  version_despues: col.enteroN,
  cambios: z.custom<readonly CambioDeCampo[] | null>(),
})
/** What a batch did to a record, to be undone. */
export type CambioGuardado = z.output<typeof FilaCambio>

/** Records that a batch created or changed, in its order. */
export function listarCambiosDe(
  bd: Bd | BdTx,
  lote: number,
  accion: 'creado' | 'actualizado',
): Promise<CambioGuardado[]> {
  return filas(
    bd,
    sql`SELECT tabla, id_registro AS id, coalesce(nombre, '') AS nombre, antes, despues, version_despues, cambios
      FROM lote_cambio WHERE id_lote = ${lote} AND accion = ${accion} ORDER BY id`,
    FilaCambio,
  )
}

const FilaPosterior = z.object({ nombre: col.texto, lote: col.id })

/** Records of a batch that a later one, still applied, changed. */
export function listarPosteriores(bd: Bd | BdTx, lote: number): Promise<z.output<typeof FilaPosterior>[]> {
  return filas(
    bd,
    sql`SELECT coalesce(c.nombre, '') AS nombre, max(c2.id_lote) AS lote FROM lote_cambio c
      JOIN lote_cambio c2 ON c2.tabla = c.tabla AND c2.id_registro = c.id_registro AND c2.id_lote > c.id_lote AND c2.accion = 'actualizado'
      JOIN lote_importacion l2 ON l2.id = c2.id_lote AND l2.estado = 'aplicado'
      WHERE c.id_lote = ${lote} AND c.accion <> 'sin_cambio' GROUP BY c.id, c.nombre ORDER BY c.id LIMIT 100`,
    FilaPosterior,
  )
}

// ------------------------------------------------------------------------------------------------------------ lists

const FilaCuenta = z.object({ tabla: z.string(), creadas: col.entero, cambios: col.entero })

/** How many records of each table a batch created, and how many fields it changed. */
export function contarCambios(bd: Bd | BdTx, lote: number): Promise<z.output<typeof FilaCuenta>[]> {
  return filas(
    bd,
    sql`SELECT tabla, count(*) FILTER (WHERE accion = 'creado')::int AS creadas,
        coalesce(sum(jsonb_array_length(cambios)) FILTER (WHERE accion = 'actualizado'), 0)::int AS cambios
      FROM lote_cambio WHERE id_lote = ${lote} GROUP BY tabla`,
    FilaCuenta,
  )
}

const FilaCreada = z.object({ id: col.id, nombre: col.texto, fila: col.enteroN, hoja: col.textoN })

/** Records that a batch created, by pages. */
export function listarCreados(
  bd: Bd | BdTx,
  lote: number,
  tabla: string,
  inicio: number,
  largo: number,
): Promise<z.output<typeof FilaCreada>[]> {
  return filas(
    bd,
    sql`SELECT id_registro AS id, coalesce(nombre, '') AS nombre, fila, hoja FROM lote_cambio
      WHERE id_lote = ${lote} AND tabla = ${tabla} AND accion = 'creado' ORDER BY id LIMIT ${largo} OFFSET ${inicio}`,
    FilaCreada,
  )
}

const FilaCampo = z.object({
  id: col.id,
  nombre: col.texto,
  fila: col.enteroN,
  campo: col.texto,
  antes: col.texto,
  despues: col.texto,
})

/** Fields that a batch changed, as people read them, by pages. */
export function listarCampos(
  bd: Bd | BdTx,
  lote: number,
  tabla: string,
  inicio: number,
  largo: number,
): Promise<z.output<typeof FilaCampo>[]> {
  return filas(
    bd,
    sql`SELECT c.id_registro AS id, coalesce(c.nombre, '') AS nombre, c.fila, x->>'etiqueta' AS campo, x->>'antes' AS antes, x->>'despues' AS despues
      FROM lote_cambio c, jsonb_array_elements(c.cambios) WITH ORDINALITY e(x, i)
      WHERE c.id_lote = ${lote} AND c.tabla = ${tabla} AND c.accion = 'actualizado' ORDER BY c.id, e.i LIMIT ${largo} OFFSET ${inicio}`,
    FilaCampo,
  )
}

// ------------------------------------------------------------------------------------------------------ recognising

/** Batches whose hashes count: applied ones, and undone ones that left the record alive because somebody edited it. */
const VIGENTE = sql`JOIN lote_importacion l ON l.id = c.id_lote AND (l.estado = 'aplicado' OR c.accion = 'creado')`

const FilaHuella = z.object({ id: col.id, huella: z.string() })

/** The hash of the row that each of those records was last imported from. */
export function listarHuellas(
  bd: Bd | BdTx,
  tabla: string,
  ids: readonly number[],
): Promise<z.output<typeof FilaHuella>[]> {
  return filas(
    bd,
    sql`SELECT DISTINCT ON (c.id_registro) c.id_registro AS id, c.huella FROM lote_cambio c ${VIGENTE}
      WHERE c.tabla = ${tabla} AND c.id_registro = ANY(${[...ids]}::bigint[]) AND c.huella IS NOT NULL ORDER BY c.id_registro, c.id DESC`,
    FilaHuella,
  )
}

/** Records whose last known row has one of those hashes, oldest first. */
export function buscarPorHuella(
  bd: Bd | BdTx,
  tabla: string,
  huellas: readonly string[],
): Promise<z.output<typeof FilaHuella>[]> {
  return filas(
    bd,
    sql`SELECT c.id_registro AS id, c.huella FROM lote_cambio c ${VIGENTE}
      WHERE c.tabla = ${tabla} AND c.huella IN (SELECT v FROM jsonb_array_elements_text(${JSON.stringify(huellas)}::jsonb) v)
        AND NOT EXISTS (SELECT 1 FROM lote_cambio m JOIN lote_importacion lm ON lm.id = m.id_lote AND (lm.estado = 'aplicado' OR m.accion = 'creado')
          WHERE m.tabla = c.tabla AND m.id_registro = c.id_registro AND m.huella IS NOT NULL AND m.id > c.id)
      ORDER BY c.id_registro`,
    FilaHuella,
  )
}

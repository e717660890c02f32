/**
 * Concepts and the history of their prices. Every write of a concept takes where its price comes from, and adds to the
 * history in the same statement, so that the last row of the history is always the current price.
 */
import { z } from 'zod'
import { filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql, VACIO, type Sql } from '../../plataforma/sql.ts'
import { reservarIds } from './contratos.repo.ts'
import type { Concepto, ConceptoNuevo, ConPrecioDe, EstatusPue, TipoPartida } from './contratos.tipos.ts'

const FilaConcepto = z.object({
  id: col.id,
  idTipoPartida: col.id.transform((id) => id as TipoPartida),
  idSubAnexo: col.idN,
  idSeccion: col.idN,
  orden: col.enteroN,
  partidaOrdinaria: col.textoN,
  partidaExtraordinaria: col.textoN,
  codigoInterno: col.textoN,
  descripcion: col.texto,
  idUnidadMedida: col.id,
  cantidad: col.dinero,
  precioUnitarioMn: col.dinero,
  precioUnitarioUsd: col.dinero,
  categoria: col.textoN,
  subcategoria: col.textoN,
  clasificacion: col.textoN,
  pteCreacion: col.textoN,
  otCreacion: col.textoN,
  idPteCreacion: col.idN,
  idOtCreacion: col.idN,
  fechaAutorizacion: col.fechaN,
  estatus: col.textoN.transform((estatus) => estatus as EstatusPue | null),
  comentario: col.textoN,
  activo: col.booleano,
  version: col.entero,
})

const CONCEPTO = sql`c.id, c.id_tipo_partida AS "idTipoPartida", c.id_sub_anexo AS "idSubAnexo", c.id_seccion AS "idSeccion", c.orden,
  c.partida_ordinaria AS "partidaOrdinaria", c.partida_extraordinaria AS "partidaExtraordinaria", c.codigo_interno AS "codigoInterno",
  c.descripcion, c.id_unidad_medida AS "idUnidadMedida", c.cantidad::text, c.precio_unitario_mn::text AS "precioUnitarioMn",
  c.precio_unitario_usd::text AS "precioUnitarioUsd", c.categoria, c.subcategoria, c.clasificacion, c.pte_creacion AS "pteCreacion",
  c.ot_creacion AS "otCreacion", c.id_pte_creacion AS "idPteCreacion", c.id_ot_creacion AS "idOtCreacion",
  c.fecha_autorizacion AS "fechaAutorizacion", c.estatus, c.comentario, c.activo, c.version`

// ----------------------------------------------------------------------------------------------------------- reads

/** Concepts by id, active or not, by id; `bloquear` keeps them until the end of the transaction. */
export function listarConceptosPorId(bd: Bd | BdTx, ids: readonly number[], bloquear = false): Promise<Concepto[]> {
  const cerrojo: Sql = bloquear ? sql`FOR UPDATE` : VACIO
  return filas(
    bd,
    sql`SELECT ${CONCEPTO} FROM contrato_concepto_maestro c WHERE c.id = ANY(${[...ids]}::bigint[]) ORDER BY c.id ${cerrojo}`,
    FilaConcepto,
  )
}

/** Active concepts of the sub-annexes of a contract, as an import needs them: all of them, locked when it will write. */
export function listarConceptosDeContrato(bd: Bd | BdTx, idContrato: number, bloquear = false): Promise<Concepto[]> {
  const cerrojo: Sql = bloquear ? sql`FOR UPDATE OF c` : VACIO
  return filas(
    bd,
    sql`SELECT ${CONCEPTO} FROM contrato_concepto_maestro c
      WHERE c.activo AND c.id_sub_anexo IN (SELECT s.id FROM contrato_sub_anexo s JOIN contrato_anexo_maestro a ON a.id = s.id_anexo_maestro
        WHERE a.id_contrato = ${idContrato}) ORDER BY c.id ${cerrojo}`,
    FilaConcepto,
  )
}

/**
 * Active concepts that have one of those extraordinary partidas, whatever their type (a converted PUE keeps its key).
 * @param partidas as written: they are compared by `folio_clave`.
 */
export function listarConceptosPorPartidaExt(
  bd: Bd | BdTx,
  partidas: readonly string[],
  bloquear = false,
): Promise<Concepto[]> {
  const cerrojo: Sql = bloquear ? sql`FOR UPDATE OF c` : VACIO
  return filas(
    bd,
    sql`SELECT ${CONCEPTO} FROM contrato_concepto_maestro c
      WHERE c.activo AND c.partida_extraordinaria IS NOT NULL
        AND folio_clave(c.partida_extraordinaria) IN (SELECT folio_clave(p) FROM jsonb_array_elements_text(${JSON.stringify(partidas)}::jsonb) p)
      ORDER BY c.id ${cerrojo}`,
    FilaConcepto,
  )
}

const FilaPrecio = z.object({
  numero: col.entero,
  precioMn: col.dinero,
  precioUsd: col.dinero,
  cantidad: col.dinero,
  fecha: col.instante,
  usuario: col.textoN,
  origen: z.enum(['captura', 'edicion', 'conversion', 'importacion', 'deshacer']),
  idLote: col.idN,
  archivo: col.textoN,
  hoja: col.textoN,
  fila: col.enteroN,
})

/** A price that a concept has or had, with the name of who set it (null = *Sistema*). */
export type PrecioDeConcepto = z.output<typeof FilaPrecio>

/** Every price of a concept, the current one first. */
export function listarPrecios(bd: Bd | BdTx, idConcepto: number): Promise<PrecioDeConcepto[]> {
  return filas(
    bd,
    sql`SELECT p.numero, p.precio_mn::text AS "precioMn", p.precio_usd::text AS "precioUsd", p.cantidad::text, p.fecha, p.origen, p.id_lote AS "idLote",
        p.archivo, p.hoja, p.fila, coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS usuario
      FROM contrato_concepto_precio p LEFT JOIN "user" u ON u.id = p.id_usuario
      WHERE p.id_concepto = ${idConcepto} ORDER BY p.numero DESC LIMIT 1000`,
    FilaPrecio,
  )
}

/** Live PTE and OT (an initial one first) with those folios, as a PUE names where it was born. */
export async function buscarOrigenes(
  bd: Bd | BdTx,
  folioPte: string | null,
  folioOt: string | null,
): Promise<{ idPte: number | null; idOt: number | null }> {
  const fila = await unaFila(
    bd,
    sql`SELECT (SELECT p.id FROM pte_header p WHERE p.estatus <> 0 AND folio_clave(p.oficio_pte) = folio_clave(${folioPte}) ORDER BY p.id LIMIT 1) AS "idPte",
      (SELECT o.id FROM ot o WHERE o.estatus <> 0 AND folio_clave(o.orden_trabajo) = folio_clave(${folioOt}) ORDER BY o.id_tipo, o.id LIMIT 1) AS "idOt"`,
    z.object({ idPte: col.idN, idOt: col.idN }),
  )
  return fila ?? { idPte: null, idOt: null }
}

/** Another active PUE with that partida. */
export function buscarPueConPartida(bd: Bd | BdTx, partida: string, excepto: number | null): Promise<Concepto | null> {
  return unaFila(
    bd,
    sql`SELECT ${CONCEPTO} FROM contrato_concepto_maestro c
      WHERE c.activo AND c.id_tipo_partida = 7 AND folio_clave(c.partida_extraordinaria) = folio_clave(${partida}) AND c.id IS DISTINCT FROM ${excepto}::bigint
      ORDER BY c.id LIMIT 1`,
    FilaConcepto,
  )
}

/** Active ordinary concepts of a sub-annex with one of those partidas. */
export function listarOrdinariosConPartida(
  bd: Bd | BdTx,
  subAnexos: readonly number[],
  partidas: readonly string[],
): Promise<Concepto[]> {
  return filas(
    bd,
    sql`SELECT ${CONCEPTO} FROM contrato_concepto_maestro c
      WHERE c.activo AND c.id_tipo_partida = 6 AND c.id_sub_anexo = ANY(${[...subAnexos]}::bigint[])
        AND folio_clave(c.partida_ordinaria) IN (SELECT folio_clave(p) FROM jsonb_array_elements_text(${JSON.stringify(partidas)}::jsonb) p)
      ORDER BY c.id`,
    FilaConcepto,
  )
}

/** Live OTs whose active annex holds the concept: same partida, description and unit (catalogos.md §6.4). */
export async function contarOtsQueUsan(bd: Bd | BdTx, id: number): Promise<number> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(DISTINCT i.id_ot) AS n FROM contrato_concepto_maestro c
      JOIN partida_anexo_importada p ON folio_clave(p.id_partida) IN (folio_clave(c.partida_ordinaria), folio_clave(c.partida_extraordinaria))
        AND p.id_unidad_medida = c.id_unidad_medida AND folio_clave(p.descripcion_concepto) = folio_clave(c.descripcion)
      JOIN importacion_anexo i ON i.id = p.id_importacion_anexo AND i.es_activo
      JOIN ot o ON o.id = i.id_ot AND o.estatus <> 0
      WHERE c.id = ${id}`,
    z.object({ n: col.entero }),
  )
  return fila?.n ?? 0
}

// ---------------------------------------------------------------------------------------------------------- writes

const COLUMNAS = sql`id, id_tipo_partida, id_sub_anexo, id_seccion, orden, partida_ordinaria, partida_extraordinaria, codigo_interno, descripcion,
  id_unidad_medida, cantidad, precio_unitario_mn, precio_unitario_usd, categoria, subcategoria, clasificacion, pte_creacion, ot_creacion,
  id_pte_creacion, id_ot_creacion, fecha_autorizacion, estatus, comentario, activo`

const TIPOS = sql`(id bigint, id_tipo_partida bigint, id_sub_anexo bigint, id_seccion bigint, orden int, partida_ordinaria text,
  partida_extraordinaria text, codigo_interno text, descripcion text, id_unidad_medida bigint, cantidad numeric, precio_unitario_mn numeric,
  precio_unitario_usd numeric, categoria text, subcategoria text, clasificacion text, pte_creacion text, ot_creacion text, id_pte_creacion bigint,
  id_ot_creacion bigint, fecha_autorizacion date, estatus text, comentario text, activo boolean,
  origen text, id_lote bigint, archivo text, hoja text, fila int)`

/** Rows of one statement: their JSON must not be a single text of hundreds of megabytes. */
const POR_BLOQUE = 5_000

function comoFila({ concepto, precio }: ConPrecioDe<ConceptoNuevo>, id: number) {
  const importado = precio.origen === 'importacion' ? precio : null
  return {
    id,
    id_tipo_partida: concepto.idTipoPartida,
    id_sub_anexo: concepto.idSubAnexo,
    id_seccion: concepto.idSeccion,
    orden: concepto.orden,
    partida_ordinaria: concepto.partidaOrdinaria,
    partida_extraordinaria: concepto.partidaExtraordinaria,
    codigo_interno: concepto.codigoInterno,
    descripcion: concepto.descripcion,
    id_unidad_medida: concepto.idUnidadMedida,
    cantidad: concepto.cantidad.toFixed(),
    precio_unitario_mn: concepto.precioUnitarioMn.toFixed(),
    precio_unitario_usd: concepto.precioUnitarioUsd.toFixed(),
    categoria: concepto.categoria,
    subcategoria: concepto.subcategoria,
    clasificacion: concepto.clasificacion,
    pte_creacion: concepto.pteCreacion,
    ot_creacion: concepto.otCreacion,
    id_pte_creacion: concepto.idPteCreacion,
    id_ot_creacion: concepto.idOtCreacion,
    fecha_autorizacion: concepto.fechaAutorizacion,
    estatus: concepto.estatus,
    comentario: concepto.comentario,
    activo: concepto.activo,
    origen: precio.origen,
    id_lote: 'idLote' in precio ? precio.idLote : null,
    archivo: importado?.archivo ?? null,
    hoja: importado?.hoja ?? null,
    fila: importado?.fila ?? null,
  }
}

function* enBloques<T>(lista: readonly T[]): Generator<readonly T[]> {
  for (let desde = 0; desde < lista.length; desde += POR_BLOQUE) yield lista.slice(desde, desde + POR_BLOQUE)
}

/** Inserts concepts and the first price of each. @returns their ids, in the same order. */
export async function insertarConceptos(ctx: CtxTx, nuevos: readonly ConPrecioDe<ConceptoNuevo>[]): Promise<number[]> {
  const ids = await reservarIds(ctx.bd, sql`'contrato_concepto_maestro'`, nuevos.length)
  const datos = nuevos.map((nuevo, n) => comoFila(nuevo, ids[n] ?? 0))
  for (const bloque of enBloques(datos))
    await filas(
      ctx.bd,
      sql`WITH r AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(bloque)}::jsonb) AS t${TIPOS}),
        nuevos AS (INSERT INTO contrato_concepto_maestro (${COLUMNAS}) SELECT ${COLUMNAS} FROM r ORDER BY r.id
          RETURNING id, precio_unitario_mn, precio_unitario_usd, cantidad),
        precios AS (INSERT INTO contrato_concepto_precio (id_concepto, numero, precio_mn, precio_usd, cantidad, fecha, id_usuario, origen, id_lote, archivo, hoja, fila)
          SELECT n.id, 1, n.precio_unitario_mn, n.precio_unitario_usd, n.cantidad, ${ctx.ahora}::timestamptz, ${ctx.usuario?.id ?? null}::bigint,
            r.origen, r.id_lote, r.archivo, r.hoja, r.fila
          FROM nuevos n JOIN r ON r.id = n.id ORDER BY n.id RETURNING 1)
        SELECT count(*)::int AS n FROM precios`,
      z.object({ n: col.entero }),
    )
  return ids
}

/**
 * Writes every column of those concepts by id and raises their version by one; when prices or quantity change, adds to
 * the history. The caller has locked them.
 */
export async function actualizarConceptos(ctx: CtxTx, cambios: readonly ConPrecioDe<Concepto>[]): Promise<void> {
  for (const bloque of enBloques(cambios.map((cambio) => comoFila(cambio, cambio.concepto.id))))
    await filas(
      ctx.bd,
      sql`WITH r AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${JSON.stringify(bloque)}::jsonb) AS t${TIPOS}),
        antes AS MATERIALIZED (SELECT c.id, c.precio_unitario_mn, c.precio_unitario_usd, c.cantidad,
            (SELECT coalesce(max(p.numero), 0) FROM contrato_concepto_precio p WHERE p.id_concepto = c.id) AS numero
          FROM contrato_concepto_maestro c JOIN r ON r.id = c.id),
        despues AS (UPDATE contrato_concepto_maestro c SET id_tipo_partida = r.id_tipo_partida, id_sub_anexo = r.id_sub_anexo,
            id_seccion = r.id_seccion, orden = r.orden, partida_ordinaria = r.partida_ordinaria, partida_extraordinaria = r.partida_extraordinaria,
            codigo_interno = r.codigo_interno, descripcion = r.descripcion, id_unidad_medida = r.id_unidad_medida, cantidad = r.cantidad,
            precio_unitario_mn = r.precio_unitario_mn, precio_unitario_usd = r.precio_unitario_usd, categoria = r.categoria,
            subcategoria = r.subcategoria, clasificacion = r.clasificacion, pte_creacion = r.pte_creacion, ot_creacion = r.ot_creacion,
            id_pte_creacion = r.id_pte_creacion, id_ot_creacion = r.id_ot_creacion, fecha_autorizacion = r.fecha_autorizacion,
            estatus = r.estatus, comentario = r.comentario, activo = r.activo, version = c.version + 1
          FROM r WHERE c.id = r.id RETURNING c.id, c.precio_unitario_mn, c.precio_unitario_usd, c.cantidad),
        precios AS (INSERT INTO contrato_concepto_precio (id_concepto, numero, precio_mn, precio_usd, cantidad, fecha, id_usuario, origen, id_lote, archivo, hoja, fila)
          SELECT d.id, a.numero + 1, d.precio_unitario_mn, d.precio_unitario_usd, d.cantidad, ${ctx.ahora}::timestamptz, ${ctx.usuario?.id ?? null}::bigint,
            r.origen, r.id_lote, r.archivo, r.hoja, r.fila
          FROM despues d JOIN antes a ON a.id = d.id JOIN r ON r.id = d.id
          WHERE (a.precio_unitario_mn, a.precio_unitario_usd, a.cantidad) IS DISTINCT FROM (d.precio_unitario_mn, d.precio_unitario_usd, d.cantidad)
            OR a.numero = 0
          ORDER BY d.id RETURNING 1)
        SELECT count(*)::int AS n FROM precios`,
      z.object({ n: col.entero }),
    )
}

/** Deletes concepts with their history: only the undo of the import that created them does it. @returns those deleted. */
export async function eliminarConceptos(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const borrados = await filas(
    bd,
    sql`DELETE FROM contrato_concepto_maestro c WHERE c.id = ANY(${[...ids]}::bigint[]) RETURNING c.id`,
    z.object({ id: col.id }),
  )
  return borrados.map(({ id }) => id)
}

/** A concept, active or not. */
export function buscarConcepto(bd: Bd | BdTx, id: number, bloquear = false): Promise<Concepto | null> {
  const cerrojo: Sql = bloquear ? sql`FOR UPDATE` : VACIO
  return unaFila(
    bd,
    sql`SELECT ${CONCEPTO} FROM contrato_concepto_maestro c WHERE c.id = ${id} ${cerrojo}`,
    FilaConcepto,
  )
}

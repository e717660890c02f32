/** Versions of an annex, its partidas and the concepts of the family. Many rows travel as one JSON parameter. */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import type {
  CambiosDeConceptos,
  ConceptoDeFamilia,
  OtDeAnexo,
  PartidaDeVersion,
  PartidaPlaneada,
  ResumenDeVersion,
  Version,
} from './versiones.tipos.ts'

type Conexion = CtxLectura['bd']

const FilaOt = z
  .object({ id: col.id, folio: z.string(), id_tipo: col.entero, estatus: col.entero, principal: col.id })
  .transform(({ id, folio, id_tipo, estatus, principal }): OtDeAnexo => ({
    id,
    folio,
    esInicial: id_tipo === 4,
    activa: estatus === 1,
    idPrincipal: principal,
  }))

/** An OT with the initial one of its family, deleted or not. */
export function buscarOt(bd: Conexion, idOt: number): Promise<OtDeAnexo | null> {
  return unaFila(
    bd,
    sql`SELECT o.id, o.orden_trabajo AS folio, o.id_tipo, o.estatus, coalesce(o.ot_principal, o.id) AS principal FROM ot o WHERE o.id = ${idOt}`,
    FilaOt,
  )
}

const FilaVersion = z
  .object({
    id: col.id,
    id_ot: col.id,
    numero: col.entero,
    modo: z.enum(['reemplazo', 'actualizacion', 'vinculacion']),
    archivo: z.string(),
    id_archivo: col.idN,
    fecha: col.instante,
    usuario: col.textoN,
    total: col.entero,
    activa: col.booleano,
    deshecha_en: col.instanteN,
    deshecha_por: col.textoN,
    resumen: z.unknown(),
  })
  .transform(({ id_ot, id_archivo, deshecha_en, deshecha_por, resumen, ...resto }): Version => ({
    ...resto,
    idOt: id_ot,
    idArchivo: id_archivo,
    deshechaEn: deshecha_en,
    deshechaPor: deshecha_por,
    resumen: (resumen as ResumenDeVersion | null) ?? null,
  }))

const nombre = (alias: Sql): Sql =>
  sql`coalesce(nullif(btrim(${alias}.first_name || ' ' || ${alias}.last_name), ''), ${alias}.username)`

const VERSION = sql`SELECT i.id, i.id_ot, i.numero, i.modo, i.archivo_excel AS archivo, i.id_archivo, i.fecha_carga AS fecha,
    ${nombre(sql`u`)} AS usuario, i.total_registros AS total, i.es_activo AS activa, i.deshecha_en, ${nombre(sql`d`)} AS deshecha_por, i.resumen
  FROM importacion_anexo i LEFT JOIN "user" u ON u.id = i.usuario_carga LEFT JOIN "user" d ON d.id = i.deshecha_por`

/** Every version of an OT, newest first. */
export function listarVersiones(bd: Conexion, idOt: number): Promise<Version[]> {
  return filas(bd, sql`${VERSION} WHERE i.id_ot = ${idOt} ORDER BY i.numero DESC`, FilaVersion)
}

export function buscarVersion(bd: Conexion, id: number): Promise<Version | null> {
  return unaFila(bd, sql`${VERSION} WHERE i.id = ${id}`, FilaVersion)
}

export function buscarActiva(bd: Conexion, idOt: number): Promise<Version | null> {
  return unaFila(bd, sql`${VERSION} WHERE i.id_ot = ${idOt} AND i.es_activo`, FilaVersion)
}

const FilaPartida = z
  .object({
    id: col.id,
    concepto: col.id,
    maestro: col.idN,
    origen: z.enum(['archivo', 'vinculada', 'arrastrada']),
    codigo: z.string(),
    descripcion: z.string(),
    anexo: col.textoN,
    id_unidad: col.idN,
    unidad: z.string(),
    volumen: z.string(),
    mn: z.string(),
    usd: z.string(),
    orden: col.entero,
  })
  .transform(({ concepto, maestro, id_unidad, mn, usd, ...resto }): PartidaDeVersion => ({
    ...resto,
    idConcepto: concepto,
    idConceptoMaestro: maestro,
    idUnidad: id_unidad,
    precioMn: mn,
    precioUsd: usd,
  }))

/** Partidas of a version in the order of its sheet. */
export function listarPartidas(bd: Conexion, idVersion: number): Promise<PartidaDeVersion[]> {
  return filas(
    bd,
    sql`SELECT p.id, p.id_concepto_consolidado AS concepto, p.id_concepto_maestro AS maestro, p.origen, p.id_partida AS codigo,
        p.descripcion_concepto AS descripcion, p.anexo, p.id_unidad_medida AS id_unidad, coalesce(u.clave, '') AS unidad,
        p.volumen_proyectado::text AS volumen, p.precio_unitario_mn::text AS mn, p.precio_unitario_usd::text AS usd, p.orden_fila AS orden
      FROM partida_anexo_importada p LEFT JOIN unidad_medida u ON u.id = p.id_unidad_medida
      WHERE p.id_importacion_anexo = ${idVersion} ORDER BY p.orden_fila, p.id`,
    FilaPartida,
  )
}

const FilaConcepto = z
  .object({
    id: col.id,
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    id_unidad: col.id,
    huella: z.string(),
    vivo: col.booleano,
  })
  .transform(({ id_unidad, vivo, ...resto }): ConceptoDeFamilia => ({
    ...resto,
    idUnidad: id_unidad,
    vivoEnOtros: vivo,
  }))

/** Every concept of a family; `vivoEnOtros` is about the members other than that OT. */
export function listarConceptos(bd: Conexion, idPrincipal: number, idOt: number): Promise<ConceptoDeFamilia[]> {
  return filas(
    bd,
    sql`SELECT c.id, c.anexo, c.codigo, c.concepto, coalesce(c.id_unidad_medida, 0) AS id_unidad, c.huella,
        coalesce(vivos.id IS NOT NULL, FALSE) AS vivo
      FROM concepto_consolidado c
      LEFT JOIN (
        SELECT DISTINCT p.id_concepto_consolidado AS id FROM partida_anexo_importada p
          JOIN importacion_anexo i ON i.id = p.id_importacion_anexo AND i.es_activo
          JOIN ot o ON o.id = i.id_ot AND o.estatus = 1
        WHERE (o.id = ${idPrincipal} OR o.ot_principal = ${idPrincipal}) AND o.id <> ${idOt}
      ) vivos ON vivos.id = c.id
      WHERE c.id_ot = ${idPrincipal}`,
    FilaConcepto,
  )
}

/** Claves of units, by id. */
export async function clavesDeUnidades(bd: Conexion): Promise<ReadonlyMap<number, string>> {
  const unidades = await filas(
    bd,
    sql`SELECT id, clave FROM unidad_medida`,
    z.object({ id: col.id, clave: z.string() }),
  )
  return new Map(unidades.map(({ id, clave }) => [id, clave]))
}

// ------------------------------------------------------------------------------------------------------------ programme

const FilaPrograma = z.object({ dias: col.entero, volumen: z.string() })

/** Days with programme of a version and what they add up to; of those partidas only, outside of a range, when told. */
export async function resumirPrograma(
  bd: Conexion,
  idVersion: number,
  solo?: { partidas: readonly number[]; fuera: { primero: string; ultimo: string } | null },
): Promise<{ dias: number; volumen: string }> {
  const cuales = solo === undefined ? sql`TRUE` : sql`p.id = ANY(${[...solo.partidas]}::bigint[])`
  const fuera = solo?.fuera
  const dias = fuera ? sql`d.fecha NOT BETWEEN ${fuera.primero}::date AND ${fuera.ultimo}::date` : sql`TRUE`
  const fila = await unaFila(
    bd,
    sql`SELECT count(DISTINCT d.fecha)::int AS dias, coalesce(sum(d.volumen_programado), 0)::numeric(18, 6)::text AS volumen
      FROM partida_anexo_importada p JOIN partida_proyectada_dia d ON d.id_partida_anexo = p.id
      WHERE p.id_importacion_anexo = ${idVersion} AND ${cuales} AND ${dias}`,
    FilaPrograma,
  )
  return fila ?? { dias: 0, volumen: '0.000000' }
}

/**
 * The programme of partidas of a version goes to those that continue them.
 * @param sinDias partidas whose days in that range are left out.
 */
export async function copiarPrograma(
  bd: BdTx,
  pares: readonly { de: number; a: number }[],
  rango: { primero: string; ultimo: string } | null,
): Promise<void> {
  const volumenes = rango
    ? sql`(SELECT array_agg(CASE WHEN m.mes + (d.n - 1)::int BETWEEN ${rango.primero}::date AND ${rango.ultimo}::date THEN 0 ELSE d.v END ORDER BY d.n)
        FROM unnest(m.volumenes) WITH ORDINALITY AS d(v, n))`
    : sql`m.volumenes`
  await ejecutar(
    bd,
    sql`INSERT INTO partida_proyectada (id_partida_anexo, mes, volumenes)
      SELECT q.a, q.mes, q.volumenes FROM (
        SELECT r.a, m.mes, ${volumenes} AS volumenes
        FROM jsonb_to_recordset(${JSON.stringify(pares)}::jsonb) AS r(de bigint, a bigint)
          JOIN partida_proyectada m ON m.id_partida_anexo = r.de
      ) q WHERE 0 < ANY(q.volumenes)`,
  )
}

/**
 * Writes a block of the programme of a workbook (`AnexoLeido.programa`).
 * @param partidas id of the partida of each `indice`; 0 for those that are not of this turn.
 * @param suma some partida may already have programme that month: it is added. Without it nothing is looked up.
 */
export async function insertarPrograma(
  bd: BdTx,
  bloque: string,
  { partidas, suma }: { partidas: readonly number[]; suma: boolean },
): Promise<void> {
  const { desde, hasta } = alcanceDeBloque(bloque)
  const ids = partidas.slice(desde, hasta + 1)
  if (!ids.some((id) => id > 0)) return
  const sumar = sql`ON CONFLICT (id_partida_anexo, mes) DO UPDATE SET volumenes = (
      SELECT array_agg(v.viejo + v.nuevo ORDER BY v.n)
      FROM unnest(m.volumenes, EXCLUDED.volumenes) WITH ORDINALITY AS v(viejo, nuevo, n)
    )`
  await ejecutar(
    bd,
    sql`INSERT INTO partida_proyectada AS m (id_partida_anexo, mes, volumenes)
      SELECT q.id, (b.fila ->> 1)::date, (b.fila ->> 2)::numeric(15, 6)[]
      FROM json_array_elements(${bloque}::json) AS b(fila)
        JOIN unnest(${ids}::bigint[]) WITH ORDINALITY AS q(id, n) ON q.n = (b.fila ->> 0)::int - ${desde}::int + 1 AND q.id > 0
      ${suma ? sumar : sql``}`,
  )
}

/** First and last `indice` of a block: an annex has thousands of partidas and a block some hundreds. */
function alcanceDeBloque(bloque: string): { desde: number; hasta: number } {
  let [desde, hasta] = [Infinity, -1]
  for (const [, numero] of bloque.matchAll(/\[(\d+),"/g)) {
    const indice = Number(numero)
    if (indice < desde) desde = indice
    if (indice > hasta) hasta = indice
  }
  return hasta === -1 ? { desde: 0, hasta: -1 } : { desde, hasta }
}

// ------------------------------------------------------------------------------------------------------------- writing

/** No version of the OT is the active one. */
export async function desactivar(bd: BdTx, idOt: number): Promise<void> {
  await ejecutar(bd, sql`UPDATE importacion_anexo SET es_activo = FALSE WHERE id_ot = ${idOt} AND es_activo`)
}

export async function activar(bd: BdTx, idVersion: number): Promise<void> {
  await ejecutar(bd, sql`UPDATE importacion_anexo SET es_activo = TRUE WHERE id = ${idVersion}`)
}

export async function marcarDeshecha(ctx: CtxTx, idVersion: number): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE importacion_anexo SET es_activo = FALSE, deshecha_en = ${ctx.ahora}, deshecha_por = ${ctx.usuario?.id ?? null} WHERE id = ${idVersion}`,
  )
}

/** A new active version. @returns its id and its number in the OT. */
export async function insertarVersion(
  ctx: CtxTx,
  datos: { idOt: number; modo: Version['modo']; archivo: string; idArchivo: number | null; total: number },
): Promise<{ id: number; numero: number }> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO importacion_anexo (id_ot, numero, modo, archivo_excel, id_archivo, fecha_carga, usuario_carga, total_registros, es_activo)
      SELECT ${datos.idOt}, coalesce(max(numero), 0) + 1, ${datos.modo}, ${datos.archivo}, ${datos.idArchivo}, ${ctx.ahora}, ${ctx.usuario?.id ?? null}, ${datos.total}, TRUE
      FROM importacion_anexo WHERE id_ot = ${datos.idOt}
      RETURNING id, numero`,
    z.object({ id: col.id, numero: col.entero }),
  )
  if (fila === null) throw new Error('La inserción de la versión no devolvió su id')
  return fila
}

export async function guardarResumen(
  bd: BdTx,
  idVersion: number,
  total: number,
  resumen: ResumenDeVersion,
): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE importacion_anexo SET total_registros = ${total}, resumen = ${JSON.stringify(resumen)}::jsonb WHERE id = ${idVersion}`,
  )
}

/** `total_registros` says how many partidas the version has (A13). */
export async function contarDeNuevo(bd: BdTx, idVersion: number): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE importacion_anexo SET total_registros = (SELECT count(*) FROM partida_anexo_importada WHERE id_importacion_anexo = ${idVersion}) WHERE id = ${idVersion}`,
  )
}

/** Renames first: a name that is left may be taken by a new concept. @returns the id of every concept, by fingerprint. */
export async function aplicarConceptos(
  bd: BdTx,
  idPrincipal: number,
  { renombres, nuevos }: CambiosDeConceptos,
): Promise<ReadonlyMap<string, number>> {
  if (renombres.length > 0)
    await ejecutar(
      bd,
      sql`UPDATE concepto_consolidado c SET anexo = r.anexo, huella = r.huella
        FROM jsonb_to_recordset(${JSON.stringify(renombres)}::jsonb) AS r(id bigint, anexo text, huella text) WHERE c.id = r.id`,
    )
  if (nuevos.length > 0)
    await ejecutar(
      bd,
      sql`INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, id_unidad_medida, huella)
        SELECT ${idPrincipal}, n.anexo, n.codigo, n.concepto, nullif(n."idUnidad", 0), n.huella
        FROM jsonb_to_recordset(${JSON.stringify(nuevos)}::jsonb) AS n(anexo text, codigo text, concepto text, "idUnidad" bigint, huella text)`,
    )
  const conceptos = await filas(
    bd,
    sql`SELECT id, huella FROM concepto_consolidado WHERE id_ot = ${idPrincipal}`,
    z.object({ id: col.id, huella: z.string() }),
  )
  return new Map(conceptos.map(({ id, huella }) => [huella, id]))
}

/** Partidas of a version. @returns their ids by concept. */
export async function insertarPartidas(
  bd: BdTx,
  idVersion: number,
  partidas: readonly (Omit<PartidaPlaneada, 'huella' | 'continua' | 'indices'> & { idConcepto: number })[],
): Promise<ReadonlyMap<number, number>> {
  const nuevas = await filas(
    bd,
    sql`INSERT INTO partida_anexo_importada (id_importacion_anexo, id_concepto_consolidado, id_concepto_maestro, origen, id_partida,
        descripcion_concepto, anexo, id_unidad_medida, volumen_proyectado, precio_unitario_mn, precio_unitario_usd, orden_fila)
      SELECT ${idVersion}, p."idConcepto", p."idConceptoMaestro", p.origen, p.codigo, p.descripcion, p.anexo, p."idUnidad", p.volumen,
        p."precioMn", p."precioUsd", p.orden
      FROM jsonb_to_recordset(${JSON.stringify(partidas)}::jsonb) AS p("idConcepto" bigint, "idConceptoMaestro" bigint, origen text,
        codigo text, descripcion text, anexo text, "idUnidad" bigint, volumen numeric, "precioMn" numeric, "precioUsd" numeric, orden int)
      RETURNING id, id_concepto_consolidado AS concepto`,
    z.object({ id: col.id, concepto: col.id }),
  )
  return new Map(nuevas.map(({ id, concepto }) => [concepto, id]))
}

/**
 * Partidas with volume 0 for concepts that lose theirs: the last known texts, unit and prices (anexo-c.md §6.4.3).
 * @returns how many it made.
 */
export function arrastrarConceptos(bd: BdTx, idVersion: number, conceptos: readonly number[]): Promise<number> {
  return ejecutar(
    bd,
    sql`INSERT INTO partida_anexo_importada (id_importacion_anexo, id_concepto_consolidado, id_concepto_maestro, origen, id_partida,
        descripcion_concepto, anexo, id_unidad_medida, volumen_proyectado, precio_unitario_mn, precio_unitario_usd, orden_fila)
      SELECT ${idVersion}, u.id_concepto_consolidado, u.id_concepto_maestro, 'arrastrada', u.id_partida, u.descripcion_concepto, u.anexo,
        u.id_unidad_medida, 0, u.precio_unitario_mn, u.precio_unitario_usd,
        (SELECT coalesce(max(orden_fila), 0) FROM partida_anexo_importada WHERE id_importacion_anexo = ${idVersion})
          + row_number() OVER (ORDER BY u.orden_fila, u.id)
      FROM (
        SELECT DISTINCT ON (p.id_concepto_consolidado) p.* FROM partida_anexo_importada p
          JOIN importacion_anexo i ON i.id = p.id_importacion_anexo
        WHERE p.id_concepto_consolidado = ANY(${[...conceptos]}::bigint[]) AND p.id_importacion_anexo <> ${idVersion}
        ORDER BY p.id_concepto_consolidado, i.fecha_carga DESC, i.id DESC
      ) u
      ON CONFLICT (id_importacion_anexo, id_concepto_consolidado) DO NOTHING`,
  )
}

/** Partidas of a version that becomes active again, whose concept changed its name meanwhile. */
export async function moverPartidas(bd: BdTx, cambios: readonly { id: number; concepto: number }[]): Promise<void> {
  if (cambios.length === 0) return
  await ejecutar(
    bd,
    sql`UPDATE partida_anexo_importada p SET id_concepto_consolidado = c.concepto
      FROM jsonb_to_recordset(${JSON.stringify(cambios)}::jsonb) AS c(id bigint, concepto bigint) WHERE p.id = c.id`,
  )
}

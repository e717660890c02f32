import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql, VACIO, type Sql } from '../../plataforma/sql.ts'
import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import { DATOS_DE_PARTIDA } from './candidatas.repo.ts'
import {
  claveDeCobro,
  ESTATUS_COBRO,
  type Candidata,
  type Estimacion,
  type EstatusEstimacion,
} from './estimaciones.tipos.ts'

/** Name that a person is known by, of the row of `user` with that alias. */
export const persona = (alias: Sql): Sql =>
  sql`coalesce(nullif(btrim(${alias}.first_name || ' ' || ${alias}.last_name), ''), ${alias}.username)`

const FilaEstimacion = z
  .object({
    id: col.id,
    id_ot: col.id,
    ot: z.string(),
    descripcion: z.string(),
    cliente: z.string().nullable(),
    numero: col.entero,
    fecha_estimacion: col.fecha,
    fecha_desde: col.fecha,
    fecha_hasta: col.fecha,
    id_estatus_cobro: col.id,
    volumen_producido: col.dinero,
    volumen_estimado: col.dinero,
    importe_mn: col.dinero,
    importe_usd: col.dinero,
    homologado: col.dinero,
    tipo_cambio: col.dinero,
    tipo_cambio_fuente: z.string(),
    tipo_cambio_dia: col.fechaN,
    tipo_cambio_capturo: z.string().nullable(),
    comentario: z.string(),
    version: col.entero,
    creado_por: z.string().nullable(),
    fecha_creacion: col.instante,
    actualizado_por: z.string().nullable(),
    fecha_actualizacion: col.instante,
    enviado_por: col.idN,
    enviado_por_nombre: z.string().nullable(),
    fecha_envio: col.instanteN,
    autorizado_por: col.idN,
    autorizado_por_nombre: z.string().nullable(),
    fecha_autorizacion: col.fechaN,
    folio_factura: z.string().nullable(),
    fecha_factura: col.fechaN,
    fecha_cobro: col.fechaN,
    motivo: z.string().nullable(),
  })
  .transform((f): Estimacion => ({
    id: f.id,
    idOt: f.id_ot,
    ot: f.ot,
    descripcion: f.descripcion,
    cliente: f.cliente,
    numero: f.numero,
    fechaEstimacion: f.fecha_estimacion,
    fechaDesde: f.fecha_desde,
    fechaHasta: f.fecha_hasta,
    estatus: claveDeCobro(f.id_estatus_cobro) as EstatusEstimacion,
    totales: {
      volumenProducido: f.volumen_producido,
      volumenEstimado: f.volumen_estimado,
      importeMn: f.importe_mn,
      importeUsd: f.importe_usd,
      homologado: f.homologado,
    },
    tipoCambio: f.tipo_cambio,
    tipoCambioFuente: f.tipo_cambio_fuente,
    tipoCambioDia: f.tipo_cambio_dia,
    tipoCambioCapturo: f.tipo_cambio_capturo,
    comentario: f.comentario,
    version: f.version,
    creadoPor: f.creado_por,
    fechaCreacion: f.fecha_creacion,
    actualizadoPor: f.actualizado_por,
    fechaActualizacion: f.fecha_actualizacion,
    enviadoPor: f.enviado_por,
    enviadoPorNombre: f.enviado_por_nombre,
    fechaEnvio: f.fecha_envio,
    autorizadoPor: f.autorizado_por,
    autorizadoPorNombre: f.autorizado_por_nombre,
    fechaAutorizacion: f.fecha_autorizacion,
    folioFactura: f.folio_factura,
    fechaFactura: f.fecha_factura,
    fechaCobro: f.fecha_cobro,
    motivo: f.motivo,
  }))

/** A header, or null; `bloquear` holds it until the transaction ends. */
export function buscarEstimacion(bd: Bd | BdTx, id: number, bloquear = false): Promise<Estimacion | null> {
  return unaFila(
    bd,
    sql`SELECT h.id, h.id_ot, o.orden_trabajo AS ot, o.descripcion_trabajo AS descripcion, c.descripcion AS cliente, h.numero,
      h.fecha_estimacion::text AS fecha_estimacion, h.fecha_desde::text AS fecha_desde, h.fecha_hasta::text AS fecha_hasta, h.id_estatus_cobro,
      h.total_volumen_producido::text AS volumen_producido, h.total_volumen_estimado::text AS volumen_estimado,
      h.total_importe_mn::text AS importe_mn, h.total_importe_usd::text AS importe_usd, h.total_homologado::text AS homologado,
      h.tipo_cambio::text AS tipo_cambio, h.tipo_cambio_fuente, h.tipo_cambio_dia::text AS tipo_cambio_dia, h.comentario, h.version,
      CASE WHEN tasa.id IS NOT NULL THEN coalesce(${persona(sql`capturo`)}, 'Sistema') END AS tipo_cambio_capturo,
      ${persona(sql`creo`)} AS creado_por, h.fecha_creacion,
      ${persona(sql`cambio`)} AS actualizado_por, h.fecha_actualizacion, h.enviado_por, ${persona(sql`envio`)} AS enviado_por_nombre, h.fecha_envio,
      h.autorizado_por, ${persona(sql`autorizo`)} AS autorizado_por_nombre, h.fecha_autorizacion::text AS fecha_autorizacion, h.folio_factura,
      h.fecha_factura::text AS fecha_factura, h.fecha_cobro::text AS fecha_cobro, h.motivo
      FROM estimacion_header h JOIN ot o ON o.id = h.id_ot LEFT JOIN cliente c ON c.id = o.id_cliente
      LEFT JOIN "user" creo ON creo.id = h.creado_por LEFT JOIN "user" envio ON envio.id = h.enviado_por
      LEFT JOIN "user" autorizo ON autorizo.id = h.autorizado_por LEFT JOIN "user" cambio ON cambio.id = h.actualizado_por
      LEFT JOIN tipo_cambio tasa ON tasa.fecha = h.tipo_cambio_dia AND tasa.valor = h.tipo_cambio LEFT JOIN "user" capturo ON capturo.id = tasa.capturado_por
      WHERE h.id = ${id} ${bloquear ? sql`FOR UPDATE OF h` : VACIO}`,
    FilaEstimacion,
  )
}

/** What a new header is made of. */
export interface EstimacionNueva {
  readonly idOt: number
  readonly fechaEstimacion: FechaIso
  readonly fechaDesde: FechaIso
  readonly fechaHasta: FechaIso
  readonly tipoCambio: Dinero
  readonly tipoCambioFuente: string
  readonly tipoCambioDia: FechaIso | null
  readonly comentario: string
}

const Alta = z.object({ id: col.id, numero: col.entero })

/** Inserts a draft with the next number of its family, which must be locked: numbers are never used again. */
export async function insertarEstimacion(ctx: CtxTx, nueva: EstimacionNueva): Promise<{ id: number; numero: number }> {
  const alta = await unaFila(
    ctx.bd,
    sql`INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente,
        tipo_cambio_dia, comentario, creado_por, fecha_creacion, actualizado_por, fecha_actualizacion)
      SELECT ${nueva.idOt}, coalesce(max(numero), 0) + 1, ${nueva.fechaEstimacion}::date, ${nueva.fechaDesde}::date, ${nueva.fechaHasta}::date,
        ${nueva.tipoCambio.toFixed()}::numeric, ${nueva.tipoCambioFuente}, ${nueva.tipoCambioDia}::date, ${nueva.comentario}, ${ctx.usuario?.id ?? null}, ${ctx.ahora},
        ${ctx.usuario?.id ?? null}, ${ctx.ahora}
      FROM estimacion_header WHERE id_ot = ${nueva.idOt}
      RETURNING id, numero`,
    Alta,
  )
  if (!alta) throw new Error('The estimation was not inserted')
  return alta
}

/** A line to insert: a production with what it bills. */
export interface LineaNueva {
  readonly candidata: Candidata
  readonly volumen: Dinero
  readonly comentario: string
}

/**
 * Inserts lines in one statement; a line rejected by itself before comes back to life (settled.md §8). Prices and texts are those
 * of the partida in force, read where they are: the description of a concept does not travel with each of its lines.
 */
export async function insertarLineas(ctx: CtxTx, idEstimacion: number, lineas: readonly LineaNueva[]): Promise<void> {
  const ids = lineas.map(({ candidata }) => candidata.idProduccion)
  const volumenes = lineas.map(({ volumen }) => volumen.toFixed())
  const comentarios = lineas.map(({ comentario }) => comentario)
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, comentario_ajuste,
        precio_unitario_mn, precio_unitario_usd, anexo, codigo, concepto, unidad)
      SELECT ${idEstimacion}, p.id, p.volumen_produccion, x.volumen, x.comentario, pa.precio_unitario_mn, pa.precio_unitario_usd,
        ${DATOS_DE_PARTIDA}
      FROM unnest(${ids}::bigint[], ${volumenes}::numeric[], ${comentarios}::text[]) WITH ORDINALITY AS x(id, volumen, comentario, n)
      JOIN produccion p ON p.id = x.id
      JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo
      LEFT JOIN unidad_medida u ON u.id = pa.id_unidad_medida
      ORDER BY x.n
      ON CONFLICT (id_estimacion_header, id_produccion) DO UPDATE SET rechazada = false, volumen_actual = excluded.volumen_actual,
        volumen_estimado = excluded.volumen_estimado, comentario_ajuste = excluded.comentario_ajuste,
        precio_unitario_mn = excluded.precio_unitario_mn, precio_unitario_usd = excluded.precio_unitario_usd,
        anexo = excluded.anexo, codigo = excluded.codigo, concepto = excluded.concepto, unidad = excluded.unidad
      WHERE estimacion_detalle.rechazada`,
  )
}

/** Removes lines of a draft; says how many were there. */
export function borrarLineas(ctx: CtxTx, idEstimacion: number, ids: readonly number[]): Promise<number> {
  return ejecutar(
    ctx.bd,
    sql`DELETE FROM estimacion_detalle WHERE id_estimacion_header = ${idEstimacion}
      AND id IN (SELECT value::bigint FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
  )
}

/** What one line bills, with its comment. */
export async function actualizarLinea(
  ctx: CtxTx,
  id: number,
  { volumen, actual, comentario }: { volumen: Dinero; actual: Dinero; comentario: string },
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_detalle SET volumen_estimado = ${volumen.toFixed()}::numeric, volumen_actual = ${actual.toFixed()}::numeric,
      comentario_ajuste = ${comentario} WHERE id = ${id}`,
  )
}

/** Takes one line out of a sent estimation. */
export async function actualizarRechazo(ctx: CtxTx, id: number, comentario: string): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_detalle SET rechazada = true, comentario_ajuste = ${comentario} WHERE id = ${id}`,
  )
}

/** Prices in force for every line of a draft; says how many changed. */
export function actualizarPrecios(ctx: CtxTx, idEstimacion: number): Promise<number> {
  return ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_detalle d SET precio_unitario_mn = pa.precio_unitario_mn, precio_unitario_usd = pa.precio_unitario_usd
      FROM produccion p JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo
      WHERE d.id_estimacion_header = ${idEstimacion} AND p.id = d.id_produccion
        AND (d.precio_unitario_mn, d.precio_unitario_usd) IS DISTINCT FROM (pa.precio_unitario_mn, pa.precio_unitario_usd)`,
  )
}

const Version = z.object({ version: col.entero })

/** Totals from the lines (§4: rounded per concept) and from the deductions, one version more and who did it. */
export async function recalcularTotales(ctx: CtxTx, idEstimacion: number): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`WITH conceptos AS (
        SELECT sum(volumen_actual) AS actual, sum(volumen_estimado) AS estimado,
          round(sum(volumen_estimado) * precio_unitario_mn, 2) AS mn, round(sum(volumen_estimado) * precio_unitario_usd, 2) AS usd
        FROM estimacion_detalle WHERE id_estimacion_header = ${idEstimacion} AND NOT rechazada
        GROUP BY anexo, codigo, concepto, unidad, precio_unitario_mn, precio_unitario_usd
      ), suma AS (
        SELECT coalesce(sum(actual), 0) AS actual, coalesce(sum(estimado), 0) AS estimado, coalesce(sum(mn), 0) AS mn, coalesce(sum(usd), 0) AS usd
        FROM conceptos
      ), deducido AS (
        SELECT coalesce(sum(CASE WHEN d.porcentaje IS NULL THEN d.importe_mn ELSE round(s.mn * d.porcentaje / 100, 2) END), 0) AS mn,
          coalesce(sum(CASE WHEN d.porcentaje IS NULL THEN d.importe_usd ELSE round(s.usd * d.porcentaje / 100, 2) END), 0) AS usd
        FROM estimacion_deduccion d CROSS JOIN suma s WHERE d.id_estimacion_header = ${idEstimacion}
      )
      UPDATE estimacion_header h SET total_deduccion_mn = x.mn, total_deduccion_usd = x.usd, total_volumen_producido = s.actual, total_volumen_estimado = s.estimado, total_importe_mn = s.mn,
        total_importe_usd = s.usd, total_homologado = round(s.mn + s.usd * h.tipo_cambio, 2), version = h.version + 1,
        actualizado_por = ${ctx.usuario?.id ?? null}, fecha_actualizacion = ${ctx.ahora}
      FROM suma s, deducido x WHERE h.id = ${idEstimacion} RETURNING h.version`,
    Version,
  )
  if (!fila) throw new Error('The estimation is gone')
  // A percentage follows its total, in every status: the database lets nothing else of it change once it was sent.
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_deduccion d SET importe_mn = round(h.total_importe_mn * d.porcentaje / 100, 2),
        importe_usd = round(h.total_importe_usd * d.porcentaje / 100, 2)
      FROM estimacion_header h WHERE h.id = ${idEstimacion} AND d.id_estimacion_header = h.id AND d.porcentaje IS NOT NULL
        AND (d.importe_mn, d.importe_usd) IS DISTINCT FROM
          (round(h.total_importe_mn * d.porcentaje / 100, 2), round(h.total_importe_usd * d.porcentaje / 100, 2))`,
  )
  return fila.version
}

/** Fields of the header that a draft may change. */
export async function actualizarCabecera(ctx: CtxTx, id: number, datos: Omit<EstimacionNueva, 'idOt'>): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_header SET fecha_estimacion = ${datos.fechaEstimacion}::date, fecha_desde = ${datos.fechaDesde}::date,
      fecha_hasta = ${datos.fechaHasta}::date, tipo_cambio = ${datos.tipoCambio.toFixed()}::numeric,
      tipo_cambio_fuente = ${datos.tipoCambioFuente}, tipo_cambio_dia = ${datos.tipoCambioDia}::date, comentario = ${datos.comentario} WHERE id = ${id}`,
  )
}

/** What a transition leaves in the header: every field of the flow. */
export interface Flujo {
  readonly estatus: EstatusEstimacion
  readonly enviadoPor: number | null
  readonly fechaEnvio: Date | null
  readonly autorizadoPor: number | null
  readonly fechaAutorizacion: FechaIso | null
  readonly folioFactura: string | null
  readonly fechaFactura: FechaIso | null
  readonly fechaCobro: FechaIso | null
  readonly motivo: string | null
}

/** Moves an estimation through its flow; the version is raised with the totals. */
export async function actualizarFlujo(ctx: CtxTx, id: number, flujo: Flujo): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_header SET id_estatus_cobro = ${ESTATUS_COBRO[flujo.estatus]}, enviado_por = ${flujo.enviadoPor},
      fecha_envio = ${flujo.fechaEnvio}, autorizado_por = ${flujo.autorizadoPor}, fecha_autorizacion = ${flujo.fechaAutorizacion}::date,
      folio_factura = ${flujo.folioFactura}, fecha_factura = ${flujo.fechaFactura}::date, fecha_cobro = ${flujo.fechaCobro}::date,
      motivo = ${flujo.motivo} WHERE id = ${id}`,
  )
}

const FilaLinea = z
  .object({
    id: col.id,
    id_estimacion: col.id,
    id_produccion: col.id,
    actual: col.dinero,
    estimado: col.dinero,
    rechazada: z.boolean(),
    comentario: z.string(),
  })
  .transform(({ id_estimacion, id_produccion, ...resto }) => ({
    ...resto,
    idEstimacion: id_estimacion,
    idProduccion: id_produccion,
  }))
/** A line, as the commands need it. */
export type LineaGuardada = z.output<typeof FilaLinea>

const COLUMNAS_LINEA = sql`d.id, d.id_estimacion_header AS id_estimacion, d.id_produccion, d.volumen_actual::text AS actual,
  d.volumen_estimado::text AS estimado, d.rechazada, d.comentario_ajuste AS comentario`

/** A line by its id, or null. */
export function buscarLinea(bd: Bd | BdTx, id: number): Promise<LineaGuardada | null> {
  return unaFila(bd, sql`SELECT ${COLUMNAS_LINEA} FROM estimacion_detalle d WHERE d.id = ${id}`, FilaLinea)
}

/** Lines of an estimation, those rejected by themselves included. */
export function listarLineas(bd: Bd | BdTx, idEstimacion: number): Promise<LineaGuardada[]> {
  return filas(
    bd,
    sql`SELECT ${COLUMNAS_LINEA} FROM estimacion_detalle d WHERE d.id_estimacion_header = ${idEstimacion} ORDER BY d.id`,
    FilaLinea,
  )
}

/** Numbers of other live estimations of the family whose period touches this one (§5.8). */
export async function listarEncimadas(
  bd: Bd | BdTx,
  { idOt, desde, hasta, menos }: { idOt: number; desde: FechaIso; hasta: FechaIso; menos: number | null },
): Promise<number[]> {
  const leidas = await filas(
    bd,
    sql`SELECT numero FROM estimacion_header WHERE id_ot = ${idOt} AND id_estatus_cobro <> 29 AND id IS DISTINCT FROM ${menos}::bigint
      AND fecha_desde <= ${hasta}::date AND fecha_hasta >= ${desde}::date ORDER BY numero LIMIT 100`,
    z.object({ numero: col.entero }),
  )
  return leidas.map(({ numero }) => numero)
}

/** How many lines of an estimation would be outside of a period. */
export async function contarFuera(
  bd: Bd | BdTx,
  idEstimacion: number,
  { desde, hasta }: { desde: FechaIso; hasta: FechaIso },
): Promise<number> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) AS n FROM estimacion_detalle d JOIN produccion p ON p.id = d.id_produccion
      WHERE d.id_estimacion_header = ${idEstimacion} AND NOT d.rechazada
        AND p.fecha_produccion NOT BETWEEN ${desde}::date AND ${hasta}::date`,
    z.object({ n: col.entero }),
  )
  return fila?.n ?? 0
}

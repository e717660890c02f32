import { z } from 'zod'
import { instanteLocal } from '../../../comun/fechas.ts'
import { ejecutar, filas, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import { ESTATUS_DIARIO, ID_ESTATUS_DIARIO, type DiaGuardado, type EstatusDiario } from './diario.tipos.ts'
import { huellaDelDia } from './firma.repo.ts'

type Conexion = CtxLectura['bd']

const POR_ID = new Map(ESTATUS_DIARIO.map((texto) => [ID_ESTATUS_DIARIO[texto], texto]))
/** Status of a day or of a GPU, by its id. */
export const estatusDiario = col.entero.transform((id, revision): EstatusDiario => {
  const texto = POR_ID.get(id)
  if (texto !== undefined) return texto
  revision.addIssue({ code: 'custom', message: `Not a daily status: ${String(id)}` })
  return z.NEVER
})

const FilaDia = z.object({
  id: col.id,
  idCarpeta: col.id,
  dia: col.entero,
  estatus: estatusDiario,
  comentario: z.string(),
  idUsuario: col.idN,
  usuario: z.string(),
  fecha: col.instante.transform(instanteLocal),
  firmo: z.string(),
  fechaFirma: col.instanteN.transform((instante) => (instante === null ? '' : instanteLocal(instante))),
})

/** A stored day with who signed it. */
export interface DiaConFirma extends DiaGuardado {
  readonly idCarpeta: number
  readonly dia: number
  readonly firmo: string
  readonly fechaFirma: string
}

/** Days of some folders at a site. */
export function listarDias(bd: Conexion, idsDeCarpeta: readonly number[], idSitio: number): Promise<DiaConFirma[]> {
  return filas(
    bd,
    sql`SELECT d.id, d.id_reporte_mensual AS "idCarpeta", extract(day FROM d.fecha)::int AS dia, d.id_estatus AS estatus, coalesce(d.comentario, '') AS comentario,
        d.usuario_actualizacion AS "idUsuario", coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username, '') AS usuario,
        d.fecha_actualizacion AS fecha, coalesce(nullif(btrim(f.first_name || ' ' || f.last_name), ''), f.username, '') AS firmo, d.fecha_firma AS "fechaFirma"
      FROM reporte_diario_detalle d LEFT JOIN "user" u ON u.id = d.usuario_actualizacion LEFT JOIN "user" f ON f.id = d.firmado_por
      WHERE d.id_reporte_mensual = ANY(${[...idsDeCarpeta]}::bigint[]) AND d.id_sitio = ${idSitio}`,
    FilaDia,
  )
}

/** Days with production of some folders at a site. */
export function listarDiasConProduccion(
  bd: Conexion,
  idsDeCarpeta: readonly number[],
  idSitio: number,
): Promise<{ idCarpeta: number; dia: number }[]> {
  return filas(
    bd,
    sql`SELECT DISTINCT p.id_reporte_mensual AS "idCarpeta", extract(day FROM p.fecha_produccion)::int AS dia FROM produccion p
      WHERE p.id_reporte_mensual = ANY(${[...idsDeCarpeta]}::bigint[]) AND p.id_sitio_produccion = ${idSitio} ORDER BY 1, 2`,
    z.object({ idCarpeta: col.id, dia: col.entero }),
  )
}

/** A day that is written: its folder, date and status. */
export interface DiaPorEscribir {
  readonly idCarpeta: number
  readonly fecha: string
  readonly estatus: EstatusDiario
}

const comoJson = (dias: readonly DiaPorEscribir[]): string =>
  JSON.stringify(
    dias.map((dia) => ({ carpeta: dia.idCarpeta, fecha: dia.fecha, estatus: ID_ESTATUS_DIARIO[dia.estatus] })),
  )

/** Who, when and the fingerprint of what is signed; nulls in a day that is not. */
const firma = (ctx: CtxTx, idSitio: number) => {
  const firmado = sql`n.estatus = ${ID_ESTATUS_DIARIO.FIRMADO}`
  return {
    bloqueado: firmado,
    firmadoPor: sql`CASE WHEN ${firmado} THEN ${ctx.usuario?.id ?? null}::bigint END`,
    fechaFirma: sql`CASE WHEN ${firmado} THEN ${ctx.ahora}::timestamptz END`,
    huella: sql`CASE WHEN ${firmado} THEN ${huellaDelDia(sql`n.carpeta`, sql`n.fecha`, sql`${idSitio}`)} END`,
  }
}

/** Stores the status of some days, new or not, signing those that are FIRMADO. @returns their ids, by folder and date. */
export async function guardarDias(
  ctx: CtxTx,
  idSitio: number,
  dias: readonly DiaPorEscribir[],
): Promise<{ id: number; idCarpeta: number; fecha: string }[]> {
  if (dias.length === 0) return []
  const { bloqueado, firmadoPor, fechaFirma, huella } = firma(ctx, idSitio)
  return filas(
    ctx.bd,
    sql`INSERT INTO reporte_diario_detalle (id_reporte_mensual, fecha, id_sitio, id_estatus, bloqueado, firmado_por, fecha_firma, huella_firma,
        usuario_actualizacion, fecha_actualizacion)
      SELECT n.carpeta, n.fecha, ${idSitio}, n.estatus, ${bloqueado}, ${firmadoPor}, ${fechaFirma}, ${huella}, ${ctx.usuario?.id ?? null}::bigint, ${ctx.ahora}::timestamptz
      FROM jsonb_to_recordset(${comoJson(dias)}::jsonb) AS n(carpeta bigint, fecha date, estatus bigint)
      ON CONFLICT (id_reporte_mensual, fecha, id_sitio) DO UPDATE SET id_estatus = excluded.id_estatus, bloqueado = excluded.bloqueado,
        firmado_por = excluded.firmado_por, fecha_firma = excluded.fecha_firma, huella_firma = excluded.huella_firma,
        usuario_actualizacion = excluded.usuario_actualizacion, fecha_actualizacion = excluded.fecha_actualizacion
      RETURNING id, id_reporte_mensual AS "idCarpeta", fecha::text AS fecha`,
    z.object({ id: col.id, idCarpeta: col.id, fecha: z.string() }),
  )
}

/** «Limpiar»: the days stop having a status, and with it their comment. */
export async function borrarDias(bd: BdTx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await ejecutar(bd, sql`DELETE FROM reporte_diario_detalle WHERE id = ANY(${[...ids]}::bigint[])`)
}

/** Stores the note of a day. */
export async function guardarComentario(ctx: CtxTx, id: number, comentario: string | null): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE reporte_diario_detalle SET comentario = ${comentario}::text, usuario_actualizacion = ${ctx.usuario?.id ?? null}::bigint,
      fecha_actualizacion = ${ctx.ahora} WHERE id = ${id}`,
  )
}

/** Of some days, those whose production is already in an estimation. */
export function listarDiasEstimados(
  bd: BdTx,
  idSitio: number,
  dias: readonly { idCarpeta: number; fecha: string }[],
): Promise<{ idCarpeta: number; fecha: string; estimaciones: string }[]> {
  return filas(
    bd,
    sql`SELECT p.id_reporte_mensual AS "idCarpeta", p.fecha_produccion::text AS fecha,
        string_agg(DISTINCT 'EST-' || h.numero, ', ') AS estimaciones
      FROM jsonb_to_recordset(${JSON.stringify(dias.map(({ idCarpeta, fecha }) => ({ carpeta: idCarpeta, fecha })))}::jsonb) AS n(carpeta bigint, fecha date)
      JOIN produccion p ON p.id_reporte_mensual = n.carpeta AND p.fecha_produccion = n.fecha AND p.id_sitio_produccion = ${idSitio}
      JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
      JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
      GROUP BY 1, 2 ORDER BY 1, 2`,
    z.object({ idCarpeta: col.id, fecha: z.string(), estimaciones: z.string() }),
  )
}

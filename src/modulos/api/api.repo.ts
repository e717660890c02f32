import { z } from 'zod'
import { filas, unaFila } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { sql, todas, type Sql } from '../../plataforma/sql.ts'

const Conteo = z.object({ n: col.entero })

/** Live PTEs and live OTs. */
export async function contarVivas(ctx: CtxLectura): Promise<{ ptes: number; ots: number }> {
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT (SELECT count(*) FROM pte_header WHERE estatus > 0) AS ptes, (SELECT count(*) FROM ot WHERE estatus IN (-1, 1)) AS ots`,
    z.object({ ptes: col.entero, ots: col.entero }),
  )
  return fila ?? { ptes: 0, ots: 0 }
}

export async function contarPtes(ctx: CtxLectura): Promise<number> {
  return (await unaFila(ctx.bd, sql`SELECT count(*) AS n FROM pte_header WHERE estatus > 0`, Conteo))?.n ?? 0
}

const FilaPte = z.object({
  id: col.id,
  oficio_pte: z.string(),
  descripcion_trabajo: z.string(),
  fecha_solicitud: col.fechaN,
  plazo_dias: col.dineroN,
  responsable_proyecto: z.string().nullable(),
  estatus: col.entero,
})
export type FilaPte = z.output<typeof FilaPte>

const PTE = sql`SELECT p.id, p.oficio_pte, p.descripcion_trabajo, p.fecha_solicitud, p.plazo_dias, r.descripcion AS responsable_proyecto, p.estatus
  FROM pte_header p LEFT JOIN responsable_proyecto r ON r.id = p.id_responsable_proyecto`

/** Live PTEs, the last requested first. */
export function listarPtes(ctx: CtxLectura, inicio: number, limite: number): Promise<FilaPte[]> {
  return filas(
    ctx.bd,
    sql`${PTE} WHERE p.estatus > 0 ORDER BY p.fecha_solicitud DESC NULLS LAST, p.id DESC LIMIT ${limite} OFFSET ${inicio}`,
    FilaPte,
  )
}

export function buscarPte(ctx: CtxLectura, id: number): Promise<FilaPte | null> {
  return unaFila(ctx.bd, sql`${PTE} WHERE p.id = ${id} AND p.estatus > 0`, FilaPte)
}

const FilaPaso = z.object({
  paso_descripcion: z.string(),
  orden: z.string(),
  estatus_paso_id: col.entero,
  estatus_paso: z.string(),
  fecha_inicio: col.fechaN,
  fecha_termino: col.fechaN,
  fecha_entrega: col.fechaN,
  archivo: z.string().nullable(),
  comentario: z.string().nullable(),
})
type FilaPaso = z.output<typeof FilaPaso>

const PASO = sql`p.descripcion AS paso_descripcion, p.orden, d.estatus_paso AS estatus_paso_id, e.descripcion AS estatus_paso,
  d.fecha_inicio, d.fecha_termino, d.fecha_entrega, d.archivo, nullif(d.comentario, '') AS comentario`

const POR_ORDEN = sql`ORDER BY string_to_array(p.orden, '.')::int[], d.id`

/** Steps of a PTE by the numbers of their `orden` (pte.md §6.2). */
export function listarPasosDePte(ctx: CtxLectura, id: number): Promise<FilaPaso[]> {
  return filas(
    ctx.bd,
    sql`SELECT ${PASO} FROM pte_detalle d JOIN paso p ON p.id = d.id_paso JOIN cat_estatus e ON e.id = d.estatus_paso WHERE d.id_pte_header = ${id} ${POR_ORDEN}`,
    FilaPaso,
  )
}

/** Steps of an OT, in the same order. */
export function listarPasosDeOt(ctx: CtxLectura, id: number): Promise<FilaPaso[]> {
  return filas(
    ctx.bd,
    sql`SELECT ${PASO} FROM ot_detalle d JOIN paso_ot p ON p.id = d.id_paso JOIN cat_estatus e ON e.id = d.estatus_paso WHERE d.id_ot = ${id} ${POR_ORDEN}`,
    FilaPaso,
  )
}

const FilaOt = z.object({
  id: col.id,
  orden_trabajo: z.string(),
  oficio_ot: z.string(),
  id_tipo: col.entero,
  ot_principal: col.idN,
  num_reprogramacion: col.enteroN,
  id_pte_header: col.idN,
  descripcion_trabajo: z.string(),
  responsable_proyecto: z.string(),
  cliente: z.string().nullable(),
  estatus: col.entero,
  id_estatus_ot: col.entero,
  estatus_operativo: z.string(),
  fecha_inicio_programado: col.fechaN,
  fecha_termino_programado: col.fechaN,
  fecha_inicio_real: col.fechaN,
  fecha_termino_real: col.fechaN,
  monto_mxn: col.dinero,
  monto_usd: col.dinero,
})
export type FilaOt = z.output<typeof FilaOt>

const OT = sql`o.id, o.orden_trabajo, o.oficio_ot, o.id_tipo, o.ot_principal, o.num_reprogramacion, o.id_pte_header, o.descripcion_trabajo,
  r.descripcion AS responsable_proyecto, c.descripcion AS cliente, o.estatus, o.id_estatus_ot, e.descripcion AS estatus_operativo,
  o.fecha_inicio_programado, o.fecha_termino_programado, o.fecha_inicio_real, o.fecha_termino_real,
  coalesce(o.monto_mxn, 0) AS monto_mxn, coalesce(o.monto_usd, 0) AS monto_usd`
const DESDE_OT = sql`ot o JOIN responsable_proyecto r ON r.id = o.id_responsable_proyecto JOIN cat_estatus e ON e.id = o.id_estatus_ot
  LEFT JOIN cliente c ON c.id = o.id_cliente`

/** What the list of OTs is filtered by; absent = not filtered. */
export interface FiltroDeOts {
  readonly idTipo: number | undefined
  readonly idEstatusOt: number | undefined
  readonly otPrincipal: number | undefined
}

function donde({ idTipo, idEstatusOt, otPrincipal }: FiltroDeOts): Sql {
  return todas([
    sql`o.estatus IN (-1, 1)`,
    ...(idTipo === undefined ? [] : [sql`o.id_tipo = ${idTipo}`]),
    ...(idEstatusOt === undefined ? [] : [sql`o.id_estatus_ot = ${idEstatusOt}`]),
    ...(otPrincipal === undefined ? [] : [sql`o.ot_principal = ${otPrincipal}`]),
  ])
}

export async function contarOts(ctx: CtxLectura, filtro: FiltroDeOts): Promise<number> {
  return (await unaFila(ctx.bd, sql`SELECT count(*) AS n FROM ot o WHERE ${donde(filtro)}`, Conteo))?.n ?? 0
}

/** Live OTs, newest first. The page is cut before its texts are looked for. */
export function listarOts(ctx: CtxLectura, filtro: FiltroDeOts, inicio: number, limite: number): Promise<FilaOt[]> {
  return filas(
    ctx.bd,
    sql`SELECT ${OT} FROM (SELECT o.id FROM ot o WHERE ${donde(filtro)} ORDER BY o.id DESC LIMIT ${limite} OFFSET ${inicio}) pagina
      JOIN (${DESDE_OT}) ON o.id = pagina.id ORDER BY o.id DESC`,
    FilaOt,
  )
}

const FilaOtCompleta = FilaOt.extend({
  responsable_cliente: z.string(),
  plazo_dias: col.enteroN,
  frente: z.string().nullable(),
  embarcacion: z.string().nullable(),
  plataforma: z.string().nullable(),
  intercom: z.string().nullable(),
  patio: z.string().nullable(),
  comentario: z.string(),
})

export function buscarOt(ctx: CtxLectura, id: number): Promise<z.output<typeof FilaOtCompleta> | null> {
  const sitio = (columna: Sql): Sql => sql`(SELECT s.descripcion FROM sitio s WHERE s.id = ${columna})`
  return unaFila(
    ctx.bd,
    sql`SELECT ${OT}, o.responsable_cliente, o.plazo_dias, (SELECT f.descripcion FROM frente f WHERE f.id = o.id_frente) AS frente,
        ${sitio(sql`o.id_embarcacion`)} AS embarcacion, ${sitio(sql`o.id_plataforma`)} AS plataforma,
        ${sitio(sql`o.id_intercom`)} AS intercom, ${sitio(sql`o.id_patio`)} AS patio, o.comentario
      FROM ${DESDE_OT} WHERE o.id = ${id} AND o.estatus IN (-1, 1)`,
    FilaOtCompleta,
  )
}

/** The live members of the family of an OT: its initial one first, then by number. */
export function listarFamilia(ctx: CtxLectura, principal: number): Promise<FilaOt[]> {
  return filas(
    ctx.bd,
    sql`SELECT ${OT} FROM ${DESDE_OT} WHERE o.estatus IN (-1, 1) AND (o.id = ${principal} OR o.ot_principal = ${principal})
      ORDER BY o.ot_principal IS NOT NULL, o.num_reprogramacion NULLS LAST, o.id`,
    FilaOt,
  )
}

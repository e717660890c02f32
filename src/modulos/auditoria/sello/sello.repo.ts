import { z } from 'zod'
import { fechaIso, sumarDias, ZONA, type FechaIso } from '../../../comun/fechas.ts'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, todas, unir } from '../../../plataforma/sql.ts'
import type { FilaSellable, Sello } from './sello.tipos.ts'

type Conexion = Bd | BdTx

const FILAS_POR_TROZO = 5000
/** One process seals at a time. */
const CERROJO = 734503

const inicioDe = (dia: FechaIso) => sql`(${dia}::timestamp AT TIME ZONE ${ZONA})`

const FilaDeSello = z
  .object({
    dia: z.string().transform(fechaIso),
    filas: col.entero,
    huellas: z.instanceof(Uint8Array).nullable(),
    resumen: z.string(),
    hash_anterior: z.string(),
    hash: z.string(),
    cerrado: z.boolean(),
    retirado_en: col.instanteN,
    hash_retiro: col.textoN,
  })
  .transform((f): Sello => ({
    dia: f.dia,
    filas: f.filas,
    huellas: f.huellas && Buffer.from(f.huellas),
    resumen: f.resumen,
    hashAnterior: f.hash_anterior,
    hash: f.hash,
    cerrado: f.cerrado,
    retiradoEn: f.retirado_en,
    hashRetiro: f.hash_retiro,
  }))

const SELECCION = sql`SELECT to_char(dia, 'YYYY-MM-DD') AS dia, filas, huellas, resumen, hash_anterior, hash, cerrado, retirado_en, hash_retiro FROM sello_auditoria`

/** Waits for whoever is sealing; released with the transaction. */
export async function tomarTurno(ctx: CtxTx): Promise<void> {
  await ejecutar(ctx.bd, sql`SELECT pg_advisory_xact_lock(${CERROJO})`)
}

export function buscarUltimoCerrado(bd: Conexion): Promise<Sello | null> {
  return unaFila(bd, sql`${SELECCION} WHERE cerrado ORDER BY dia DESC LIMIT 1`, FilaDeSello)
}

export function buscarSello(bd: Conexion, dia: FechaIso): Promise<Sello | null> {
  return unaFila(bd, sql`${SELECCION} WHERE dia = ${dia}::date`, FilaDeSello)
}

/** The next seal in order, one at a time: each may hold megabytes. */
export function buscarSelloDesde(bd: Conexion, dia: FechaIso | null): Promise<Sello | null> {
  const donde = dia === null ? sql`TRUE` : sql`dia >= ${dia}::date`
  return unaFila(bd, sql`${SELECCION} WHERE ${donde} ORDER BY dia LIMIT 1`, FilaDeSello)
}

/** Day, rows and hash of the closed seals after a day: what is noted outside of the database. */
export function listarCerradosDesde(
  bd: Conexion,
  despues: FechaIso | null,
): Promise<{ dia: FechaIso; filas: number; hash: string; hash_anterior: string }[]> {
  const donde = todas([sql`cerrado`, ...(despues === null ? [] : [sql`dia > ${despues}::date`])])
  return filas(
    bd,
    sql`SELECT to_char(dia, 'YYYY-MM-DD') AS dia, filas, hash, hash_anterior FROM sello_auditoria WHERE ${donde} ORDER BY dia LIMIT 40000`,
    z.object({ dia: z.string().transform(fechaIso), filas: col.entero, hash: z.string(), hash_anterior: z.string() }),
  )
}

/** Local day of the oldest row; null while the log is empty. */
export async function buscarPrimerDia(bd: Conexion): Promise<FechaIso | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT to_char(fecha AT TIME ZONE ${ZONA}, 'YYYY-MM-DD') AS dia FROM registro_actividad ORDER BY fecha, id LIMIT 1`,
    z.object({ dia: z.string().transform(fechaIso) }),
  )
  return fila?.dia ?? null
}

/** Every column in one text whose form does not depend on settings. */
const TEXTO = sql`jsonb_build_array(a.id, a.tabla_log, a.registro_id, a.evento, a.campo, a.campo_clave, a.valor_anterior, a.valor_actual,
  a.afectacion, a.detalle, (extract(epoch FROM a.fecha) * 1000)::bigint, a.usuario_id, a.ip, a.agente, a.transaccion, a.version)::text`

const FilaDeTexto = z.object({ id: col.id, fecha: col.instante, texto: z.string() })

/** Rows of a local day (`hasta` not included; null = all before), in pieces, so that a day of a big import fits in memory. */
export async function* leerFilas(
  bd: Conexion,
  { desde, hasta }: { desde: FechaIso | null; hasta: FechaIso },
): AsyncGenerator<readonly FilaSellable[]> {
  let corte: FilaSellable | null = null
  for (;;) {
    const tramo = todas([
      sql`a.fecha < ${inicioDe(hasta)}`,
      ...(desde === null ? [] : [sql`a.fecha >= ${inicioDe(desde)}`]),
      ...(corte === null ? [] : [sql`(a.fecha, a.id) > (${corte.fecha}::timestamptz, ${corte.id}::bigint)`]),
    ])
    const trozo: FilaSellable[] = await filas(
      bd,
      sql`SELECT a.id, a.fecha, ${TEXTO} AS texto FROM registro_actividad a WHERE ${tramo} ORDER BY a.fecha, a.id LIMIT ${FILAS_POR_TROZO}`,
      FilaDeTexto,
    )
    if (trozo.length > 0) yield trozo
    corte = trozo.at(-1) ?? null
    if (trozo.length < FILAS_POR_TROZO) return
  }
}

/** Writes the seal of a day, new or over the one of the day while it went on. */
export async function guardarSello(ctx: CtxTx, sello: Omit<Sello, 'retiradoEn' | 'hashRetiro'>): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO sello_auditoria (dia, filas, huellas, resumen, hash_anterior, hash, cerrado, sellado_en)
      VALUES (${sello.dia}::date, ${sello.filas}, ${sello.huellas}, ${sello.resumen}, ${sello.hashAnterior}, ${sello.hash}, ${sello.cerrado}, ${ctx.ahora})
      ON CONFLICT (dia) DO UPDATE SET filas = EXCLUDED.filas, huellas = EXCLUDED.huellas, resumen = EXCLUDED.resumen,
        hash_anterior = EXCLUDED.hash_anterior, hash = EXCLUDED.hash, cerrado = EXCLUDED.cerrado, sellado_en = EXCLUDED.sellado_en
      WHERE NOT sello_auditoria.cerrado`,
  )
}

/** Partitions of those months, and of the rows that fell outside of any. @returns how many were created */
export async function prepararParticiones(bd: Conexion, desde: FechaIso, hasta: FechaIso): Promise<number> {
  const fila = await unaFila(
    bd,
    sql`SELECT registro_actividad_preparar(${desde}::date, ${hasta}::date) AS creadas`,
    z.object({ creadas: col.entero }),
  )
  return fila?.creadas ?? 0
}

/** First days of the months whose every day is sealed and that have no search index nor counts yet. */
export async function listarMesesPorCerrar(bd: Conexion): Promise<FechaIso[]> {
  const meses = await filas(
    bd,
    sql`SELECT to_char(s.dia, 'YYYY-MM') || '-01' AS mes FROM sello_auditoria s
      WHERE s.cerrado AND s.retirado_en IS NULL AND extract(day FROM s.dia + 1) = 1
        AND to_regclass('registro_actividad_' || to_char(s.dia, 'YYYY_MM') || '_busqueda') IS NULL ORDER BY s.dia LIMIT 1200`,
    z.object({ mes: z.string().transform(fechaIso) }),
  )
  return meses.map(({ mes }) => mes)
}

export async function cerrarMes(ctx: CtxTx, mes: FechaIso): Promise<void> {
  await ejecutar(ctx.bd, sql`SELECT registro_actividad_cerrar(${mes}::date)`)
}

/** Months (first days) with seals not yet retired whose last day is before `antesDe`. */
export async function listarMesesRetirables(
  bd: Conexion,
  antesDe: FechaIso,
): Promise<{ mes: FechaIso; filas: number }[]> {
  return filas(
    bd,
    sql`SELECT to_char(dia, 'YYYY-MM') || '-01' AS mes, sum(filas)::bigint AS filas FROM sello_auditoria
      WHERE cerrado AND retirado_en IS NULL AND dia < ${antesDe}::date GROUP BY 1 ORDER BY 1 LIMIT 1200`,
    z.object({ mes: z.string().transform(fechaIso), filas: col.entero }),
  )
}

/** Marks the seals of those days as retired and drops the partition and the counts of the month. */
export async function retirarMes(
  ctx: CtxTx,
  mes: FechaIso,
  dias: readonly { dia: FechaIso; hashRetiro: string }[],
): Promise<void> {
  for (const { dia, hashRetiro } of dias)
    await ejecutar(
      ctx.bd,
      sql`UPDATE sello_auditoria SET huellas = NULL, retirado_en = ${ctx.ahora}, hash_retiro = ${hashRetiro} WHERE dia = ${dia}::date`,
    )
  await ejecutar(ctx.bd, sql`SELECT registro_actividad_retirar(${mes}::date)`)
  await ejecutar(ctx.bd, sql`DELETE FROM conteo_auditoria WHERE mes = ${mes}::date`)
}

/** Months whose counts are not those of their seals. */
export function listarConteosDistintos(bd: Conexion): Promise<{ mes: string; contadas: number; selladas: number }[]> {
  return filas(
    bd,
    sql`SELECT to_char(c.mes, 'MM/YYYY') AS mes, c.filas AS contadas, coalesce(s.filas, 0) AS selladas
      FROM (SELECT mes, sum(filas)::bigint AS filas FROM conteo_auditoria GROUP BY mes) c
      LEFT JOIN (SELECT date_trunc('month', dia)::date AS mes, sum(filas)::bigint AS filas FROM sello_auditoria WHERE cerrado GROUP BY 1) s ON s.mes = c.mes
      WHERE s.filas IS DISTINCT FROM c.filas ORDER BY c.mes LIMIT 20`,
    z.object({ mes: z.string(), contadas: col.entero, selladas: col.entero }),
  )
}

/** What names a row to a person. */
export async function describirFilas(
  bd: Conexion,
  ids: readonly number[],
  dia: FechaIso,
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const halladas = await filas(
    bd,
    sql`SELECT a.id, a.afectacion || ', ' || a.evento || ' a las ' || to_char(a.fecha AT TIME ZONE ${ZONA}, 'HH24:MI:SS') AS texto
      FROM registro_actividad a WHERE a.id IN (${unir([...ids])}) AND a.fecha >= ${inicioDe(dia)} AND a.fecha < ${inicioDe(sumarDias(dia, 1))} LIMIT 100`,
    z.object({ id: col.id, texto: z.string() }),
  )
  return new Map(halladas.map(({ id, texto }) => [id, texto]))
}

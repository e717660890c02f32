import { z } from 'zod'
import { col } from '../../plataforma/columnas.ts'
import { ZONA } from '../../comun/fechas.ts'
import { ejecutar, filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql, VACIO, type Sql } from '../../plataforma/sql.ts'
import { NOMBRE_TABLA_LOG, type EventoAuditado, type TablaLog } from './auditoria.tipos.ts'

/**
 * Inserts the rows of one action in one statement, whatever their number; the log has no update nor delete. A day that is
 * sealed admits no more rows: what is so late (a clock that went back) takes the first instant after it.
 */
export async function insertarEventos(ctx: CtxTx, eventos: readonly EventoAuditado[]): Promise<void> {
  if (eventos.length === 0) return
  const datos = eventos.map((evento) => ({
    registro_id: evento.registroId,
    evento: evento.evento,
    campo: evento.campo,
    campo_clave: evento.campoClave ?? '',
    valor_anterior: evento.anterior ?? '',
    valor_actual: evento.actual ?? '',
    afectacion: NOMBRE_TABLA_LOG[evento.tabla],
    tabla_log: evento.tabla,
    detalle: evento.detalle,
    version: evento.version ?? null,
  }))
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO registro_actividad (registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, tabla_log, detalle, version, fecha, usuario_id, ip, agente, transaccion)
      SELECT e.registro_id, e.evento, e.campo, e.campo_clave, e.valor_anterior, e.valor_actual, e.afectacion, e.tabla_log, e.detalle, e.version,
        greatest(${ctx.ahora}::timestamptz, (SELECT (max(s.dia) + 1)::timestamp AT TIME ZONE ${ZONA} FROM sello_auditoria s WHERE s.cerrado)), ${ctx.usuario?.id ?? null}::bigint, ${ctx.ip}::text, ${ctx.agente}::text, ${ctx.transaccion}::uuid
      FROM jsonb_to_recordset(${JSON.stringify(datos)}::jsonb) AS e(registro_id bigint, evento text, campo text, campo_clave text, valor_anterior text,
        valor_actual text, afectacion text, tabla_log int, detalle text, version int)`,
  )
}

const FilaActividad = z.object({
  id: col.id,
  tabla_log: col.entero,
  registro_id: col.id,
  evento: z.string(),
  campo: z.string(),
  valor_anterior: z.string(),
  valor_actual: z.string(),
  detalle: z.string(),
  fecha: col.instante,
  usuario: col.textoN,
  version: col.enteroN,
})

/** A row of the log with the name of who did it (null = *Sistema*). */
export type FilaActividad = z.output<typeof FilaActividad>

const SELECCION = sql`SELECT a.id, a.tabla_log, a.registro_id, a.evento, a.campo, a.valor_anterior, a.valor_actual, a.detalle, a.fecha, a.version,
  coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS usuario
  FROM registro_actividad a LEFT JOIN "user" u ON u.id = a.usuario_id`

/** A row before which a page begins. */
export interface CorteDeActividad {
  readonly fecha: Date
  readonly id: number
}

/** Newest rows about a record and what hangs from it (`hijas`: ids of another table). */
export function listarHistorial(
  bd: Bd | BdTx,
  registro: { tabla: TablaLog; id: number; hijas: { tabla: TablaLog; ids: Sql } | null },
  pagina: { antes: CorteDeActividad | null; limite: number },
): Promise<FilaActividad[]> {
  const { antes, limite } = pagina
  const desde = antes === null ? VACIO : sql` AND (a.fecha, a.id) < (${antes.fecha}::timestamptz, ${antes.id}::bigint)`
  const orden = sql`ORDER BY a.fecha DESC, a.id DESC LIMIT ${limite}`
  const propias = sql`(${SELECCION} WHERE a.tabla_log = ${registro.tabla} AND a.registro_id = ${registro.id}${desde} ${orden})`
  const { hijas } = registro
  if (hijas === null) return filas(bd, propias, FilaActividad)
  // Two searches by index: as one condition with OR the planner would read the table.
  return filas(
    bd,
    sql`SELECT a.* FROM (${propias} UNION ALL
      (${SELECCION} WHERE a.tabla_log = ${hijas.tabla} AND a.registro_id = ANY(ARRAY(${hijas.ids}))${desde} ${orden})) a ${orden}`,
    FilaActividad,
  )
}

/**
 * The last change of some technical names (`campo_clave`) of a table of the log: of one record or, since a moment, of
 * whatever record (that of a row that is gone is not known any more).
 */
export function listarUltimosCambios(
  bd: Bd | BdTx,
  tabla: TablaLog,
  { claves, ...donde }: { claves: readonly string[] } & ({ registroId: number } | { desde: Date }),
): Promise<{ clave: string; usuario: string | null; fecha: Date }[]> {
  const registro =
    'desde' in donde ? sql`a.fecha >= ${donde.desde}::timestamptz` : sql`a.registro_id = ${donde.registroId}`
  return filas(
    bd,
    sql`SELECT DISTINCT ON (a.campo_clave) a.campo_clave AS clave, coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS usuario,
        a.fecha
      FROM registro_actividad a LEFT JOIN "user" u ON u.id = a.usuario_id
      WHERE ${registro} AND a.tabla_log = ${tabla} AND a.campo_clave = ANY(${[...claves]}::text[])
      ORDER BY a.campo_clave, a.fecha DESC, a.id DESC`,
    z.object({ clave: z.string(), usuario: col.textoN, fecha: col.instante }),
  )
}

/** Changes of a record after the version that somebody had loaded, oldest first. */
export function listarCambiosDesde(
  bd: Bd | BdTx,
  tabla: TablaLog,
  registroId: number,
  version: number,
): Promise<FilaActividad[]> {
  return filas(
    bd,
    sql`${SELECCION} WHERE a.tabla_log = ${tabla} AND a.registro_id = ${registroId} AND a.version > ${version} ORDER BY a.id LIMIT 200`,
    FilaActividad,
  )
}

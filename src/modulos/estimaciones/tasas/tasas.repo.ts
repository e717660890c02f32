import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, VACIO } from '../../../plataforma/sql.ts'
import type { Dinero } from '../../../comun/dinero.ts'
import type { FechaIso } from '../../../comun/fechas.ts'

const Fila = z.object({ id: col.id, version: col.entero, fecha: col.fecha, valor: col.dinero, fuente: z.string() })
/** A captured rate. */
export type TasaGuardada = z.output<typeof Fila>

const TASA = sql`SELECT o.id, o.version, o.fecha::text AS fecha, o.valor::text AS valor, o.fuente FROM tipo_cambio o`

/** A rate by its id, or null. */
export function buscarTasa(bd: Bd | BdTx, id: number, bloquear = false): Promise<TasaGuardada | null> {
  return unaFila(bd, sql`${TASA} WHERE o.id = ${id} ${bloquear ? sql`FOR NO KEY UPDATE` : VACIO}`, Fila)
}

/** Of those days, the ones that have a rate. */
export function listarPorDia(bd: Bd | BdTx, dias: readonly string[], bloquear: boolean): Promise<TasaGuardada[]> {
  return filas(
    bd,
    sql`${TASA} WHERE o.fecha IN (SELECT d::date FROM jsonb_array_elements_text(${JSON.stringify(dias)}::jsonb) d) ORDER BY o.fecha
      ${bloquear ? sql`FOR NO KEY UPDATE` : VACIO}`,
    Fila,
  )
}

export function listarPorId(bd: Bd | BdTx, ids: readonly number[], bloquear: boolean): Promise<TasaGuardada[]> {
  return filas(
    bd,
    sql`${TASA} WHERE o.id = ANY(${[...ids]}::bigint[]) ORDER BY o.id ${bloquear ? sql`FOR NO KEY UPDATE` : VACIO}`,
    Fila,
  )
}

/** The last rate before a day, or null. */
export async function buscarAnterior(bd: Bd | BdTx, fecha: FechaIso): Promise<Dinero | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT valor::text AS valor FROM tipo_cambio WHERE fecha < ${fecha}::date ORDER BY fecha DESC LIMIT 1`,
    z.object({ valor: col.dinero }),
  )
  return fila?.valor ?? null
}

/** A day with its rate and where it comes from. */
export interface TasaNueva {
  readonly fecha: string
  readonly valor: string
  readonly fuente: string
}

/** Ids of the new ones, in the order they came. A day that already has one is refused by the database. */
export async function insertarTasas(ctx: CtxTx, nuevas: readonly TasaNueva[]): Promise<number[]> {
  const ids = await filas(
    ctx.bd,
    sql`WITH nuevas AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('tipo_cambio', 'id')) AS id, e.i AS orden, (e.v->>'fecha')::date AS fecha,
          (e.v->>'valor')::numeric AS valor, e.v->>'fuente' AS fuente
        FROM jsonb_array_elements(${JSON.stringify(nuevas)}::jsonb) WITH ORDINALITY e(v, i)
      ), guardadas AS (
        INSERT INTO tipo_cambio (id, fecha, valor, fuente, capturado_por, fecha_captura)
        SELECT id, fecha, valor, fuente, ${ctx.usuario?.id ?? null}::bigint, ${ctx.ahora} FROM nuevas ORDER BY orden
      )
      SELECT id FROM nuevas ORDER BY orden`,
    z.object({ id: col.id }),
  )
  return ids.map(({ id }) => id)
}

/** Value and source of some rates, who says so now, and their next version; a field that is not named stays. */
export async function actualizarTasas(
  ctx: CtxTx,
  cambios: readonly { readonly id: number; readonly campos: Partial<TasaNueva> }[],
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE tipo_cambio t SET valor = coalesce((e.v->'campos'->>'valor')::numeric, t.valor),
        fuente = coalesce(e.v->'campos'->>'fuente', t.fuente), capturado_por = ${ctx.usuario?.id ?? null}::bigint,
        fecha_captura = ${ctx.ahora}, version = t.version + 1
      FROM jsonb_array_elements(${JSON.stringify(cambios)}::jsonb) e(v) WHERE t.id = (e.v->>'id')::bigint`,
  )
}

/** Erases rates; one that an estimation took is refused by the database. */
export async function borrarTasas(ctx: CtxTx, ids: readonly number[]): Promise<void> {
  await ejecutar(ctx.bd, sql`DELETE FROM tipo_cambio WHERE id = ANY(${[...ids]}::bigint[])`)
}

const FilaUso = z.object({ id: col.id, cuantas: col.entero })

/** Of those rates, the ones that some estimation took. */
export function listarUsos(bd: Bd | BdTx, ids: readonly number[]): Promise<z.output<typeof FilaUso>[]> {
  return filas(
    bd,
    sql`SELECT t.id, count(*) AS cuantas FROM tipo_cambio t JOIN estimacion_header h ON h.tipo_cambio_dia = t.fecha
      WHERE t.id = ANY(${[...ids]}::bigint[]) GROUP BY t.id ORDER BY t.id`,
    FilaUso,
  )
}

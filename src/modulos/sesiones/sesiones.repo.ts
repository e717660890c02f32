import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'

const FilaSesion = z.object({
  sid: z.string(),
  agente: col.textoN,
  ip: col.textoN,
  inicio: col.instante,
  ultima: col.instante,
})

/** Rows of the sessions of a person, the most recently used first. */
export function listarSesiones(bd: Bd | BdTx, usuarioId: number): Promise<z.output<typeof FilaSesion>[]> {
  return filas(
    bd,
    sql`SELECT sid, sess ->> 'agente' AS agente, sess ->> 'ip' AS ip,
        to_timestamp((sess ->> 'creada')::float8 / 1000) AS inicio, to_timestamp((sess ->> 'ultimaActividad')::float8 / 1000) AS ultima
      FROM session WHERE sess ->> 'usuarioId' = ${String(usuarioId)} ORDER BY ultima DESC LIMIT 200`,
    FilaSesion,
  )
}

/** Ends the sessions of a person with those ids; returns how many there were. */
export function borrarSesiones(ctx: CtxTx, usuarioId: number, sids: readonly string[]): Promise<number> {
  return ejecutar(
    ctx.bd,
    sql`DELETE FROM session WHERE sess ->> 'usuarioId' = ${String(usuarioId)} AND sid = ANY(${[...sids]}::text[])`,
  )
}

/** Ends the sessions of a person, except one; returns how many there were. */
export function borrarSesionesExcepto(ctx: CtxTx, usuarioId: number, excepto: string | null): Promise<number> {
  return ejecutar(
    ctx.bd,
    sql`DELETE FROM session WHERE sess ->> 'usuarioId' = ${String(usuarioId)} AND sid IS DISTINCT FROM ${excepto}::text`,
  )
}

/**
 * Stores a session that already has its row; one that somebody ended meanwhile has none, and is not born again. Outside
 * of a transaction: it is what the session store does at the end of a request.
 */
export async function actualizarSesion(bd: Bd, sid: string, sesion: object, vence: Date): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE session SET sess = ${JSON.stringify(sesion)}::json, expire = ${vence} WHERE sid = ${sid}`,
  )
}

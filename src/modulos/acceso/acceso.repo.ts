import { z } from 'zod'
import { ejecutar, unaFila } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'

/** Attempts of one account, and of one address, queue up here: the count and the new row are one step. */
export async function bloquearIntentos(ctx: CtxTx, cuenta: string, direccion: string): Promise<void> {
  await ejecutar(ctx.bd, sql`SELECT pg_advisory_xact_lock(734510, hashtext(${cuenta}))`)
  await ejecutar(ctx.bd, sql`SELECT pg_advisory_xact_lock(734511, hashtext(${direccion}))`)
}

/**
 * Whether some failure of the last `ventanaMs` completed a series of `maximo` failures inside one window. A success of
 * the account starts its series again; one of the address does not, or an attacker with one account could go on for ever.
 */
export async function estaBloqueado(
  ctx: CtxTx,
  serie: { cuenta: string } | { direccion: string },
  { maximo, ventanaMs }: { maximo: number; ventanaMs: number },
): Promise<boolean> {
  const ventana = sql`make_interval(secs => ${ventanaMs / 1000}::float8)`
  const deQuien =
    'cuenta' in serie
      ? sql`cuenta = ${serie.cuenta} AND id > coalesce((SELECT max(id) FROM intento_acceso WHERE cuenta = ${serie.cuenta} AND exito AND fecha > ${ctx.ahora}::timestamptz - 2 * ${ventana}), 0)`
      : sql`direccion = ${serie.direccion}`
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT EXISTS (
        SELECT 1 FROM (
          SELECT fecha, lag(fecha, ${maximo - 1}::int) OVER (ORDER BY fecha, id) AS primera FROM intento_acceso
          WHERE NOT exito AND fecha > ${ctx.ahora}::timestamptz - 2 * ${ventana} AND ${deQuien}
        ) f WHERE f.fecha > ${ctx.ahora}::timestamptz - ${ventana} AND f.fecha - f.primera < ${ventana}
      ) AS bloqueado`,
    z.object({ bloqueado: z.boolean() }),
  )
  return fila?.bloqueado ?? false
}

/** Notes an attempt as failed before the password is looked at: simultaneous guesses count too. Returns its id. */
export async function insertarIntento(ctx: CtxTx, cuenta: string, direccion: string): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO intento_acceso (cuenta, direccion, fecha, exito) VALUES (${cuenta}, ${direccion}, ${ctx.ahora}, false) RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('El intento de acceso no devolvió su id')
  return fila.id
}

export async function actualizarIntentoExitoso(ctx: CtxTx, id: number): Promise<void> {
  await ejecutar(ctx.bd, sql`UPDATE intento_acceso SET exito = true WHERE id = ${id}`)
}

/** Old attempts say nothing any more (the audit log keeps the story). */
export async function borrarIntentosAntiguos(ctx: CtxTx): Promise<void> {
  await ejecutar(ctx.bd, sql`DELETE FROM intento_acceso WHERE fecha < ${ctx.ahora}::timestamptz - interval '1 day'`)
}

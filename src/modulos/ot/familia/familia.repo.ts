import { z } from 'zod'
import { filas, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql } from '../../../plataforma/sql.ts'

/** Locks initial OTs by ascending id; rows that refer to them may still be written by whoever holds the lock. */
export async function bloquearIniciales(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const halladas = await filas(
    bd,
    sql`SELECT o.id FROM ot o WHERE o.id = ANY(${[...ids]}::bigint[]) AND o.id_tipo = 4 ORDER BY o.id FOR NO KEY UPDATE`,
    z.object({ id: col.id }),
  )
  return halladas.map(({ id }) => id)
}

/** Initial OTs of the families of some orders. */
export async function listarPrincipales(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const halladas = await filas(
    bd,
    sql`SELECT DISTINCT coalesce(o.ot_principal, o.id) AS id FROM ot o WHERE o.id = ANY(${[...ids]}::bigint[])`,
    z.object({ id: col.id }),
  )
  return halladas.map(({ id }) => id)
}

import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'

/** Every permission with its label, in the order they were declared. */
export function listarPermisos(bd: Bd | BdTx): Promise<{ codigo: string; etiqueta: string }[]> {
  return filas(
    bd,
    sql`SELECT codigo, etiqueta FROM permission ORDER BY id LIMIT 2000`,
    z.object({ codigo: z.string(), etiqueta: z.string() }),
  )
}

/** Codes that the active groups with those names grant. */
export async function listarPermisosDeGrupos(bd: Bd | BdTx, nombres: readonly string[]): Promise<string[]> {
  const codigos = await filas(
    bd,
    sql`SELECT DISTINCT p.codigo FROM permission p JOIN group_permissions gp ON gp.permission_id = p.id JOIN "group" g ON g.id = gp.group_id
      WHERE g.activo AND g.name = ANY(${[...nombres]}::text[]) ORDER BY p.codigo LIMIT 2000`,
    z.object({ codigo: z.string() }),
  )
  return codigos.map(({ codigo }) => codigo)
}

/** The permissions of a person become exactly those. */
export async function reemplazarPermisosDeUsuario(ctx: CtxTx, id: number, codigos: readonly string[]): Promise<void> {
  const lista = sql`${[...codigos]}::text[]`
  await ejecutar(
    ctx.bd,
    sql`DELETE FROM user_permissions WHERE user_id = ${id} AND permission_id NOT IN (SELECT id FROM permission WHERE codigo = ANY(${lista}))`,
  )
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO user_permissions (user_id, permission_id) SELECT ${id}, id FROM permission WHERE codigo = ANY(${lista}) ON CONFLICT DO NOTHING`,
  )
}

/** The permissions of a group become exactly those. */
export async function reemplazarPermisosDeGrupo(ctx: CtxTx, id: number, codigos: readonly string[]): Promise<void> {
  const lista = sql`${[...codigos]}::text[]`
  await ejecutar(
    ctx.bd,
    sql`DELETE FROM group_permissions WHERE group_id = ${id} AND permission_id NOT IN (SELECT id FROM permission WHERE codigo = ANY(${lista}))`,
  )
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO group_permissions (group_id, permission_id) SELECT ${id}, id FROM permission WHERE codigo = ANY(${lista}) ON CONFLICT DO NOTHING`,
  )
}

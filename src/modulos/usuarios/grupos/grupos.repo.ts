import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { GrupoConPermisos } from '../usuarios.tipos.ts'

const FilaGrupo = z.object({
  id: col.id,
  nombre: z.string(),
  activo: z.boolean(),
  version: col.entero,
  personas: col.entero,
  permisos: z.array(z.string()),
})

const GRUPO = sql`SELECT g.id, g.name AS nombre, g.activo, g.version,
  (SELECT count(*) FROM user_groups ug JOIN "user" u ON u.id = ug.user_id WHERE ug.group_id = g.id AND u.is_active) AS personas,
  ARRAY(SELECT p.codigo FROM permission p JOIN group_permissions gp ON gp.permission_id = p.id WHERE gp.group_id = g.id ORDER BY p.codigo)::text[] AS permisos
  FROM "group" g`

/** A group with what it grants, active or not. */
export function buscarGrupo(bd: Bd | BdTx, id: number): Promise<GrupoConPermisos | null> {
  return unaFila(bd, sql`${GRUPO} WHERE g.id = ${id}`, FilaGrupo)
}

/** The same, locked until the transaction ends. */
export async function bloquearGrupo(ctx: CtxTx, id: number): Promise<GrupoConPermisos | null> {
  await ejecutar(ctx.bd, sql`SELECT 1 FROM "group" WHERE id = ${id} FOR NO KEY UPDATE`)
  return buscarGrupo(ctx.bd, id)
}

/** Active groups by name, with what each grants. */
export function listarGruposActivos(bd: Bd | BdTx): Promise<GrupoConPermisos[]> {
  return filas(bd, sql`${GRUPO} WHERE g.activo ORDER BY lower(g.name), g.id LIMIT 200`, FilaGrupo)
}

export async function insertarGrupo(ctx: CtxTx, nombre: string): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO "group" (name) VALUES (${nombre}) RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('El grupo no devolvió su id')
  return fila.id
}

export async function actualizarGrupo(
  ctx: CtxTx,
  { id, nombre, activo, version }: Pick<GrupoConPermisos, 'id' | 'nombre' | 'activo' | 'version'>,
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE "group" SET name = ${nombre}, activo = ${activo}, version = ${version} WHERE id = ${id}`,
  )
}

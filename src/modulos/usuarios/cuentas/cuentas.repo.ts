import { z } from 'zod'
import { ejecutar, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import type { Cuenta } from '../usuarios.tipos.ts'

const FilaCuenta = z
  .object({
    id: col.id,
    username: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    email: z.string(),
    is_active: z.boolean(),
    is_superuser: z.boolean(),
    last_login: col.instanteN,
    date_joined: col.instante,
    version: col.entero,
    grupos: z.array(z.string()),
    permisos: z.array(z.string()),
    efectivos: z.array(z.string()),
    alcanzables: z.array(z.string()),
  })
  .transform((fila): Cuenta => ({
    id: fila.id,
    username: fila.username,
    firstName: fila.first_name,
    lastName: fila.last_name,
    email: fila.email,
    activo: fila.is_active,
    esSuperusuario: fila.is_superuser,
    ultimoAcceso: fila.last_login,
    alta: fila.date_joined,
    version: fila.version,
    grupos: fila.grupos,
    permisos: fila.permisos,
    efectivos: fila.efectivos,
    alcanzables: fila.alcanzables,
  }))

/** Own codes and those of the groups. */
const codigosDe = (soloGrupos: Sql) => sql`ARRAY(
    SELECT p.codigo FROM permission p
    WHERE p.id IN (SELECT up.permission_id FROM user_permissions up WHERE up.user_id = u.id)
       OR p.id IN (SELECT gp.permission_id FROM group_permissions gp JOIN user_groups ug ON ug.group_id = gp.group_id
         JOIN "group" g ON g.id = gp.group_id ${soloGrupos} WHERE ug.user_id = u.id)
    ORDER BY p.codigo
  )::text[]`

const CUENTA = sql`SELECT u.id, u.username, u.first_name, u.last_name, u.email, u.is_active, u.is_superuser, u.last_login, u.date_joined, u.version,
  ARRAY(SELECT g.name FROM "group" g JOIN user_groups ug ON ug.group_id = g.id WHERE ug.user_id = u.id ORDER BY g.name)::text[] AS grupos,
  ARRAY(SELECT p.codigo FROM permission p JOIN user_permissions up ON up.permission_id = p.id WHERE up.user_id = u.id ORDER BY p.codigo)::text[] AS permisos,
  ${codigosDe(sql`AND g.activo`)} AS efectivos, ${codigosDe(sql``)} AS alcanzables
  FROM "user" u`

/** An account, active or not. */
export function buscarCuenta(bd: Bd | BdTx, id: number): Promise<Cuenta | null> {
  return unaFila(bd, sql`${CUENTA} WHERE u.id = ${id}`, FilaCuenta)
}

/**
 * An account, locked until the transaction ends. `NO KEY`: the log of somebody else's action refers to this row, and two
 * administrators who change each other must not wait for one another.
 */
export async function bloquearCuenta(ctx: CtxTx, id: number): Promise<Cuenta | null> {
  await ejecutar(ctx.bd, sql`SELECT 1 FROM "user" WHERE id = ${id} FOR NO KEY UPDATE`)
  return buscarCuenta(ctx.bd, id)
}

/** Saves everything of an account but its groups, permissions and password. */
export async function actualizarCuenta(ctx: CtxTx, cuenta: Cuenta): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE "user" SET username = ${cuenta.username}, first_name = ${cuenta.firstName}, last_name = ${cuenta.lastName}, email = ${cuenta.email},
        is_active = ${cuenta.activo}, is_superuser = ${cuenta.esSuperusuario}, is_staff = ${cuenta.esSuperusuario}, version = ${cuenta.version}
      WHERE id = ${cuenta.id}`,
  )
}

/** The groups of a person become exactly those. */
export async function reemplazarGrupos(ctx: CtxTx, id: number, nombres: readonly string[]): Promise<void> {
  const lista = sql`${[...nombres]}::text[]`
  await ejecutar(
    ctx.bd,
    sql`DELETE FROM user_groups WHERE user_id = ${id} AND group_id NOT IN (SELECT id FROM "group" WHERE name = ANY(${lista}))`,
  )
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO user_groups (user_id, group_id) SELECT ${id}, id FROM "group" WHERE name = ANY(${lista}) ON CONFLICT DO NOTHING`,
  )
}

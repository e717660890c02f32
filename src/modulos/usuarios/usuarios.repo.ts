import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx, Usuario } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import type { CuentaDeAcceso, DatosDeUsuario, Perfil } from './usuarios.tipos.ts'

/** Who acts and what they may do, as the context carries it. */
export interface UsuarioConPermisos {
  readonly usuario: Usuario
  readonly permisos: ReadonlySet<string>
}

const FilaUsuario = z
  .object({
    id: col.id,
    username: z.string(),
    nombre: z.string(),
    email: z.string(),
    es_superusuario: z.boolean(),
    permisos: z.array(z.string()),
  })
  .transform(({ permisos, es_superusuario, ...resto }): UsuarioConPermisos => ({
    usuario: { ...resto, esSuperusuario: es_superusuario },
    permisos: new Set(permisos),
  }))

const NOMBRE = sql`coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username)`

const USUARIO = sql`SELECT u.id, u.username, ${NOMBRE} AS nombre, u.email, u.is_superuser AS es_superusuario,
  ARRAY(
    SELECT p.codigo FROM permission p
    WHERE p.id IN (SELECT up.permission_id FROM user_permissions up WHERE up.user_id = u.id)
       OR p.id IN (SELECT gp.permission_id FROM group_permissions gp JOIN user_groups ug ON ug.group_id = gp.group_id
         JOIN "group" g ON g.id = gp.group_id AND g.activo WHERE ug.user_id = u.id)
  )::text[] AS permisos
  FROM "user" u`

/** An active person with every permission of theirs and of their groups, in one query; null when inactive or unknown. */
export function cargarUsuario(bd: Bd | BdTx, id: number): Promise<UsuarioConPermisos | null> {
  return unaFila(bd, sql`${USUARIO} WHERE u.id = ${id} AND u.is_active`, FilaUsuario)
}

/** Same as `cargarUsuario`, by exact user name. */
export function buscarUsuarioPorNombre(bd: Bd | BdTx, username: string): Promise<UsuarioConPermisos | null> {
  return unaFila(bd, sql`${USUARIO} WHERE u.username = ${username} AND u.is_active`, FilaUsuario)
}

/** Oldest active superuser: who signs what a command does when nobody is named. */
export function buscarPrimerSuperusuario(bd: Bd | BdTx): Promise<UsuarioConPermisos | null> {
  return unaFila(bd, sql`${USUARIO} WHERE u.is_active AND u.is_superuser ORDER BY u.id LIMIT 1`, FilaUsuario)
}

const FilaCuenta = z
  .object({ id: col.id, username: z.string(), password: z.string(), por_nombre: z.boolean() })
  .transform(({ id, username, password, por_nombre }) => ({ id, username, clave: password, porNombre: por_nombre }))

/**
 * Active accounts that a typed text may mean, in the order they are tried: the one with exactly that user name, then
 * the one with that e-mail whatever its case. Two people with the same e-mail cannot enter by it (core.md §3).
 */
export async function listarCuentasDeAcceso(bd: Bd | BdTx, escrito: string): Promise<CuentaDeAcceso[]> {
  const cuentas = await filas(
    bd,
    sql`SELECT id, username, password, username = ${escrito} AS por_nombre FROM "user"
      WHERE is_active AND (lower(username) = lower(${escrito}) AND username = ${escrito} OR email <> '' AND lower(email) = lower(${escrito}))
      ORDER BY username = ${escrito} DESC, id LIMIT 3`,
    FilaCuenta,
  )
  const porNombre = cuentas.filter((cuenta) => cuenta.porNombre)
  const porCorreo = cuentas.filter((cuenta) => !cuenta.porNombre)
  return [...porNombre, ...(porCorreo.length === 1 ? porCorreo : [])]
}

const FilaPerfil = z
  .object({
    username: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    email: z.string(),
    last_login: col.instanteN,
    grupos: z.array(z.string()),
  })
  .transform((fila): Perfil => ({
    username: fila.username,
    firstName: fila.first_name,
    lastName: fila.last_name,
    email: fila.email,
    grupos: fila.grupos,
    ultimoAcceso: fila.last_login,
  }))

/** What `/perfil/` shows of a person. */
export function buscarPerfil(bd: Bd | BdTx, id: number): Promise<Perfil | null> {
  return unaFila(
    bd,
    sql`SELECT u.username, u.first_name, u.last_name, u.email, u.last_login,
      ARRAY(SELECT g.name FROM "group" g JOIN user_groups ug ON ug.group_id = g.id WHERE ug.user_id = u.id AND g.activo ORDER BY g.name)::text[] AS grupos
      FROM "user" u WHERE u.id = ${id}`,
    FilaPerfil,
  )
}

/** Stored hash of a person, locked until the transaction ends. */
export async function bloquearClave(ctx: CtxTx, id: number): Promise<string | null> {
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT password FROM "user" WHERE id = ${id} FOR UPDATE`,
    z.object({ password: z.string() }),
  )
  return fila?.password ?? null
}

/** New hash of a password. */
export async function actualizarClave(ctx: CtxTx, id: number, cifrada: string): Promise<void> {
  await ejecutar(ctx.bd, sql`UPDATE "user" SET password = ${cifrada}, version = version + 1 WHERE id = ${id}`)
}

/** Instant of the last login, and the renewed hash when the stored one was old. */
export async function actualizarUltimoAcceso(ctx: CtxTx, id: number, cifrada: string | null): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE "user" SET last_login = ${ctx.ahora}, password = coalesce(${cifrada}::text, password) WHERE id = ${id}`,
  )
}

/** Whether anybody, active or not, exists. */
export async function existeAlguien(bd: Bd | BdTx): Promise<boolean> {
  return (await unaFila(bd, sql`SELECT 1 AS uno FROM "user" LIMIT 1`, z.object({ uno: z.number() }))) !== null
}

/** Only one process creates the first person: the rest wait here and then see it. */
export async function bloquearPrimerUsuario(ctx: CtxTx): Promise<void> {
  await ejecutar(ctx.bd, sql`LOCK TABLE "user" IN SHARE ROW EXCLUSIVE MODE`)
}

/** Ids of active groups by name; the unknown ones are missing from the answer. */
export async function listarGrupos(
  bd: Bd | BdTx,
  nombres: readonly string[],
): Promise<{ id: number; nombre: string }[]> {
  return filas(
    bd,
    sql`SELECT id, name AS nombre FROM "group" WHERE activo AND name = ANY(${[...nombres]}::text[]) ORDER BY name`,
    z.object({ id: col.id, nombre: z.string() }),
  )
}

/** Names of all active groups. */
export async function listarNombresDeGrupos(bd: Bd | BdTx): Promise<string[]> {
  const grupos = await filas(
    bd,
    sql`SELECT name AS nombre FROM "group" WHERE activo ORDER BY name LIMIT 1000`,
    z.object({ nombre: z.string() }),
  )
  return grupos.map(({ nombre }) => nombre)
}

/** Inserts a person with their groups; returns the id. Unique names and e-mails are the database's promise. */
export async function insertarUsuario(
  ctx: CtxTx,
  datos: Omit<DatosDeUsuario, 'clave' | 'grupos'>,
  cifrada: string,
  grupos: readonly number[],
): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO "user" (username, first_name, last_name, email, password, is_superuser, is_staff, is_active, date_joined)
      VALUES (${datos.username}, ${datos.firstName ?? ''}, ${datos.lastName ?? ''}, ${datos.email}, ${cifrada}, ${datos.esSuperusuario}, ${datos.esSuperusuario}, ${datos.activo ?? true}, ${ctx.ahora})
      RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('La inserción del usuario no devolvió su id')
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO user_groups (user_id, group_id) SELECT ${fila.id}, g FROM unnest(${[...grupos]}::bigint[]) AS g`,
  )
  return fila.id
}

import { Prisma } from './prisma/client.ts'

/** A piece of SQL with its parameters apart, as `sql` builds it. */
export type Sql = Prisma.Sql

/** Tagged template: every `${value}` travels as a parameter, never as text. */
export const sql = Prisma.sql

/** The empty piece of SQL. */
export const VACIO = Prisma.empty

/** Joins pieces with a separator (a comma unless told); the list must not be empty. */
export const unir = Prisma.join

/** `a AND b AND c`; TRUE for an empty list. */
export function todas(condiciones: readonly Sql[]): Sql {
  return condiciones.length === 0 ? sql`TRUE` : unir([...condiciones], ' AND ')
}

/** Pattern for ILIKE «contains»: what the person typed is literal, `%` and `_` included (pte.md §1.7). */
export function contiene(texto: string): string {
  return `%${texto.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

/**
 * Name of a table or column that a description brings, as SQL. It never comes from outside: anything but a plain lower
 * case name is a fault of ours.
 */
export function identificador(nombre: string): Sql {
  if (!/^[a-z][a-z0-9_]*$/.test(nombre)) throw new Error(`Not a name of the database: ${nombre}`)
  // eslint-disable-next-line no-restricted-syntax -- only lower case letters, digits and underscores reach it
  return Prisma.raw(nombre)
}

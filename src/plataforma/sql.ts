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

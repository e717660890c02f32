import type { FechaIso } from '../comun/fechas.ts'
import type { Bd, BdTx } from './bd.ts'

/** A person who acts. */
export interface Usuario {
  readonly id: number
  readonly username: string
  /** First and last name, or the user name when both are empty. */
  readonly nombre: string
  readonly email: string
  readonly esSuperusuario: boolean
}

/**
 * Made at the edge (request, job, command, test) and passed explicitly as first argument. Nothing below the edge asks
 * the clock, the session or a global who is acting.
 */
export interface Contexto {
  /** Null for *Sistema* and for a visitor who has not logged in. */
  readonly usuario: Usuario | null
  /** True only for commands and scheduled jobs: *Sistema* may do everything. A visitor never is. */
  readonly sistema: boolean
  readonly permisos: ReadonlySet<string>
  readonly solicitudId: string
  /** Groups the audit rows of one request. */
  readonly transaccion: string
  readonly ip: string | null
  readonly agente: string | null
  readonly ahora: Date
  /** Calendar day in America/Mexico_City. */
  readonly hoy: FechaIso
  readonly bd: Bd
}

/** A context inside a transaction: the only kind that repo writes, the audit and the queue accept. */
export interface CtxTx extends Omit<Contexto, 'bd'> {
  readonly enTransaccion: true
  readonly bd: BdTx
}

/** For functions that read and may be called in or out of a transaction. */
export type CtxLectura = Contexto | CtxTx

/** Whether the actor holds a permission; a superuser and *Sistema* hold all (core.md §2.2). */
export function tienePermiso(ctx: Pick<CtxLectura, 'usuario' | 'sistema' | 'permisos'>, codigo: string): boolean {
  return ctx.sistema || ctx.usuario?.esSuperusuario === true || ctx.permisos.has(codigo)
}

/** What a class with a planner of its own writes in its batch. */
import type { CtxTx } from '../../plataforma/contexto.ts'
import type { Sql } from '../../plataforma/sql.ts'
import * as repo from './lote.repo.ts'

/** What the batch did to those records. */
export function anotarCambios(ctx: CtxTx, lote: number, cambios: readonly repo.CambioDeLote[]): Promise<void> {
  return repo.insertarCambios(ctx.bd, lote, cambios)
}

/** New records as a query gives them (columns id, huella), when they are too many to travel. */
export function anotarCreados(ctx: CtxTx, lote: number, tabla: string, consulta: Sql): Promise<void> {
  return repo.insertarCreados(ctx.bd, lote, tabla, consulta)
}

/** Records that an undo gave back exactly as the batch found them: for earlier batches nobody edited them. */
export function reconocerVersiones(
  ctx: CtxTx,
  lote: number,
  tabla: string,
  restauradas: readonly { id: number; version: number }[],
): Promise<void> {
  return repo.reconocerVersiones(ctx.bd, lote, tabla, restauradas)
}

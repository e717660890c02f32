import { setTimeout as esperar } from 'node:timers/promises'
import type { Contexto, CtxTx } from './contexto.ts'
import { traducirErrorBd } from './errores-bd.ts'

const INTENTOS = 3
const CHOQUES = new Set(['40001', '40P01', 'P2034'])

/**
 * The only way to a `CtxTx`: change, audit rows and jobs commit together or not at all. Serialization failures and
 * deadlocks are tried again up to three times, so `hacer` must be repeatable: no mail, files or network inside.
 * @throws the Spanish domain error of a violated constraint, or whatever `hacer` throws.
 */
export async function conTransaccion<T>(
  ctx: Contexto,
  hacer: (ctx: CtxTx) => Promise<T>,
  opciones: { tiempoMaximoMs?: number } = {},
): Promise<T> {
  for (let intento = 1; ; intento += 1) {
    try {
      return await ctx.bd.$transaction((bd) => hacer({ ...ctx, bd, enTransaccion: true }), {
        timeout: opciones.tiempoMaximoMs ?? 30_000,
        maxWait: 10_000,
      })
    } catch (error) {
      if (intento < INTENTOS && esChoque(error)) {
        await esperar(20 * intento)
        continue
      }
      throw traducirErrorBd(error) ?? error
    }
  }
}

function esChoque(error: unknown): boolean {
  for (let actual: unknown = error, vueltas = 0; actual && vueltas < 6; vueltas += 1) {
    const { code, originalCode, cause, meta, kind } = actual as Record<string, unknown>
    if (CHOQUES.has(String(code)) || CHOQUES.has(String(originalCode)) || kind === 'TransactionWriteConflict')
      return true
    actual = cause ?? (meta as Record<string, unknown> | undefined)?.['driverAdapterError']
  }
  return false
}

import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'

const Fila = z.object({ clave: z.string(), valor: z.string() })

/** What differs from the defaults. */
export function listarParametros(bd: Bd | BdTx): Promise<{ clave: string; valor: string }[]> {
  return filas(bd, sql`SELECT clave, valor FROM parametro ORDER BY clave LIMIT 1000`, Fila)
}

/** Stores the value of a setting. */
export async function guardarParametro(ctx: CtxTx, clave: string, valor: string): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO parametro (clave, valor, actualizado_por, fecha) VALUES (${clave}, ${valor}, ${ctx.usuario?.id ?? null}, ${ctx.ahora})
      ON CONFLICT (clave) DO UPDATE SET valor = excluded.valor, actualizado_por = excluded.actualizado_por, fecha = excluded.fecha`,
  )
}

import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import type { Dinero } from '../../comun/dinero.ts'

const Fila = z.object({ nombre: z.string(), porcentaje: col.dinero })

/** In their order. */
export function listarDeducciones(bd: Bd | BdTx): Promise<z.output<typeof Fila>[]> {
  return filas(
    bd,
    sql`SELECT nombre, porcentaje::text AS porcentaje FROM deduccion_usual ORDER BY orden LIMIT 1000`,
    Fila,
  )
}

/** Nobody else changes the list until the transaction ends. */
export async function bloquearDeducciones(ctx: CtxTx): Promise<void> {
  await ejecutar(ctx.bd, sql`LOCK TABLE deduccion_usual IN SHARE ROW EXCLUSIVE MODE`)
}

/** The whole list instead of the one there was. */
export async function reemplazarDeducciones(
  ctx: CtxTx,
  lista: readonly { readonly nombre: string; readonly porcentaje: Dinero }[],
): Promise<void> {
  await ejecutar(ctx.bd, sql`DELETE FROM deduccion_usual`)
  const datos = lista.map(({ nombre, porcentaje }) => ({ n: nombre, p: porcentaje.toFixed() }))
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO deduccion_usual (orden, nombre, porcentaje)
      SELECT e.i, e.v->>'n', (e.v->>'p')::numeric FROM jsonb_array_elements(${JSON.stringify(datos)}::jsonb) WITH ORDINALITY e(v, i)`,
  )
}

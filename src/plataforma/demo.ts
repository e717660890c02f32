import { z } from 'zod'
import { unaFila, type Bd, type BdTx } from './bd.ts'
import { sql } from './sql.ts'

/** Whether there is demo data: the pages carry a mark while there is (contract.md §2). */
export async function hayDemo(bd: Bd | BdTx): Promise<boolean> {
  const fila = await unaFila(bd, sql`SELECT EXISTS (SELECT 1 FROM dato_demo) AS hay`, z.object({ hay: z.boolean() }))
  return fila?.hay ?? false
}

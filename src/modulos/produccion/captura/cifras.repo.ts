import { z } from 'zod'
import { unaFila } from '../../../plataforma/bd.ts'
import { DINERO_CERO } from '../../../comun/dinero.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'

const Cifras = z.object({ registros: col.entero, volumen: col.dinero, mn: col.dinero, usd: col.dinero })

/** All the production there is: rows, volume (of mixed units) and its value at the prices in force. */
export async function cifrasDeProduccion(ctx: CtxLectura): Promise<z.output<typeof Cifras>> {
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT coalesce(sum(x.registros), 0)::bigint AS registros, coalesce(sum(x.volumen), 0)::text AS volumen, coalesce(sum(x.volumen * c.pu_mn), 0)::text AS mn,
        coalesce(sum(x.volumen * c.pu_usd), 0)::text AS usd
      FROM (SELECT p.id_concepto_consolidado AS id_concepto, count(*) AS registros, sum(p.volumen_produccion) AS volumen FROM produccion p GROUP BY 1) x
      LEFT JOIN concepto_de_familia c ON c.id_concepto = x.id_concepto`,
    Cifras,
  )
  return fila ?? { registros: 0, volumen: DINERO_CERO, mn: DINERO_CERO, usd: DINERO_CERO }
}

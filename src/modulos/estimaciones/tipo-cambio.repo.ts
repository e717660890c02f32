import { z } from 'zod'
import { unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql } from '../../plataforma/sql.ts'
import type { FechaIso } from '../../comun/fechas.ts'

const Fila = z.object({ fecha: col.fecha, valor: col.dinero, fuente: z.string() })
export type TipoCambioDelDia = z.output<typeof Fila>

/** The rate of a day, or that of the last day before it that has one (banks do not publish on Sundays); null when none. */
export function buscarTipoCambio(bd: Bd | BdTx, fecha: FechaIso): Promise<TipoCambioDelDia | null> {
  return unaFila(
    bd,
    sql`SELECT fecha::text AS fecha, valor::text AS valor, fuente FROM tipo_cambio WHERE fecha <= ${fecha}::date ORDER BY fecha DESC LIMIT 1`,
    Fila,
  )
}

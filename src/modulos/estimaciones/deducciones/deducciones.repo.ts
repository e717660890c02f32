import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { Deduccion } from './deducciones.contrato.ts'

const Fila = z
  .object({ nombre: z.string(), porcentaje: col.dineroN, importe_mn: col.dinero, importe_usd: col.dinero })
  .transform(({ nombre, porcentaje, importe_mn, importe_usd }): Deduccion => ({
    nombre,
    porcentaje,
    importeMn: importe_mn,
    importeUsd: importe_usd,
  }))

/** Deductions of an estimation, in their order. */
export function listarDeducciones(bd: Bd | BdTx, idEstimacion: number): Promise<Deduccion[]> {
  return filas(
    bd,
    sql`SELECT nombre, porcentaje::text AS porcentaje, importe_mn::text AS importe_mn, importe_usd::text AS importe_usd
      FROM estimacion_deduccion WHERE id_estimacion_header = ${idEstimacion} ORDER BY orden`,
    Fila,
  )
}

/** The whole list of a draft instead of the one there was. */
export async function reemplazarDeducciones(
  ctx: CtxTx,
  idEstimacion: number,
  lista: readonly Deduccion[],
): Promise<void> {
  await ejecutar(ctx.bd, sql`DELETE FROM estimacion_deduccion WHERE id_estimacion_header = ${idEstimacion}`)
  const datos = lista.map(({ nombre, porcentaje, importeMn, importeUsd }) => ({
    n: nombre,
    p: porcentaje === null ? null : porcentaje.toFixed(),
    m: importeMn.toFixed(),
    u: importeUsd.toFixed(),
  }))
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO estimacion_deduccion (id_estimacion_header, orden, nombre, porcentaje, importe_mn, importe_usd, fecha_captura)
      SELECT ${idEstimacion}, e.i, e.v->>'n', (e.v->>'p')::numeric, (e.v->>'m')::numeric, (e.v->>'u')::numeric, ${ctx.ahora}
      FROM jsonb_array_elements(${JSON.stringify(datos)}::jsonb) WITH ORDINALITY e(v, i)`,
  )
}

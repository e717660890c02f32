/** Monthly folders of the families (produccion.md §2.1). Whoever writes in one holds the lock of its family. */
import { z } from 'zod'
import { ejecutar, filas, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import { TEXTO_ESTATUS_MES, type Carpeta } from './carpetas.tipos.ts'

const FilaCarpeta = z.object({
  id: col.id,
  idOt: col.id,
  idEstatus: col.entero,
  archivo: col.textoN,
  version: col.entero,
})

/** Folders of some initial OTs in a month; those without one are absent. */
export async function listarCarpetas(
  bd: CtxLectura['bd'],
  idsDeOt: readonly number[],
  { mes, anio }: { mes: number; anio: number },
): Promise<Map<number, Carpeta>> {
  const leidas = await filas(
    bd,
    sql`SELECT h.id, h.id_ot AS "idOt", h.id_estatus AS "idEstatus", h.archivo, h.version FROM reporte_mensual_header h
      WHERE h.id_ot = ANY(${[...idsDeOt]}::bigint[]) AND h.anio = ${anio} AND h.mes = ${mes}`,
    FilaCarpeta,
  )
  return new Map(
    leidas.map(({ idEstatus, ...carpeta }) => [
      carpeta.idOt,
      { ...carpeta, estatus: TEXTO_ESTATUS_MES[idEstatus as keyof typeof TEXTO_ESTATUS_MES] },
    ]),
  )
}

/** Makes the folders that are missing, open and empty. */
export async function asegurarCarpetas(
  bd: BdTx,
  idsDeOt: readonly number[],
  { mes, anio }: { mes: number; anio: number },
): Promise<void> {
  if (idsDeOt.length === 0) return
  await ejecutar(
    bd,
    sql`INSERT INTO reporte_mensual_header (id_ot, anio, mes) SELECT o.id, ${anio}::int, ${mes}::int FROM unnest(${[...idsDeOt]}::bigint[]) AS o(id)
      ON CONFLICT (id_ot, anio, mes) DO NOTHING`,
  )
}

/** Raises the version of some folders: what they hold changed (produccion.md §5.6.6). */
export async function subirVersiones(bd: BdTx, idsDeCarpeta: readonly number[], ahora: Date): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE reporte_mensual_header SET version = version + 1, fecha_actualizacion = ${ahora} WHERE id = ANY(${[...idsDeCarpeta]}::bigint[])`,
  )
}

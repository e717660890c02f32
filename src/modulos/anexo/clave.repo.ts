/** Partidas with the key of the concept they hang from, for the check that they agree. */
import { z } from 'zod'
import { filas } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'

const Fila = z.object({
  id: col.id,
  anexo: z.string().nullable(),
  codigo: z.string(),
  descripcion: z.string(),
  unidad: col.id,
  k_anexo: z.string(),
  k_codigo: z.string(),
  k_concepto: z.string(),
  k_unidad: col.id,
  huella: z.string(),
})

/** A partida as it was imported (`anexo`, `codigo`…) and the key of its concept (`k_…`). */
export type ClaveDePartida = z.output<typeof Fila>

/** Partidas after an id, of every version, in the order of their ids. */
export function leerClavesDesde({ bd }: CtxLectura, desde: number, cuantas: number): Promise<ClaveDePartida[]> {
  return filas(
    bd,
    sql`SELECT p.id, p.anexo, p.id_partida AS codigo, p.descripcion_concepto AS descripcion, coalesce(p.id_unidad_medida, 0) AS unidad,
        k.anexo AS k_anexo, k.codigo AS k_codigo, k.concepto AS k_concepto, coalesce(k.id_unidad_medida, 0) AS k_unidad, k.huella
      FROM partida_anexo_importada p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      WHERE p.id > ${desde} ORDER BY p.id LIMIT ${cuantas}`,
    Fila,
  )
}

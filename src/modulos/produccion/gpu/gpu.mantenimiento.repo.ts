/**
 * What saving production does to GPUs, set by set (produccion.md §5.6.5, §5.8). The statements hang from ids of
 * production or of concepts that the caller already holds under the lock of the family.
 */
import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql } from '../../../plataforma/sql.ts'
import { ANEXOS_CON_GPU } from '../captura/captura.contrato.ts'
import { GPU_ESTATUS_INICIAL, NOTA_DE_EXCEDENTE } from './gpu.tipos.ts'

const ids = (lista: readonly number[]) => sql`${[...lista]}::bigint[]`

/** Annexes are already normalised in the concept (§5.4.2). */
const CON_GPU = sql`${[...ANEXOS_CON_GPU]}::text[]`

const FilaNueva = z.object({ id: col.id, idProduccion: col.id })

/** Which of those productions have a GPU because of their annex (§5.8.1): for whoever shows or counts them. */
export const ES_DE_GPU = sql`k.anexo = ANY (${CON_GPU})`

/** A GPU for each of those productions whose annex has one and that lacks it (§5.8.1). @returns the new ones. */
export function crearGpusFaltantes(
  bd: BdTx,
  produccion: readonly number[],
): Promise<{ id: number; idProduccion: number }[]> {
  return filas(
    bd,
    sql`INSERT INTO registro_generadores_pu (id_produccion, id_estatus)
      SELECT p.id, ${GPU_ESTATUS_INICIAL} FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      WHERE p.id = ANY (${ids(produccion)}) AND ${ES_DE_GPU} AND p.volumen_produccion > 0
      ORDER BY p.id ON CONFLICT (id_produccion) DO NOTHING RETURNING id, id_produccion AS "idProduccion"`,
    FilaNueva,
  )
}

/**
 * §5.8.5: GPUs of those concepts whose production became excedente get the note of the system, and those where it
 * stopped being so lose it. A note typed by a person is kept. @returns how many changed.
 */
export function anotarExcedentes(bd: BdTx, conceptos: readonly number[]): Promise<number> {
  return ejecutar(
    bd,
    sql`UPDATE registro_generadores_pu g SET
        nota_bloqueo = CASE WHEN p.es_excedente THEN ${NOTA_DE_EXCEDENTE} ELSE '' END, nota_automatica = p.es_excedente
      FROM produccion p
      WHERE p.id = g.id_produccion AND p.id_concepto_consolidado = ANY (${ids(conceptos)})
        AND ((p.es_excedente AND g.nota_bloqueo = '') OR (NOT p.es_excedente AND g.nota_automatica))`,
  )
}

/** Why a production cannot go to zero (§5.6.5). */
export type MotivoDeGpu = 'FIRMADO' | 'EVIDENCIA' | 'ESTIMADO'

/**
 * Those of the productions that cannot be removed because of their GPU: signed, with a link or with evidence, also the
 * one that was taken away (it stays as proof), or in an estimation.
 */
export function gpusQueImpidenQuitar(
  bd: Bd | BdTx,
  produccion: readonly number[],
): Promise<{ idProduccion: number; motivo: MotivoDeGpu }[]> {
  return filas(
    bd,
    sql`SELECT g.id_produccion AS "idProduccion",
        CASE WHEN g.id_estatus = 17 THEN 'FIRMADO' ELSE 'EVIDENCIA' END AS motivo
      FROM registro_generadores_pu g
      WHERE g.id_produccion = ANY (${ids(produccion)})
        AND (g.id_estatus = 17 OR g.archivo IS NOT NULL OR EXISTS (SELECT FROM evidencia_gpu e WHERE e.id_gpu = g.id))
      ORDER BY g.id_produccion`,
    z.object({ idProduccion: col.id, motivo: z.enum(['FIRMADO', 'EVIDENCIA', 'ESTIMADO']) }),
  )
}

/** GPUs that go with their production (§5.8.6); `gpusQueImpidenQuitar` has been asked first. @returns how many. */
export function quitarGpus(bd: BdTx, produccion: readonly number[]): Promise<number> {
  return ejecutar(bd, sql`DELETE FROM registro_generadores_pu WHERE id_produccion = ANY (${ids(produccion)})`)
}

/**
 * What saving production does to GPUs, set by set (produccion.md §5.6.5, §5.8). The statements hang from ids of
 * production or of concepts that the caller already holds under the lock of the family.
 */
import { z } from 'zod'
import type { FechaIso } from '../../../comun/fechas.ts'
import { ejecutar, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql } from '../../../plataforma/sql.ts'
import { ANEXOS_CON_GPU, type TipoTiempo } from '../captura/captura.contrato.ts'
import { GPU_ESTATUS_INICIAL, NOTA_DE_EXCEDENTE } from './gpu.tipos.ts'

const ids = (lista: readonly number[]) => sql`${[...lista]}::bigint[]`

/** Annexes are already normalised in the concept (§5.4.2). */
const CON_GPU = sql`${[...ANEXOS_CON_GPU]}::text[]`

/** Which of those productions have a GPU because of their annex (§5.8.1): for whoever shows or counts them. */
export const ES_DE_GPU = sql`k.anexo = ANY (${CON_GPU})`

/** GPU `g` holds something that is never lost (§5.6.5): a link or a file, also one that was taken away (it stays as proof). */
export const CON_EVIDENCIA = sql`(g.archivo IS NOT NULL OR EXISTS (SELECT FROM evidencia_gpu e WHERE e.id_gpu = g.id))`

const Creado = z.tuple([z.int(), z.string(), col.fecha, z.enum(['TE', 'CMA']), z.string()])

/** A GPU that was just made, with what names it. */
export interface GpuCreado {
  readonly id: number
  readonly codigo: string
  readonly fecha: FechaIso
  readonly tipo: TipoTiempo
  readonly sitio: string
}

/**
 * A GPU for every production of a family whose annex has one and that lacks it (§5.8.1).
 * @param idCarpeta null = of every month. @returns those that were made.
 */
export async function crearGpusFaltantes(
  bd: BdTx,
  idPrincipal: number,
  idCarpeta: number | null,
): Promise<GpuCreado[]> {
  const fila = await unaFila(
    bd,
    sql`WITH nuevos AS (INSERT INTO registro_generadores_pu (id_produccion, id_estatus)
      SELECT p.id, ${GPU_ESTATUS_INICIAL}::bigint FROM concepto_consolidado k JOIN produccion p ON p.id_concepto_consolidado = k.id
      WHERE k.id_ot = ${idPrincipal} AND ${ES_DE_GPU} AND (${idCarpeta}::bigint IS NULL OR p.id_reporte_mensual = ${idCarpeta}::bigint)
        AND NOT EXISTS (SELECT FROM registro_generadores_pu g WHERE g.id_produccion = p.id)
      ORDER BY p.id ON CONFLICT (id_produccion) DO NOTHING RETURNING id, id_produccion)
      SELECT coalesce(json_agg(json_build_array(n.id, a.id_partida, p.fecha_produccion, p.tipo_tiempo, s.descripcion) ORDER BY n.id), '[]')::text AS creados
      FROM nuevos n JOIN produccion p ON p.id = n.id_produccion JOIN partida_anexo_importada a ON a.id = p.id_partida_anexo
      JOIN sitio s ON s.id = p.id_sitio_produccion`,
    z.object({ creados: z.string() }),
  )
  return z
    .array(Creado)
    .parse(JSON.parse(fila?.creados ?? '[]'))
    .map(([id, codigo, fecha, tipo, sitio]) => ({ id, codigo, fecha, tipo, sitio }))
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

/** GPUs that go with their production (§5.8.6): none of them is signed nor has evidence. @returns how many. */
export function quitarGpus(bd: BdTx, produccion: readonly number[]): Promise<number> {
  return ejecutar(bd, sql`DELETE FROM registro_generadores_pu WHERE id_produccion = ANY (${ids(produccion)})`)
}

import { z } from 'zod'
import { ejecutar, filas, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql } from '../../plataforma/sql.ts'

const FilaId = z.object({ id: col.id })

/** Columns of a PTE that the historical import of OTs creates. */
export interface PteImportada {
  readonly oficio_pte: string
  readonly descripcion_trabajo: string
  readonly id_cliente: number | null
  readonly id_responsable_proyecto: number
}

/** Ids of the new headers, in the order they came. `json` is an array of PteImportada. */
export async function insertarPtes(bd: BdTx, json: string, comentario: string, idTipo: number): Promise<number[]> {
  const ids = await filas(
    bd,
    sql`WITH nuevas AS MATERIALIZED (
        SELECT nextval(pg_get_serial_sequence('pte_header', 'id')) AS id, r.*
        FROM ROWS FROM (jsonb_to_recordset(${json}::jsonb) AS (oficio_pte text, descripcion_trabajo text, id_cliente bigint, id_responsable_proyecto bigint)) WITH ORDINALITY r(oficio_pte, descripcion_trabajo, id_cliente, id_responsable_proyecto, orden)
      ), guardadas AS (
        INSERT INTO pte_header (id, id_tipo, oficio_pte, descripcion_trabajo, id_cliente, id_responsable_proyecto, estatus, comentario)
        SELECT id, ${idTipo}::bigint, oficio_pte, descripcion_trabajo, id_cliente, id_responsable_proyecto, 1, ${comentario} FROM nuevas ORDER BY orden
      )
      SELECT id FROM nuevas ORDER BY orden`,
    FilaId,
  )
  return ids.map(({ id }) => id)
}

/** The steps of the template of each client (R-PTE-05); a PTE without client has none. */
export async function insertarPasosDePtes(bd: BdTx, ids: readonly number[]): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO pte_detalle (id_pte_header, id_paso, estatus_paso)
      SELECT p.id, s.id, 1 FROM pte_header p JOIN cliente c ON c.id = p.id_cliente JOIN paso s ON s.id_tipo_cliente = c.id_tipo AND s.activo
      WHERE p.id = ANY(${[...ids]}::bigint[]) ORDER BY p.id, s.id`,
  )
}

const FilaEditada = z.object({ id: col.id, oficio_pte: z.string() })

/** Of those PTEs, the ones that a person changed since they were created: header or steps. */
export function listarPtesEditadas(bd: BdTx, ids: readonly number[]): Promise<z.output<typeof FilaEditada>[]> {
  return filas(
    bd,
    sql`SELECT p.id, p.oficio_pte FROM pte_header p WHERE p.id = ANY(${[...ids]}::bigint[])
      AND (p.version > 1 OR p.estatus <> 1 OR EXISTS (SELECT 1 FROM pte_detalle d WHERE d.id_pte_header = p.id AND d.version > 1))`,
    FilaEditada,
  )
}

/** Erases those PTEs with their steps, but those that an order or a concept still has; answers which it erased. */
export async function borrarPtesSinOts(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const borradas = await filas(
    bd,
    sql`DELETE FROM pte_header p WHERE p.id = ANY(${[...ids]}::bigint[]) AND NOT EXISTS (SELECT 1 FROM ot o WHERE o.id_pte_header = p.id)
      AND NOT EXISTS (SELECT 1 FROM contrato_concepto_maestro c WHERE c.id_pte_creacion = p.id) RETURNING p.id`,
    FilaId,
  )
  return borradas.map(({ id }) => id)
}

/** What a batch did, by pages, for its page. Read only: `importacion.repo.ts` writes it. */
import { z } from 'zod'
import { filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql } from '../../../plataforma/sql.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'

const FilaCuenta = z.object({ creadas: col.entero, ptes: col.entero, cambios: col.entero })

/** How many lines each list has. */
export async function contarListas(bd: Bd | BdTx, lote: number): Promise<z.output<typeof FilaCuenta>> {
  const cuenta = await unaFila(
    bd,
    sql`SELECT count(*) FILTER (WHERE tabla = 'ot' AND accion = 'creado')::int AS creadas,
        count(*) FILTER (WHERE tabla = 'pte_header' AND accion = 'creado')::int AS ptes,
        coalesce(sum((SELECT count(*) FROM jsonb_object_keys(antes))) FILTER (WHERE accion = 'actualizado'), 0)::int AS cambios
      FROM lote_cambio WHERE id_lote = ${lote}`,
    FilaCuenta,
  )
  return cuenta ?? { creadas: 0, ptes: 0, cambios: 0 }
}

const FilaCreada = z.object({
  id: col.id,
  orden_trabajo: col.textoN,
  id_tipo: col.enteroN,
  num_reprogramacion: col.enteroN,
  descripcion_trabajo: col.textoN,
  estatus: col.enteroN,
  detalle: z.string(),
})

/** Orders that the batch created, as they are now; all null when they are not there any more but in the log. */
export function listarCreadas(
  bd: Bd | BdTx,
  lote: number,
  desde: number,
  cuantas: number,
): Promise<z.output<typeof FilaCreada>[]> {
  return filas(
    bd,
    sql`SELECT c.id_registro AS id, o.orden_trabajo, o.id_tipo, o.num_reprogramacion, o.descripcion_trabajo, o.estatus,
        coalesce((SELECT a.detalle FROM registro_actividad a WHERE a.tabla_log = ${TABLA_LOG.OT} AND a.registro_id = c.id_registro ORDER BY a.id LIMIT 1), '') AS detalle
      FROM (SELECT id, id_registro FROM lote_cambio WHERE id_lote = ${lote} AND tabla = 'ot' AND accion = 'creado'
        ORDER BY id LIMIT ${cuantas} OFFSET ${desde}) c
      LEFT JOIN ot o ON o.id = c.id_registro ORDER BY c.id`,
    FilaCreada,
  )
}

const FilaPte = z.object({ oficio_pte: col.textoN, descripcion_trabajo: col.textoN, detalle: z.string() })

/** PTEs that the batch created; null when they are not there any more but in the log. */
export function listarPtes(
  bd: Bd | BdTx,
  lote: number,
  desde: number,
  cuantas: number,
): Promise<z.output<typeof FilaPte>[]> {
  return filas(
    bd,
    sql`SELECT p.oficio_pte, p.descripcion_trabajo,
        coalesce((SELECT a.detalle FROM registro_actividad a WHERE a.tabla_log = ${TABLA_LOG.PTE} AND a.registro_id = c.id_registro ORDER BY a.id LIMIT 1), '') AS detalle
      FROM (SELECT id, id_registro FROM lote_cambio WHERE id_lote = ${lote} AND tabla = 'pte_header' AND accion = 'creado'
        ORDER BY id LIMIT ${cuantas} OFFSET ${desde}) c
      LEFT JOIN pte_header p ON p.id = c.id_registro ORDER BY c.id`,
    FilaPte,
  )
}

/**
 * The rows that the batch itself wrote in the log, which say so at their end. Its version would not do: undoing a later
 * batch gives `version_despues` the version that this one's values have again.
 */
const ANOTADO = sql`registro_actividad a ON a.tabla_log = ${TABLA_LOG.OT} AND a.registro_id = c.id_registro AND a.evento = 'MODIFICAR'
  AND a.detalle LIKE '%(lote ' || c.id_lote || ')'`

const FilaCambio = z.object({
  id: col.id,
  orden_trabajo: col.textoN,
  estatus: col.enteroN,
  campo: z.string(),
  antes: z.string(),
  despues: z.string(),
})

/** Fields that the batch changed, as the log prints them. */
export function listarCambios(
  bd: Bd | BdTx,
  lote: number,
  desde: number,
  cuantas: number,
): Promise<z.output<typeof FilaCambio>[]> {
  return filas(
    bd,
    sql`SELECT c.id_registro AS id, o.orden_trabajo, o.estatus, a.campo, coalesce(a.valor_anterior, '') AS antes, coalesce(a.valor_actual, '') AS despues
      FROM lote_cambio c JOIN ${ANOTADO}
      LEFT JOIN ot o ON o.id = c.id_registro
      WHERE c.id_lote = ${lote} AND c.tabla = 'ot' AND c.accion = 'actualizado' ORDER BY c.id, a.id LIMIT ${cuantas} OFFSET ${desde}`,
    FilaCambio,
  )
}

const FilaTexto = z.object({
  id: col.id,
  campo: z.string(),
  etiqueta: z.string(),
  antes: z.string(),
  despues: z.string(),
})

/** How the log names each field that the batch changed, and its values as people read them. */
export function listarTextosDeCambios(bd: Bd | BdTx, lote: number): Promise<z.output<typeof FilaTexto>[]> {
  return filas(
    bd,
    sql`SELECT c.id_registro AS id, a.campo_clave AS campo, a.campo AS etiqueta, coalesce(a.valor_anterior, '') AS antes, coalesce(a.valor_actual, '') AS despues
      FROM lote_cambio c JOIN ${ANOTADO} WHERE c.id_lote = ${lote} AND c.tabla = 'ot' AND c.accion = 'actualizado'`,
    FilaTexto,
  )
}

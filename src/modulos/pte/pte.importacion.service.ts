import type { CtxTx } from '../../plataforma/contexto.ts'
import { registrarEventos, TABLA_LOG } from '../auditoria/index.ts'
import * as repo from './pte.importacion.repo.ts'

/** Kind of a PTE that nobody classified (`tipo`, level 1). */
const TIPO_PTE = 1

/** Rows of the log per statement: a block does not keep others waiting. */
const EVENTOS_POR_VEZ = 2000

/**
 * PTEs that the historical import of OTs names and that do not exist: PENDIENTE, with the steps of their client, marked
 * in their comment.
 * @returns their ids, in the same order.
 */
export async function crearPtesImportadas(
  ctx: CtxTx,
  ptes: readonly repo.PteImportada[],
  origen: string,
): Promise<number[]> {
  if (ptes.length === 0) return []
  const ids = await repo.insertarPtes(
    ctx.bd,
    JSON.stringify(ptes),
    `Creada por la importación de OT (${origen}).`,
    TIPO_PTE,
  )
  await repo.insertarPasosDePtes(ctx.bd, ids)
  for (let desde = 0; desde < ids.length; desde += EVENTOS_POR_VEZ) {
    await registrarEventos(
      ctx,
      ids.slice(desde, desde + EVENTOS_POR_VEZ).map((id, i) => ({
        tabla: TABLA_LOG.PTE,
        registroId: id,
        evento: 'CREAR' as const,
        campo: 'Creó',
        detalle: `PTE ${ptes[desde + i]?.oficio_pte ?? ''} al importar OT (${origen})`,
        version: 1,
      })),
    )
  }
  return ids
}

/** What became of the PTEs of an import that is undone. */
export interface PtesDeshechas {
  readonly borradas: readonly number[]
  readonly editadas: readonly { readonly id: number; readonly oficio_pte: string }[]
}

/** Erases the PTEs that an import created, but those that a person edited and those that still have an order. */
export async function borrarPtesImportadas(ctx: CtxTx, ids: readonly number[], origen: string): Promise<PtesDeshechas> {
  if (ids.length === 0) return { borradas: [], editadas: [] }
  const editadas = await repo.listarPtesEditadas(ctx.bd, ids)
  const conEdiciones = new Set(editadas.map(({ id }) => id))
  const intactas = ids.filter((id) => !conEdiciones.has(id))
  const borradas = await repo.borrarPtesSinOts(ctx.bd, intactas)
  await registrarEventos(
    ctx,
    borradas.map((id) => ({
      tabla: TABLA_LOG.PTE,
      registroId: id,
      evento: 'ELIMINAR' as const,
      campo: 'Eliminó',
      detalle: `PTE al deshacer una importación (${origen})`,
    })),
  )
  return { borradas, editadas }
}

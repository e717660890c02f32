import { NoEncontrado } from '../../comun/errores.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import * as repo from './pte.repo.ts'

/** `pte_header.estatus` of a PTE that was logically deleted (pte.md §4). */
const PTE_ELIMINADA = 0

/**
 * A live PTE, locked so that nobody else links an order to it meanwhile.
 * @throws NoEncontrado naming the field `id_pte_header`.
 */
export async function bloquearPteViva(ctx: CtxTx, id: number): Promise<repo.Pte> {
  const pte = await repo.bloquearPte(ctx.bd, id)
  if (pte !== null && pte.estatus !== PTE_ELIMINADA) return pte
  const mensaje = 'La PTE elegida no existe o fue eliminada.'
  throw new NoEncontrado(mensaje, { campos: { id_pte_header: mensaje } })
}

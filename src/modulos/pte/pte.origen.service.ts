/** What the OT module asks of a PTE from which an order is to be born (R-PTE-13, R-PTE-16). */
import { Conflicto } from '../../comun/errores.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { listarPasos, type Paso } from './pasos/pasos.repo.ts'
import { pasosTerminados } from './pasos/pasos.reglas.ts'
import { bloquearViva } from './pte.service.ts'
import type { Pte } from './pte.tipos.ts'

/** A PTE that an order may be born from, and its steps by the id of their template. */
export interface OrigenDeOt {
  readonly pte: Pte & { readonly idCliente: number; readonly idResponsableProyecto: number }
  readonly pasos: ReadonlyMap<number, Paso>
}

/**
 * Conditions 1, 2 and 7 of R-PTE-13 (the third is of the orders). The PTE stays locked: of two people at once the second
 * one sees the order of the first (R-PTE-18).
 * @throws NoEncontrado, Conflicto (`advertencia`).
 */
export async function pteListaParaOt(tx: CtxTx, id: number): Promise<OrigenDeOt> {
  const pte = await bloquearViva(tx, id)
  const pasos = await listarPasos(tx.bd, id)
  if (!pasosTerminados(pasos))
    throw new Conflicto(
      'La PTE aún no está completa: cada paso debe estar en COMPLETADO, CANCELADO o NO APLICA para crear la OT.',
    )
  const { idCliente, idResponsableProyecto } = pte
  if (idCliente === null || idResponsableProyecto === null)
    throw new Conflicto('La PTE necesita cliente y responsable del proyecto: edítala antes de crear la OT.')
  return { pte: { ...pte, idCliente, idResponsableProyecto }, pasos: new Map(pasos.map((p) => [p.idPaso, p])) }
}

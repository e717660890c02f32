import { z } from 'zod'
import { unaFila, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql } from '../../plataforma/sql.ts'

const FilaPte = z.object({ id: col.id, oficioPte: col.texto, estatus: col.entero })

/** A PTE as other modules see it. */
export type Pte = z.output<typeof FilaPte>

/** A PTE with a lock, deleted or not. */
export function bloquearPte(bd: BdTx, id: number): Promise<Pte | null> {
  return unaFila(
    bd,
    sql`SELECT id, oficio_pte AS "oficioPte", estatus FROM pte_header WHERE id = ${id} FOR UPDATE`,
    FilaPte,
  )
}

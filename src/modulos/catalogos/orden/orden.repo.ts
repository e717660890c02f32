import { ejecutar, type BdTx } from '../../../plataforma/bd.ts'
import { identificador, sql } from '../../../plataforma/sql.ts'
import type { DescripcionCatalogo } from '../motor/motor.tipos.ts'

/** Stores the numbers of some steps in one statement and raises their versions. */
export async function guardarOrden(
  bd: BdTx,
  def: DescripcionCatalogo,
  ordenes: readonly { readonly id: number; readonly orden: string }[],
): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE ${identificador(def.tabla)} t SET orden = d.orden, version = t.version + 1
      FROM jsonb_to_recordset(${JSON.stringify(ordenes)}::jsonb) AS d(id bigint, orden text) WHERE t.id = d.id`,
  )
}

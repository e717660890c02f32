import { filas, ejecutar, type BdTx } from '../../../plataforma/bd.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { identificador, sql, VACIO, type Sql } from '../../../plataforma/sql.ts'
import { comoRegistro, FilaRegistro, seleccionDeRegistro } from '../motor/motor.repo.ts'
import type { DescripcionCatalogo, Registro } from '../motor/motor.tipos.ts'

async function listar(bd: CtxLectura['bd'], def: DescripcionCatalogo, cierre: Sql): Promise<Registro[]> {
  const halladas = await filas(
    bd,
    sql`SELECT ${seleccionDeRegistro(def)} FROM ${identificador(def.tabla)} o ORDER BY o.id LIMIT 5000 ${cierre}`,
    FilaRegistro,
  )
  return halladas.map((fila) => comoRegistro(def, fila))
}

/** Every step of every template, active or not. */
export function listarPasos(bd: CtxLectura['bd'], def: DescripcionCatalogo): Promise<Registro[]> {
  return listar(bd, def, VACIO)
}

/** The same with a lock, by id: two people who order at once wait for each other. */
export function bloquearPasos(bd: BdTx, def: DescripcionCatalogo): Promise<Registro[]> {
  return listar(bd, def, sql`FOR UPDATE OF o`)
}

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

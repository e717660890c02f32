/** Concepts that get into an annex by hand, and annexes that change family with their OT. */
import { z } from 'zod'
import { ejecutar, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql } from '../../../plataforma/sql.ts'

const FilaConcepto = z.object({
  id: col.id,
  activo: col.booleano,
  codigo: z.string(),
  descripcion: z.string(),
  idUnidad: col.id,
  anexo: col.textoN,
  precioMn: z.string(),
  precioUsd: z.string(),
})

/** A concept of the catalogue as an annex would have it. */
export type ConceptoVinculable = z.output<typeof FilaConcepto>

export function buscarConceptoVinculable(bd: BdTx, id: number): Promise<ConceptoVinculable | null> {
  return unaFila(
    bd,
    sql`SELECT c.id, c.activo, coalesce(nullif(c.partida_ordinaria, ''), c.partida_extraordinaria, '') AS codigo, c.descripcion,
        c.id_unidad_medida AS "idUnidad", s.clave_anexo AS anexo, coalesce(c.precio_unitario_mn, 0)::numeric(15, 4)::text AS "precioMn",
        coalesce(c.precio_unitario_usd, 0)::numeric(15, 4)::text AS "precioUsd"
      FROM contrato_concepto_maestro c LEFT JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo WHERE c.id = ${id}`,
    FilaConcepto,
  )
}

/** Last place of a version. */
export async function ultimoOrden(bd: BdTx, idVersion: number): Promise<number> {
  const fila = await unaFila(
    bd,
    sql`SELECT coalesce(max(orden_fila), 0) AS orden FROM partida_anexo_importada WHERE id_importacion_anexo = ${idVersion}`,
    z.object({ orden: col.entero }),
  )
  return fila?.orden ?? 0
}

/** The concepts of every version of an OT become those of another family, with the same K. */
export async function mudarConceptos(bd: BdTx, idOt: number, idPrincipal: number): Promise<void> {
  const suyos = sql`(SELECT p.id_concepto_consolidado FROM partida_anexo_importada p
    JOIN importacion_anexo v ON v.id = p.id_importacion_anexo WHERE v.id_ot = ${idOt})`
  await ejecutar(
    bd,
    sql`INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, id_unidad_medida, huella)
      SELECT ${idPrincipal}, k.anexo, k.codigo, k.concepto, k.id_unidad_medida, k.huella FROM concepto_consolidado k
      WHERE k.id IN ${suyos} AND k.id_ot <> ${idPrincipal} ON CONFLICT (id_ot, huella) DO NOTHING`,
  )
  await ejecutar(
    bd,
    sql`UPDATE partida_anexo_importada p SET id_concepto_consolidado = n.id
      FROM importacion_anexo v, concepto_consolidado k, concepto_consolidado n
      WHERE v.id = p.id_importacion_anexo AND v.id_ot = ${idOt} AND k.id = p.id_concepto_consolidado AND n.id_ot = ${idPrincipal} AND n.huella = k.huella
        AND n.id <> k.id`,
  )
}

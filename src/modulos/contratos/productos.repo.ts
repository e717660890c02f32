/** Products of the system before: the loader writes them, nobody edits them (catalogos.md §9). */
import { z } from 'zod'
import { filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql } from '../../plataforma/sql.ts'
import { reservarIds } from './contratos.repo.ts'
import type { Producto, ProductoNuevo, TipoPartida } from './contratos.tipos.ts'

const FilaProducto = z.object({
  id: col.id,
  idPartida: col.texto,
  descripcionConcepto: col.texto,
  anexo: col.textoN,
  idSitio: col.idN,
  idTipoPartida: col.id.transform((id) => id as TipoPartida),
  idUnidadMedida: col.id,
  precioUnitarioMn: col.dineroN,
  precioUnitarioUsd: col.dineroN,
  activo: col.booleano,
  comentario: col.textoN,
})

/** Every product, by id: what an import compares its rows with. */
export function listarProductos(bd: Bd | BdTx): Promise<Producto[]> {
  return filas(
    bd,
    sql`SELECT p.id, p.id_partida AS "idPartida", p.descripcion_concepto AS "descripcionConcepto", p.anexo, p.id_sitio AS "idSitio",
      p.id_tipo_partida AS "idTipoPartida", p.id_unidad_medida AS "idUnidadMedida", p.precio_unitario_mn::text AS "precioUnitarioMn",
      p.precio_unitario_usd::text AS "precioUnitarioUsd", p.activo, p.comentario FROM producto p ORDER BY p.id LIMIT 200000`,
    FilaProducto,
  )
}

const JSON_PRODUCTO = sql`(id bigint, "idPartida" text, "descripcionConcepto" text, anexo text, "idSitio" bigint, "idTipoPartida" bigint,
  "idUnidadMedida" bigint, "precioUnitarioMn" numeric, "precioUnitarioUsd" numeric, activo boolean, comentario text)`

const comoJson = (productos: readonly Producto[]): string =>
  JSON.stringify(
    productos.map((producto) => ({
      ...producto,
      precioUnitarioMn: producto.precioUnitarioMn?.toFixed() ?? null,
      precioUnitarioUsd: producto.precioUnitarioUsd?.toFixed() ?? null,
    })),
  )

/** @returns the ids, in the same order. */
export async function insertarProductos(bd: BdTx, nuevos: readonly ProductoNuevo[]): Promise<number[]> {
  const ids = await reservarIds(bd, sql`'producto'`, nuevos.length)
  await bd.$executeRaw(
    sql`INSERT INTO producto (id, id_partida, descripcion_concepto, anexo, id_sitio, id_tipo_partida, id_unidad_medida, precio_unitario_mn, precio_unitario_usd, activo, comentario)
      SELECT * FROM jsonb_to_recordset(${comoJson(nuevos.map((nuevo, n) => ({ ...nuevo, id: ids[n] ?? 0 })))}::jsonb) AS r${JSON_PRODUCTO} ORDER BY r.id`,
  )
  return ids
}

/** Writes every column of those products, by id. */
export async function actualizarProductos(bd: BdTx, productos: readonly Producto[]): Promise<void> {
  await bd.$executeRaw(
    sql`UPDATE producto p SET id_partida = r."idPartida", descripcion_concepto = r."descripcionConcepto", anexo = r.anexo, id_sitio = r."idSitio",
        id_tipo_partida = r."idTipoPartida", id_unidad_medida = r."idUnidadMedida", precio_unitario_mn = r."precioUnitarioMn",
        precio_unitario_usd = r."precioUnitarioUsd", activo = r.activo, comentario = r.comentario
      FROM jsonb_to_recordset(${comoJson(productos)}::jsonb) AS r${JSON_PRODUCTO} WHERE p.id = r.id`,
  )
}

/** Deletes products: only the undo of the import that created them does it. */
export async function eliminarProductos(bd: BdTx, ids: readonly number[]): Promise<void> {
  await bd.$executeRaw(sql`DELETE FROM producto WHERE id = ANY(${[...ids]}::bigint[])`)
}

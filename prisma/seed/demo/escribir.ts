/** How the demo writes: one statement per table, ids of the sequences, a mark on what is its own. */
import { z } from 'zod'
import { ejecutar, filas } from '../../../src/plataforma/bd.ts'
import { col } from '../../../src/plataforma/columnas.ts'
import type { CtxTx } from '../../../src/plataforma/contexto.ts'
import { sql, unir, type Sql } from '../../../src/plataforma/sql.ts'

/** Tables whose rows the demo marks as its own (`dato_demo`). */
export type TablaDemo =
  | 'user'
  | 'responsable_proyecto'
  | 'sitio'
  | 'pte_header'
  | 'ot'
  | 'importacion_anexo'
  | 'reporte_mensual_header'
  | 'superintendente'
  | 'guardias'
  | 'tipo_cambio'
  | 'deduccion_usual'
  | 'estimacion_header'
  | 'archivo'

/** Those that come and go with a marked one. */
type TablaColgada =
  | 'pte_detalle'
  | 'ot_detalle'
  | 'concepto_consolidado'
  | 'partida_anexo_importada'
  | 'partida_proyectada'
  | 'produccion'
  | 'registro_generadores_pu'

/** Ids taken from the sequence of the table: nobody else gets them. */
export async function reservar({ bd }: CtxTx, tabla: TablaDemo | TablaColgada, cuantos: number): Promise<number[]> {
  const secuencia = `"${tabla}"`
  const obtenidos = await filas(
    bd,
    sql`SELECT nextval(pg_get_serial_sequence(${secuencia}, 'id')) AS id FROM generate_series(1, ${cuantos}::int)`,
    z.object({ id: col.id }),
  )
  return obtenidos.map(({ id }) => id)
}

/** Names of tables and columns are ours (keys of the rows of this folder), never data. */
function nombre(texto: string): Sql {
  if (!/^[a-z_]+$/.test(texto)) throw new Error(`Not a name: ${texto}`)
  return sql([`"${texto}"`])
}

/** One statement for all the rows; their columns are the keys of the first. */
export async function insertar(
  { bd }: CtxTx,
  tabla: TablaDemo | TablaColgada,
  lista: readonly object[],
): Promise<void> {
  const columnas = unir(Object.keys(lista[0] ?? {}).map(nombre))
  await ejecutar(
    bd,
    sql`INSERT INTO ${nombre(tabla)} (${columnas}) SELECT ${columnas} FROM jsonb_populate_recordset(NULL::${nombre(tabla)}, ${JSON.stringify(lista)}::jsonb)`,
  )
}

/** Marks rows as of the demo, with the version that the load leaves when it is not the first. */
export async function anotar(
  { bd }: CtxTx,
  tabla: TablaDemo,
  lista: readonly { readonly id: number; readonly descripcion: string; readonly version?: number }[],
): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO dato_demo (tabla, id_registro, descripcion, version)
      SELECT ${tabla}, d.id, d.descripcion, d.version
      FROM jsonb_to_recordset(${JSON.stringify(lista.map(({ id, descripcion, version }) => ({ id, descripcion, version })))}::jsonb) AS d(id bigint, descripcion text, version int)`,
  )
}

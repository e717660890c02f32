/** What the import of a catalogue reads and writes beside what its page does. */
import { z } from 'zod'
import { ejecutar, filas, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { identificador, sql, unir } from '../../../plataforma/sql.ts'
import type { CampoDe, DescripcionCatalogo, Valor } from '../motor/motor.tipos.ts'

const FilaOpcion = z.object({ id: col.id, descripcion: col.texto, activo: col.booleano })
export type OpcionDeLibro = z.output<typeof FilaOpcion>

/** Every choice of a field, active or not. */
export function listarOpcionesTodas(bd: CtxLectura['bd'], campo: CampoDe<'referencia'>): Promise<OpcionDeLibro[]> {
  return filas(
    bd,
    sql`SELECT r.id, coalesce(${campo.texto}, '') AS descripcion, r.activo FROM ${identificador(campo.tabla)} r WHERE ${campo.condicion} ORDER BY r.id LIMIT 20000`,
    FilaOpcion,
  )
}

function columnasDe(def: DescripcionCatalogo, nombres: readonly string[]) {
  return def.campos.filter(({ nombre }) => nombres.includes(nombre)).map(({ columna }) => identificador(columna))
}

function comoFila(def: DescripcionCatalogo, campos: Readonly<Record<string, Valor>>): Record<string, Valor> {
  return Object.fromEntries(
    def.campos.flatMap(({ nombre, columna }) => (nombre in campos ? [[columna, campos[nombre] ?? null] as const] : [])),
  )
}

/** New rows in one statement; their ids in the same order. */
export async function insertarVarios(
  bd: BdTx,
  def: DescripcionCatalogo,
  nuevos: readonly Readonly<Record<string, Valor>>[],
): Promise<number[]> {
  if (nuevos.length === 0) return []
  const tabla = identificador(def.tabla)
  const ids = await filas(
    bd,
    sql`SELECT nextval(pg_get_serial_sequence(${def.tabla}::text, 'id')) AS id FROM generate_series(1, ${nuevos.length}::int)`,
    z.object({ id: col.id }),
  )
  const columnas = unir([
    sql`id`,
    ...columnasDe(
      def,
      def.campos.map(({ nombre }) => nombre),
    ),
  ])
  const datos = nuevos.map((campos, i) => ({ id: ids[i]?.id, ...comoFila(def, campos) }))
  await ejecutar(
    bd,
    sql`INSERT INTO ${tabla} (${columnas}) SELECT ${columnas} FROM jsonb_populate_recordset(NULL::${tabla}, ${JSON.stringify(datos)}::jsonb)`,
  )
  return ids.map(({ id }) => id)
}

/** Writes some fields of some rows and raises their versions: one statement per set of fields. */
export async function actualizarVarios(
  bd: BdTx,
  def: DescripcionCatalogo,
  cambios: readonly { readonly id: number; readonly campos: Readonly<Record<string, Valor>> }[],
): Promise<void> {
  const tabla = identificador(def.tabla)
  const grupos = new Map<string, (typeof cambios)[number][]>()
  for (const cambio of cambios) {
    const clave = Object.keys(cambio.campos).sort().join(',')
    grupos.set(clave, [...(grupos.get(clave) ?? []), cambio])
  }
  for (const [clave, grupo] of grupos) {
    const asignaciones = columnasDe(def, clave.split(',')).map((columna) => sql`${columna} = d.${columna}`)
    const datos = grupo.map(({ id, campos }) => ({ id, ...comoFila(def, campos) }))
    await ejecutar(
      bd,
      sql`UPDATE ${tabla} t SET ${unir([...asignaciones, sql`version = t.version + 1`])}
        FROM jsonb_populate_recordset(NULL::${tabla}, ${JSON.stringify(datos)}::jsonb) d WHERE t.id = d.id`,
    )
  }
}

/** Erases rows that an import created and nothing uses. */
export async function borrarVarios(bd: BdTx, def: DescripcionCatalogo, ids: readonly number[]): Promise<void> {
  await ejecutar(bd, sql`DELETE FROM ${identificador(def.tabla)} WHERE id = ANY(${[...ids]}::bigint[])`)
}

/** Which of those rows something refers to, live or not. */
export async function listarUsados(
  bd: CtxLectura['bd'],
  def: DescripcionCatalogo,
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0 || def.usos.length === 0) return []
  const lugares = def.usos.flatMap(({ tabla, columnas }) =>
    columnas.map(
      (columna) => sql`EXISTS (SELECT 1 FROM ${identificador(tabla)} u WHERE u.${identificador(columna)} = p.id)`,
    ),
  )
  const usados = await filas(
    bd,
    sql`SELECT p.id FROM unnest(${[...ids]}::bigint[]) AS p(id) WHERE ${unir(lugares, ' OR ')}`,
    z.object({ id: col.id }),
  )
  return usados.map(({ id }) => id)
}

/** SQL of every catalogue of the engine. Names of tables and columns come from the descriptions, never from outside. */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { identificador, sql, todas, unir, VACIO, type Sql } from '../../../plataforma/sql.ts'
import type { Elemento, Opcion } from '../catalogos.tipos.ts'
import { textoDeNivel, type Valores } from './motor.reglas.ts'
import type {
  CampoCatalogo,
  CampoDe,
  ConteoDeUso,
  DescripcionCatalogo,
  Registro,
  UsoDeCatalogo,
  Valor,
} from './motor.tipos.ts'

type Conexion = CtxLectura['bd']

const Valor_ = z.union([z.string(), z.number(), z.null()])
const FilaRegistro = z.object({
  id: col.id,
  activo: col.booleano,
  version: col.entero,
  valores: z.record(z.string(), Valor_),
  textos: z.record(z.string(), z.string()),
})

/** Value of a field of the row `o`, as JSON carries it. */
function valorDe(campo: CampoCatalogo): Sql {
  const columna = sql`o.${identificador(campo.columna)}`
  return campo.clase === 'importancia' ? sql`${columna}::numeric(20, 2)::text` : columna
}

/** Text of the choice of the row `o`. */
export function textoDeReferencia(campo: CampoDe<'referencia'>): Sql {
  return sql`(SELECT ${campo.texto} FROM ${identificador(campo.tabla)} r WHERE r.id = o.${identificador(campo.columna)})`
}

function objeto(pares: readonly (readonly [string, Sql])[]): Sql {
  if (pares.length === 0) return sql`'{}'::jsonb`
  return sql`jsonb_build_object(${unir(pares.map(([nombre, valor]) => sql`${nombre}::text, ${valor}`))})`
}

/** Select list of a whole row. */
export function seleccionDeRegistro(def: DescripcionCatalogo): Sql {
  const referencias = def.campos.filter((campo) => campo.clase === 'referencia')
  return sql`o.id, o.activo, o.version, ${objeto(def.campos.map((campo) => [campo.nombre, valorDe(campo)]))} AS valores,
    ${objeto(referencias.map((campo) => [campo.nombre, sql`coalesce(${textoDeReferencia(campo)}, '')`]))} AS textos`
}

/** The row with the texts of its fixed lists too. */
export function comoRegistro(def: DescripcionCatalogo, fila: z.output<typeof FilaRegistro>): Registro {
  const niveles = def.campos
    .filter(({ clase }) => clase === 'nivel')
    .map((campo) => [campo.nombre, textoDeNivel(campo, fila.valores[campo.nombre] ?? null)] as const)
  return { ...fila, textos: { ...fila.textos, ...Object.fromEntries(niveles) } }
}

export { FilaRegistro }

async function leer(bd: Conexion, def: DescripcionCatalogo, id: number, cierre: Sql): Promise<Registro | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT ${seleccionDeRegistro(def)} FROM ${identificador(def.tabla)} o WHERE o.id = ${id} ${cierre}`,
    FilaRegistro,
  )
  return fila === null ? null : comoRegistro(def, fila)
}

export function leerRegistro(bd: Conexion, def: DescripcionCatalogo, id: number): Promise<Registro | null> {
  return leer(bd, def, id, VACIO)
}

/**
 * The row with a lock. Whoever stores a record that refers to it waits: what is counted of its use stays true until the end.
 */
export function bloquearRegistro(bd: BdTx, def: DescripcionCatalogo, id: number): Promise<Registro | null> {
  return leer(bd, def, id, sql`FOR UPDATE OF o`)
}

/** Rows by id, in the order given. */
export async function listarPorId(
  bd: Conexion,
  def: DescripcionCatalogo,
  ids: readonly number[],
  bloquear = false,
): Promise<Registro[]> {
  const halladas = await filas(
    bd,
    sql`SELECT ${seleccionDeRegistro(def)} FROM unnest(${[...ids]}::bigint[]) WITH ORDINALITY AS u(id, n)
      JOIN ${identificador(def.tabla)} o ON o.id = u.id ORDER BY u.n ${bloquear ? sql`FOR UPDATE OF o` : VACIO}`,
    FilaRegistro,
  )
  return halladas.map((fila) => comoRegistro(def, fila))
}

/** Every active row, by its name. */
export async function listarActivos(bd: Conexion, def: DescripcionCatalogo): Promise<Registro[]> {
  const titular = def.campos.find(({ nombre }) => nombre === def.titular)
  const halladas = await filas(
    bd,
    sql`SELECT ${seleccionDeRegistro(def)} FROM ${identificador(def.tabla)} o WHERE o.activo
      ORDER BY texto_clave(o.${identificador(titular?.columna ?? 'descripcion')}), o.id LIMIT 5000`,
    FilaRegistro,
  )
  return halladas.map((fila) => comoRegistro(def, fila))
}

/** Every row, active or not, by id; locked so that two people who write the whole of it wait for each other. */
export async function listarTodos(bd: Conexion, def: DescripcionCatalogo, bloquear: boolean): Promise<Registro[]> {
  const halladas = await filas(
    bd,
    sql`SELECT ${seleccionDeRegistro(def)} FROM ${identificador(def.tabla)} o ORDER BY o.id LIMIT 20000 ${bloquear ? sql`FOR UPDATE OF o` : VACIO}`,
    FilaRegistro,
  )
  return halladas.map((fila) => comoRegistro(def, fila))
}

function datosDe(def: DescripcionCatalogo, valores: Valores): { columnas: Sql; json: string } {
  return {
    columnas: unir(def.campos.map(({ columna }) => identificador(columna))),
    json: JSON.stringify(
      Object.fromEntries(def.campos.map(({ columna, nombre }) => [columna, valores[nombre] ?? null])),
    ),
  }
}

export async function insertarRegistro(bd: BdTx, def: DescripcionCatalogo, valores: Valores): Promise<number> {
  const { columnas, json } = datosDe(def, valores)
  const tabla = identificador(def.tabla)
  const fila = await unaFila(
    bd,
    sql`INSERT INTO ${tabla} (${columnas}) SELECT ${columnas} FROM jsonb_populate_record(NULL::${tabla}, ${json}::jsonb) RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error(`La inserción en ${def.tabla} no devolvió su id`)
  return fila.id
}

/** Stores every field of a row and raises its version. */
export async function actualizarRegistro(
  bd: BdTx,
  def: DescripcionCatalogo,
  id: number,
  valores: Valores,
): Promise<void> {
  const { columnas, json } = datosDe(def, valores)
  const tabla = identificador(def.tabla)
  await ejecutar(
    bd,
    sql`UPDATE ${tabla} SET (${columnas}, version) = (SELECT ${columnas}, ${tabla}.version + 1
      FROM jsonb_populate_record(NULL::${tabla}, ${json}::jsonb) d) WHERE id = ${id}`,
  )
}

/** Activates or deactivates, and raises the version. */
export async function ponerActivo(bd: BdTx, def: DescripcionCatalogo, id: number, activo: boolean): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE ${identificador(def.tabla)} SET activo = ${activo}::boolean, version = version + 1 WHERE id = ${id}`,
  )
}

const FilaRepetida = z.object({ id: col.id, activo: col.booleano })
export type Repetida = z.output<typeof FilaRepetida>

/** Another active row with that name inside the scope (§1.4): whatever the case and the accents. */
export function buscarMismoNombre(
  bd: Conexion,
  def: DescripcionCatalogo,
  valores: Valores,
  excepto: number | null,
): Promise<Repetida | null> {
  const campo = (nombre: string) => def.campos.find((candidato) => candidato.nombre === nombre)
  const titular = campo(def.titular)
  if (titular === undefined) throw new Error(`El catálogo ${def.slug} no tiene ${def.titular}`)
  const ambito = def.ambito.flatMap((nombre) => {
    const propio = campo(nombre)
    return propio ? [sql`o.${identificador(propio.columna)} IS NOT DISTINCT FROM ${valores[nombre]}::bigint`] : []
  })
  return unaFila(
    bd,
    sql`SELECT o.id, o.activo FROM ${identificador(def.tabla)} o WHERE o.activo AND o.id IS DISTINCT FROM ${excepto}::bigint
      AND texto_clave(o.${identificador(titular.columna)}) = texto_clave(${valores[def.titular]}::text) AND ${todas(ambito)} LIMIT 1`,
    FilaRepetida,
  )
}

/** Another row, active or not, with that very value. */
export function buscarMismoValor(
  bd: Conexion,
  def: DescripcionCatalogo,
  columna: string,
  valor: Valor,
  excepto: number | null,
): Promise<Repetida | null> {
  return unaFila(
    bd,
    sql`SELECT o.id, o.activo FROM ${identificador(def.tabla)} o WHERE o.id IS DISTINCT FROM ${excepto}::bigint
      AND texto_clave(o.${identificador(columna)}) = texto_clave(${valor}::text) ORDER BY o.activo DESC LIMIT 1`,
    FilaRepetida,
  )
}

const FilaOpcion = z.object({ id: col.id, descripcion: col.texto })

/** Active choices of a field. */
export function listarOpciones(bd: Conexion, campo: CampoDe<'referencia'>): Promise<Opcion[]> {
  return filas(
    bd,
    sql`SELECT r.id, ${campo.texto} AS descripcion FROM ${identificador(campo.tabla)} r WHERE r.activo AND ${campo.condicion}
      ORDER BY ${campo.orden ?? sql`texto_clave(${campo.texto})`}, r.id LIMIT 5000`,
    FilaOpcion,
  )
}

/** A choice of a field, active or not; null when it is none of its own. */
export function buscarOpcion(bd: Conexion, campo: CampoDe<'referencia'>, id: number): Promise<Elemento | null> {
  return unaFila(
    bd,
    sql`SELECT r.id, ${campo.texto} AS descripcion, r.activo FROM ${identificador(campo.tabla)} r WHERE r.id = ${id} AND ${campo.condicion}`,
    FilaOpcion.extend({ activo: col.booleano }),
  )
}

function contarUso(uso: UsoDeCatalogo, id: number): Sql {
  const lugares = unir(
    uso.columnas.map((columna) => sql`u.${identificador(columna)} = ${id}`),
    ' OR ',
  )
  return sql`SELECT count(*) AS cuantos FROM ${identificador(uso.tabla)} u WHERE (${lugares}) AND ${uso.vivos}`
}

/** How many live records of each kind use a row: one query. */
export async function contarUsos(bd: Conexion, def: DescripcionCatalogo, id: number): Promise<ConteoDeUso[]> {
  if (def.usos.length === 0) return []
  const cuentas = def.usos.map((uso, n) => sql`(${n}::int, (${contarUso(uso, id)}))`)
  const halladas = await filas(
    bd,
    sql`SELECT n, cuantos FROM (VALUES ${unir(cuentas)}) AS c(n, cuantos) ORDER BY n`,
    z.object({ n: col.entero, cuantos: col.entero }),
  )
  return halladas.flatMap(({ n, cuantos }) => {
    const uso = def.usos[n]
    return uso ? [{ uno: uso.uno, varios: uso.varios, cuantos }] : []
  })
}

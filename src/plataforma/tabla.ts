import { z } from 'zod'
import { ConteosConSello } from './conteos.ts'
import type { Contexto, CtxLectura } from './contexto.ts'
import { unaFila } from './bd.ts'
import { sql, todas, unir, type Sql } from './sql.ts'

/**
 * How a column sorts: an expression over the base tables, or an order that is computed once and kept while nothing changes.
 * `sinNulos` says that the expression is never null: PostgreSQL then reads one ordinary index in both directions.
 */
export type OrdenColumna =
  { readonly expresion: Sql; readonly sinNulos?: true } | { readonly calculado: (ctx: CtxLectura) => Sql }

/** A column of a table: what the screen, the export and the tests know of it. */
export interface ColumnaTabla {
  /** Key of the JSON row (`columns[i][data]`). */
  readonly clave: string
  readonly titulo: string
  readonly tipo: 'texto' | 'entero' | 'decimal' | 'dinero' | 'fecha' | 'porcentaje'
  readonly orden?: OrdenColumna
  /** Present in the export; false for columns that only serve the screen. */
  readonly exporta?: boolean
}

/** One declaration per table: it answers the DataTables endpoint, the export, the totals and the tests. */
export interface DefTabla<F> {
  readonly nombre: string
  readonly columnas: readonly ColumnaTabla[]
  /** Index of the old page → key of a column, for clients that do not send `columns[i][data]`. */
  readonly indices: Readonly<Record<number, string>>
  readonly filtros: z.ZodType<F>
  /** `FROM` of the search and of the sort; the table that gives the id has the alias `o`. */
  readonly desde: Sql
  /** `FROM` of the rows of one page, joined by id to `o`; may bring whatever the row shows. */
  readonly desdeFila: Sql
  /** Base scope: what `recordsTotal` counts. */
  readonly alcance: (filtros: F) => Sql
  /** Filters and search: what `recordsFiltered` adds. */
  readonly condiciones: (filtros: F, busqueda: string) => readonly Sql[]
  /** Select list of a row; its values travel as JSON, so decimals are cast to text. */
  readonly seleccion: (ctx: CtxLectura) => Sql
  readonly fila: z.ZodType
  /** From the parsed row to what the browser receives. */
  readonly presentar: (ctx: CtxLectura, fila: never) => Record<string, unknown>
  readonly ordenInicial: (filtros: F) => { readonly columna: string; readonly descendente: boolean }
  /** Filters that no index answers in order: the ids found are kept, as with a computed sort. */
  readonly conjuntoCalculado?: (filtros: F) => boolean
  /** Sums of the whole filtered set, which travel as `totales`: one JSON value of aggregates, and its texts. */
  readonly sumas?: { readonly agregados: Sql; readonly presentar: (agregados: unknown) => Record<string, string> }
  /** Sequence bumped by every change of the tables that this one shows; without it nothing is kept. */
  readonly sello: Sql | null
}

/** What was asked of a table, already parsed. `limite` null = all rows. */
export interface PeticionTabla<F> {
  readonly dibujo: number
  readonly inicio: number
  readonly limite: number | null
  readonly busqueda: string
  readonly orden: { readonly columna: string; readonly descendente: boolean } | null
  readonly filtros: F
}

/** Answer of a DataTables endpoint (pte.md §1.7). */
export interface PaginaTabla {
  readonly draw: number
  readonly recordsTotal: number
  readonly recordsFiltered: number
  readonly data: Record<string, unknown>[]
  /** Sums of the whole filtered set, for tables that declare them. */
  readonly totales?: Record<string, string>
}

const conteos = new ConteosConSello()

/**
 * One page of a table in at most two queries, whatever its size. Counts and computed orders are kept under the seal of
 * the data (see `conteos.ts`), so that a page of 50,000 rows costs the same as one of 1,000 while nothing changes.
 */
export async function consultarTabla<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  peticion: PeticionTabla<F>,
): Promise<PaginaTabla> {
  const consulta = componer(ctx, def, peticion)
  const calculada = 'calculado' in consulta.orden || def.conjuntoCalculado?.(peticion.filtros) === true
  const pagina = calculada
    ? await paginaCalculada(ctx, def, peticion, consulta)
    : await paginaDirecta(ctx, def, peticion, consulta)
  return {
    draw: peticion.dibujo,
    recordsTotal: pagina.total,
    recordsFiltered: pagina.filtradas,
    data: z
      .array(def.fila)
      .parse(pagina.filas)
      .map((fila) => def.presentar(ctx, fila as never)),
    ...(def.sumas ? { totales: def.sumas.presentar(pagina.sumas) } : {}),
  }
}

/** Ids of every row of the filtered set, in its order: what an export walks in pieces. */
export async function idsDeTabla<F>(ctx: Contexto, def: DefTabla<F>, peticion: PeticionTabla<F>): Promise<number[]> {
  const consulta = componer(ctx, def, peticion)
  // One text: 80,000 numbers of an array would be parsed one by one, and every other request would wait.
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT string_agg(s.id::text, ',') AS ids FROM (SELECT o.id FROM ${consulta.desde} WHERE ${consulta.donde} ORDER BY ${consulta.por}) s`,
    z.object({ ids: z.string().nullable() }),
  )
  return fila?.ids ? fila.ids.split(',').map(Number) : []
}

/** The rows with those ids, in that order, as the browser would receive them. */
export async function filasPorId<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  ids: readonly number[],
): Promise<Record<string, unknown>[]> {
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT ${filasJson(def, ctx, sql`SELECT u.id, u.n FROM unnest(${[...ids]}::bigint[]) WITH ORDINALITY AS u(id, n)`)} AS filas`,
    z.object({ filas: z.array(def.fila) }),
  )
  return (fila?.filas ?? []).map((cruda) => def.presentar(ctx, cruda as never))
}

interface Consulta {
  readonly desde: Sql
  readonly alcance: Sql
  readonly donde: Sql
  readonly por: Sql
  readonly orden: OrdenColumna
  readonly sinFiltro: boolean
  readonly clave: string
}

function componer<F>(ctx: CtxLectura, def: DefTabla<F>, peticion: PeticionTabla<F>): Consulta {
  const { columna: clave, descendente } = peticion.orden ?? def.ordenInicial(peticion.filtros)
  const orden = def.columnas.find((columna) => columna.clave === clave)?.orden
  if (!orden) throw new Error(`La columna ${clave} de la tabla ${def.nombre} no se puede ordenar`)
  const expresion = 'expresion' in orden ? orden.expresion : orden.calculado(ctx)
  const alcance = def.alcance(peticion.filtros)
  const condiciones = def.condiciones(peticion.filtros, peticion.busqueda)
  const donde = todas([alcance, ...condiciones])
  // Ties by id in the same direction, nulls always last (pte.md §1.7).
  // An index ends in its nulls in one direction only, so saying NULLS LAST for what has none would cost a sort of the table.
  const sinNulos = 'sinNulos' in orden
  const por = descendente
    ? sinNulos
      ? sql`${expresion} DESC, o.id DESC`
      : sql`${expresion} DESC NULLS LAST, o.id DESC`
    : sql`${expresion} ASC NULLS LAST, o.id ASC`
  return {
    desde: def.desde,
    alcance,
    donde,
    por,
    orden,
    sinFiltro: condiciones.length === 0,
    clave: [def.nombre, clave, descendente, ctx.hoy, donde.sql, JSON.stringify(donde.values)].join('|'),
  }
}

/** How many rows the base scope and the filtered set have, and the sums of the latter. */
interface Conteo {
  readonly total: number
  readonly filtradas: number
  readonly sumas: unknown
}

function columnasDeSello<F>(def: DefTabla<F>): Sql {
  return def.sello
    ? // The order matters: the sequence is read first and the writers in flight after it (see conteos.ts).
      sql`(SELECT s.cambios || ':' || coalesce((SELECT string_agg(l.virtualtransaction, ',' ORDER BY l.virtualtransaction) FROM pg_locks l
             WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = 734501
               AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())), '')
           FROM (SELECT last_value AS cambios FROM ${def.sello} OFFSET 0) s)`
    : sql`NULL::text`
}

function filasJson<F>(def: DefTabla<F>, ctx: CtxLectura, pagina: Sql): Sql {
  return sql`coalesce((SELECT json_agg(f ORDER BY f.n_) FROM
    (SELECT pagina.n AS n_, ${def.seleccion(ctx)} FROM (${pagina}) pagina JOIN ${def.desdeFila} ON o.id = pagina.id) f), '[]'::json)`
}

const PaginaSellada = z.object({ sello: z.string().nullable(), filas: z.array(z.unknown()) })

interface Pagina extends Conteo {
  readonly filas: readonly unknown[]
}

async function paginaDirecta<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  peticion: PeticionTabla<F>,
  consulta: Consulta,
): Promise<Pagina> {
  const ventana = sql`SELECT o.id FROM ${consulta.desde} WHERE ${consulta.donde} ORDER BY ${consulta.por} LIMIT ${peticion.limite} OFFSET ${peticion.inicio}`
  const pagina = await unaFila(
    ctx.bd,
    sql`SELECT ${columnasDeSello(def)} AS sello, ${filasJson(def, ctx, sql`SELECT w.id, row_number() OVER () AS n FROM (${ventana}) w`)} AS filas`,
    PaginaSellada,
  )
  if (!pagina) throw new Error(`La tabla ${def.nombre} no respondió`)
  return { ...(await contar(ctx, def, consulta, pagina.sello)), filas: pagina.filas }
}

const Agregados = z.tuple([z.coerce.number(), z.unknown()])

/** Count and sums of the filtered set, in one reading of it. */
function agregados<F>(def: DefTabla<F>, { desde, donde }: Pick<Consulta, 'desde' | 'donde'>): Sql {
  return sql`(SELECT json_build_array(count(*), ${def.sumas?.agregados ?? sql`NULL`}) FROM ${desde} WHERE ${donde})`
}

/**
 * Counts and sums of the footer. The count of the whole scope is kept apart, so that a search typed for the first time
 * only reads what it found.
 */
async function contar<F>(ctx: Contexto, def: DefTabla<F>, consulta: Consulta, sello: string | null): Promise<Conteo> {
  const clave = claveDeConteo(def, consulta)
  const guardado = conteos.leer<Conteo>(ctx.bd, clave)
  if (guardado !== null && guardado.sello === sello) return guardado.valor
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT ${totalDelAlcance(ctx, def, consulta, sello)} AS total, ${agregados(def, consulta)} AS agregados`,
    z.object({ total: z.coerce.number().nullable(), agregados: Agregados }),
  )
  if (!fila) throw new Error(`La tabla ${def.nombre} no respondió`)
  const [filtradas, sumas] = fila.agregados
  const conteo = { total: fila.total ?? filtradas, filtradas, sumas }
  if (sello !== null) {
    conteos.guardar(ctx.bd, claveDeTotal(def, consulta), sello, conteo.total)
    conteos.guardar(ctx.bd, clave, sello, conteo)
  }
  return conteo
}

/** The count of the whole scope: what is kept, nothing when the filtered set is the whole one, else a count. */
function totalDelAlcance<F>(ctx: Contexto, def: DefTabla<F>, consulta: Consulta, sello: string | null): Sql {
  if (consulta.sinFiltro) return sql`NULL::bigint`
  const guardado = conteos.leer<number>(ctx.bd, claveDeTotal(def, consulta))
  return guardado !== null && guardado.sello === sello
    ? sql`${guardado.valor}::bigint`
    : sql`(SELECT count(*) FROM ${consulta.desde} WHERE ${consulta.alcance})`
}

function claveDeConteo<F>(def: DefTabla<F>, { donde }: Consulta): string {
  return `${def.nombre}|n|${donde.sql}|${JSON.stringify(donde.values)}`
}

function claveDeTotal<F>(def: DefTabla<F>, { alcance }: Consulta): string {
  return `${def.nombre}|t|${alcance.sql}|${JSON.stringify(alcance.values)}`
}

/** A sort by something computed from other tables (progress): the ids in order are kept, the page is cut from them. */
async function paginaCalculada<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  peticion: PeticionTabla<F>,
  consulta: Consulta,
): Promise<Pagina> {
  const guardado = conteos.leer<OrdenGuardado>(ctx.bd, consulta.clave)
  const intento = guardado ? await paginaDeIds(ctx, def, cortar(guardado.valor.ids, peticion)) : null
  if (guardado && intento?.sello === guardado.sello) return { ...guardado.valor, filas: intento.filas }
  const sello = intento === null ? await leerSello(ctx, def) : intento.sello
  const { filas, ...orden } = await ordenar(ctx, def, peticion, consulta, sello)
  if (sello !== null) {
    const { ids: _ids, ...conteo } = orden
    conteos.guardar(ctx.bd, consulta.clave, sello, orden)
    conteos.guardar(ctx.bd, claveDeConteo(def, consulta), sello, conteo)
  }
  return { ...orden, filas }
}

async function leerSello<F>(ctx: Contexto, def: DefTabla<F>): Promise<string | null> {
  const fila = await unaFila(ctx.bd, sql`SELECT ${columnasDeSello(def)} AS sello`, PaginaSellada.pick({ sello: true }))
  return fila?.sello ?? null
}

interface OrdenGuardado extends Conteo {
  readonly ids: readonly number[]
}

/** Every id in order, with the rows of the page asked for: one query, so that both are of the same instant. */
async function ordenar<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  peticion: PeticionTabla<F>,
  consulta: Consulta,
  sello: string | null,
): Promise<OrdenGuardado & { readonly filas: readonly unknown[] }> {
  const hasta = peticion.limite === null ? sql`TRUE` : sql`s.n <= ${peticion.inicio + peticion.limite}`
  const contado = conteos.leer<Conteo>(ctx.bd, claveDeConteo(def, consulta))
  const conocido = contado !== null && contado.sello === sello ? contado.valor : null
  // What was found is not looked for twice; with no filter the index of the list counts faster than the join.
  const conjunto = consulta.sinFiltro
    ? consulta
    : { desde: sql`${consulta.desde} JOIN ordenadas s ON s.id = o.id`, donde: sql`TRUE` }
  const pagina = sql`SELECT s.id, s.n FROM ordenadas s WHERE s.n > ${peticion.inicio} AND ${hasta}`
  const fila = await unaFila(
    ctx.bd,
    sql`WITH ordenadas AS MATERIALIZED (SELECT w.id, row_number() OVER () AS n FROM (SELECT o.id FROM ${consulta.desde} WHERE ${consulta.donde} ORDER BY ${consulta.por}) w)
      SELECT ${conocido ? sql`NULL::bigint` : totalDelAlcance(ctx, def, consulta, sello)} AS total,
        ${conocido ? sql`NULL::json` : agregados(def, conjunto)} AS agregados,
        coalesce((SELECT string_agg(s.id::text, ',' ORDER BY s.n) FROM ordenadas s), '') AS ids, ${filasJson(def, ctx, pagina)} AS filas`,
    z.object({
      total: z.coerce.number().nullable(),
      agregados: Agregados.nullable(),
      ids: z.string(),
      filas: z.array(z.unknown()),
    }),
  )
  if (!fila) throw new Error(`La tabla ${def.nombre} no respondió`)
  const [filtradas, sumas] = fila.agregados ?? [0, null]
  const conteo = conocido ?? { total: fila.total ?? filtradas, filtradas, sumas }
  return { ...conteo, ids: fila.ids === '' ? [] : fila.ids.split(',').map(Number), filas: fila.filas }
}

async function paginaDeIds<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  ids: readonly number[],
): Promise<z.output<typeof PaginaSellada>> {
  const lista = sql`SELECT u.id, u.n FROM unnest(${[...ids]}::bigint[]) WITH ORDINALITY AS u(id, n)`
  const pagina = await unaFila(
    ctx.bd,
    sql`SELECT ${columnasDeSello(def)} AS sello, ${filasJson(def, ctx, lista)} AS filas`,
    PaginaSellada,
  )
  if (!pagina) throw new Error(`La tabla ${def.nombre} no respondió`)
  return pagina
}

function cortar<F>(ids: readonly number[], peticion: PeticionTabla<F>): readonly number[] {
  return peticion.limite === null
    ? ids.slice(peticion.inicio)
    : ids.slice(peticion.inicio, peticion.inicio + peticion.limite)
}

/** Lists of conditions for filters by equality, skipping the absent ones. */
export function igualdades(pares: readonly (readonly [Sql, number | null | undefined])[]): Sql[] {
  return pares.flatMap(([expresion, valor]) =>
    valor === null || valor === undefined ? [] : [sql`${expresion} = ${valor}`],
  )
}

/** `a OR b OR c`, in parentheses. */
export function alguna(condiciones: readonly Sql[]): Sql {
  return sql`(${unir([...condiciones], ' OR ')})`
}

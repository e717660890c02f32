import { z } from 'zod'
import {
  mesSiguiente,
  type Celda,
  type Intervalo,
  type PlanDeConteo,
  type Segmento,
  type Tramo,
} from './actividad.reglas.ts'
import type { OrdenActividad } from './actividad.tabla.ts'
import { fechaIso, ZONA, type FechaIso } from '../../../comun/fechas.ts'
import { filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { alguna } from '../../../plataforma/tabla.ts'
import { contiene, identificador, sql, todas, unir, VACIO, type Sql } from '../../../plataforma/sql.ts'
import { TABLA_LOG, type TablaLog } from '../auditoria.tipos.ts'

type Conexion = Bd | BdTx

/** What the counts of closed months know: conditions over `tabla_log`, `evento` and `usuario_id` alone. */
export interface FiltrosContados {
  readonly usuario: number | null
  readonly evento: string | null
  readonly tabla: number | null
}

/** Conditions that only the rows answer. */
export interface FiltrosBuscados {
  readonly registros: readonly { readonly tabla: number | null; readonly ids: readonly number[] }[] | null
  readonly texto: { readonly patron: string; readonly usuarios: readonly number[]; readonly sistema: boolean } | null
  readonly intervalo: Intervalo | null
}

/** A row of the log by its primary key, which names its partition. */
export interface ClaveDeFila {
  readonly id: number
  readonly fecha: Date
}

/** Keys of the newest rows of the whole log. */
export function listarClavesRecientes(bd: Conexion, limite: number): Promise<ClaveDeFila[]> {
  return filas(
    bd,
    sql`SELECT a.id, a.fecha FROM registro_actividad a ORDER BY a.fecha DESC, a.id DESC LIMIT ${limite}`,
    z.object({ id: col.id, fecha: col.instante }),
  )
}

const instante = (local: string): Sql => sql`(${local}::timestamp AT TIME ZONE ${ZONA})`

function condicionesContadas({ usuario, evento, tabla }: FiltrosContados, deConteo: boolean): Sql[] {
  return [
    ...(usuario === null
      ? []
      : [usuario === 0 && !deConteo ? sql`a.usuario_id IS NULL` : sql`a.usuario_id = ${usuario}`]),
    ...(evento === null ? [] : [sql`a.evento = ${evento}`]),
    ...(tabla === null ? [] : [sql`a.tabla_log = ${tabla}`]),
  ]
}

function condicionesDeTramo({ desde, hasta }: Tramo): Sql[] {
  return [
    ...(desde === null ? [] : [sql`a.fecha >= ${instante(desde)}`]),
    ...(hasta === null ? [] : [sql`a.fecha < ${instante(hasta)}`]),
  ]
}

/** First day that has no counts yet; null when no month is closed. */
export async function buscarMesAbierto(bd: Conexion): Promise<FechaIso | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT to_char(max(mes), 'YYYY-MM-DD') AS ultimo FROM conteo_auditoria`,
    z.object({ ultimo: z.string().nullable() }),
  )
  return fila?.ultimo == null ? null : mesSiguiente(fechaIso(fila.ultimo))
}

const GRUPO: Readonly<Record<OrdenActividad, Sql>> = {
  fecha: sql`''::text`,
  afectacion: sql`a.tabla_log::text`,
  evento: sql`a.evento::text`,
  nombre_completo: sql`coalesce(a.usuario_id, 0)::text`,
}

function condicionDeGrupo(orden: OrdenActividad, grupo: string): Sql {
  switch (orden) {
    case 'fecha':
      return sql`TRUE`
    case 'afectacion':
      return sql`a.tabla_log = ${Number(grupo)}`
    case 'evento':
      return sql`a.evento = ${grupo}`
    case 'nombre_completo':
      return grupo === '0' ? sql`a.usuario_id IS NULL` : sql`a.usuario_id = ${Number(grupo)}`
  }
}

const FilaDeConteo = z.object({
  mes: z.string().nullable(),
  directo: col.enteroN,
  grupo: z.string(),
  filas: col.entero,
})

/** Rows of each group in each piece of the plan, and the rows of the whole log when a filter leaves some out. */
export async function contarPorPartes(
  bd: Conexion,
  plan: PlanDeConteo,
  pedido: { filtros: FiltrosContados; orden: OrdenActividad; abierto: FechaIso | null; conTotal: boolean },
): Promise<{ celdas: Celda[]; total: number | null }> {
  const { filtros, orden, abierto, conTotal } = pedido
  const grupo = GRUPO[orden]
  const partes: Sql[] = plan.directos.map(
    (
      tramo,
      i,
    ) => sql`SELECT NULL::text AS mes, ${i}::int AS directo, ${grupo} AS grupo, count(*) AS filas FROM registro_actividad a
      WHERE ${todas([...condicionesDeTramo(tramo), ...condicionesContadas(filtros, false)])} GROUP BY 3`,
  )
  if (plan.meses) {
    const { primero, ultimo } = plan.meses
    const meses = [sql`a.mes <= ${ultimo}::date`, ...(primero === null ? [] : [sql`a.mes >= ${primero}::date`])]
    partes.push(sql`SELECT to_char(a.mes, 'YYYY-MM-DD'), NULL::int, ${grupo}, sum(a.filas)::bigint FROM conteo_auditoria a
      WHERE ${todas([...meses, ...condicionesContadas(filtros, true)])} GROUP BY 1, 3`)
  }
  if (conTotal)
    partes.push(sql`SELECT NULL::text, -1, ''::text, coalesce((SELECT sum(filas) FROM conteo_auditoria), 0)::bigint
      + (SELECT count(*) FROM registro_actividad a WHERE ${todas(condicionesDeTramo({ desde: abierto, hasta: null }))})`)
  const leidas = await filas(
    bd,
    sql`SELECT c.mes, c.directo, c.grupo, c.filas FROM (${unir(partes, ' UNION ALL ')}) AS c(mes, directo, grupo, filas)`,
    FilaDeConteo,
  )
  const celdas = leidas
    .filter(({ directo }) => directo !== -1)
    .map(({ mes, directo, grupo: de, filas: cuantas }): Celda => {
      const inicio = mes === null ? null : fechaIso(mes)
      const tramo = inicio === null ? plan.directos[directo ?? 0] : { desde: inicio, hasta: mesSiguiente(inicio) }
      return { grupo: de, tramo: tramo ?? { desde: null, hasta: null }, filas: cuantas }
    })
  return { celdas, total: leidas.find(({ directo }) => directo === -1)?.filas ?? null }
}

const FilaDeClave = z.object({ id: col.id, fecha: col.instante })

/** The keys of the rows of some segments, in their order. */
export async function listarClaves(
  bd: Conexion,
  segmentos: readonly Segmento[],
  pedido: { filtros: FiltrosContados; orden: OrdenActividad; descendente: boolean },
): Promise<ClaveDeFila[]> {
  if (segmentos.length === 0) return []
  const sentido = pedido.descendente ? sql`DESC` : sql`ASC`
  const partes = segmentos.map(({ grupo, tramo, saltar, tomar }, i) => {
    const donde = todas([
      ...condicionesDeTramo(tramo),
      condicionDeGrupo(pedido.orden, grupo),
      ...condicionesContadas(pedido.filtros, false),
    ])
    return sql`(SELECT ${i}::int AS n, a.id, a.fecha FROM registro_actividad a WHERE ${donde}
      ORDER BY a.fecha ${sentido}, a.id ${sentido} LIMIT ${tomar} OFFSET ${saltar})`
  })
  return filas(
    bd,
    sql`SELECT s.id, s.fecha FROM (${unir(partes, ' UNION ALL ')}) s ORDER BY s.n, s.fecha ${sentido}, s.id ${sentido}`,
    FilaDeClave,
  )
}

const Hallazgo = z.object({ halladas: col.entero, ids: z.array(z.tuple([z.coerce.number(), z.coerce.number()])) })

/**
 * What only the rows answer (text, record): month by month from the newest, so that a common word reads little and a
 * rare one one index per month; it stops at `tope` rows, which are the newest.
 */
export async function buscarFilas(
  bd: Conexion,
  pedido: { contados: FiltrosContados; buscados: FiltrosBuscados; tramo: Tramo },
  pagina: { orden: OrdenActividad; descendente: boolean; inicio: number; limite: number; tope: number },
): Promise<{ halladas: number; hayMas: boolean; claves: ClaveDeFila[] }> {
  const donde = todas([...condicionesContadas(pedido.contados, false), ...condicionesBuscadas(pedido.buscados)])
  const limites = condicionesDeTramo(pedido.tramo)
  const sentido = pagina.descendente ? sql`DESC` : sql`ASC`
  const por: Readonly<Record<OrdenActividad, Sql>> = {
    fecha: VACIO,
    afectacion: sql`h.afectacion ${sentido},`,
    evento: sql`h.evento ${sentido},`,
    nombre_completo: sql`coalesce((SELECT ${NOMBRE_DE_PERSONA} FROM "user" u WHERE u.id = h.usuario_id), 'Sistema') ${sentido},`,
  }
  const { intervalo } = pedido.buscados
  // The rows of a typed day apart: as one more OR of the text every month would be read for them.
  const delIntervalo =
    intervalo === null
      ? VACIO
      : sql` UNION (SELECT a.id, a.fecha, a.afectacion, a.evento, a.usuario_id FROM registro_actividad a
          WHERE a.fecha >= ${instante(intervalo.desde)} AND a.fecha < ${instante(intervalo.hasta)}
            AND ${todas([...limites, ...condicionesContadas(pedido.contados, false), ...condicionesDeRegistros(pedido.buscados)])}
          ORDER BY a.fecha DESC, a.id DESC LIMIT ${pagina.tope + 1})`
  const mes = sql`date_trunc('month', f.fecha AT TIME ZONE ${ZONA})`
  const fila = await unaFila(
    bd,
    sql`WITH limites AS (SELECT max(${mes}) AS ultimo, min(${mes}) AS primero FROM (
        (SELECT a.fecha FROM registro_actividad a WHERE ${todas(limites)} ORDER BY a.fecha DESC, a.id DESC LIMIT 1)
        UNION ALL (SELECT a.fecha FROM registro_actividad a WHERE ${todas(limites)} ORDER BY a.fecha, a.id LIMIT 1)) f),
      halladas AS MATERIALIZED (SELECT v.* FROM (
        (SELECT x.* FROM (SELECT g AS mes FROM limites l, generate_series(l.ultimo, l.primero, interval '-1 month') g) m
        CROSS JOIN LATERAL (SELECT a.id, a.fecha, a.afectacion, a.evento, a.usuario_id FROM registro_actividad a
          WHERE a.fecha >= (m.mes AT TIME ZONE ${ZONA}) AND a.fecha < ((m.mes + interval '1 month') AT TIME ZONE ${ZONA})
            AND ${todas([...limites, donde])}
          ORDER BY a.fecha DESC, a.id DESC LIMIT ${pagina.tope + 1}) x
        LIMIT ${pagina.tope + 1})${delIntervalo}) v ORDER BY v.fecha DESC, v.id DESC LIMIT ${pagina.tope + 1})
      SELECT (SELECT count(*) FROM halladas) AS halladas, coalesce((SELECT json_agg(json_build_array(p.id, p.ms) ORDER BY p.n) FROM (
        SELECT h.id, (extract(epoch FROM h.fecha) * 1000)::bigint AS ms, row_number() OVER (ORDER BY ${por[pagina.orden]} h.fecha ${sentido}, h.id ${sentido}) AS n
        FROM (SELECT * FROM halladas ORDER BY fecha DESC, id DESC LIMIT ${pagina.tope}) h
        ORDER BY n LIMIT ${pagina.limite} OFFSET ${pagina.inicio}) p), '[]'::json) AS ids`,
    Hallazgo,
  )
  if (!fila) throw new Error('La búsqueda en el registro de actividad no respondió')
  return {
    halladas: Math.min(fila.halladas, pagina.tope),
    hayMas: fila.halladas > pagina.tope,
    claves: fila.ids.map(([id, ms]) => ({ id, fecha: new Date(ms) })),
  }
}

function condicionesDeRegistros({ registros }: FiltrosBuscados): Sql[] {
  if (registros === null) return []
  if (registros.length === 0) return [sql`FALSE`]
  return [
    alguna(
      registros.map(({ tabla, ids }) =>
        tabla === null
          ? sql`a.registro_id = ANY(${[...ids]}::bigint[])`
          : sql`(a.tabla_log = ${tabla} AND a.registro_id = ANY(${[...ids]}::bigint[]))`,
      ),
    ),
  ]
}

function condicionesBuscadas(buscados: FiltrosBuscados): Sql[] {
  const { texto } = buscados
  if (texto === null) return condicionesDeRegistros(buscados)
  return [
    ...condicionesDeRegistros(buscados),
    alguna([
      // `busqueda` is in lower case and its index has the default collation.
      sql`a.busqueda LIKE lower(${contiene(texto.patron)}::text COLLATE "pg_c_utf8") COLLATE "default"`,
      ...(texto.usuarios.length === 0 ? [] : [sql`a.usuario_id = ANY(${[...texto.usuarios]}::bigint[])`]),
      ...(texto.sistema ? [sql`a.usuario_id IS NULL`] : []),
    ]),
  ]
}

const NOMBRE_DE_PERSONA = sql`coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)`

/** People whose name or e-mail contains a text; few, as people are. */
export async function buscarPersonas(bd: Conexion, texto: string): Promise<number[]> {
  const patron = sql`lower(${contiene(texto)}::text COLLATE "pg_c_utf8")`
  const halladas = await filas(
    bd,
    sql`SELECT u.id FROM "user" u
      WHERE lower((u.first_name || ' ' || u.last_name || E'\n' || u.email || E'\n' || u.username) COLLATE "pg_c_utf8") LIKE ${patron} ORDER BY u.id LIMIT 1000`,
    z.object({ id: col.id }),
  )
  return halladas.map(({ id }) => id)
}

/** Records that have that folio (orders, proposals and their steps), by table code. */
export async function buscarPorFolio(bd: Conexion, folio: string): Promise<{ tabla: number; ids: number[] }[]> {
  // Without wildcards: ILIKE because the folios have a trigram index and the letters may come in any case.
  const patron = folio.replaceAll(/[\\%_]/g, String.raw`\$&`)
  const ots = sql`SELECT o.id FROM ot o WHERE o.orden_trabajo ILIKE ${patron}`
  const ptes = sql`SELECT p.id FROM pte_header p WHERE p.oficio_pte ILIKE ${patron}`
  return filas(
    bd,
    sql`SELECT r.tabla, array_agg(r.id) AS ids FROM (
      (SELECT ${TABLA_LOG.OT}::int AS tabla, o.id FROM (${ots}) o LIMIT 1000)
      UNION ALL (SELECT ${TABLA_LOG.OT_PASO}::int, d.id FROM ot_detalle d WHERE d.id_ot = ANY(ARRAY(${ots} LIMIT 1000)))
      UNION ALL (SELECT ${TABLA_LOG.PTE}::int, p.id FROM (${ptes}) p LIMIT 1000)
      UNION ALL (SELECT ${TABLA_LOG.PTE_PASO}::int, d.id FROM pte_detalle d WHERE d.id_pte_header = ANY(ARRAY(${ptes} LIMIT 1000)))) r
      GROUP BY r.tabla ORDER BY r.tabla`,
    z.object({ tabla: col.entero, ids: z.array(col.id) }),
  )
}

const FilaDeActividad = z.object({
  id: col.id,
  tabla_log: col.entero,
  registro_id: col.idN,
  evento: z.string(),
  campo: z.string(),
  campo_clave: z.string().nullable(),
  valor_anterior: z.string().nullable(),
  valor_actual: z.string().nullable(),
  afectacion: z.string(),
  detalle: z.string(),
  fecha: col.instante,
  usuario_id: col.idN,
  ip: col.textoN,
  transaccion: col.textoN,
  nombre: col.textoN,
  email: col.textoN,
  pagina: col.idN,
})
export type FilaDeActividad = z.output<typeof FilaDeActividad>

/** Tables whose rows the undo of an import erases: a row of the log outlives its record. */
const BORRABLES: readonly (readonly [TablaLog, string])[] = [
  [TABLA_LOG.PASO, 'paso'],
  [TABLA_LOG.TIPO, 'tipo'],
  [TABLA_LOG.SITIO, 'sitio'],
  [TABLA_LOG.ESTATUS, 'cat_estatus'],
  [TABLA_LOG.UNIDAD_MEDIDA, 'unidad_medida'],
  [TABLA_LOG.CONCEPTO, 'contrato_concepto_maestro'],
  [TABLA_LOG.RESPONSABLE_PROYECTO, 'responsable_proyecto'],
  [TABLA_LOG.FRENTE, 'frente'],
  [TABLA_LOG.CLIENTE, 'cliente'],
  [TABLA_LOG.PASO_OT, 'paso_ot'],
  [TABLA_LOG.CONTRATO, 'contrato'],
  [TABLA_LOG.ANEXO_CONTRATO, 'contrato_anexo_maestro'],
  [TABLA_LOG.SUB_ANEXO, 'contrato_sub_anexo'],
  [TABLA_LOG.CATEGORIA, 'cat_categoria'],
  [TABLA_LOG.SUBCATEGORIA, 'cat_subcategoria'],
  [TABLA_LOG.CLASIFICACION, 'cat_clasificacion'],
  [TABLA_LOG.SUPERINTENDENTE, 'superintendente'],
]

/** The record that has a page of its own, if it still has it: a step or an annex is seen on the page of its order or proposal. */
const PAGINA_DE_REGISTRO = sql`CASE a.tabla_log
  ${unir(
    BORRABLES.map(
      ([codigo, tabla]) =>
        sql`WHEN ${codigo} THEN (SELECT r.id FROM ${identificador(tabla)} r WHERE r.id = a.registro_id)`,
    ),
    ' ',
  )}
  WHEN ${TABLA_LOG.OT} THEN (SELECT o.id FROM ot o WHERE o.id = a.registro_id AND o.estatus <> 0)
  WHEN ${TABLA_LOG.OT_PASO} THEN (SELECT o.id FROM ot_detalle d JOIN ot o ON o.id = d.id_ot WHERE d.id = a.registro_id AND o.estatus <> 0)
  WHEN ${TABLA_LOG.IMPORTACION_ANEXO} THEN (SELECT o.id FROM importacion_anexo i JOIN ot o ON o.id = i.id_ot WHERE i.id = a.registro_id AND o.estatus <> 0)
  WHEN ${TABLA_LOG.PTE} THEN (SELECT p.id FROM pte_header p WHERE p.id = a.registro_id AND p.estatus <> 0)
  WHEN ${TABLA_LOG.PTE_PASO} THEN (SELECT p.id FROM pte_detalle d JOIN pte_header p ON p.id = d.id_pte_header WHERE d.id = a.registro_id AND p.estatus <> 0)
  ELSE a.registro_id END`

/** Rows with those keys, in their order. */
export function listarPorClave(bd: Conexion, claves: readonly ClaveDeFila[]): Promise<FilaDeActividad[]> {
  if (claves.length === 0) return Promise.resolve([])
  const ids = claves.map(({ id }) => id)
  const fechas = claves.map(({ fecha }) => fecha.toISOString())
  return filas(
    bd,
    sql`SELECT a.id, a.tabla_log, a.registro_id, a.evento, a.campo, a.campo_clave, a.valor_anterior, a.valor_actual, a.afectacion, a.detalle,
        a.fecha, a.usuario_id, a.ip, a.transaccion::text AS transaccion, ${NOMBRE_DE_PERSONA} AS nombre, u.email, ${PAGINA_DE_REGISTRO} AS pagina
      FROM unnest(${ids}::bigint[], ${fechas}::timestamptz[]) WITH ORDINALITY AS c(id, fecha, n)
      CROSS JOIN LATERAL (SELECT * FROM registro_actividad r WHERE r.id = c.id AND r.fecha = c.fecha LIMIT 1) a
      LEFT JOIN "user" u ON u.id = a.usuario_id ORDER BY c.n`,
    FilaDeActividad,
  )
}

/** Names of the people that the log may mention, for the order by person. */
export async function listarNombres(bd: Conexion): Promise<Map<string, string>> {
  const personas = await filas(
    bd,
    sql`SELECT u.id, ${NOMBRE_DE_PERSONA} AS nombre FROM "user" u ORDER BY u.id LIMIT 10000`,
    z.object({ id: col.id, nombre: z.string() }),
  )
  return new Map(personas.map(({ id, nombre }) => [String(id), nombre]))
}

const Persona = z.object({
  id: col.id,
  username: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
})
export type Persona = z.output<typeof Persona>

/** Active people, by name. */
export function listarPersonasActivas(bd: Conexion): Promise<Persona[]> {
  return filas(
    bd,
    sql`SELECT u.id, u.username, u.first_name, u.last_name, u.email FROM "user" u WHERE u.is_active
      ORDER BY texto_clave(${NOMBRE_DE_PERSONA}::text), u.id LIMIT 5000`,
    Persona,
  )
}

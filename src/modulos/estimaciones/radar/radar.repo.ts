import { z } from 'zod'
import { unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, todas, VACIO, type Sql } from '../../../plataforma/sql.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import type { Dinero } from '../../../comun/dinero.ts'
import { claveDeCobro, type ClaveCobro } from '../estimaciones.tipos.ts'
import { diasDeBanda } from './radar.reglas.ts'
import {
  CLAVES_APARTADO,
  CLAVES_BANDA,
  type Agrupacion,
  type Apartado,
  type Cifra,
  type FiltrosRadar,
  type Moneda,
  type PiezaRadar,
} from './radar.tipos.ts'

/** What every question needs to know: the place of each state, today, and what part is looked at. */
export interface PreguntaRadar {
  readonly mapa: readonly { e: number; c: boolean; a: Apartado }[]
  readonly hoy: FechaIso
  readonly filtros: FiltrosRadar
}

const Marcas = z.object({ hay: z.boolean() })

/** Whether something changed since what is kept was computed. */
export async function hayCambios(bd: Bd | BdTx): Promise<boolean> {
  return (await unaFila(bd, sql`SELECT EXISTS (SELECT FROM radar_cambio) AS hay`, Marcas))?.hay ?? false
}

/** Computes again what is kept of some changed folders; says how many. */
export async function refrescarRadar(ctx: CtxTx, maximo: number): Promise<number> {
  const fila = await unaFila(ctx.bd, sql`SELECT radar_refrescar(${maximo}::int) AS n`, z.object({ n: col.entero }))
  return fila?.n ?? 0
}

/** The beginning of both questions: places, and the monthly folders of the OTs looked at. */
function comun({ mapa, filtros: { idOt, idCliente } }: PreguntaRadar): Sql {
  return sql`mapa AS MATERIALIZED (SELECT x.e, x.c, x.a FROM jsonb_to_recordset(${JSON.stringify(mapa)}::jsonb) AS x(e smallint, c boolean, a text)),
    carpetas AS MATERIALIZED (
      SELECT m.id, m.id_ot, m.id_estatus <> 21 AS cerrado, coalesce(o.id_cliente, 0) AS id_cliente
      FROM reporte_mensual_header m JOIN ot o ON o.id = m.id_ot WHERE ${todas(deOt(idOt, idCliente, sql`m.id_ot`))})`
}

function deOt(idOt: number | null, idCliente: number | null, columna: Sql): Sql[] {
  return [
    ...(idOt === null
      ? []
      : [sql`${columna} = (SELECT coalesce(f.ot_principal, f.id) FROM ot f WHERE f.id = ${idOt})`]),
    ...(idCliente === null ? [] : [sql`coalesce(o.id_cliente, 0) = ${idCliente}`]),
  ]
}

function deLugar({ filtros: { idSitio, antiguedad }, hoy }: PreguntaRadar): Sql[] {
  const { desde, hasta } = antiguedad === null ? { desde: null, hasta: null } : diasDeBanda(antiguedad, hoy)
  return [
    ...(idSitio === null ? [] : [sql`v.id_sitio = ${idSitio}`]),
    ...(desde === null ? [] : [sql`v.fecha >= ${desde}::date`]),
    ...(hasta === null ? [] : [sql`v.fecha <= ${hasta}::date`]),
  ]
}

function bandaDe(hoy: FechaIso): Sql {
  const casos = CLAVES_BANDA.flatMap((banda) => {
    const { desde } = diasDeBanda(banda, hoy)
    return desde === null ? [] : [sql`WHEN v.fecha >= ${desde}::date THEN ${banda}`]
  })
  const ultima = CLAVES_BANDA.at(-1) ?? ''
  return sql`CASE ${casos.reduce((suma, caso) => sql`${suma} ${caso}`, VACIO)} ELSE ${ultima} END`
}

const CLAVE: Readonly<Record<Agrupacion, Sql>> = {
  ot: sql`d.id_ot::text`,
  cliente: sql`d.id_cliente::text`,
  sitio: sql`d.id_sitio::text`,
  antiguedad: sql`d.banda`,
}
const TEXTO: Readonly<Record<Agrupacion, Sql>> = {
  ot: sql`(SELECT o.orden_trabajo FROM ot o WHERE o.id = g.clave::bigint)`,
  cliente: sql`(SELECT c.descripcion FROM cliente c WHERE c.id = g.clave::bigint)`,
  sitio: sql`(SELECT s.descripcion FROM sitio s WHERE s.id = g.clave::bigint)`,
  antiguedad: sql`g.clave`,
}

const cifra = z
  .tuple([z.number(), col.dinero, col.dinero])
  .transform(([piezas, mn, usd]): Cifra => ({ piezas, mn, usd }))
const Respuesta = z.object({
  estados: z.array(z.object({ e: z.number(), a: z.enum(CLAVES_APARTADO), v: cifra })),
  total_grupos: z.number(),
  grupos: z.array(
    z.object({
      clave: z.string(),
      texto: z.string().nullable(),
      celdas: z.array(z.object({ a: z.enum(CLAVES_APARTADO), v: cifra })),
    }),
  ),
  capturas: z.number(),
  vigente: z.tuple([col.dinero, col.dinero]),
  diferencia: z.tuple([col.dinero, col.dinero]),
  documentos: z
    .array(z.object({ e: z.number(), v: cifra }))
    .transform((lista) =>
      lista.map(({ e, v }): { estatus: ClaveCobro; v: Cifra } => ({ estatus: claveDeCobro(e), v })),
    ),
})
/** What the database says of the radar. */
export type RadarLeido = z.output<typeof Respuesta>

/**
 * The radar of one instant, with a page of its groups (those of more money in that currency first; bands by age): one statement, so that
 * the buckets, the control and the documents are of the same snapshot.
 * @param tasa only to put groups in order, never to add.
 */
export async function leerRadar(
  bd: Bd | BdTx,
  pregunta: PreguntaRadar,
  {
    por,
    moneda,
    inicio,
    limite,
    tasa,
  }: { por: Agrupacion; moneda: Moneda; inicio: number; limite: number; tasa: Dinero },
): Promise<RadarLeido> {
  const { filtros, hoy } = pregunta
  const lugar = todas(deLugar(pregunta))
  const homologado = sql`sum(d.mn) + sum(d.usd) * ${tasa.toFixed()}::numeric DESC`
  const deMoneda = { mn: sql`sum(d.mn) DESC, ${homologado}`, usd: sql`sum(d.usd) DESC, ${homologado}`, homologado }
  const orden = por === 'antiguedad' ? sql`min(d.dia) DESC` : deMoneda[moneda]
  const fila = await unaFila(
    bd,
    sql`WITH ${comun(pregunta)}, dias AS MATERIALIZED (
        SELECT c.id_ot, c.id_cliente, v.id_sitio, ${bandaDe(hoy)} AS banda, min(v.fecha) AS dia, v.estado, c.cerrado,
          sum(v.piezas)::bigint AS n, sum(v.importe_mn) AS mn, sum(v.importe_usd) AS usd
        FROM radar_vigente v JOIN carpetas c ON c.id = v.id_reporte_mensual WHERE ${lugar} GROUP BY 1, 2, 3, 4, 6, 7
      ), claves AS MATERIALIZED (
        SELECT ${CLAVE[por]} AS clave, row_number() OVER (ORDER BY ${orden}, ${CLAVE[por]}) AS n FROM dias d GROUP BY 1
      ), valores AS MATERIALIZED (
        SELECT coalesce(sum(v.capturas), 0)::int AS capturas, coalesce(sum(v.valor_mn), 0)::text AS mn, coalesce(sum(v.valor_usd), 0)::text AS usd,
          coalesce(sum(v.diferencia_mn), 0)::text AS dmn, coalesce(sum(v.diferencia_usd), 0)::text AS dusd
        FROM radar_valor_vigente v JOIN carpetas c ON c.id = v.id_reporte_mensual WHERE ${lugar}
      )
      SELECT (SELECT capturas FROM valores) AS capturas, (SELECT json_build_array(mn, usd) FROM valores) AS vigente,
        (SELECT json_build_array(dmn, dusd) FROM valores) AS diferencia,
        coalesce((SELECT json_agg(json_build_object('e', x.estado, 'a', x.a, 'v', json_build_array(x.n, x.mn::text, x.usd::text))) FROM (
          SELECT d.estado, m.a, sum(d.n)::bigint AS n, sum(d.mn) AS mn, sum(d.usd) AS usd
          FROM dias d JOIN mapa m ON m.e = d.estado AND m.c = d.cerrado GROUP BY 1, 2) x), '[]') AS estados,
        (SELECT count(*)::int FROM claves) AS total_grupos,
        coalesce((SELECT json_agg(json_build_object('clave', g.clave, 'texto', ${TEXTO[por]}, 'celdas', g.celdas) ORDER BY g.n) FROM (
          SELECT y.clave, y.n, json_agg(json_build_object('a', y.a, 'v', json_build_array(y.piezas, y.mn::text, y.usd::text))) AS celdas FROM (
            SELECT k.clave, k.n, m.a, sum(d.n)::bigint AS piezas, sum(d.mn) AS mn, sum(d.usd) AS usd
            FROM claves k JOIN dias d ON ${CLAVE[por]} = k.clave JOIN mapa m ON m.e = d.estado AND m.c = d.cerrado
            WHERE k.n > ${inicio}::int AND k.n <= ${inicio + limite}::int GROUP BY 1, 2, 3) y
          GROUP BY 1, 2) g), '[]') AS grupos,
        coalesce((SELECT json_agg(json_build_object('e', x.e, 'v', json_build_array(x.n, x.mn::text, x.usd::text))) FROM (
          SELECT h.id_estatus_cobro AS e, count(*) AS n, sum(h.total_importe_mn) AS mn, sum(h.total_importe_usd) AS usd
          FROM estimacion_header h JOIN ot o ON o.id = h.id_ot
          WHERE ${todas([sql`h.id_estatus_cobro <> 29`, ...deOt(filtros.idOt, filtros.idCliente, sql`h.id_ot`)])} GROUP BY 1) x), '[]') AS documentos`,
    Respuesta,
  )
  if (!fila) throw new Error('The radar did not answer')
  return fila
}

const Pieza = z
  .object({
    id_produccion: col.id,
    id_ot: col.id,
    ot: z.string(),
    fecha: col.fecha,
    id_sitio: col.id,
    sitio: z.string(),
    tipo_tiempo: z.string(),
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    unidad: z.string(),
    volumen: col.dinero,
    pu_mn: col.dinero,
    pu_usd: col.dinero,
    mn: col.dinero,
    usd: col.dinero,
    estado: col.entero,
    cerrado: z.boolean(),
    apartado: z.enum(CLAVES_APARTADO),
    id_gpu: col.idN,
    id_estimacion: col.idN,
    numero: col.enteroN,
  })
  .transform(
    ({ id_produccion, id_ot, id_sitio, tipo_tiempo, pu_mn, pu_usd, cerrado, id_gpu, id_estimacion, ...resto }) =>
      ({
        ...resto,
        idProduccion: id_produccion,
        idOt: id_ot,
        idSitio: id_sitio,
        tipoTiempo: tipo_tiempo,
        puMn: pu_mn,
        puUsd: pu_usd,
        mesCerrado: cerrado,
        idGpu: id_gpu,
        idEstimacion: id_estimacion,
      }) satisfies PiezaRadar,
  )

const Piezas = z.object({ total: cifra, filas: z.array(Pieza) })

/**
 * Some pieces of the radar, oldest first, and what all of them are worth. What is kept says in which days of which folders
 * the page is, and only those are opened: a page of a million costs what one of a thousand.
 * @param apartado null = all of them.
 */
export async function leerPiezas(
  bd: Bd | BdTx,
  pregunta: PreguntaRadar,
  { apartado, inicio, limite }: { apartado: Apartado | null; inicio: number; limite: number },
): Promise<z.output<typeof Piezas>> {
  const condicion = todas([...deLugar(pregunta), ...(apartado === null ? [] : [sql`m.a = ${apartado}`])])
  const fila = await unaFila(
    bd,
    sql`WITH ${comun(pregunta)}, elegidos AS MATERIALIZED (
        SELECT v.id_reporte_mensual, v.fecha, v.id_sitio, v.estado, v.piezas, v.importe_mn, v.importe_usd, m.a, c.id_ot, c.cerrado,
          sum(v.piezas) OVER (ORDER BY v.fecha, v.id_reporte_mensual, v.id_sitio, v.estado) AS hasta
        FROM radar_vigente v JOIN carpetas c ON c.id = v.id_reporte_mensual JOIN mapa m ON m.e = v.estado AND m.c = c.cerrado
        WHERE ${condicion}
      ), dias AS MATERIALIZED (
        SELECT * FROM elegidos e WHERE e.hasta > ${inicio}::bigint AND e.hasta - e.piezas < ${inicio + limite}::bigint
      ), pagina AS MATERIALIZED (
        SELECT z.*, e.a, e.id_ot, e.cerrado, row_number() OVER (ORDER BY z.fecha, z.id_reporte_mensual, z.id_sitio, z.estado, z.id_produccion, z.id_detalle) AS n
        FROM radar_piezas(ARRAY(SELECT DISTINCT id_reporte_mensual FROM dias), (SELECT min(fecha) FROM dias), (SELECT max(fecha) FROM dias)) z
        JOIN dias e ON (e.id_reporte_mensual, e.fecha, e.id_sitio, e.estado) = (z.id_reporte_mensual, z.fecha, z.id_sitio, z.estado)
        ORDER BY n OFFSET ${inicio}::bigint - (SELECT min(hasta - piezas) FROM dias)::bigint LIMIT ${limite}::bigint
      )
      SELECT (SELECT json_build_array(coalesce(sum(piezas), 0), coalesce(sum(importe_mn), 0)::text, coalesce(sum(importe_usd), 0)::text) FROM elegidos) AS total,
        coalesce((SELECT json_agg(f ORDER BY f.n) FROM (
          SELECT z.n, z.id_produccion, z.id_ot, o.orden_trabajo AS ot, z.fecha, z.id_sitio, s.descripcion AS sitio, p.tipo_tiempo,
            coalesce(pa.anexo, 'S/A') AS anexo, pa.id_partida AS codigo, pa.descripcion_concepto AS concepto, coalesce(u.clave, 'N/A') AS unidad,
            z.volumen::text AS volumen, z.pu_mn::text AS pu_mn, z.pu_usd::text AS pu_usd, z.importe_mn::text AS mn, z.importe_usd::text AS usd,
            z.estado, z.cerrado, z.a AS apartado, g.id AS id_gpu, h.id AS id_estimacion, h.numero
          FROM pagina z JOIN produccion p ON p.id = z.id_produccion JOIN ot o ON o.id = z.id_ot JOIN sitio s ON s.id = z.id_sitio
          JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo LEFT JOIN unidad_medida u ON u.id = pa.id_unidad_medida
          LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
          LEFT JOIN estimacion_detalle d ON d.id = z.id_detalle LEFT JOIN estimacion_header h ON h.id = d.id_estimacion_header) f), '[]') AS filas`,
    Piezas,
  )
  if (!fila) throw new Error('The radar did not answer')
  return fila
}

const Opciones = z.object({
  ots: z.array(z.object({ valor: z.number(), texto: z.string() })),
  clientes: z.array(z.object({ valor: z.number(), texto: z.string() })),
  sitios: z.array(z.object({ valor: z.number(), texto: z.string() })),
})

/** Orders with monthly folders, their clients, and the sites: what the filters offer. */
export async function listarOpciones(bd: Bd | BdTx): Promise<z.output<typeof Opciones>> {
  const fila = await unaFila(
    bd,
    sql`SELECT coalesce((SELECT json_agg(json_build_object('valor', o.id, 'texto', o.orden_trabajo) ORDER BY orden_natural(o.orden_trabajo))
        FROM ot o WHERE o.id IN (SELECT id_ot FROM reporte_mensual_header)), '[]') AS ots,
      coalesce((SELECT json_agg(json_build_object('valor', c.id, 'texto', c.descripcion) ORDER BY c.descripcion)
        FROM cliente c WHERE c.id IN (SELECT o.id_cliente FROM ot o WHERE o.id IN (SELECT id_ot FROM reporte_mensual_header))), '[]') AS clientes,
      coalesce((SELECT json_agg(json_build_object('valor', s.id, 'texto', s.descripcion) ORDER BY s.descripcion) FROM sitio s), '[]') AS sitios`,
    Opciones,
  )
  return fila ?? { ots: [], clientes: [], sitios: [] }
}

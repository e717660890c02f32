import { z } from 'zod'
import { ESTATUS_PASO } from '../../comun/pasos.ts'
import { filas, unaFila } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import { ESTATUS_OT } from '../ot/index.ts'
import { ESTATUS_PTE } from '../pte/index.ts'
import type { ModuloDelSistema } from './inicio.modulos.ts'
import {
  DIAS_POR_TERMINAR,
  FILAS_DE_ACTIVIDAD_MIRADAS,
  FILAS_POR_LISTA,
  TOCADOS,
  type ConteoOt,
  type ConteoPte,
  type OtConTermino,
  type RegistroTocado,
  type Vencidas,
} from './inicio.tipos.ts'

/** Live OTs by type and operative status. */
export async function contarOts(ctx: CtxLectura): Promise<ConteoOt[]> {
  const conteos = await filas(
    ctx.bd,
    sql`SELECT id_tipo, id_estatus_ot AS id_estatus, count(*) AS total FROM ot WHERE estatus IN (-1, 1) GROUP BY id_tipo, id_estatus_ot`,
    z.object({ id_tipo: col.entero, id_estatus: col.entero, total: col.entero }),
  )
  return conteos.map(({ id_tipo, id_estatus, total }) => ({ idTipo: id_tipo, idEstatus: id_estatus, total }))
}

const FilaConTermino = z
  .object({
    total: col.entero,
    id: col.id,
    orden_trabajo: z.string(),
    descripcion_trabajo: z.string(),
    estatus: col.entero,
    id_estatus: col.entero,
    fecha_inicio_programado: col.fechaN,
    fecha_termino_programado: col.fecha,
    fecha_inicio_real: col.fechaN,
    pasos: col.entero,
    pasos_completados: col.entero,
  })
  .transform((f): OtConTermino => ({
    total: f.total,
    id: f.id,
    ordenTrabajo: f.orden_trabajo,
    descripcionTrabajo: f.descripcion_trabajo,
    estatus: f.estatus,
    idEstatus: f.id_estatus,
    fechaInicioProgramado: f.fecha_inicio_programado,
    fechaTerminoProgramado: f.fecha_termino_programado,
    fechaInicioReal: f.fecha_inicio_real,
    pasos: f.pasos,
    pasosCompletados: f.pasos_completados,
  }))

/** An order that is open and that no later reprogramación replaced: its programme still counts. */
const OT_ABIERTA = sql`o.estatus IN (-1, 1) AND o.id_estatus_ot NOT IN (${ESTATUS_OT.TERMINADA}, ${ESTATUS_OT.CANCELADA})
  AND NOT EXISTS (
    SELECT 1 FROM ot h WHERE h.ot_principal = coalesce(o.ot_principal, o.id) AND h.id_tipo = 5 AND h.estatus IN (-1, 1)
      AND (coalesce(h.num_reprogramacion, 0), h.id) > (coalesce(o.num_reprogramacion, 0), CASE WHEN o.id_tipo = 5 THEN o.id ELSE 0 END)
  )`

/** Open orders that end in the next days, the nearest first, with the size of the whole list. */
export function listarConTermino(ctx: CtxLectura): Promise<OtConTermino[]> {
  return filas(
    ctx.bd,
    sql`WITH proximas AS (
        SELECT o.*, count(*) OVER () AS total FROM ot o
        WHERE ${OT_ABIERTA} AND o.fecha_termino_programado BETWEEN ${ctx.hoy}::date AND ${ctx.hoy}::date + ${DIAS_POR_TERMINAR}::int
        ORDER BY o.fecha_termino_programado, o.id LIMIT ${FILAS_POR_LISTA}
      )
      SELECT n.total, n.id, n.orden_trabajo, n.descripcion_trabajo, n.estatus, n.id_estatus_ot AS id_estatus,
        n.fecha_inicio_programado, n.fecha_termino_programado, n.fecha_inicio_real,
        (SELECT count(*) FROM ot_detalle d WHERE d.id_ot = n.id) AS pasos,
        (SELECT count(*) FROM ot_detalle d WHERE d.id_ot = n.id AND d.estatus_paso = 3) AS pasos_completados
      FROM proximas n ORDER BY n.fecha_termino_programado, n.id`,
    FilaConTermino,
  )
}

/** Live PTEs by status. */
export function contarPtes(ctx: CtxLectura): Promise<ConteoPte[]> {
  return filas(
    ctx.bd,
    sql`SELECT estatus, count(*) AS total FROM pte_header WHERE estatus > 0 GROUP BY estatus`,
    z.object({ estatus: col.entero, total: col.entero }),
  )
}

const FilaVencidas = z.object({
  total: col.entero,
  lista: z.array(
    z.object({
      clase: z.enum(['pte', 'ot']),
      id: col.id,
      folio: z.string(),
      descripcion: z.string(),
      paso: z.string().nullable(),
      responsable: z.string().nullable(),
      vencio: col.fecha,
    }),
  ),
  responsables: z.array(z.object({ responsable: z.string().nullable(), total: col.entero })),
})

/**
 * PTEs that are not delivered and orders that are not closed whose term is over, each with the first step that is
 * still open: the latest ten, how many there are, and who has most.
 */
export async function buscarVencidas(ctx: CtxLectura, clases: { pte: boolean; ot: boolean }): Promise<Vencidas> {
  const abierto = sql`d.estatus_paso IN (${ESTATUS_PASO.PENDIENTE}, ${ESTATUS_PASO.PROCESO})`
  const porOrden = sql`ORDER BY string_to_array(p.orden, '.')::int[], d.id LIMIT 1`
  const fila = await unaFila(
    ctx.bd,
    sql`WITH vencidas AS MATERIALIZED (
        SELECT 'pte' AS clase, p.id, p.oficio_pte AS folio, p.descripcion_trabajo AS descripcion, p.id_responsable_proyecto AS id_responsable,
          p.fecha_solicitud + least(ceil(p.plazo_dias), 36500)::int AS vencio
        FROM pte_header p
        WHERE ${clases.pte} AND p.estatus IN (${ESTATUS_PTE.PENDIENTE}, ${ESTATUS_PTE.PROCESO})
          AND p.fecha_solicitud + least(ceil(p.plazo_dias), 36500)::int < ${ctx.hoy}::date
        UNION ALL
        SELECT 'ot', o.id, o.orden_trabajo, o.descripcion_trabajo, o.id_responsable_proyecto, o.fecha_termino_programado FROM ot o
        WHERE ${clases.ot} AND o.fecha_termino_programado < ${ctx.hoy}::date AND ${OT_ABIERTA}
      ), primeras AS (SELECT v.* FROM vencidas v ORDER BY v.vencio, v.clase, v.id LIMIT ${FILAS_POR_LISTA})
      SELECT (SELECT count(*) FROM vencidas) AS total,
        coalesce((SELECT json_agg(f ORDER BY f.vencio, f.clase, f.id) FROM (
          SELECT v.clase, v.id, v.folio, v.descripcion, v.vencio, r.descripcion AS responsable,
            CASE v.clase
              WHEN 'pte' THEN (SELECT p.orden || ' · ' || p.descripcion FROM pte_detalle d JOIN paso p ON p.id = d.id_paso WHERE d.id_pte_header = v.id AND ${abierto} ${porOrden})
              ELSE (SELECT p.orden || ' · ' || p.descripcion FROM ot_detalle d JOIN paso_ot p ON p.id = d.id_paso WHERE d.id_ot = v.id AND ${abierto} ${porOrden})
            END AS paso
          FROM primeras v LEFT JOIN responsable_proyecto r ON r.id = v.id_responsable) f), '[]'::json) AS lista,
        coalesce((SELECT json_agg(g ORDER BY g.total DESC, g.responsable) FROM (
          SELECT r.descripcion AS responsable, count(*) AS total FROM vencidas v LEFT JOIN responsable_proyecto r ON r.id = v.id_responsable
          GROUP BY r.id ORDER BY total DESC, responsable LIMIT ${FILAS_POR_LISTA}) g), '[]'::json) AS responsables`,
    FilaVencidas,
  )
  return { total: fila?.total ?? 0, lista: fila?.lista ?? [], porResponsable: fila?.responsables ?? [] }
}

const FilaTocada = z.object({
  clase: z.enum(['pte', 'ot', 'concepto']),
  id: col.id,
  folio: z.string(),
  descripcion: z.string(),
  fecha: col.instante,
})

/** Records that a person changed last (a change of a step counts as one of its order), those that still live. */
export function listarTocados(ctx: CtxLectura, usuarioId: number): Promise<RegistroTocado[]> {
  return filas(
    ctx.bd,
    sql`WITH mias AS (
        SELECT a.tabla_log, a.registro_id, a.fecha FROM registro_actividad a WHERE a.usuario_id = ${usuarioId}
        ORDER BY a.fecha DESC, a.id DESC LIMIT ${FILAS_DE_ACTIVIDAD_MIRADAS}
      ), registros AS (
        SELECT CASE WHEN m.tabla_log IN (0, 1) THEN 'pte' WHEN m.tabla_log IN (4, 5) THEN 'ot' ELSE 'concepto' END AS clase,
          CASE m.tabla_log WHEN 1 THEN (SELECT d.id_pte_header FROM pte_detalle d WHERE d.id = m.registro_id)
            WHEN 5 THEN (SELECT d.id_ot FROM ot_detalle d WHERE d.id = m.registro_id) ELSE m.registro_id END AS id, max(m.fecha) AS fecha
        FROM mias m WHERE m.tabla_log IN (0, 1, 4, 5, 11) GROUP BY 1, 2
      )
      SELECT r.clase, r.id, t.folio, t.descripcion, r.fecha FROM registros r CROSS JOIN LATERAL (
        SELECT p.oficio_pte AS folio, p.descripcion_trabajo AS descripcion FROM pte_header p WHERE r.clase = 'pte' AND p.id = r.id AND p.estatus > 0
        UNION ALL SELECT o.orden_trabajo, o.descripcion_trabajo FROM ot o WHERE r.clase = 'ot' AND o.id = r.id AND o.estatus <> 0
        UNION ALL SELECT coalesce(c.partida_ordinaria, c.partida_extraordinaria, ''), c.descripcion FROM contrato_concepto_maestro c
          WHERE r.clase = 'concepto' AND c.id = r.id AND c.activo
      ) t ORDER BY r.fecha DESC, r.clase, r.id LIMIT ${TOCADOS}`,
    FilaTocada,
  )
}

const FilaModulo = z.object({
  app_name: z.string(),
  nombre: z.string(),
  descripcion: z.string(),
  icono: z.string(),
  ruta: z.string(),
})

/** Active modules with an address, in their order. */
export function listarModulos(ctx: CtxLectura): Promise<z.output<typeof FilaModulo>[]> {
  return filas(
    ctx.bd,
    sql`SELECT app_name, nombre, descripcion, icono, ruta FROM core_modulo WHERE activo AND ruta IS NOT NULL ORDER BY orden, id LIMIT 50`,
    FilaModulo,
  )
}

/** Adds the modules that are missing by `app_name`; the names of those that were added. */
export async function insertarModulosFaltantes(
  ctx: CtxTx,
  modulos: readonly ModuloDelSistema[],
): Promise<ReadonlySet<string>> {
  const nuevos = await filas(
    ctx.bd,
    sql`INSERT INTO core_modulo (app_name, nombre, descripcion, icono, orden, activo, ruta)
      SELECT app_name, nombre, descripcion, icono, orden, activo, ruta FROM jsonb_to_recordset(${JSON.stringify(modulos)}::jsonb)
        AS m(app_name text, nombre text, descripcion text, icono text, orden int, activo boolean, ruta text)
      ORDER BY orden ON CONFLICT (app_name) DO NOTHING RETURNING app_name`,
    z.object({ app_name: z.string() }),
  )
  return new Set(nuevos.map(({ app_name }) => app_name))
}

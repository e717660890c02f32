import { z } from 'zod'
import { filas } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import { ESTATUS_OT } from '../ot/index.ts'
import { DIAS_POR_TERMINAR, FILAS_POR_LISTA, type ConteoOt, type OtConTermino } from './inicio.tipos.ts'

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
    lista: z.enum(['por_terminar', 'vencidas']),
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
    lista: f.lista,
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

/**
 * Both lists of the start page at once, each with its nearest rows and its whole size. An order that a later
 * reprogramación replaced is not in them: its programme no longer counts.
 */
export function listarConTermino(ctx: CtxLectura): Promise<OtConTermino[]> {
  const cerradas = sql`${ESTATUS_OT.TERMINADA}, ${ESTATUS_OT.CANCELADA}`
  return filas(
    ctx.bd,
    sql`WITH abiertas AS (
        SELECT o.*, CASE WHEN o.fecha_termino_programado < ${ctx.hoy}::date THEN 'vencidas' ELSE 'por_terminar' END AS lista,
          abs(o.fecha_termino_programado - ${ctx.hoy}::date) AS distancia
        FROM ot o
        WHERE o.estatus IN (-1, 1) AND o.id_estatus_ot NOT IN (${cerradas})
          AND o.fecha_termino_programado <= ${ctx.hoy}::date + ${DIAS_POR_TERMINAR}::int
          AND NOT EXISTS (
            SELECT 1 FROM ot h WHERE h.ot_principal = coalesce(o.ot_principal, o.id) AND h.id_tipo = 5 AND h.estatus IN (-1, 1)
              AND (coalesce(h.num_reprogramacion, 0), h.id) > (coalesce(o.num_reprogramacion, 0), CASE WHEN o.id_tipo = 5 THEN o.id ELSE 0 END)
          )
      ), numeradas AS (
        SELECT a.*, count(*) OVER (PARTITION BY a.lista) AS total, row_number() OVER (PARTITION BY a.lista ORDER BY a.distancia, a.id) AS n FROM abiertas a
      )
      SELECT n.lista, n.total, n.id, n.orden_trabajo, n.descripcion_trabajo, n.estatus, n.id_estatus_ot AS id_estatus,
        n.fecha_inicio_programado, n.fecha_termino_programado, n.fecha_inicio_real,
        (SELECT count(*) FROM ot_detalle d WHERE d.id_ot = n.id) AS pasos,
        (SELECT count(*) FROM ot_detalle d WHERE d.id_ot = n.id AND d.estatus_paso = 3) AS pasos_completados
      FROM numeradas n WHERE n.n <= ${FILAS_POR_LISTA}::int ORDER BY n.lista, n.n`,
    FilaConTermino,
  )
}

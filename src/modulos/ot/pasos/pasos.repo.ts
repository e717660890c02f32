import { z } from 'zod'
import { ejecutar, filas, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { ConteoPasos } from '../ot.progreso.reglas.ts'

type Conexion = CtxLectura['bd']

const FilaPaso = z.object({
  id: col.id,
  idOt: col.id,
  orden: col.texto,
  descripcion: col.texto,
  plantilla: col.id,
  estatusPaso: col.entero,
  fechaInicio: col.fechaN,
  fechaTermino: col.fechaN,
  fechaEntrega: col.fechaN,
  comentario: col.textoN,
  archivo: col.textoN,
  folio: col.texto,
  version: col.entero,
})

/** A step of an OT with its description and the folio of the OT. */
export type Paso = z.output<typeof FilaPaso>

const SELECCION = sql`SELECT d.id, d.id_ot AS "idOt", p.orden, p.descripcion, p.tipo AS plantilla, d.estatus_paso AS "estatusPaso",
  d.fecha_inicio AS "fechaInicio", d.fecha_termino AS "fechaTermino", d.fecha_entrega AS "fechaEntrega", d.comentario, d.archivo,
  o.orden_trabajo AS folio, d.version
  FROM ot_detalle d JOIN paso_ot p ON p.id = d.id_paso JOIN ot o ON o.id = d.id_ot`

/** Id of the OT of a step, to lock the OT before the step. */
export async function buscarOtDePaso(bd: Conexion, idPaso: number): Promise<number | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT id_ot AS "idOt" FROM ot_detalle WHERE id = ${idPaso}`,
    z.object({ idOt: col.id }),
  )
  return fila?.idOt ?? null
}

/** A step with a lock. */
export function bloquearPaso(bd: BdTx, idPaso: number): Promise<Paso | null> {
  return unaFila(bd, sql`${SELECCION} WHERE d.id = ${idPaso} FOR UPDATE OF d`, FilaPaso)
}

/** Steps of an OT by step of the template; `limite` null = all. */
export function listarPasos(bd: Conexion, idOt: number, inicio: number, limite: number | null): Promise<Paso[]> {
  return filas(
    bd,
    sql`${SELECCION} WHERE d.id_ot = ${idOt} ORDER BY d.id_paso, d.id LIMIT ${limite} OFFSET ${inicio}`,
    FilaPaso,
  )
}

/** Steps of an OT and how many are COMPLETADO. */
export async function contarPasosDe(bd: Conexion, idOt: number): Promise<ConteoPasos> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) AS total, count(*) FILTER (WHERE estatus_paso = 3) AS completados FROM ot_detalle WHERE id_ot = ${idOt}`,
    z.object({ total: col.entero, completados: col.entero }),
  )
  return fila ?? { total: 0, completados: 0 }
}

/** Stores what may change of a step and raises its version. */
export async function actualizarPaso(bd: BdTx, paso: Paso): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE ot_detalle SET estatus_paso = ${paso.estatusPaso}::bigint, fecha_inicio = ${paso.fechaInicio}::date,
      fecha_termino = ${paso.fechaTermino}::date, fecha_entrega = ${paso.fechaEntrega}::date, comentario = ${paso.comentario}::text,
      archivo = ${paso.archivo}::text, version = version + 1 WHERE id = ${paso.id}`,
  )
}

import { z } from 'zod'
import { ejecutar, filas, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { FechaIso } from '../../../comun/fechas.ts'

type Conexion = CtxLectura['bd']

const FilaPaso = z.object({
  id: col.id,
  idPaso: col.id,
  orden: col.texto,
  tipo: col.entero,
  descripcion: col.texto,
  estatusPaso: col.entero,
  fechaInicio: col.fechaN,
  fechaTermino: col.fechaN,
  fechaEntrega: col.fechaN,
  comentario: col.textoN,
  archivo: col.textoN,
  version: col.entero,
})

/** A step of a PTE with what its template says of it. */
export type Paso = z.output<typeof FilaPaso>

/** PTE of a step, to lock it before the step. */
export async function buscarPteDePaso(bd: Conexion, idPaso: number): Promise<number | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT id_pte_header AS "idPte" FROM pte_detalle WHERE id = ${idPaso}`,
    z.object({ idPte: col.id }),
  )
  return fila?.idPte ?? null
}

/** Every step of a PTE; who needs them by `orden` sorts them (§6.2 is no order of the database). */
export function listarPasos(bd: Conexion, idPte: number): Promise<Paso[]> {
  return filas(
    bd,
    sql`SELECT d.id, d.id_paso AS "idPaso", s.orden, s.tipo, s.descripcion, d.estatus_paso AS "estatusPaso", d.fecha_inicio AS "fechaInicio",
        d.fecha_termino AS "fechaTermino", d.fecha_entrega AS "fechaEntrega", d.comentario, d.archivo, d.version
      FROM pte_detalle d JOIN paso s ON s.id = d.id_paso WHERE d.id_pte_header = ${idPte} ORDER BY d.id LIMIT 1000`,
    FilaPaso,
  )
}

/** Stores what may change of a step and raises its version. */
export async function actualizarPaso(bd: BdTx, paso: Paso): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE pte_detalle SET estatus_paso = ${paso.estatusPaso}::bigint, fecha_inicio = ${paso.fechaInicio}::date,
      fecha_termino = ${paso.fechaTermino}::date, fecha_entrega = ${paso.fechaEntrega}::date, comentario = ${paso.comentario}::text,
      archivo = ${paso.archivo}::text, version = version + 1 WHERE id = ${paso.id}`,
  )
}

/** The given steps of the template on a PTE, empty (R-PTE-05). */
export async function insertarPasos(
  bd: BdTx,
  idPte: number,
  idsPaso: readonly number[],
  estatus: number,
  fechaEntrega: FechaIso | null = null,
): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO pte_detalle (id_pte_header, id_paso, estatus_paso, fecha_entrega, comentario)
      SELECT ${idPte}::bigint, s.id, ${estatus}::bigint, ${fechaEntrega}::date, '' FROM unnest(${[...idsPaso]}::bigint[]) AS s(id) ORDER BY s.id`,
  )
}

/** Erases the steps of a PTE, to give it those of another template (R-PTE-09). */
export async function borrarPasos(bd: BdTx, idPte: number): Promise<void> {
  await ejecutar(bd, sql`DELETE FROM pte_detalle WHERE id_pte_header = ${idPte}`)
}

import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import { MAXIMO_VISTAS, type VistaGuardada } from './vistas.tipos.ts'

export function listarVistas(bd: Bd | BdTx, usuarioId: number, tabla: string): Promise<VistaGuardada[]> {
  return filas(
    bd,
    sql`SELECT id, nombre, estado FROM vista_guardada WHERE id_usuario = ${usuarioId} AND tabla = ${tabla} ORDER BY lower(nombre), id LIMIT ${MAXIMO_VISTAS}`,
    z.object({ id: col.id, nombre: z.string(), estado: z.string() }),
  )
}

export async function insertarVista(
  ctx: CtxTx,
  usuarioId: number,
  datos: { tabla: string; nombre: string; estado: string },
): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO vista_guardada (id_usuario, tabla, nombre, estado, creado_en)
      VALUES (${usuarioId}, ${datos.tabla}, ${datos.nombre}, ${datos.estado}, ${ctx.ahora}) RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('La inserción de la vista no devolvió su id')
  return fila.id
}

/** Says whether it was there and was of that person. */
export async function borrarVista(ctx: CtxTx, usuarioId: number, id: number): Promise<boolean> {
  return (await ejecutar(ctx.bd, sql`DELETE FROM vista_guardada WHERE id = ${id} AND id_usuario = ${usuarioId}`)) > 0
}

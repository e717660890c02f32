import { z } from 'zod'
import { ejecutar, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'

/** Why a link was made. */
export type MotivoDeEnlace = 'alta' | 'restablecer' | 'olvido'

/** Voids the links of a person that nobody used. */
export async function anularEnlaces(ctx: CtxTx, usuarioId: number): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE enlace_clave SET anulado_en = ${ctx.ahora} WHERE id_usuario = ${usuarioId} AND usado_en IS NULL AND anulado_en IS NULL`,
  )
}

export async function insertarEnlace(
  ctx: CtxTx,
  datos: { usuarioId: number; huella: string; motivo: MotivoDeEnlace; vence: Date },
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`INSERT INTO enlace_clave (id_usuario, huella, motivo, creado_en, vence_en, id_creador)
      VALUES (${datos.usuarioId}, ${datos.huella}, ${datos.motivo}, ${ctx.ahora}, ${datos.vence}, ${ctx.usuario?.id ?? null}::bigint)`,
  )
}

const FilaEnlace = z
  .object({ id: col.id, id_usuario: col.id })
  .transform(({ id, id_usuario: usuarioId }) => ({ id, usuarioId }))

const VIVO = sql`e.usado_en IS NULL AND e.anulado_en IS NULL AND u.is_active`

/** The link with that hash while it opens: not used, not voided, in time, of an active person. */
export function buscarEnlaceVivo(
  bd: Bd | BdTx,
  huella: string,
  ahora: Date,
): Promise<z.output<typeof FilaEnlace> | null> {
  return unaFila(
    bd,
    sql`SELECT e.id, e.id_usuario FROM enlace_clave e JOIN "user" u ON u.id = e.id_usuario
      WHERE e.huella = ${huella} AND ${VIVO} AND e.vence_en > ${ahora}`,
    FilaEnlace,
  )
}

/** Marks it as used; false when somebody did it first. */
export async function gastarEnlace(ctx: CtxTx, id: number): Promise<boolean> {
  const gastados = await ejecutar(
    ctx.bd,
    sql`UPDATE enlace_clave e SET usado_en = ${ctx.ahora} FROM "user" u
      WHERE e.id = ${id} AND u.id = e.id_usuario AND ${VIVO} AND e.vence_en > ${ctx.ahora}`,
  )
  return gastados === 1
}

/** How many links a person asked for by themself since that instant. */
export async function contarOlvidos(bd: Bd | BdTx, usuarioId: number, desde: Date): Promise<number> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) AS n FROM enlace_clave WHERE id_usuario = ${usuarioId} AND motivo = 'olvido' AND creado_en > ${desde}`,
    z.object({ n: col.entero }),
  )
  return fila?.n ?? 0
}

/** The only active person with that e-mail, whatever its case; null when there is none or several. */
export async function buscarPorCorreo(bd: Bd | BdTx, correo: string): Promise<number | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT min(id) AS id, count(*) AS n FROM "user" WHERE is_active AND email <> '' AND lower(email) = lower(${correo})`,
    z.object({ id: col.idN, n: col.entero }),
  )
  return fila?.n === 1 ? fila.id : null
}

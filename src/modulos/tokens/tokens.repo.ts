import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import type { TokenGuardado } from './tokens.tipos.ts'

const FilaToken = z
  .object({
    id: col.id,
    nombre: z.string(),
    prefijo: z.string(),
    alcances: z.array(z.string()),
    creado_en: col.instante,
    caduca_en: col.instante,
    revocado_en: col.instanteN,
    ultimo_uso: col.instanteN,
  })
  .transform(({ creado_en, caduca_en, revocado_en, ultimo_uso, ...resto }): TokenGuardado => ({
    ...resto,
    creadoEn: creado_en,
    caducaEn: caduca_en,
    revocadoEn: revocado_en,
    ultimoUso: ultimo_uso,
  }))

const COLUMNAS = sql`id, nombre, prefijo, alcances, creado_en, caduca_en, revocado_en, ultimo_uso`

/** Newest tokens of a person, those that no longer serve included. */
export function listarTokens(bd: Bd | BdTx, usuarioId: number): Promise<TokenGuardado[]> {
  return filas(
    bd,
    sql`SELECT ${COLUMNAS} FROM token_acceso WHERE id_usuario = ${usuarioId} ORDER BY revocado_en IS NOT NULL, id DESC LIMIT 100`,
    FilaToken,
  )
}

/** Live tokens of a person, with the person locked: two requests at once are counted one after the other. */
export async function contarVigentes(ctx: CtxTx, usuarioId: number): Promise<number> {
  await ejecutar(ctx.bd, sql`SELECT 1 FROM "user" WHERE id = ${usuarioId} FOR UPDATE`)
  const fila = await unaFila(
    ctx.bd,
    sql`SELECT count(*) AS n FROM token_acceso WHERE id_usuario = ${usuarioId} AND revocado_en IS NULL AND caduca_en > ${ctx.ahora}`,
    z.object({ n: col.entero }),
  )
  return fila?.n ?? 0
}

/** Stores a token by its hash; returns its id. One name per person among those not revoked is the database's promise. */
export async function insertarToken(
  ctx: CtxTx,
  token: {
    usuarioId: number
    nombre: string
    prefijo: string
    huella: string
    alcances: readonly string[]
    caducaEn: Date
  },
): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO token_acceso (id_usuario, nombre, prefijo, huella, alcances, creado_en, caduca_en)
      VALUES (${token.usuarioId}, ${token.nombre}, ${token.prefijo}, ${token.huella}, ${[...token.alcances]}::text[], ${ctx.ahora}, ${token.caducaEn})
      RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('The insert of the token returned no id')
  return fila.id
}

/** A token of a person, locked; null when it is of another or does not exist. */
export function bloquearToken(ctx: CtxTx, usuarioId: number, id: number): Promise<TokenGuardado | null> {
  return unaFila(
    ctx.bd,
    sql`SELECT ${COLUMNAS} FROM token_acceso WHERE id = ${id} AND id_usuario = ${usuarioId} FOR UPDATE`,
    FilaToken,
  )
}

export async function actualizarRevocado(ctx: CtxTx, id: number): Promise<void> {
  await ejecutar(ctx.bd, sql`UPDATE token_acceso SET revocado_en = ${ctx.ahora} WHERE id = ${id}`)
}

const FilaPortador = z
  .object({ id: col.id, id_usuario: col.id, alcances: z.array(z.string()), usado: z.boolean() })
  .transform(({ id, id_usuario, alcances, usado }) => ({ id, usuarioId: id_usuario, alcances, usado }))

/** The live token with that hash; `usado` says that its use of this minute is already noted. */
export function buscarPorHuella(bd: Bd, huella: string, ahora: Date): Promise<z.output<typeof FilaPortador> | null> {
  return unaFila(
    bd,
    sql`SELECT id, id_usuario, alcances, coalesce(ultimo_uso > ${ahora}::timestamptz - interval '1 minute', FALSE) AS usado
      FROM token_acceso WHERE huella = ${huella} AND revocado_en IS NULL AND caduca_en > ${ahora}::timestamptz`,
    FilaPortador,
  )
}

/** Notes that a token was used now. */
export async function actualizarUso(ctx: CtxTx, id: number): Promise<void> {
  await ejecutar(ctx.bd, sql`UPDATE token_acceso SET ultimo_uso = ${ctx.ahora} WHERE id = ${id}`)
}

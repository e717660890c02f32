import { z } from 'zod'
import { ejecutar, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxTx } from '../../plataforma/contexto.ts'
import { sql } from '../../plataforma/sql.ts'
import type { Correo } from './correo.tipos.ts'

/** Queues a message; returns its id. */
export async function insertarCorreo(
  ctx: CtxTx,
  datos: Pick<Correo, 'destinatarios' | 'asunto' | 'html' | 'texto'> & { plantilla: string },
): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO correo_saliente (plantilla, destinatarios, asunto, html, texto, id_usuario, creado_en)
      VALUES (${datos.plantilla}, ${[...datos.destinatarios]}::text[], ${datos.asunto}, ${datos.html}, ${datos.texto}, ${ctx.usuario?.id ?? null}::bigint, ${ctx.ahora})
      RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('El correo no devolvió su id')
  return fila.id
}

const FilaCorreo = z.object({
  id: col.id,
  destinatarios: z.array(z.string()),
  asunto: z.string(),
  html: z.string(),
  texto: z.string(),
  estado: z.enum(['pendiente', 'enviado', 'error']),
  intentos: col.entero,
})

/** A message of the queue. */
export function buscarCorreo(bd: Bd | BdTx, id: number): Promise<Correo | null> {
  return unaFila(
    bd,
    sql`SELECT id, destinatarios::text[] AS destinatarios, asunto, html, texto, estado, intentos
      FROM correo_saliente WHERE id = ${id}`,
    FilaCorreo,
  )
}

/** It left: what it said is erased. */
export async function anotarEnviado(ctx: CtxTx, id: number): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE correo_saliente SET estado = 'enviado', intentos = intentos + 1, error = '', html = '', texto = '', terminado_en = ${ctx.ahora} WHERE id = ${id}`,
  )
}

/** It did not leave. Given up, what it said is erased too. */
export async function anotarFallo(ctx: CtxTx, id: number, error: string, maximo: number): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE correo_saliente SET intentos = intentos + 1, error = ${error},
        estado = CASE WHEN intentos + 1 >= ${maximo}::int THEN 'error' ELSE 'pendiente' END,
        html = CASE WHEN intentos + 1 >= ${maximo}::int THEN '' ELSE html END,
        texto = CASE WHEN intentos + 1 >= ${maximo}::int THEN '' ELSE texto END,
        terminado_en = CASE WHEN intentos + 1 >= ${maximo}::int THEN ${ctx.ahora}::timestamptz END
      WHERE id = ${id} AND estado = 'pendiente'`,
  )
}

/** How many messages were given up since that instant, and the last of them. */
export async function buscarFallos(
  bd: Bd | BdTx,
  desde: Date,
): Promise<{ cuantos: number; destinatario: string; error: string } | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) OVER () AS cuantos, destinatarios[1]::text AS destinatario, error FROM correo_saliente
      WHERE estado = 'error' AND terminado_en > ${desde} ORDER BY id DESC LIMIT 1`,
    z.object({ cuantos: col.entero, destinatario: z.string(), error: z.string() }),
  )
  return fila
}

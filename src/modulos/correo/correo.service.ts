import { join } from 'node:path'
import { plural, recortar } from '../../comun/texto.ts'
import { encolar } from '../../plataforma/cola.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import type { TransporteDeCorreo } from '../../plataforma/correo.ts'
import { RAIZ } from '../../plataforma/raiz.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { crearMotorDeVistas } from '../../plataforma/vistas.ts'
import { textoDeHtml } from './correo.reglas.ts'
import { anotarEnviado, anotarFallo, buscarCorreo, buscarFallos, insertarCorreo } from './correo.repo.ts'
import { ENVIAR_CORREO, INTENTOS_MAXIMOS, type CorreoNuevo, type Plantillas } from './correo.tipos.ts'

const SEMANA_MS = 7 * 24 * 60 * 60_000

// Strict also in production: a message with a hole in it fails the action instead of leaving.
const motor = crearMotorDeVistas({
  carpeta: join(RAIZ, 'views'),
  produccion: false,
  bitacora: { error: () => undefined },
})

/**
 * Queues a message in the transaction of the action that causes it: HTML from the template, plain text from the HTML
 * (core.md §11). Without anybody to send it to, nothing is queued.
 * @returns the id, or null when nobody gets it.
 */
export async function encolarCorreo<P extends keyof Plantillas>(
  ctx: CtxTx,
  { plantilla, asunto, contexto, destinatarios }: CorreoNuevo<P>,
): Promise<number | null> {
  const para = destinatarios.filter((direccion) => direccion !== '')
  if (para.length === 0) return null
  const cuerpo = motor.dibujar(`correos/${plantilla}`, { correo: contexto })
  const html = motor.dibujar('correos/_marco', { asunto, cuerpo })
  const id = await insertarCorreo(ctx, { plantilla, destinatarios: para, asunto, html, texto: textoDeHtml(html) })
  await encolar(ctx, ENVIAR_CORREO, { id })
  return id
}

/**
 * One attempt to send a message of the queue; one that already ended is left alone.
 * @throws what the transport said, once written down: the queue tries again while there are attempts left.
 */
export async function enviarCorreo(ctx: Contexto, transporte: TransporteDeCorreo, id: number): Promise<void> {
  const correo = await buscarCorreo(ctx.bd, id)
  if (correo?.estado !== 'pendiente') return
  const { destinatarios: para, asunto, html, texto } = correo
  try {
    await transporte.enviar({ clave: `correo-${String(id)}`, para, asunto, html, texto })
  } catch (error) {
    await conTransaccion(ctx, (tx) => anotarFallo(tx, id, recortar(motivoDe(error), 1000), INTENTOS_MAXIMOS))
    throw error
  }
  await conTransaccion(ctx, (tx) => anotarEnviado(tx, id))
}

/** Messages given up in the last seven days, as a sentence for who administers people; '' when all of them left. */
export async function avisoDeFallos(ctx: CtxLectura): Promise<string> {
  const fallos = await buscarFallos(ctx.bd, new Date(ctx.ahora.getTime() - SEMANA_MS))
  if (fallos === null) return ''
  const { cuantos, destinatario, error } = fallos
  return `${plural(cuantos, 'correo no salió', 'correos no salieron')} en los últimos 7 días. El último, a ${destinatario}: ${error}`
}

function motivoDe(error: unknown): string {
  return error instanceof Error ? error.message : 'El servidor de correo no dijo por qué.'
}

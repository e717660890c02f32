import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from './config.ts'
import { RAIZ } from './raiz.ts'

/** A message ready to leave. */
export interface MensajeDeCorreo {
  /** Stable name: a message that is sent twice has it twice, and mail servers show it once. */
  readonly clave: string
  readonly para: readonly string[]
  readonly asunto: string
  readonly html: string
  readonly texto: string
}

/** The way out of the mail; tests put their own. */
export interface TransporteDeCorreo {
  /** @throws whatever the mail server says. */
  enviar(mensaje: MensajeDeCorreo): Promise<void>
}

/** Images that the messages carry inside and name by `cid:`. */
const LOGOS = [{ filename: 'sascop.png', cid: 'logo_sascop', path: join(RAIZ, 'public/logo-correo.png') }]

/** How long a mail server may take to answer before the attempt counts as failed. */
const ESPERA_MS = 20_000

/**
 * SMTP when there is a server; otherwise each message is a file `.eml` of the folder, which any mail program opens
 * (contract.md §2).
 */
export function crearTransporteDeCorreo(config: Config['correo']): TransporteDeCorreo {
  const { smtpUrl, remitente, carpeta } = config
  const dominio = remitente.replace(/^.*@|>$/g, '')
  const comun = (mensaje: MensajeDeCorreo) => ({
    from: remitente,
    to: [...mensaje.para],
    subject: mensaje.asunto,
    html: mensaje.html,
    text: mensaje.texto,
    messageId: `<${mensaje.clave}@${dominio}>`,
    attachments: LOGOS,
    // Answers of absence and the like are for nobody.
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
  if (smtpUrl !== null) {
    const smtp = createTransport({
      url: smtpUrl,
      connectionTimeout: ESPERA_MS,
      greetingTimeout: ESPERA_MS,
      socketTimeout: ESPERA_MS,
    })
    return {
      async enviar(mensaje) {
        await smtp.sendMail(comun(mensaje))
      },
    }
  }
  const escritor = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async enviar(mensaje) {
      const { message } = await escritor.sendMail(comun(mensaje))
      await mkdir(carpeta, { recursive: true, mode: 0o700 })
      const archivo = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`
      // It may carry a link that opens an account: only for who runs the program.
      await writeFile(join(carpeta, archivo), message, { mode: 0o600 })
    },
  }
}

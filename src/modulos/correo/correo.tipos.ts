import { z } from 'zod'

/** How many times a message is tried before it is given up (core.md §11). */
export const INTENTOS_MAXIMOS = 3

/** What a template needs to be printed; `views/correos/<plantilla>.ejs`. */
export interface Plantillas {
  readonly 'enlace-clave': {
    readonly nombre: string
    readonly username: string
    /** Why they get it. */
    readonly motivo: 'alta' | 'restablecer' | 'olvido'
    readonly enlace: string
    /** Until when it opens, as people read it. */
    readonly vence: string
  }
}

/** A message to queue: subject, template, what it prints and who gets it. */
export interface CorreoNuevo<P extends keyof Plantillas> {
  readonly plantilla: P
  readonly asunto: string
  readonly contexto: Plantillas[P]
  readonly destinatarios: readonly string[]
}

/** A message as the queue keeps it. */
export interface Correo {
  readonly id: number
  readonly destinatarios: readonly string[]
  readonly asunto: string
  readonly html: string
  readonly texto: string
  readonly estado: 'pendiente' | 'enviado' | 'error'
  readonly intentos: number
}

/** Work of the queue: one message. */
export const ENVIAR_CORREO = {
  nombre: 'enviar-correo',
  datos: z.object({ id: z.number() }),
  minutos: 2,
  reintentos: INTENTOS_MAXIMOS - 1,
  pausaS: 60,
} as const

import type { Contexto } from '../plataforma/contexto.ts'
import type { ArchivoSubido } from './rutas.ts'
import type { Aviso } from './respuestas.ts'

declare module 'express-session' {
  interface SessionData {
    usuarioId: number
    /** Milliseconds: when the session began (absolute life) and when the person last did something (idle life). */
    creada: number
    ultimaActividad: number
    avisos: Aviso[]
    /** From where it was last used: the person recognises it by this. */
    ip: string | null
    agente: string | null
    /** Only while its row is being made. */
    nueva?: boolean
  }
}

declare module 'express-serve-static-core' {
  interface Request {
    solicitudId: string
    /** Who acts; absent while nobody is logged in. */
    identidad?: {
      readonly usuarioId: number
      readonly ctx: Contexto
      /** Came with a token of the API instead of a session. */
      readonly tokenId?: number
    }
    /** The session ended for lack of activity in this very request. */
    sesionExpirada?: boolean
    /** Pattern of the route that answers, for the log line (never the address with its data). */
    patron?: string
    /** The route answers JSON even to a browser (data endpoints). */
    respondeJson?: boolean
    /** Its envelopes say `detalles` again as `mensaje`. */
    repiteMensaje?: boolean
    archivosSubidos?: ArchivoSubido[]
  }
}

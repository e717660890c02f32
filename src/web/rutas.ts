import type { z } from 'zod'
import type { Almacen } from '../plataforma/archivos.ts'
import type { Contexto } from '../plataforma/contexto.ts'
import { consultarTabla, type DefTabla } from '../plataforma/tabla.ts'
import type { Credenciales, Verificador } from './autenticacion.ts'
import { leerPeticionTabla } from './peticion-tabla.ts'
import { json, type Respuesta } from './respuestas.ts'

export { archivo, exito, json, jsonEscrito, redireccion, vista } from './respuestas.ts'
export type { Aviso, Miga, Respuesta } from './respuestas.ts'

/** Open to anybody: login, health. */
export const PUBLICO = 'PUBLICO'
/** Any person with a session, no particular permission. */
export const SESION = 'SESION'

/** Permission of a route: a code such as `operaciones.view_ote`, or one of the two above. Leaving it out does not compile. */
export type Permiso = typeof PUBLICO | typeof SESION | `${string}.${string}`

/** What few handlers need of the request beyond their parsed input: the session and the uploaded files. */
export interface Solicitud {
  readonly sesion: SesionWeb
  readonly archivos: readonly ArchivoSubido[]
  /** Where the files of records stay. */
  readonly almacen: Almacen
  readonly dominioPublico: string
  readonly correo: CorreoDelSistema
  /** Judges credentials with passport; null when they are incomplete. Only the login uses it. */
  autenticar<R>(verificar: Verificador<R>, credenciales: Credenciales): Promise<R | null>
}

/** Whether mail leaves: through a server, or only as files of DATA_DIR/correo (never useful in production). */
export interface CorreoDelSistema {
  readonly hayServidor: boolean
  /** A message reaches somebody: a mailbox, or who develops and opens the file. */
  readonly sirve: boolean
}

/** A file of the request, already on disk under a random name. */
export interface ArchivoSubido {
  readonly campo: string
  /** Name given by the person: data, never a path. */
  readonly nombre: string
  readonly ruta: string
  readonly bytes: number
}

/** The little that the session keeps, and the ways to change it. */
export interface SesionWeb {
  readonly id: string
  readonly usuarioId: number | null
  /** Sessions used or begun before these instants are over. */
  readonly vigencia: { readonly actividadDesde: Date; readonly inicioDesde: Date }
  /** New session id (fixation protection) and the person in it. */
  iniciar(usuarioId: number): Promise<void>
  cerrar(): Promise<void>
}

/** What a handler receives. */
export interface Entrada<C, P, B> {
  readonly ctx: Contexto
  readonly consulta: C
  readonly parametros: P
  readonly cuerpo: B
  readonly solicitud: Solicitud
}

/** How often one person (or address) may call a route. */
export interface Limite {
  readonly maximo: number
  readonly ventanaMs: number
  readonly mensaje: string
}

/** An export reads everything: a person needs few of them. */
export const LIMITE_EXPORTAR: Limite = {
  maximo: 12,
  ventanaMs: 60_000,
  mensaje: 'Pediste muchos archivos en poco tiempo. Espera un minuto y vuelve a intentarlo.',
}

/** A route as data: what the shell mounts and the tests walk. */
export interface Ruta {
  readonly metodo: 'GET' | 'POST'
  readonly ruta: string
  readonly permiso: Permiso
  /** A page answers HTML errors and 302 to login; the rest answer the JSON envelope. */
  readonly clase: 'pagina' | 'datos' | 'accion' | 'tabla' | 'formulario'
  readonly consulta: z.ZodType | null
  readonly parametros: z.ZodType | null
  readonly cuerpo: z.ZodType | null
  readonly archivos: { readonly maximo: number } | null
  readonly limite: Limite | null
  /** Why a command leaves no audit row; null = it must leave one. */
  readonly sinAuditoria: string | null
  /** What somebody without the permission is told; null = the sentence of always. */
  readonly sinPermiso: string | null
  /** A program with a token opens it; the rest are only for sessions. */
  readonly conToken: boolean
  /** Its envelopes say `detalles` again as `mensaje`, for programs of the old system (produccion.md §4.2). */
  readonly repiteMensaje: boolean
  /** How the document of the API describes it; null = it is not of the API. */
  readonly api: DescripcionApi | null
  readonly manejar: (entrada: Entrada<never, never, never>) => Promise<Respuesta> | Respuesta
}

/** What a route of the API says of itself: the document is made of this, and the tests compare real answers with it. */
export interface DescripcionApi {
  readonly resumen: string
  readonly etiqueta: string
  readonly respuesta: z.ZodType
  /** It may answer 404. */
  readonly puedeFaltar: boolean
}

type Salida<E> = E extends z.ZodType ? z.output<E> : undefined

interface Definicion<C, P, B> {
  ruta: string
  permiso: Permiso
  consulta?: C
  parametros?: P
  cuerpo?: B
  archivos?: { maximo: number }
  limite?: Limite
  sinAuditoria?: string
  sinPermiso?: string
  conToken?: boolean
  manejar: (entrada: Entrada<Salida<C>, Salida<P>, Salida<B>>) => Promise<Respuesta> | Respuesta
}

function definir<C, P, B>(metodo: Ruta['metodo'], clase: Ruta['clase'], def: Definicion<C, P, B>): Ruta {
  return {
    metodo,
    clase,
    ruta: def.ruta,
    permiso: def.permiso,
    consulta: (def.consulta as z.ZodType | undefined) ?? null,
    parametros: (def.parametros as z.ZodType | undefined) ?? null,
    cuerpo: (def.cuerpo as z.ZodType | undefined) ?? null,
    archivos: def.archivos ?? null,
    limite: def.limite ?? null,
    sinAuditoria: def.sinAuditoria ?? null,
    sinPermiso: def.sinPermiso ?? null,
    conToken: def.conToken ?? false,
    repiteMensaje: false,
    api: null,
    manejar: def.manejar,
  }
}

/** The same route, whose envelopes say `detalles` again as `mensaje`. */
export const conMensaje = (ruta: Ruta): Ruta => ({ ...ruta, repiteMensaje: true })

/** GET of an HTML page. */
export function pagina<C = undefined, P = undefined>(def: Definicion<C, P, undefined>): Ruta {
  return definir('GET', 'pagina', def)
}

/** GET of JSON or of a download. */
export function datos<C = undefined, P = undefined>(def: Definicion<C, P, undefined>): Ruta {
  return definir('GET', 'datos', def)
}

/** Requests of a program, by minute and token (or person): fifty a second is for people. */
const LIMITE_API: Limite = {
  maximo: 600,
  ventanaMs: 60_000,
  mensaje: 'Demasiadas consultas a la API en un minuto. Espera y vuelve a intentarlo.',
}

/** GET of the API: also open to tokens, described in its document, never faster than its limit. */
export function api<R extends z.ZodType, C = undefined, P = undefined>(
  def: Omit<Definicion<C, P, undefined>, 'manejar' | 'limite' | 'conToken'> &
    Omit<DescripcionApi, 'respuesta'> & {
      respuesta: R
      manejar: (entrada: Entrada<Salida<C>, Salida<P>, undefined>) => Promise<z.input<R>>
    },
): Ruta {
  const { resumen, etiqueta, respuesta, puedeFaltar, manejar, ...resto } = def
  const ruta = definir<C, P, undefined>('GET', 'datos', {
    ...resto,
    conToken: true,
    limite: LIMITE_API,
    manejar: async (entrada) => json(await manejar(entrada)),
  })
  return { ...ruta, api: { resumen, etiqueta, respuesta, puedeFaltar } }
}

/** POST that changes something and answers the JSON envelope. */
export function accion<B = undefined, P = undefined>(def: Definicion<undefined, P, B>): Ruta {
  return definir('POST', 'accion', def)
}

/** POST of a full-page form: renders the page again with 400 on invalid data, redirects on success. */
export function formulario<B = undefined, P = undefined, C = undefined>(def: Definicion<C, P, B>): Ruta {
  return definir('POST', 'formulario', def)
}

/** GET of a DataTables endpoint (pte.md §1.7) from its one declaration. */
export function tabla<F>(def: DefTabla<F>, opciones: { ruta: string; permiso: Permiso }): Ruta {
  return {
    ...definir('GET', 'tabla', { ...opciones, manejar: () => json(null) }),
    manejar: async ({ ctx, consulta }) => {
      const peticion = leerPeticionTabla(def, consulta as Record<string, string | string[] | undefined>)
      return json(await consultarTabla(ctx, def, peticion))
    },
  }
}

import type { Writable } from 'node:stream'

/** A step of the breadcrumbs; the last one has no address. */
export interface Miga {
  readonly texto: string
  readonly ruta?: string
}

/** What a handler returns: the shell turns it into HTTP. Handlers never touch `res`. */
export type Respuesta =
  | {
      readonly clase: 'vista'
      readonly vista: string
      readonly datos: Record<string, unknown>
      readonly titulo: string
      readonly migas: readonly Miga[]
      readonly estado: number
      /** Notices of this very page, beside those that the session kept. */
      readonly avisos: readonly Aviso[]
    }
  | { readonly clase: 'json'; readonly cuerpo: unknown; readonly estado: number }
  /** JSON already written, for answers of many megabytes. */
  | { readonly clase: 'json-escrito'; readonly bytes: Buffer }
  | { readonly clase: 'redireccion'; readonly a: string; readonly aviso: Aviso | null }
  | {
      readonly clase: 'archivo'
      readonly nombre: string
      readonly tipo: string
      /** Writes the file to the answer and ends it. A failure before the first byte still gives an error page. */
      readonly escribir: (salida: Writable) => Promise<void>
    }

/** A notice shown once, after a redirect. */
export interface Aviso {
  readonly tipo: 'exito' | 'error' | 'advertencia' | 'proceso'
  readonly texto: string
}

/** A page: the view's own data (at `v.<key>`), its title and its breadcrumbs. */
export function vista(
  nombre: string,
  datos: Record<string, unknown>,
  opciones: { titulo: string; migas?: readonly Miga[]; estado?: number; avisos?: readonly Aviso[] },
): Respuesta {
  return {
    clase: 'vista',
    vista: nombre,
    datos,
    titulo: opciones.titulo,
    migas: opciones.migas ?? [],
    estado: opciones.estado ?? 200,
    avisos: opciones.avisos ?? [],
  }
}

/** The envelope of a command that was applied (pte.md §1.3), with its own keys. */
export function exito(detalles: string, extra: Record<string, unknown> = {}): Respuesta {
  return { clase: 'json', cuerpo: { exito: true, tipo_aviso: 'exito', detalles, ...extra }, estado: 200 }
}

/** Bare JSON of a data endpoint; 202 for work that goes on in the background. */
export function json(cuerpo: unknown, estado = 200): Respuesta {
  return { clase: 'json', cuerpo, estado }
}

/** A data endpoint that writes its own JSON. */
export function jsonEscrito(bytes: Buffer): Respuesta {
  return { clase: 'json-escrito', bytes }
}

/** After a form: 302 to a local path, with an optional notice there. */
export function redireccion(a: string, aviso: Aviso | null = null): Respuesta {
  return { clase: 'redireccion', a, aviso }
}

/** A download, streamed. */
export function archivo(datos: {
  nombre: string
  tipo: string
  escribir: (salida: Writable) => Promise<void>
}): Respuesta {
  return { clase: 'archivo', ...datos }
}

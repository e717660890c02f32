/** What the browser receives of the screen of the log (core.md §9.6, settled.md §6). */

/** Rows that an export takes at most. */
export const TOPE_DE_EXPORTACION = 50_000

/** A row of `registro_actividad/datatable`. */
export interface FilaDeActividadJson {
  tabla: 'global'
  tabla_log: number
  id: number
  valor_anterior: string
  valor_actual: string
  evento: string
  afectacion: string
  /** The sentence of §9.5, plain text. */
  detalle_evento: string
  /** DD/MM/YYYY HH:MM:SS local. */
  fecha_formateada: string
  /** ISO local. */
  fecha: string
  /** Label that people read. */
  campo: string
  /** Technical name of the field; empty for one-line events. */
  campo_clave: string
  usuario_id: number | null
  nombre_completo: string
  email: string
  registro_id: number | null
  ip: string
  /** Groups the rows of one request. */
  transaccion: string | null
  /** Page of the record, when it has one. */
  enlace: string | null
}

export interface RespuestaActividad {
  draw: number
  recordsTotal: number
  recordsFiltered: number
  /** A search found more than `recordsFiltered`: those are the newest. */
  hay_mas?: true
  data: FilaDeActividadJson[]
}

/** A row of `registro_actividad/usuarios`. */
export interface PersonaJson {
  id: number
  username: string
  first_name: string
  last_name: string
  email: string
  /** 'Nombre Apellido (username)'. */
  descripcion: string
}

/** `v.datos` of views/auditoria/lista.ejs. */
export interface PaginaActividad {
  hoy: string
  personas: PersonaJson[]
  tablas: { codigo: number; nombre: string }[]
  eventos: readonly string[]
}

/** Name under which the views of this table are kept. */
export const VISTAS_DE_ACTIVIDAD = 'actividad'

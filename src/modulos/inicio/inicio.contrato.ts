/** What the start page of Operaciones receives (`v.datos` of views/inicio/inicio.ejs, core.md §7). */
import type { Tono } from '../../comun/colores.ts'

export interface ConteoInicio {
  texto: string
  total: number
  /** List already filtered by this. */
  ruta: string
  tono: Tono
}

export interface OtPorFecha {
  ruta: string
  orden_trabajo: string
  descripcion_trabajo: string
  /** Programmed end, DD/MM/YYYY. */
  termino: string
  /** Days left; negative when it passed. */
  dias: number
  progreso: number
  estatus: { texto: string; tono: Tono }
}

export interface ListaPorFecha {
  /** How many there are; `ots` holds the ten nearest. */
  total: number
  ots: OtPorFecha[]
}

export interface PaginaInicio {
  /** Null for somebody who may not see OTs. */
  ot: {
    total: number
    ruta: string
    por_estatus: ConteoInicio[]
    por_tipo: ConteoInicio[]
    /** Programmed end within the next 30 days, not finished nor cancelled. */
    por_terminar: ListaPorFecha
    /** Programmed end passed, not finished nor cancelled. */
    vencidas: ListaPorFecha
  } | null
}

/** What the first pages receive (`v.datos` of views/inicio/*.ejs, core.md §6-7). */
import type { Tono } from '../../comun/colores.ts'

export interface ConteoInicio {
  texto: string
  total: number
  /** List already filtered by this. */
  ruta: string
  tono: Tono
}

export interface ResumenDeModulo {
  total: number
  ruta: string
  por_estatus: ConteoInicio[]
}

export interface OtPorFecha {
  ruta: string
  orden_trabajo: string
  descripcion_trabajo: string
  /** Programmed end, DD/MM/YYYY. */
  termino: string
  /** Days left. */
  dias: number
  progreso: number
  estatus: { texto: string; tono: Tono }
}

export interface ListaPorFecha {
  /** How many there are; `ots` holds the ten nearest. */
  total: number
  ots: OtPorFecha[]
}

/** A PTE or an OT whose term is over, with the step that it waits for and who must move it. */
export interface Pendiente {
  ruta: string
  clase: 'PTE' | 'OT'
  folio: string
  descripcion: string
  /** '4 · Volumetría'; '' when it has no open step. */
  paso: string
  responsable: string
  /** DD/MM/YYYY. */
  vencio: string
  dias: number
}

export interface QuienTieneLaPelota {
  total: number
  /** The ten that are latest. */
  pendientes: Pendiente[]
  /** Who has most of them. */
  por_responsable: { responsable: string; total: number }[]
}

export interface Tocado {
  ruta: string
  clase: string
  folio: string
  descripcion: string
  /** DD/MM/YYYY HH:MM local. */
  cuando: string
}

export interface ActividadReciente {
  afectacion: string
  evento: string
  fecha: string
  usuario: string
  descripcion: string
}

export interface PaginaInicio {
  /** Null for somebody who may not see PTEs. */
  pte: ResumenDeModulo | null
  /** Null for somebody who may not see OTs. */
  ot: (ResumenDeModulo & { por_tipo: ConteoInicio[]; por_terminar: ListaPorFecha }) | null
  /** Null for who may see neither. */
  pelota: QuienTieneLaPelota | null
  tocados: Tocado[]
  /** Null without the permission of the log. */
  actividad: ActividadReciente[] | null
}

/** A module of the first page. */
export interface TarjetaDeModulo {
  nombre: string
  descripcion: string
  ruta: string
  icono: string
}

/**
 * Codes and shapes of the PTE module (pte.md §3, §4). The numbers of the catalogues are written here and nowhere else;
 * those of the steps, shared with the OT, are in comun/pasos.ts.
 */
import type { EstatusMostrado } from '../../comun/contrato.ts'
import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'

/** `pte_header.estatus` (pte.md §4.2). */
export const ESTATUS_PTE = {
  ELIMINADA: 0,
  PENDIENTE: 1,
  PROCESO: 2,
  ENTREGADA: 3,
  CANCELADA: 4,
  /** Legacy SUSPENDIDA: read, never written. */
  SUSPENDIDA_ANTERIOR: 9,
  SUSPENDIDA: 15,
} as const

/** Statuses of a PTE, in the order of the status menu and of the filter. */
export const ESTATUS_DE_PTE: readonly EstatusMostrado[] = [
  { id: ESTATUS_PTE.PENDIENTE, clave: 'PENDIENTE', texto: 'PENDIENTE', tono: 'amarillo' },
  { id: ESTATUS_PTE.PROCESO, clave: 'PROCESO', texto: 'PROCESO', tono: 'azul' },
  { id: ESTATUS_PTE.ENTREGADA, clave: 'ENTREGADA', texto: 'ENTREGADA', tono: 'verde' },
  { id: ESTATUS_PTE.CANCELADA, clave: 'CANCELADA', texto: 'CANCELADA', tono: 'naranja' },
  { id: ESTATUS_PTE.SUSPENDIDA, clave: 'SUSPENDIDA', texto: 'SUSPENDIDA', tono: 'gris' },
]

/** `pte_header.prioridad` (pte.md §4.6). */
export const PRIORIDADES = [
  { id: 1, texto: 'ALTA' },
  { id: 2, texto: 'MEDIA' },
  { id: 3, texto: 'BAJA' },
  { id: 4, texto: 'TBD' },
] as const

/** `tipo.nivel_afectacion` of the kinds of PTE. */
export const NIVEL_TIPO_PTE = 1

/** `tipo` 1: a PTE that nobody classified; no select offers it (pte.md §4.1). */
export const TIPO_PTE_GENERICO = 1

/** Order of the kinds in the selects (pte.md §4.1); any other one of the catalogue goes after, by its text. */
export const ORDEN_TIPOS_PTE: readonly number[] = [12, 19, 20, 2, 3, 10, 11, 14, 13, 17]

/** `paso.tipo`. */
export const TIPO_PASO = { PRINCIPAL: 1, SUBPASO: 2 } as const

/** Defaults of what the form leaves blank (R-PTE-02). */
export const SIN_FOLIO = 'SIN FOLIO'
export const SOLICITUD_PENDIENTE = 'PENDIENTE'
export const DESCRIPCION_POR_DEFINIR = 'POR DEFINIR'

/** Limits of the columns that people fill. */
export const LARGO_PTE = { oficioPte: 100, oficioSolicitud: 100, oficioOt: 100 } as const

/** Values of a PTE that a person can edit (R-PTE-08) and its status. */
export interface ValoresPte {
  readonly idTipo: number
  readonly oficioPte: string
  readonly oficioSolicitud: string
  readonly descripcionTrabajo: string
  readonly fechaSolicitud: FechaIso | null
  readonly fechaEntrega: FechaIso | null
  /** Decimal; null only on PTEs of the historical import. */
  readonly plazoDias: Dinero | null
  readonly idOrdenTrabajo: string | null
  readonly idResponsableProyecto: number | null
  readonly totalHomologado: Dinero
  readonly estatus: number
  readonly prioridad: number | null
  readonly idCliente: number | null
  readonly comentario: string | null
}

/** A stored PTE. */
export interface Pte extends ValoresPte {
  readonly id: number
  readonly version: number
}

/** Progress of a PTE (pte.md §5.5), with the keys of the JSON answers. Integers. */
export interface AvancePte {
  progreso: number
  pasos_completados: number
  total_pasos: number
}

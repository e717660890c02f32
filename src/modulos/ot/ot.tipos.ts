/**
 * Codes and shapes of the OT module (ot.md §3). The numbers of the catalogues are written here and nowhere else; the
 * rest of the code uses the names.
 */
import type { EstatusMostrado } from '../../comun/contrato.ts'
import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'

// ------------------------------------------------------------------------------------------------ types of OT

/** `ot.id_tipo` (ot.md §3.4). */
export const TIPO_OT = { INICIAL: 4, REPROGRAMACION: 5 } as const
export type TipoOt = (typeof TIPO_OT)[keyof typeof TIPO_OT]

export const TEXTO_TIPO_OT: Readonly<Record<TipoOt, string>> = { 4: 'INICIAL', 5: 'REPROGRAMACION' }

/** `paso_ot.tipo`: the template the steps of an OT are copied from. */
export const PLANTILLA_PASOS = { INICIAL: 4, REPROGRAMACION: 5, INTERCOM: 18 } as const
export type PlantillaPasos = (typeof PLANTILLA_PASOS)[keyof typeof PLANTILLA_PASOS]

/** `cliente.id_tipo`. */
export const TIPO_CLIENTE = { CONTRATO: 15, INTERCOM: 16 } as const

// --------------------------------------------------------------------------------------------------- statuses

/** `ot.estatus` (ot.md §3.1). */
export const ESTATUS_LOGICO = { POR_DEFINIR: -1, ELIMINADA: 0, ACTIVA: 1 } as const

/** `ot.id_estatus_ot` (ot.md §3.2). */
export const ESTATUS_OT = {
  ASIGNADA: 5,
  CANCELADA: 6,
  DIFERIDA: 7,
  EN_EJECUCION: 8,
  SUSPENDIDA: 9,
  TERMINADA: 10,
  POR_CANCELAR: 11,
  DIFERIDA_SIN_INICIAR: 16,
} as const
export type EstatusOt = (typeof ESTATUS_OT)[keyof typeof ESTATUS_OT]

/** Operative statuses, in the order of the status menu (ot.md §3.2). */
export const ESTATUS_OPERATIVOS: readonly EstatusMostrado[] = [
  { id: ESTATUS_OT.ASIGNADA, clave: 'ASIGNADA', texto: 'ASIGNADA', tono: 'amarillo' },
  { id: ESTATUS_OT.EN_EJECUCION, clave: 'EN_EJECUCION', texto: 'EN EJECUCION', tono: 'azul' },
  { id: ESTATUS_OT.SUSPENDIDA, clave: 'SUSPENDIDA', texto: 'SUSPENDIDA', tono: 'gris' },
  { id: ESTATUS_OT.DIFERIDA, clave: 'DIFERIDA', texto: 'DIFERIDA', tono: 'naranja' },
  {
    id: ESTATUS_OT.DIFERIDA_SIN_INICIAR,
    clave: 'DIFERIDA_SIN_INICIAR',
    texto: 'DIFERIDA(SIN INICIAR)',
    tono: 'naranja',
  },
  { id: ESTATUS_OT.TERMINADA, clave: 'TERMINADA', texto: 'TERMINADA', tono: 'verde' },
  { id: ESTATUS_OT.POR_CANCELAR, clave: 'POR_CANCELAR', texto: 'POR CANCELAR', tono: 'naranja' },
  { id: ESTATUS_OT.CANCELADA, clave: 'CANCELADA', texto: 'CANCELADA', tono: 'naranja' },
]

/** The same statuses in the order of the filter panel (ot.md §3.2). */
export const ORDEN_ESTATUS_FILTRO: readonly EstatusOt[] = [
  ESTATUS_OT.ASIGNADA,
  ESTATUS_OT.EN_EJECUCION,
  ESTATUS_OT.DIFERIDA,
  ESTATUS_OT.DIFERIDA_SIN_INICIAR,
  ESTATUS_OT.SUSPENDIDA,
  ESTATUS_OT.TERMINADA,
  ESTATUS_OT.CANCELADA,
  ESTATUS_OT.POR_CANCELAR,
]

/** How an OT that waits for its first configuration is shown; it is no operative status. */
export const POR_DEFINIR = { texto: 'POR DEFINIR', textoTabla: 'Por definir', tono: 'gris' } as const

/** `ot_detalle.estatus_paso` (ot.md §3.3), shared with the PTE. */
export { ESTATUS_PASO } from '../../comun/pasos.ts'

// ---------------------------------------------------------------------------------------------- fronts, sites

/** Fronts an OT may have (ot.md §3.5). */
export const FRENTE_OT = { TIERRA: 1, BARCO: 2, CP_PS: 4 } as const
export type FrenteOt = (typeof FRENTE_OT)[keyof typeof FRENTE_OT]

/** Fronts that only classify sites: the class of the sites each control lists. */
export const FRENTE_DE_SITIO = { patio: 3, intercom: 5, embarcacion: 6, plataforma: 7 } as const
export type ClaseSitio = keyof typeof FRENTE_DE_SITIO

/** What each front shows, which of its sites is the main one, and whether it may have a yard phase. */
export interface ReglaFrente {
  readonly texto: string
  readonly sitios: readonly ClaseSitio[]
  readonly principal: ClaseSitio
  readonly admiteFasePatio: boolean
}

export const REGLAS_FRENTE: Readonly<Record<FrenteOt, ReglaFrente>> = {
  [FRENTE_OT.BARCO]: {
    texto: 'BARCO',
    sitios: ['embarcacion', 'plataforma', 'intercom'],
    principal: 'embarcacion',
    admiteFasePatio: true,
  },
  [FRENTE_OT.TIERRA]: {
    texto: 'TIERRA',
    sitios: ['patio', 'plataforma', 'intercom'],
    principal: 'patio',
    admiteFasePatio: false,
  },
  [FRENTE_OT.CP_PS]: { texto: 'CP / PS', sitios: ['plataforma'], principal: 'plataforma', admiteFasePatio: true },
}

/** Request field of each site, for messages. */
export const CAMPO_DE_SITIO: Readonly<Record<ClaseSitio, string>> = {
  embarcacion: 'id_embarcacion',
  plataforma: 'id_plataforma',
  intercom: 'id_intercom',
  patio: 'id_patio',
}

// ----------------------------------------------------------------------------------------------------- others

/** Why an OT was rescheduled (`ot.motivo_reprogramacion`); imported ones have none. */
export const MOTIVOS_REPROGRAMACION = [
  { clave: 'clima', texto: 'Clima' },
  { clave: 'recursos', texto: 'Recursos' },
  { clave: 'alcance', texto: 'Alcance' },
  { clave: 'cliente', texto: 'Cliente' },
  { clave: 'otro', texto: 'Otro' },
] as const
export type MotivoReprogramacion = (typeof MOTIVOS_REPROGRAMACION)[number]['clave']

/** Values an OT takes when nobody gives them (R-OT-04, R-PTE-14). */
export const OFICIO_PENDIENTE = 'PENDIENTE'
export const RESPONSABLE_CLIENTE_POR_DEFINIR = 'POR DEFINIR'

/** Limits of the columns that people fill. */
export const LARGO_OT = { ordenTrabajo: 100, oficioOt: 100, responsableCliente: 200 } as const

// ------------------------------------------------------------------------------------------------------ shapes

/** Site columns of an OT and its yard phase, as stored (ot.md §5.5). */
export interface SitiosOt {
  readonly idFrente: number | null
  readonly idEmbarcacion: number | null
  readonly idPlataforma: number | null
  readonly idIntercom: number | null
  readonly idPatio: number | null
  readonly requierePatio: boolean
  readonly fechaInicioPatio: FechaIso | null
  readonly fechaFinPatio: FechaIso | null
}

/** The four main dates and the term. */
export interface ProgramaOt {
  readonly fechaInicioProgramado: FechaIso | null
  readonly fechaTerminoProgramado: FechaIso | null
  readonly fechaInicioReal: FechaIso | null
  readonly fechaTerminoReal: FechaIso | null
  readonly plazoDias: number | null
}

/** Values of an OT that a person can edit (R-OT-20) plus those that the rules decide. */
export interface ValoresOt extends SitiosOt, ProgramaOt {
  readonly idTipo: TipoOt
  readonly idPteHeader: number | null
  readonly ordenTrabajo: string
  readonly oficioOt: string
  readonly descripcionTrabajo: string
  readonly comentario: string
  readonly idResponsableProyecto: number
  readonly responsableCliente: string
  readonly idCliente: number | null
  readonly idEstatusOt: number
  readonly estatus: number
  readonly otPrincipal: number | null
  readonly numReprogramacion: number | null
  readonly motivoReprogramacion: MotivoReprogramacion | null
  readonly comentarioReprogramacion: string | null
  readonly montoMxn: Dinero
  readonly montoUsd: Dinero
}

/** A stored OT. */
export interface Ot extends ValoresOt {
  readonly id: number
  readonly version: number
}

/** Progress of an OT on a day, with the keys of the JSON answers (ot.md §6.2, §6.15). Integers. */
export interface AvanceOt {
  total_pasos: number
  pasos_completados: number
  progreso_pasos: number
  progreso_tiempo: number
  dias_restantes: number
  dias_transcurridos: number
  plazo_total: number
  progreso_tiempo_real: number
  dias_restantes_real: number
  dias_transcurridos_real: number
  plazo_total_real: number
  progreso_final: number
  progreso_final_real: number
}

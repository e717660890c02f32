/**
 * Ids that program logic knows, by name (catalogos.md §4, column P): their rows are never deactivated nor change level or
 * type. The only place where they are listed; the invariants look that all of them exist and are active.
 */

export const TIPO = {
  PTE: 1,
  OT_INICIAL: 4,
  OT_REPROGRAMACION: 5,
  PARTIDA_ORDINARIA: 6,
  PARTIDA_EXTRAORDINARIA: 7,
  CLIENTE_CONTRATO: 15,
  CLIENTE_INTERCOM: 16,
  PLANTILLA_INTERCOM: 18,
} as const

export const FRENTE = { TIERRA: 1, BARCO: 2, PATIO: 3, CP_PS: 4, INTERCOM: 5, EMBARCACION: 6, PLATAFORMA: 7 } as const

export const ESTATUS = {
  PENDIENTE: 1,
  PROCESO: 2,
  COMPLETADO: 3,
  CANCELADO: 4,
  OT_ASIGNADA: 5,
  OT_CANCELADA: 6,
  OT_DIFERIDA: 7,
  OT_EN_EJECUCION: 8,
  OT_SUSPENDIDA: 9,
  OT_TERMINADA: 10,
  OT_POR_CANCELAR: 11,
  COBRO_PENDIENTE: 12,
  COBRO_COBRADA: 13,
  NO_APLICA: 14,
  SUSPENDIDA: 15,
  OT_DIFERIDA_SIN_INICIAR: 16,
  DIARIO_FIRMADO: 17,
  DIARIO_FALTA_FIRMA_PEMEX: 18,
  DIARIO_PENDIENTE: 19,
  DIARIO_PROCESO: 20,
  MENSUAL_ABIERTO: 21,
  MENSUAL_CERRADO: 22,
  MENSUAL_FIRMADO: 23,
  COBRO_EN_ESTIMACION: 24,
  COBRO_ENVIADA: 25,
  COBRO_AUTORIZADA: 26,
  COBRO_FACTURADA: 27,
  COBRO_RECHAZADA: 28,
  COBRO_CANCELADA: 29,
} as const

const ids = (nombres: Readonly<Record<string, number>>): ReadonlySet<number> => new Set(Object.values(nombres))

export const TIPOS_PROTEGIDOS = ids(TIPO)
export const FRENTES_PROTEGIDOS = ids(FRENTE)
export const ESTATUS_PROTEGIDOS = ids(ESTATUS)
export const NINGUNO_PROTEGIDO: ReadonlySet<number> = new Set()

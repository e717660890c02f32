import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'

/** Table codes of the log (core.md §9.1); from 32 on they are ours. Codes without records yet are not listed. */
export const TABLA_LOG = {
  PTE: 0,
  PTE_PASO: 1,
  PASO: 2,
  TIPO: 3,
  OT: 4,
  OT_PASO: 5,
  SITIO: 6,
  ESTATUS: 7,
  UNIDAD_MEDIDA: 9,
  PRODUCCION: 10,
  CONCEPTO: 11,
  RESPONSABLE_PROYECTO: 12,
  FRENTE: 13,
  CLIENTE: 14,
  PASO_OT: 15,
  CONTRATO: 16,
  ANEXO_CONTRATO: 17,
  SUB_ANEXO: 18,
  CATEGORIA: 19,
  IMPORTACION_ANEXO: 20,
  REPORTE_DIARIO: 22,
  REPORTE_MENSUAL: 23,
  GPU: 24,
  ESTIMACION: 25,
  CICLO_GUARDIA: 26,
  USUARIO: 28,
  SESION: 29,
  PARAMETRO: 31,
  SUPERINTENDENTE: 32,
  GRUPO: 33,
  REGISTRO_ACTIVIDAD: 34,
  SUBCATEGORIA: 35,
  CLASIFICACION: 36,
  TIPO_CAMBIO: 37,
} as const
export type TablaLog = (typeof TABLA_LOG)[keyof typeof TABLA_LOG]

/** What `afectacion` says for each code. */
export const NOMBRE_TABLA_LOG: Readonly<Record<TablaLog, string>> = {
  [TABLA_LOG.PTE]: 'PTE Header',
  [TABLA_LOG.PTE_PASO]: 'PTE Detalle',
  [TABLA_LOG.PASO]: 'Paso',
  [TABLA_LOG.TIPO]: 'Tipo',
  [TABLA_LOG.OT]: 'OT',
  [TABLA_LOG.OT_PASO]: 'OT Detalle',
  [TABLA_LOG.SITIO]: 'Sitio',
  [TABLA_LOG.ESTATUS]: 'Estatus',
  [TABLA_LOG.UNIDAD_MEDIDA]: 'Unidad Medida',
  [TABLA_LOG.PRODUCCION]: 'Producción',
  [TABLA_LOG.CONCEPTO]: 'Producto',
  [TABLA_LOG.RESPONSABLE_PROYECTO]: 'Responsable Proyecto',
  [TABLA_LOG.FRENTE]: 'Frente',
  [TABLA_LOG.CLIENTE]: 'Cliente',
  [TABLA_LOG.PASO_OT]: 'Paso OT',
  [TABLA_LOG.CONTRATO]: 'Contrato',
  [TABLA_LOG.ANEXO_CONTRATO]: 'Anexo de contrato',
  [TABLA_LOG.SUB_ANEXO]: 'Sub-anexo',
  [TABLA_LOG.CATEGORIA]: 'Categoría',
  [TABLA_LOG.IMPORTACION_ANEXO]: 'Importación de anexo',
  [TABLA_LOG.REPORTE_DIARIO]: 'Reporte diario',
  [TABLA_LOG.REPORTE_MENSUAL]: 'Reporte mensual',
  [TABLA_LOG.GPU]: 'GPU',
  [TABLA_LOG.ESTIMACION]: 'Estimación',
  [TABLA_LOG.CICLO_GUARDIA]: 'Ciclo de guardia',
  [TABLA_LOG.USUARIO]: 'Usuario',
  [TABLA_LOG.SESION]: 'Sesión',
  [TABLA_LOG.PARAMETRO]: 'Parámetro',
  [TABLA_LOG.SUPERINTENDENTE]: 'Superintendente',
  [TABLA_LOG.GRUPO]: 'Grupo',
  [TABLA_LOG.REGISTRO_ACTIVIDAD]: 'Registro de actividad',
  [TABLA_LOG.SUBCATEGORIA]: 'Subcategoría',
  [TABLA_LOG.CLASIFICACION]: 'Clasificación',
  [TABLA_LOG.TIPO_CAMBIO]: 'Tipo de cambio',
}

/** Events of the log (core.md §9.4, settled.md §6). */
export const EVENTOS = [
  'CREAR',
  'REGISTRAR',
  'MODIFICAR',
  'ACTUALIZAR',
  'ELIMINAR',
  'IMPORTAR',
  'EXPORTAR',
  'ENVIAR',
  'REACTIVAR',
  'INICIAR SESION',
  'CERRAR SESION',
] as const
export type Evento = (typeof EVENTOS)[number]

/** A value that refers to a row of another table: compared by id, printed by its text. */
export interface Referencia {
  readonly id: number
  readonly texto: string
}

export type ValorAuditado = string | number | boolean | Dinero | FechaIso | Date | Referencia | null | undefined

/** How an entity is described in the log: per field, its label and how its value is printed (core.md §9.3). */
export interface EntidadAuditada<T extends Record<string, ValorAuditado>> {
  readonly tabla: TablaLog
  readonly campos: { readonly [K in keyof T]-?: { readonly etiqueta: string; readonly tipo: TipoCampo } }
}

export type TipoCampo = 'texto' | 'entero' | 'decimal' | 'dinero' | 'fecha' | 'instante' | 'booleano' | 'referencia'

/** A record before and after an action. */
export interface CambioAuditado<T> {
  readonly registroId: number
  readonly antes: T
  readonly despues: T
  readonly detalle: string
  readonly version?: number
  /** What the action is, when it is not an edition: a conversion is ACTUALIZAR. */
  readonly evento?: 'MODIFICAR' | 'ACTUALIZAR'
}

/** A row of the log, before the context adds who, when and from where. */
export interface EventoAuditado {
  readonly tabla: TablaLog
  /** Null when the event is about no single record (an export of a list). */
  readonly registroId: number | null
  readonly evento: Evento
  /** Label that people read, or the verb of a one-line event (`Creó`). */
  readonly campo: string
  /** Technical name of the field; empty for one-line events. */
  readonly campoClave?: string
  readonly anterior?: string
  readonly actual?: string
  /** Complement of the sentence, plain text. */
  readonly detalle: string
  /** Version of the record after the change, for records edited in forms. */
  readonly version?: number
}

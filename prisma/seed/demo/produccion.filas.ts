/** Rows of annexes and production of the demo company, with the names of their columns; ids count from 1. */
import type { FechaIso } from '../../../src/comun/fechas.ts'

export interface ProduccionDeDemo {
  readonly versiones: readonly FilaVersion[]
  readonly conceptos: readonly FilaConcepto[]
  readonly partidas: readonly FilaPartida[]
  readonly programa: readonly FilaPrograma[]
  readonly mensuales: readonly FilaMensual[]
  readonly diarios: readonly FilaDiaria[]
  readonly producciones: readonly FilaProduccion[]
  readonly gpus: readonly FilaGpu[]
  readonly superintendentes: readonly FilaSuperintendente[]
  readonly guardias: readonly FilaGuardia[]
}

export interface FilaVersion {
  readonly id: number
  readonly id_ot: number
  readonly numero: number
  readonly archivo_excel: string
  readonly fecha_carga: string
  readonly total_registros: number
  readonly es_activo: boolean
}

/** What K is made of; the loader normalises it. */
export interface FilaConcepto {
  readonly id: number
  readonly id_ot: number
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly id_unidad_medida: number
}

export interface FilaPartida {
  readonly id: number
  readonly id_importacion_anexo: number
  readonly id_concepto_consolidado: number
  readonly id_partida: string
  readonly descripcion_concepto: string
  readonly anexo: string
  readonly id_unidad_medida: number
  readonly volumen_proyectado: string
  readonly precio_unitario_mn: string
  readonly precio_unitario_usd: string
  readonly orden_fila: number
}

export interface FilaPrograma {
  readonly id_partida_anexo: number
  /** First day of the month. */
  readonly mes: FechaIso
  /** One for each day of the month. */
  readonly volumenes: readonly string[]
}

export interface FilaMensual {
  readonly id: number
  readonly id_ot: number
  readonly mes: number
  readonly anio: number
  readonly archivo: string | null
  readonly id_estatus: number
  readonly version: number
  readonly fecha_cierre: string | null
}

export interface FilaDiaria {
  readonly id_reporte_mensual: number
  readonly fecha: FechaIso
  readonly id_sitio: number
  readonly id_estatus: number
  readonly comentario: string | null
  readonly bloqueado: boolean
  readonly fecha_firma: string | null
}

export interface FilaProduccion {
  readonly id: number
  readonly id_partida_anexo: number
  readonly id_concepto_consolidado: number
  readonly id_reporte_mensual: number
  readonly fecha_produccion: FechaIso
  readonly volumen_produccion: string
  readonly tipo_tiempo: 'TE' | 'CMA'
  readonly es_excedente: boolean
  readonly id_sitio_produccion: number
  readonly fecha_captura: string
}

export interface FilaGpu {
  readonly id: number
  readonly id_produccion: number
  readonly id_estatus: number
  readonly archivo: string | null
  readonly fecha_firma: string | null
  /** Its note is the one of the service. */
  readonly excedente: boolean
}

export interface FilaSuperintendente {
  readonly id: number
  readonly nombre: string
  readonly color: string
  readonly sitio_asignado: number
}

export interface FilaGuardia {
  readonly id: number
  readonly id_sitio: number
  readonly super_a: number
  readonly super_b: number
  readonly fecha_inicio_super_a: FechaIso
  readonly vigente_desde: FechaIso
}

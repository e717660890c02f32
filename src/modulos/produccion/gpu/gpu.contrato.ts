/** What the tab and the page of GPUs and their server agree on (produccion.md §5.8, §6.13, §6.14, §7.6). */
import type { EnvolturaCon } from '../../../comun/envoltura.ts'
import type { HistorialDeRegistro } from '../../auditoria/auditoria.contrato.ts'
import type { TipoTiempo } from '../captura/captura.contrato.ts'
import type { EstimacionDeGpu } from './gpu.tipos.ts'

const BASE = '/operaciones/produccion/'
export const RUTA_GPUS = `${BASE}obtener_grid_gpus/`
export const RUTA_GUARDAR_GPU = `${BASE}guardar_estatus_gpu/`
export const RUTA_GUARDAR_GPUS = `${BASE}guardar_estatus_gpus/`
export const RUTA_EVIDENCIAS = `${BASE}obtener_evidencias_gpu/`
export const RUTA_SUBIR_EVIDENCIA = `${BASE}subir_evidencia_gpu/`
export const RUTA_RETIRAR_EVIDENCIA = `${BASE}retirar_evidencia_gpu/`
export const PATRON_GPU = `${BASE}gpu/:id/`
export const PATRON_EVIDENCIA = `${BASE}evidencia_gpu/:id/archivo/`
export const PATRON_MINIATURA = `${BASE}evidencia_gpu/:id/miniatura/`

/** Page of one GPU; the QR code of its sheet opens it. */
export const rutaDeGpu = (id: number): string => PATRON_GPU.replace(':id', String(id))
export const rutaDeEvidencia = (id: number): string => PATRON_EVIDENCIA.replace(':id', String(id))
export const rutaDeMiniatura = (id: number): string => PATRON_MINIATURA.replace(':id', String(id))

/** Statuses of a GPU, from the least advanced to the most (§5.8.8). */
export const ESTATUS_DE_GPU = [
  { id: 19, texto: 'PENDIENTE' },
  { id: 20, texto: 'PROCESO' },
  { id: 18, texto: 'FALTA FIRMA PEMEX' },
  { id: 17, texto: 'FIRMADO' },
] as const
export type EstatusDeGpu = (typeof ESTATUS_DE_GPU)[number]['id']

export const textoEstatusGpu = (id: number): string =>
  ESTATUS_DE_GPU.find((una) => una.id === id)?.texto ?? 'SIN ESTATUS'

/** Place of a status between the least advanced (0) and the most (3). */
export const avanceDeEstatus = (id: number): number => ESTATUS_DE_GPU.findIndex((una) => una.id === id)

export const LARGO_ENLACE_GPU = 500
export const LARGO_NOTA_GPU = 1000
export const LARGO_COMENTARIO_EVIDENCIA = 255
/** What the file picker offers; the server looks at the content. */
export const ACEPTA_EVIDENCIA = 'image/jpeg,image/png,image/webp,application/pdf'
export const MAXIMO_EVIDENCIA_MB = 25
/** Files of one request. */
export const MAXIMO_ARCHIVOS = 10
/** GPUs of one massive change. */
export const MAXIMO_MASIVO = 5000

/** One GPU of a cell: same partida and day, another type of time or site. Volumes with 6 decimals. */
export interface RegistroGpu {
  id_produccion: number
  /** Null: production from before, whose GPU is made the first time it is saved. */
  id_gpu: number | null
  tipo_tiempo: TipoTiempo
  sitio: string
  volumen: string
  estatus_id: number
  estatus_texto: string
  archivo: string | null
  /** Its production is excedente: it cannot be signed nor estimated. */
  bloqueado: boolean
  nota_bloqueo: string
  estimado: boolean
  estimaciones: readonly EstimacionDeGpu[]
  es_excedente: boolean
  /** Files that prove it (without those taken away). */
  evidencias: number
  version: number
}

/** What a day of a partida shows: the least advanced of its GPUs. */
export interface CeldaGpu {
  id_produccion: number
  id_gpu: number | null
  volumen: string
  estatus_id: number
  estatus_texto: string
  /** Links and files of all its GPUs. */
  archivos_count: number
  archivo: string | null
  es_excedente: boolean
  registros: RegistroGpu[]
}

export type DiasGpu = Record<`dia_${number}`, CeldaGpu | null>

export type FilaGpu = DiasGpu & {
  id_partida_anexo: number
  codigo: string
  descripcion: string
  unidad: string
  anexo: string
}

export interface GridGpu {
  data: FilaGpu[]
  /** Closed or signed: nothing can be changed. */
  mes_cerrado?: boolean
}

/** `guardar_estatus_gpu/`. What is absent stays as it is. */
export interface GuardarGpu {
  id_produccion: number
  estatus_id: number
  archivo?: string
  nota_bloqueo?: string
  version?: number
}

export type RespuestaGuardarGpu = EnvolturaCon<{ mensaje: string; registro: RegistroGpu }>

/** `guardar_estatus_gpus/`: one status for many; `simular` only says what would happen. */
export interface GuardarGpus {
  estatus_id: number
  registros: { id_produccion: number; version?: number }[]
  simular?: boolean
}

/** A GPU that cannot take the status, and why. */
export interface RechazoDeGpu {
  id_produccion: number
  /** '2.1. · 12/02/2026 · TE · EMBARCACION-UNO'. */
  clave: string
  motivo: string
}

export type RespuestaGuardarGpus = EnvolturaCon<{
  mensaje: string
  cambian: number
  sin_cambio: number
  /** Ids of production that change. */
  ids: number[]
  rechazados: RechazoDeGpu[]
}>

/** Where the same photo, or one that looks like it, was used before. */
export interface UsoDeFoto {
  id_gpu: number
  /** The very same file. */
  exacta: boolean
  ot: string
  codigo: string
  fecha: string
  tipo_tiempo: string
  sitio: string
  retirada: boolean
}

/** A file of evidence. */
export interface Evidencia {
  id: number
  nombre: string
  /** `jpg`, `png`, `webp` or `pdf`. */
  clase: string
  bytes: number
  comentario: string
  usuario: string
  /** Local instant. */
  fecha: string
  con_miniatura: boolean
  ancho: number | null
  alto: number | null
  /** Taken away: who, when and why; it stays. */
  retiro: { usuario: string; fecha: string; motivo: string } | null
  usos: UsoDeFoto[]
}

export interface RespuestaEvidencias {
  evidencias: Evidencia[]
}

export type RespuestaSubirEvidencia = EnvolturaCon<{
  mensaje: string
  id_gpu: number
  evidencias: Evidencia[]
  /** Those that were already used elsewhere, or look like one that was. */
  repetidas: number
}>

/** Own data of the page of a GPU. */
export interface PaginaGpu {
  id_gpu: number
  codigo: string
  concepto: string
  /** DD/MM/YYYY. */
  dia: string
  /** The tab GPU's at its month, site and OT. */
  lugar: string
  registro: RegistroGpu
  /** Its sheet in PDF, for who may export. */
  ruta_hoja: string | null
  mes_cerrado: boolean
  puede: { gpu: boolean; abrir_gpu: boolean }
  /** Its status and its files may change now. */
  puede_evidencia: boolean
  grupos: { titulo: string; campos: { etiqueta: string; valor: string; ruta?: string; numerico?: boolean }[] }[]
  evidencias: Evidencia[]
  actividad: HistorialDeRegistro
}

/** What the browser receives of the Anexo C of an OT (anexo-c.md §3, §7; settled §7). */
import type { EnvolturaCon } from '../../comun/envoltura.ts'
import type { Problema } from '../../plataforma/excel/hoja.tipos.ts'

export type { Problema }

export const RUTA_ANEXO = {
  IMPORTAR: '/operaciones/ot/importar_anexo_ot/',
  ERRORES: '/operaciones/ot/importar_anexo_ot/errores/',
  PENDIENTE: '/operaciones/ot/importar_anexo_ot/pendiente/',
  DESCARTAR: '/operaciones/ot/importar_anexo_ot/descartar/',
  HISTORIAL: '/operaciones/ot/importaciones/',
  COMPARAR: '/operaciones/ot/importaciones/comparar/',
  DESHACER: '/operaciones/ot/importaciones/deshacer/',
} as const

/** The workbook that a version was loaded from. */
export const rutaDeLibro = (id: number): string => `${RUTA_ANEXO.HISTORIAL}${String(id)}/archivo/`

/** `codigo` of the two refusals that the dialog answers by itself. */
export const CODIGO_ANEXO = { CAMBIO: 'PLAN', SIN_DESTINO: 'SIN_DESTINO', ERRORES: 'ERRORES' } as const

/** How many rows of each list an answer carries; the counts are always whole. */
export const MAXIMO_DE_LISTA = 500

export interface PartidaBreve {
  clave: string
  anexo: string
  codigo: string
  concepto: string
  unidad: string
  volumen: string
  precio_unitario_mn: string
  precio_unitario_usd: string
}

export interface CambioDePartida {
  clave: string
  campo: 'anexo' | 'codigo' | 'concepto' | 'volumen' | 'precio_unitario_mn' | 'precio_unitario_usd'
  antes: string
  despues: string
}

/** Amounts of a version. */
export interface TotalesDeVersion {
  partidas: number
  mn: string
  usd: string
  homologado: string
  /** Pesos per dollar of the line above. */
  tipo_cambio: string
}

/** A concept with production that the version would leave without a partida. */
export interface ConceptoSinDestino {
  clave: string
  anexo: string
  codigo: string
  concepto: string
  unidad: string
  producciones: number
  volumen: string
}

export interface ProgramaDeVersion {
  dias: number
  volumen: string
}

/** What a workbook would do to the annex of an OT. */
export interface AnalisisDeAnexo {
  nuevas: PartidaBreve[]
  cambiadas: CambioDePartida[]
  eliminadas: PartidaBreve[]
  sin_cambio: number
  /** Whole counts: the lists stop at `MAXIMO_DE_LISTA`. */
  conteos: { nuevas: number; cambiadas: number; eliminadas: number }
  programa: { antes: ProgramaDeVersion; libro: ProgramaDeVersion; retirados: ProgramaDeVersion }
  produccion_sin_destino: ConceptoSinDestino[]
  totales: { antes: TotalesDeVersion; despues: TotalesDeVersion }
  /** Production that the family has today. */
  produccion: { producciones: number; conceptos: number }
}

/** Answer of `simular=1`. */
export interface RespuestaAnalisis {
  tarea: number
  analisis: AnalisisDeAnexo | null
  errores: readonly Problema[]
  total_errores: number
  advertencias: readonly Problema[]
  total_advertencias: number
  /** Fingerprint of what would be done; '' while there are errors. */
  huella: string
  /** Where the workbook with the bad rows is; '' without errors. */
  libro_errores: string
}

/** Answer of an annex that was applied. */
export interface RespuestaImportacion {
  importacion_id: number
  numero: number
  total: number
  creadas: number
  actualizadas: number
  programadas: number
  recalculadas: number
  fusionadas: number
  advertencias: readonly Problema[]
  total_advertencias: number
}

/** A version in the history of an OT. */
export interface FilaVersion {
  id: number
  numero: number
  modo: string
  /** DD/MM/YYYY HH:MM local. */
  fecha: string
  usuario: string
  archivo: string
  total: number
  activa: boolean
  estado: 'VIGENTE' | 'ANTERIOR' | 'DESHECHA'
  detalle: string
  /** Where to download it; '' when its workbook was not kept. */
  ruta: string
}

export interface RespuestaHistorial {
  versiones: FilaVersion[]
  puede: { reemplazar: boolean; actualizar: boolean; deshacer: boolean }
}

/** `v.datos` of views/anexo/comparar.ejs. */
export interface PaginaComparar {
  ot: { id: number; folio: string }
  versiones: { id: number; texto: string }[]
  antes: FilaVersion | null
  despues: FilaVersion | null
  comparacion: Comparacion | null
}

/** Two versions side by side. */
export interface Comparacion {
  nuevas: PartidaBreve[]
  cambiadas: CambioDePartida[]
  eliminadas: PartidaBreve[]
  sin_cambio: number
  conteos: { nuevas: number; cambiadas: number; eliminadas: number }
  programa: { antes: ProgramaDeVersion; despues: ProgramaDeVersion }
  totales: { antes: TotalesDeVersion; despues: TotalesDeVersion }
}

export type RespuestaDeImportar = EnvolturaCon<{ tarea: number } & Partial<RespuestaAnalisis & RespuestaImportacion>>

/** The workbook that a task keeps, and how it was asked to be loaded. */
export interface LibroDeAnexo {
  nombre: string
  bytes: number
  modo: 'reemplazo' | 'actualizacion'
  alcance: 'todo' | 'rango'
}

/** What this person left under way in the annex of an OT. */
export interface PendienteDeAnexo {
  tarea: number
  estado: 'pendiente' | 'en_proceso' | 'terminada' | 'fallida'
  avance: number
  mensaje: string
  /** Only of an analysis that waits for a decision. */
  analisis: RespuestaAnalisis | null
  libro: LibroDeAnexo | null
}

import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { ClaveDeConcepto } from '../clave.reglas.ts'
import type { ConceptoConProduccion, TrasladoDeConcepto } from '../anexo.tipos.ts'

/** How a version was made: loaded whole, or the previous one with a workbook on top. */
export type ModoDeCarga = 'reemplazo' | 'actualizacion'
/** Which days of the programme an update deletes before it writes those of its workbook (anexo-c.md §6.2). */
export type AlcanceDePrograma = 'todo' | 'rango'
export type OrigenDePartida = 'archivo' | 'vinculada' | 'arrastrada'

/** The OT that receives an annex. */
export interface OtDeAnexo {
  readonly id: number
  readonly folio: string
  readonly esInicial: boolean
  readonly activa: boolean
  /** Initial OT of its family: itself, for an initial one. */
  readonly idPrincipal: number
}

/** A partida as it is stored; decimals are plain texts of 6, 4 and 4 places. */
export interface DatosDePartida {
  readonly codigo: string
  readonly descripcion: string
  readonly anexo: string | null
  readonly idUnidad: number | null
  readonly volumen: string
  readonly precioMn: string
  readonly precioUsd: string
  readonly orden: number
  readonly origen: OrigenDePartida
  readonly idConceptoMaestro: number | null
}

/** A partida of a version, with the concept of the family it belongs to. */
export interface PartidaDeVersion extends DatosDePartida {
  readonly id: number
  readonly idConcepto: number
  /** Clave of its unit; '' without one. */
  readonly unidad: string
}

/** A concept of a family, alive or not. */
export interface ConceptoDeFamilia extends ClaveDeConcepto {
  readonly id: number
  readonly huella: string
  /** Some other member of the family has it in its active version. */
  readonly vivoEnOtros: boolean
}

/** A partida of the version to be made. */
export interface PartidaPlaneada extends DatosDePartida {
  /** Fingerprint of its concept once the renames are done. */
  readonly huella: string
  /** Partida of the active version it continues. */
  readonly continua: number | null
  /** Rows of the workbook (`PartidaLeida.indice`) whose programme it takes. */
  readonly indices: readonly number[]
}

/** What happens to the concepts of the family. */
export interface CambiosDeConceptos {
  readonly nuevos: readonly (ClaveDeConcepto & { readonly huella: string })[]
  /** The same concept under another annex. */
  readonly renombres: readonly (ClaveDeConcepto & { readonly id: number; readonly huella: string })[]
  /** Production of one goes to another. */
  readonly traslados: readonly { readonly de: number; readonly a: string }[]
}

/** The version that a workbook would make. */
export interface PlanDeVersion extends CambiosDeConceptos {
  readonly modo: ModoDeCarga
  readonly partidas: readonly PartidaPlaneada[]
  /** Concepts that exist already and stay in force in the family. */
  readonly enVigor: readonly number[]
  readonly advertencias: readonly Problema[]
  /** Labels changed by an update. */
  readonly etiquetas: number
}

/** A version of the history. */
export interface Version {
  readonly id: number
  readonly idOt: number
  readonly numero: number
  readonly modo: ModoDeCarga | 'vinculacion'
  readonly archivo: string
  readonly idArchivo: number | null
  readonly fecha: Date
  readonly usuario: string | null
  readonly total: number
  readonly activa: boolean
  readonly deshechaEn: Date | null
  readonly deshechaPor: string | null
  readonly resumen: ResumenDeVersion | null
}

/** What a load did, kept with its version. */
export interface ResumenDeVersion {
  readonly creadas: number
  readonly actualizadas: number
  readonly programadas: number
  readonly recalculadas: number
  readonly fusionadas: number
  readonly arrastradas: readonly string[]
  readonly advertencias: readonly Problema[]
  readonly totalAdvertencias: number
}

export type { ConceptoConProduccion, TrasladoDeConcepto }

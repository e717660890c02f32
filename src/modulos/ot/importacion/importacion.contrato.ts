/** Addresses of the historical import of OTs, and what its answers have beside those of every import. */
import {
  rutaDeLote,
  rutasDeImportar,
  type ResultadoAnalisis as ResultadoComun,
} from '../../importacion/importacion.contrato.ts'
import type { Informe } from './importacion.tipos.ts'

export const rutaImportar = '/operaciones/ot/importar/'
export const rutaLote = (id: number): string => rutaDeLote(rutaImportar, id)
export const RUTA = rutasDeImportar(rutaImportar)

/** `resultado` of an analysis of OTs. */
export interface ResultadoAnalisis
  extends ResultadoComun, Pick<Informe, 'iniciales' | 'reprogramaciones' | 'otras' | 'ptes_creadas'> {
  crear_ptes: boolean
}

import type { DetalleLeido } from '../consultas.repo.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import type { AnexoEstimado } from '../importes.contrato.ts'

/** An estimation as its files print it: what it bills, and what was adjusted or rejected. */
export interface DocumentoDeEstimacion {
  readonly estimacion: Estimacion
  readonly anexos: readonly AnexoEstimado[]
  /** Its live lines. */
  readonly detalle: readonly DetalleLeido[]
  /** Live lines that bill other than what was produced, and those rejected. */
  readonly ajustes: readonly DetalleLeido[]
}

import type { DetalleLeido } from '../consultas.repo.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import type { AnexoEstimado } from '../importes.contrato.ts'
import type { Prueba } from '../prueba/prueba.tipos.ts'

/** An estimation as its files print it: what it bills, and what was adjusted or rejected. */
export interface DocumentoDeEstimacion {
  readonly estimacion: Estimacion
  readonly anexos: readonly AnexoEstimado[]
  /** Its live lines. */
  readonly detalle: readonly DetalleLeido[]
  /** Live lines that bill other than what was produced, and those rejected. */
  readonly ajustes: readonly DetalleLeido[]
  /** Null when none was kept at its sending. */
  readonly prueba: Prueba | null
}

import type { Estimacion } from '../estimaciones.tipos.ts'
import type { Deduccion } from '../deducciones/deducciones.contrato.ts'
import type { AnexoEstimado } from '../importes.contrato.ts'
import type { Prueba } from '../prueba/prueba.tipos.ts'
import type { GpuImpreso, LineaImpresa, PasoImpreso } from '../instantanea/instantanea.schema.ts'

/** An estimation as its files print it: what it bills, and what was adjusted or rejected. */
export interface DocumentoDeEstimacion {
  /** With the names of when it left the draft (decision 0037). */
  readonly estimacion: Estimacion
  readonly anexos: readonly AnexoEstimado[]
  /** Its live lines. */
  readonly detalle: readonly LineaImpresa[]
  /** Live lines that bill other than what was produced, and those rejected. */
  readonly ajustes: readonly LineaImpresa[]
  /** Shown apart; none unless somebody wrote them. */
  readonly deducciones: readonly Deduccion[]
  /** Null when none was kept at its sending. */
  readonly prueba: Prueba | null
  /** Those of its live lines; empty unless asked for. */
  readonly gpus: readonly GpuImpreso[]
  /** Steps of the flow since it was sent. */
  readonly pasos: readonly PasoImpreso[]
  /** Public address of the system, which the QR codes open. */
  readonly dominio: string | null
}

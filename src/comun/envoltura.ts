/** JSON envelope of commands (pte.md §1.3): what the server sends and the browser reads whatever the status. */
import type { TipoAviso } from './errores.ts'

export interface Envoltura {
  /** True exactly when the status is below 400 (settled §2). */
  exito: boolean
  tipo_aviso: TipoAviso
  /** Text of the notice, in Spanish. */
  detalles: string
  /** Field name -> message of that field. */
  campos?: Record<string, string>
  /** Machine word, e.g. `SESION`. */
  codigo?: string
}

/** Envelope of a success: `detalles` and the keys of the endpoint itself (`id_nuevo`, `registro_id`…). */
export type EnvolturaCon<Propias extends object> = Envoltura & Propias

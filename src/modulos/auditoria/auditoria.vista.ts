/** From rows of the log to what pages show. Pure. */
import { instanteLocal } from '../../comun/fechas.ts'
import type { FilaHistorial } from './auditoria.contrato.ts'
import type { FilaActividad } from './auditoria.repo.ts'

/** Who did it, when nobody signed. */
export const SISTEMA = 'Sistema'

/** A row of the history of a record. */
export function filaDeHistorial(fila: FilaActividad): FilaHistorial {
  return {
    id: fila.id,
    fecha: instanteLocal(fila.fecha),
    usuario: fila.usuario ?? SISTEMA,
    evento: fila.evento,
    campo: fila.campo,
    anterior: fila.valor_anterior,
    actual: fila.valor_actual,
    detalle: fila.detalle,
  }
}

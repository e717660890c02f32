import type { CtxTx } from '../../plataforma/contexto.ts'
import { registrarEventos, TABLA_LOG, type EventoAuditado } from '../auditoria/index.ts'
import type { Estimacion } from './estimaciones.tipos.ts'

/** What the log calls an estimation: «EST-3 de la OT PUE-100». */
export function nombreDe({ numero, ot }: Pick<Estimacion, 'numero' | 'ot'>): string {
  return `EST-${String(numero)} de la OT ${ot}`
}

/** One row of the log per fact, all of the same estimation (core.md §9, table 25). */
export function anotar(
  tx: CtxTx,
  estimacion: Pick<Estimacion, 'id' | 'numero' | 'ot'>,
  version: number,
  eventos: readonly Pick<EventoAuditado, 'evento' | 'campo' | 'campoClave' | 'anterior' | 'actual' | 'detalle'>[],
): Promise<void> {
  return registrarEventos(
    tx,
    eventos.map((evento) => ({ ...evento, tabla: TABLA_LOG.ESTIMACION, registroId: estimacion.id, version })),
  )
}

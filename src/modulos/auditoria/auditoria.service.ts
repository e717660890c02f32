import { Conflicto } from '../../comun/errores.ts'
import { instanteLocal } from '../../comun/fechas.ts'
import type { CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { diferencias } from './auditoria.reglas.ts'
import { insertarEventos, listarActividad, listarCambiosDesde, type FilaActividad } from './auditoria.repo.ts'
import type { EntidadAuditada, EventoAuditado, TablaLog, ValorAuditado } from './auditoria.tipos.ts'

/** Writes one-line events in the transaction of the action: if this fails, the action fails (core.md §9.3.1). */
export function registrarEventos(ctx: CtxTx, eventos: readonly EventoAuditado[]): Promise<void> {
  return insertarEventos(ctx, eventos)
}

/** One event; see `registrarEventos`. */
export function registrarEvento(ctx: CtxTx, evento: EventoAuditado): Promise<void> {
  return insertarEventos(ctx, [evento])
}

/**
 * One row per field that changed, from the values loaded with a lock and the values saved.
 * @returns how many fields changed; 0 writes nothing.
 */
export async function registrarCambios<T extends Record<string, ValorAuditado>>(
  ctx: CtxTx,
  entidad: EntidadAuditada<T>,
  cambio: { registroId: number; antes: T; despues: T; detalle: string; version?: number },
): Promise<number> {
  const eventos = diferencias(entidad, cambio)
  await insertarEventos(ctx, eventos)
  return eventos.length
}

/** Newest activity of some records, for the page of a record. */
export function actividadDe(
  ctx: CtxLectura,
  tabla: TablaLog,
  registros: readonly number[],
  limite = 100,
): Promise<FilaActividad[]> {
  return listarActividad(ctx.bd, tabla, registros, limite)
}

/**
 * The refusal of an optimistic lock: somebody saved the record after this person opened it. The answer says who changed
 * what and when (`codigo` VERSION, `cambios`), so that the page can show it and keep what was typed.
 */
export async function conflictoDeVersion(
  ctx: CtxLectura,
  tabla: TablaLog,
  registroId: number,
  versionCargada: number,
  versionActual: number,
): Promise<Conflicto> {
  const filas = await listarCambiosDesde(ctx.bd, tabla, registroId, versionCargada)
  const ultimo = filas.at(-1)
  const quien = ultimo
    ? `${ultimo.usuario ?? 'Sistema'} guardó cambios el ${instanteLocal(ultimo.fecha)}`
    : 'Alguien más guardó cambios'
  return new Conflicto(
    `${quien}, después de que abriste este registro. Revisa sus cambios: lo que escribiste sigue aquí.`,
    {
      codigo: 'VERSION',
      extra: {
        version: versionActual,
        cambios: filas.map(({ campo, valor_anterior, valor_actual, usuario, fecha }) => ({
          campo,
          antes: valor_anterior,
          despues: valor_actual,
          usuario: usuario ?? 'Sistema',
          fecha: instanteLocal(fecha),
        })),
      },
    },
  )
}

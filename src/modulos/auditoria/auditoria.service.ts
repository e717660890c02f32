import { Conflicto, NoEncontrado, SinPermiso } from '../../comun/errores.ts'
import { instanteLocal } from '../../comun/fechas.ts'
import { tienePermiso, type Contexto, type CtxLectura, type CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import type { HistorialDeRegistro } from './auditoria.contrato.ts'
import { PERMISO_ACTIVIDAD } from './auditoria.permisos.ts'
import { claseDeRegistro, REGISTROS } from './auditoria.registros.ts'
import { diferencias } from './auditoria.reglas.ts'
import {
  insertarEventos,
  listarCambiosDesde,
  listarHistorial,
  listarUltimosCambios,
  type CorteDeActividad,
} from './auditoria.repo.ts'
import { filaDeHistorial } from './auditoria.vista.ts'
import type { CambioAuditado, EntidadAuditada, EventoAuditado, TablaLog, ValorAuditado } from './auditoria.tipos.ts'

/** Writes one-line events in the transaction of the action: if this fails, the action fails (core.md §9.3.1). */
export function registrarEventos(ctx: CtxTx, eventos: readonly EventoAuditado[]): Promise<void> {
  return insertarEventos(ctx, eventos)
}

/** One event; see `registrarEventos`. */
export function registrarEvento(ctx: CtxTx, evento: EventoAuditado): Promise<void> {
  return insertarEventos(ctx, [evento])
}

/** A download, in a transaction of its own: its file is written apart. @param que.registroId null = of no single record. */
export function registrarExportacion(
  ctx: Contexto,
  que: Pick<EventoAuditado, 'tabla' | 'registroId' | 'detalle'>,
): Promise<void> {
  return conTransaccion(ctx, (tx) => registrarEvento(tx, { ...que, evento: 'EXPORTAR', campo: 'Exportó' }))
}

/**
 * One row per field that changed, from the values loaded with a lock and the values saved.
 * @returns how many fields changed; 0 writes nothing.
 */
export async function registrarCambios<T extends Record<string, ValorAuditado>>(
  ctx: CtxTx,
  entidad: EntidadAuditada<T>,
  cambio: CambioAuditado<T>,
): Promise<number> {
  const eventos = diferencias(entidad, cambio)
  await insertarEventos(ctx, eventos)
  return eventos.length
}

/** Who made a change, and when (local). */
export interface AutorDeCambio {
  readonly usuario: string
  readonly fecha: string
}

/** Last change of some technical names: for whoever must tell who emptied something whose row is gone. */
export async function ultimosCambiosDe(
  ctx: CtxLectura,
  tabla: TablaLog,
  donde: Parameters<typeof listarUltimosCambios>[2],
): Promise<Map<string, AutorDeCambio>> {
  const leidos = await listarUltimosCambios(ctx.bd, tabla, donde)
  return new Map(
    leidos.map(({ clave, usuario, fecha }) => [clave, { usuario: usuario ?? 'Sistema', fecha: instanteLocal(fecha) }]),
  )
}

/** Rows of a page of the history of a record. */
const FILAS_DE_HISTORIAL = 50

/**
 * What was done to a record and to what hangs from it (the steps of an OT), newest first: for its own page, whose
 * permission is already that of the record.
 */
export async function historialDe(
  ctx: CtxLectura,
  tabla: TablaLog,
  registro: number,
  antes: CorteDeActividad | null = null,
): Promise<HistorialDeRegistro> {
  const { hijas } = REGISTROS[tabla]
  const leidas = await listarHistorial(
    ctx.bd,
    { tabla, id: registro, hijas: hijas ? { tabla: hijas.tabla, ids: hijas.ids(registro) } : null },
    { antes, limite: FILAS_DE_HISTORIAL + 1 },
  )
  const filas = leidas.slice(0, FILAS_DE_HISTORIAL)
  const ultima = leidas.length > filas.length ? filas.at(-1) : undefined
  return {
    tabla,
    registro,
    filas: filas.map(filaDeHistorial),
    siguiente: ultima ? `${String(ultima.fecha.getTime())}-${String(ultima.id)}` : null,
  }
}

/**
 * A page of the history of a record, asked for by itself.
 * @throws NoEncontrado for a table the log does not know; SinPermiso without that of the record's own page.
 */
export async function verHistorial(
  ctx: CtxLectura,
  pedido: { tabla: number; registro: number; antes: CorteDeActividad | null },
): Promise<HistorialDeRegistro> {
  const clase = claseDeRegistro(pedido.tabla)
  if (!clase) throw new NoEncontrado('El registro de actividad no tiene esa tabla.')
  if (!tienePermiso(ctx, clase.permiso) && !tienePermiso(ctx, PERMISO_ACTIVIDAD)) throw new SinPermiso()
  return historialDe(ctx, pedido.tabla as TablaLog, pedido.registro, pedido.antes)
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

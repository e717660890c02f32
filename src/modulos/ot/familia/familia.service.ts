/**
 * The family of an OT as the modules above it need it (produccion.md §5.2): its lock, and the word that its members or
 * their order changed. Those modules depend on this one, so they subscribe (`src/conexiones.ts`).
 */
import { NoEncontrado } from '../../../comun/errores.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { ESTATUS_LOGICO, TIPO_OT, type Ot } from '../ot.tipos.ts'
import * as repo from './familia.repo.ts'

/** What changed: families by their initial OT, and the reprogramaciones that left one for another. */
export interface CambioDeFamilia {
  readonly principales: readonly number[]
  readonly mudadas: readonly Mudanza[]
}

/** A reprogramación that changed principal. */
export interface Mudanza {
  readonly idOt: number
  readonly de: number
  readonly a: number
}

/** Told inside the transaction of the change: if it fails, the change fails. */
export type OyenteDeFamilia = (ctx: CtxTx, cambio: CambioDeFamilia) => Promise<void>

const oyentes: OyenteDeFamilia[] = []

/** Subscribes once to the changes of any family; told in the order of the subscriptions. */
export function alCambiarFamilia(oyente: OyenteDeFamilia): void {
  if (!oyentes.includes(oyente)) oyentes.push(oyente)
}

/**
 * Says that the members of some families, or their order, changed. Each family is locked first, by ascending id, so
 * that nobody captures production in it meanwhile. A reprogramación just created has no annex: there is nothing to say.
 */
export async function avisarCambioDeFamilia(ctx: CtxTx, cambio: CambioDeFamilia | null): Promise<void> {
  if (cambio === null || cambio.principales.length === 0) return
  await bloquearFamilias(ctx, cambio.principales)
  for (const oyente of oyentes) await oyente(ctx, cambio)
}

/** The same for orders whose logical status changed in a block, whatever their families. */
export async function avisarCambioDeEstatus(ctx: CtxTx, idsDeOt: readonly number[]): Promise<void> {
  if (idsDeOt.length === 0) return
  await avisarCambioDeFamilia(ctx, { principales: await repo.listarPrincipales(ctx.bd, idsDeOt), mudadas: [] })
}

/** Holds several families until the end of the transaction; what is null or no initial OT is passed over. */
export async function bloquearFamilias(ctx: CtxTx, principales: readonly (number | null)[]): Promise<void> {
  const ids = principales.filter((id) => id !== null)
  if (ids.length > 0) await repo.bloquearIniciales(ctx.bd, ids)
}

/**
 * Holds a family until the end of the transaction: two captures, or a capture and an annex, never count at once
 * (produccion.md §5.6.6).
 * @throws NoEncontrado when it is not an initial OT.
 */
export async function bloquearFamilia(ctx: CtxTx, idPrincipal: number): Promise<void> {
  const [hallada] = await repo.bloquearIniciales(ctx.bd, [idPrincipal])
  if (hallada === undefined) throw new NoEncontrado('OT no encontrada')
}

type Miembro = Pick<Ot, 'id' | 'idTipo' | 'otPrincipal' | 'estatus' | 'numReprogramacion'>

/** Whether an edition changes what the family is worth for its annexes: logical status, number or principal. */
export function cambioDeFamilia(antes: Miembro, despues: Miembro): CambioDeFamilia | null {
  const activa = (ot: Miembro): boolean => ot.estatus === ESTATUS_LOGICO.ACTIVA
  const igual =
    activa(antes) === activa(despues) &&
    antes.numReprogramacion === despues.numReprogramacion &&
    antes.otPrincipal === despues.otPrincipal
  if (igual) return null
  if (antes.idTipo === TIPO_OT.INICIAL) return { principales: [antes.id], mudadas: [] }
  const de = antes.otPrincipal
  const a = despues.otPrincipal
  return {
    principales: [...new Set([de, a])].filter((id) => id !== null),
    mudadas: de !== null && a !== null && de !== a ? [{ idOt: antes.id, de, a }] : [],
  }
}

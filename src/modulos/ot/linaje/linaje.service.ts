/** Lineage of an OT: its initial order, every reprogramación, and the comparison of any two. */
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import type { TextosDeReferencias } from '../ot.auditoria.ts'
import { obtenerOt } from '../ot.consultas.service.ts'
import * as repo from '../ot.repo.ts'
import type { Ot } from '../ot.tipos.ts'

/** A family with the texts of what it refers to. */
export interface FamiliaOt {
  /** Id of the OT that was asked for. */
  readonly id: number
  /** Its initial order, even if it was deleted since. */
  readonly principal: Ot
  readonly versiones: readonly Ot[]
  readonly textos: TextosDeReferencias
}

/** @throws NoEncontrado when the OT does not exist or was deleted. */
export async function familiaDeOt(ctx: CtxLectura, id: number): Promise<FamiliaOt> {
  const ot = await obtenerOt(ctx, id)
  const versiones = await repo.listarFamilia(ctx.bd, ot.otPrincipal ?? id)
  const principal = ot.otPrincipal === null ? ot : ((await repo.buscarOt(ctx.bd, ot.otPrincipal)) ?? ot)
  return { id, principal, versiones, textos: await repo.listarTextos(ctx.bd, [principal, ...versiones]) }
}

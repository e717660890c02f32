/** What another program reads (core.md §12): live records only, in a constant number of queries. */
import type { z } from 'zod'
import { textoPlano } from '../../comun/dinero.ts'
import { NoEncontrado } from '../../comun/errores.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { TIPO_OT, textoEstatusOt } from '../ot/index.ts'
import { leerParametros } from '../parametros/index.ts'
import { cifrasDeProduccion } from '../produccion/index.ts'
import { estatusMostrado } from '../pte/index.ts'
import * as repo from './api.repo.ts'
import type { Estadisticas, Familia, OtDetalle, Ots, PteDetalle, Ptes } from './api.schema.ts'

interface Pagina {
  readonly pagina: number
  readonly elementos_por_pagina: number
}

/** Where a page begins; a page past the last is the first (core.md §12). */
function cortar({ pagina, elementos_por_pagina: cuantos }: Pagina, total: number) {
  const total_paginas = Math.max(1, Math.ceil(total / cuantos))
  const pagina_actual = pagina > total_paginas ? 1 : pagina
  return { inicio: (pagina_actual - 1) * cuantos, pie: { total_paginas, pagina_actual, total } }
}

/** `api/estadisticas/`: the production is all there is, valued at the prices in force and the exchange rate of the system. */
export async function estadisticas(ctx: CtxLectura): Promise<z.input<typeof Estadisticas>> {
  const { ptes, ots } = await repo.contarVivas(ctx)
  const { registros, volumen, mn, usd } = await cifrasDeProduccion(ctx)
  const { tipo_cambio_default: tasa } = await leerParametros(ctx)
  return {
    total_ptes: ptes,
    total_otes: ots,
    total_produccion: registros,
    volumen_total: textoPlano(volumen, 6),
    importe_homologado: textoPlano(mn.plus(usd.times(tasa))),
  }
}

/** `api/ptes/`: the last requested first. */
export async function listarPtes(ctx: CtxLectura, pedido: Pagina): Promise<z.input<typeof Ptes>> {
  const { inicio, pie } = cortar(pedido, await repo.contarPtes(ctx))
  const ptes = await repo.listarPtes(ctx, inicio, pedido.elementos_por_pagina)
  return { ptes: ptes.map(({ plazo_dias: _plazo, ...pte }) => conTexto(pte)), ...pie }
}

/** The status as the rest of the system reads it: the old number of SUSPENDIDA is the new one (pte.md §4.2). */
function conTexto<P extends { estatus: number }>(pte: P) {
  const { id, texto } = estatusMostrado(pte.estatus)
  return { ...pte, estatus: id, estatus_texto: texto }
}

/** `api/ptes/<id>/`. @throws NoEncontrado */
export async function verPte(ctx: CtxLectura, id: number): Promise<z.input<typeof PteDetalle>> {
  const pte = await repo.buscarPte(ctx, id)
  if (!pte) throw new NoEncontrado('No existe una PTE con ese id.')
  return {
    ...conTexto(pte),
    plazo_dias: pte.plazo_dias?.toString() ?? null,
    detalles: await repo.listarPasosDePte(ctx, id),
  }
}

/** `api/ots/`: newest first. */
export async function listarOts(
  ctx: CtxLectura,
  pedido: Pagina & {
    id_tipo?: number | undefined
    id_estatus_ot?: number | undefined
    ot_principal?: number | undefined
  },
): Promise<z.input<typeof Ots>> {
  const filtro = { idTipo: pedido.id_tipo, idEstatusOt: pedido.id_estatus_ot, otPrincipal: pedido.ot_principal }
  const { inicio, pie } = cortar(pedido, await repo.contarOts(ctx, filtro))
  const ots = await repo.listarOts(ctx, filtro, inicio, pedido.elementos_por_pagina)
  return { ots: ots.map(presentarOt), ...pie }
}

function presentarOt<O extends repo.FilaOt>({ estatus_operativo, ...ot }: O) {
  return {
    ...ot,
    tipo: ot.id_tipo === TIPO_OT.REPROGRAMACION ? ('REPROGRAMACION' as const) : ('INICIAL' as const),
    estatus_texto: textoEstatusOt(ot.estatus, estatus_operativo),
    monto_mxn: textoPlano(ot.monto_mxn),
    monto_usd: textoPlano(ot.monto_usd),
  }
}

/** `api/ots/<id>/`. @throws NoEncontrado */
export async function verOt(ctx: CtxLectura, id: number): Promise<z.input<typeof OtDetalle>> {
  const ot = await exigirOt(ctx, id)
  return { ...presentarOt(ot), detalles: await repo.listarPasosDeOt(ctx, id) }
}

/** `api/ots/<id>/familia/`: the family of any of its members. @throws NoEncontrado */
export async function verFamilia(ctx: CtxLectura, id: number): Promise<z.input<typeof Familia>> {
  const ot = await exigirOt(ctx, id)
  const miembros = (await repo.listarFamilia(ctx, ot.ot_principal ?? ot.id)).map(presentarOt)
  return {
    principal: miembros.find(({ ot_principal }) => ot_principal === null) ?? null,
    reprogramaciones: miembros.filter(({ ot_principal }) => ot_principal !== null),
  }
}

async function exigirOt(ctx: CtxLectura, id: number) {
  const ot = await repo.buscarOt(ctx, id)
  if (!ot) throw new NoEncontrado('No existe una orden de trabajo con ese id.')
  return ot
}

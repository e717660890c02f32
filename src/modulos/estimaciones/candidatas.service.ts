/** Production that may be billed and why the rest may not (estimaciones.md §2), and lines made of it with it held. */
import { Conflicto, NoEncontrado } from '../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import { textoPlano } from '../../comun/dinero.ts'
import { plural } from '../../comun/texto.ts'
import type { CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { leerParametros } from '../parametros/index.ts'
import { falta } from './cambios.service.ts'
import * as candidatas from './candidatas.repo.ts'
import { faltaDelPeriodo, motivosDe, motivosQueImpiden, type Exigencias } from './estimaciones.reglas.ts'
import type { LineaNueva } from './estimaciones.repo.ts'
import type { DetallePedido } from './estimaciones.schema.ts'
import { MOTIVOS, type Candidata, type Motivo } from './estimaciones.tipos.ts'
import { faltaDelAjuste } from './importes.contrato.ts'

/** A candidate with what stops it. */
export interface CandidataJuzgada extends Candidata {
  readonly motivos: readonly Motivo[]
  readonly estimable: boolean
}

/** Production of a family in a period, with why each row may not be billed (§2). */
export async function candidatasDe(
  ctx: CtxLectura,
  idOt: number,
  periodo: { desde: FechaIso; hasta: FechaIso },
): Promise<CandidataJuzgada[]> {
  return juzgar(ctx, await candidatas.listarCandidatas(ctx.bd, idOt, periodo))
}

/**
 * Production of a family in a period by concept and not judged yet, for the answer that writes thirty thousand rows.
 * @throws DatosInvalidos for the period; NoEncontrado for the OT.
 */
export async function verConceptos(
  ctx: CtxLectura,
  pedido: PedidoDeCandidatas,
): Promise<{ conceptos: candidatas.ConceptoConProduccion[]; exige: Exigencias }> {
  const { idOt, periodo } = await leerPedido(ctx, pedido)
  return { conceptos: await candidatas.listarConceptos(ctx.bd, idOt, periodo), exige: await leerParametros(ctx) }
}

interface PedidoDeCandidatas {
  readonly idOt: number | null
  readonly desde: FechaIso | null
  readonly hasta: FechaIso | null
}

async function leerPedido(
  ctx: CtxLectura,
  pedido: PedidoDeCandidatas,
): Promise<{ idOt: number; periodo: { desde: FechaIso; hasta: FechaIso } }> {
  const periodo = await exigirPeriodo(ctx, pedido.desde, pedido.hasta, null)
  const familia = await exigirFamilia(ctx, pedido.idOt)
  return { idOt: familia.id, periodo }
}

async function juzgar(ctx: CtxLectura, leidas: readonly Candidata[]): Promise<CandidataJuzgada[]> {
  const exige = await leerParametros(ctx)
  return leidas.map((candidata) => {
    const motivos = motivosDe(candidata, exige)
    return { ...candidata, motivos, estimable: motivos.length === 0 }
  })
}

/** The initial order of a live family. @throws DatosInvalidos without it; NoEncontrado. */
export async function exigirFamilia(
  ctx: CtxLectura,
  idOt: number | null,
): Promise<{ id: number; orden_trabajo: string; estatus: number }> {
  if (idOt === null) throw falta('id_ot', 'Elige la OT.')
  const familia = await candidatas.buscarFamilia(ctx.bd, idOt)
  if (!familia || familia.estatus === 0) throw new NoEncontrado('OT no encontrada')
  return familia
}

/** A period that may be billed (§5.8), for an estimation of that date or of its last day. @throws DatosInvalidos. */
export async function exigirPeriodo(
  ctx: CtxLectura,
  desde: FechaIso | null,
  hasta: FechaIso | null,
  fecha: FechaIso | null,
): Promise<{ desde: FechaIso; hasta: FechaIso }> {
  if (desde === null) throw falta('fecha_desde', 'Escribe la fecha desde.')
  if (hasta === null) throw falta('fecha_hasta', 'Escribe la fecha hasta.')
  const { dias_max_periodo: dias } = await leerParametros(ctx)
  const mal = faltaDelPeriodo(desde, hasta, fecha ?? hasta, dias)
  if (mal) throw falta(...mal)
  return { desde, hasta }
}

/**
 * The lines of a new draft: those asked for, or everything that may be billed.
 * @throws DatosInvalidos for what is asked; Conflicto with `conflictos` for what may not be billed, or when nothing may.
 */
export async function lineasPedidas(
  tx: CtxTx,
  idOt: number,
  periodo: { desde: FechaIso; hasta: FechaIso },
  pedidas: readonly DetallePedido[] | null,
): Promise<LineaNueva[]> {
  if (pedidas !== null) return lineasPorId(tx, idOt, pedidas, periodo)
  const lineas = await lineasEstimables(tx, idOt, periodo)
  if (lineas.length === 0) throw new Conflicto('No hay producción que se pueda estimar en ese periodo.')
  return lineas
}

/** Everything that may be billed of a period, with its production held; `menos` is not looked at. */
export async function lineasEstimables(
  tx: CtxTx,
  idOt: number,
  periodo: { desde: FechaIso; hasta: FechaIso },
  menos: ReadonlySet<number> = new Set(),
): Promise<LineaNueva[]> {
  await candidatas.bloquearPeriodo(tx, idOt, periodo)
  const juzgadas = await candidatasDe(tx, idOt, periodo)
  return juzgadas
    .filter(({ estimable, idProduccion }) => estimable && !menos.has(idProduccion))
    .map((candidata) => ({ candidata, volumen: candidata.saldo, comentario: '' }))
}

/** The lines asked for, each judged with its production held (§5.2, §5.7). @throws as `lineasPedidas`. */
export async function lineasPorId(
  tx: CtxTx,
  idOt: number,
  pedidas: readonly DetallePedido[],
  periodo: { desde: FechaIso; hasta: FechaIso },
): Promise<LineaNueva[]> {
  const porId = new Map(pedidas.map((pedida) => [pedida.id_produccion, pedida]))
  if (pedidas.length === 0) throw falta('detalles', 'Elige al menos una línea para estimar.')
  if (porId.size !== pedidas.length || porId.has(null))
    throw falta('detalles', 'Hay líneas repetidas o sin producción.')
  const ids = [...porId.keys()].filter((id) => id !== null)
  await candidatas.bloquearProduccion(tx, ids)
  const halladas = await juzgar(tx, await candidatas.listarCandidatasPorId(tx.bd, idOt, ids))
  if (halladas.length !== ids.length) throw falta('detalles', 'Hay líneas que no son producción de esa OT.')
  const fuera = halladas.find(({ fecha }) => fecha < periodo.desde || fecha > periodo.hasta)
  if (fuera) throw falta('detalles', `La producción del ${aDdMmAaaa(fuera.fecha)} está fuera del periodo.`)
  const lineas = halladas.map((candidata) => {
    const pedida = porId.get(candidata.idProduccion)
    return {
      candidata,
      volumen: pedida?.volumen_estimado ?? candidata.saldo,
      comentario: pedida?.comentario_ajuste ?? '',
    }
  })
  await exigirLineas(tx, lineas, halladas)
  return lineas
}

/** Refusals first (409, all of them), then volumes and comments (400). */
async function exigirLineas(
  tx: CtxTx,
  lineas: readonly LineaNueva[],
  juzgadas: readonly CandidataJuzgada[],
): Promise<void> {
  const motivosPorId = new Map(juzgadas.map(({ idProduccion, motivos }) => [idProduccion, motivosQueImpiden(motivos)]))
  const rechazadas = lineas.flatMap(({ candidata, volumen }) => {
    const [motivo] = motivosPorId.get(candidata.idProduccion) ?? []
    if (motivo !== undefined) return [{ candidata, motivo: motivo }]
    // What was free when the person looked, and somebody took meanwhile.
    const tomado = volumen.gt(candidata.saldo) && volumen.lte(candidata.volumen)
    return tomado ? [{ candidata, motivo: 'YA_ESTIMADA' }] : []
  })
  if (rechazadas.length > 0) throw await conflictoDeLineas(tx, rechazadas)
  for (const { candidata, volumen, comentario } of lineas) {
    const donde = `${candidata.codigo} del ${aDdMmAaaa(candidata.fecha)}`
    if (volumen.isZero()) throw falta('volumen_estimado', `El volumen de ${donde} debe ser mayor que cero.`)
    const mal = faltaDelAjuste(volumen, candidata.saldo, comentario)
    if (mal) throw falta(mal[0], `${donde}: ${mal[1]}`)
  }
}

/** 409 with each line that may not be billed, why, what is left of it and where it is (settled.md §8). */
export async function conflictoDeLineas(
  ctx: CtxLectura,
  rechazadas: readonly { candidata: Candidata; motivo: string }[],
): Promise<Conflicto> {
  const ids = rechazadas.map(({ candidata }) => candidata.idProduccion)
  const numeros = new Map(
    (await candidatas.listarEstimacionesDe(ctx.bd, ids)).map(({ id_produccion, numero }) => [id_produccion, numero]),
  )
  const conflictos = rechazadas.map(({ candidata, motivo }) => {
    const numero = numeros.get(candidata.idProduccion)
    return {
      id_produccion: candidata.idProduccion,
      codigo: candidata.codigo,
      fecha: candidata.fecha,
      motivo,
      texto: (MOTIVOS as Readonly<Record<string, string>>)[motivo] ?? motivo,
      saldo: textoPlano(candidata.saldo, 6),
      estimacion: numero === undefined ? null : `EST-${String(numero)}`,
    }
  })
  const [primero] = conflictos
  const mensaje = `${plural(conflictos.length, 'línea no se puede', 'líneas no se pueden')} estimar. ${primero ? `${primero.codigo} del ${aDdMmAaaa(primero.fecha)}: ${primero.texto.toLowerCase()}${primero.estimacion === null ? '' : ` (${primero.estimacion})`}.` : ''}`
  return new Conflicto(mensaje, { extra: { conflictos } })
}

/** What a workbook would do to the annex of an OT: read, planned and told, without writing (settled §7). */
import { createHash } from 'node:crypto'
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { leerParametros } from '../../parametros/index.ts'
import { MAXIMO_DE_LISTA, type AnalisisDeAnexo, type ConceptoSinDestino } from '../anexo.contrato.ts'
import { produccionDeLaFamilia } from '../anexo.produccion.ts'
import type { ConceptoConProduccion } from '../anexo.tipos.ts'
import type { AnexoLeido } from '../lectura/lectura.tipos.ts'
import { compararPartidas, totalesDeVersion, type Comparable, type Comparacion } from './comparar.reglas.ts'
import { planearVersion } from './plan.reglas.ts'
import type {
  AlcanceDePrograma,
  ConceptoDeFamilia,
  ModoDeCarga,
  OtDeAnexo,
  PartidaDeVersion,
  PlanDeVersion,
  Version,
} from './versiones.tipos.ts'
import * as repo from './versiones.repo.ts'

/** Which OT and how. */
export interface PedidoDeAnexo {
  readonly idOt: number
  readonly modo: ModoDeCarga
  readonly alcance: AlcanceDePrograma
}

/** Everything that the version is made from, and what it would be. */
export interface Preparada {
  readonly ot: OtDeAnexo
  readonly activa: Version | null
  readonly vigentes: readonly PartidaDeVersion[]
  readonly familia: readonly ConceptoDeFamilia[]
  readonly plan: PlanDeVersion
  /** Production whose concept the version has not, already decided (carried over before) or to be decided. */
  readonly arrastrables: readonly ConceptoConProduccion[]
  readonly sinDestino: readonly ConceptoConProduccion[]
  readonly huella: string
}

/** An OT that may receive an annex. @throws NoEncontrado; Conflicto for a deleted one (A21). */
export async function exigirOt(ctx: CtxLectura, idOt: number): Promise<OtDeAnexo> {
  const ot = await repo.buscarOt(ctx.bd, idOt)
  if (ot === null) throw new NoEncontrado('OT no encontrada')
  const principal = ot.idPrincipal === ot.id ? ot : await repo.buscarOt(ctx.bd, ot.idPrincipal)
  if (!ot.activa || principal?.activa !== true)
    throw new Conflicto('La OT está eliminada: no admite cambios en su Anexo C.')
  return ot
}

/** Plans the version on what the family is now. @throws NoEncontrado, Conflicto, DatosInvalidos. */
export async function prepararVersion(ctx: CtxLectura, pedido: PedidoDeAnexo, leido: AnexoLeido): Promise<Preparada> {
  const ot = await exigirOt(ctx, pedido.idOt)
  const activa = await repo.buscarActiva(ctx.bd, ot.id)
  if (pedido.modo === 'actualizacion' && activa === null)
    throw new DatosInvalidos('La OT no tiene un Anexo C activo. Carga primero el anexo desde cero.', {
      tipoAviso: 'advertencia',
    })
  const vigentes = activa === null ? [] : await repo.listarPartidas(ctx.bd, activa.id)
  const familia = await repo.listarConceptos(ctx.bd, ot.idPrincipal, ot.id)
  const plan = planearVersion(leido, pedido.modo, { vigentes, familia })
  const perdidos = await produccionDeLaFamilia().sinDestino(ctx, ot.idPrincipal, plan.enVigor)
  const arrastradas = new Set(vigentes.filter(({ origen }) => origen === 'arrastrada').map((p) => p.idConcepto))
  return {
    ot,
    activa,
    vigentes,
    familia,
    plan,
    arrastrables: perdidos.filter(({ idConcepto }) => arrastradas.has(idConcepto)),
    sinDestino: perdidos.filter(({ idConcepto }) => !arrastradas.has(idConcepto)),
    huella: huellaDePlan(pedido, leido, { activa, plan, perdidos }),
  }
}

/** What was shown is what will be done: the workbook, the version it stands on and the production it would leave. */
function huellaDePlan(
  { idOt, modo, alcance }: PedidoDeAnexo,
  leido: AnexoLeido,
  {
    activa,
    plan,
    perdidos,
  }: { activa: Version | null; plan: PlanDeVersion; perdidos: readonly ConceptoConProduccion[] },
): string {
  const resumen = createHash('sha256')
  resumen.update(JSON.stringify([idOt, modo, alcance, leido.sha256, activa?.id ?? null, activa?.total ?? 0]))
  for (const { huella, anexo, volumen, precioMn, precioUsd } of plan.partidas)
    resumen.update(JSON.stringify([huella, anexo, volumen, precioMn, precioUsd]))
  resumen.update(JSON.stringify([plan.traslados, perdidos.map(({ idConcepto }) => idConcepto).sort((a, b) => a - b)]))
  return resumen.digest('hex')
}

/** The whole analysis, with lists that stop at `MAXIMO_DE_LISTA`. */
export async function analizarVersion(
  ctx: CtxLectura,
  pedido: PedidoDeAnexo,
  leido: AnexoLeido,
  preparada: Preparada,
): Promise<AnalisisDeAnexo> {
  const { activa, vigentes, plan, ot } = preparada
  const { tipo_cambio_default: tipoCambio } = await leerParametros(ctx)
  const comparacion = await compararConVigente(ctx, preparada)
  const antes = activa === null ? { dias: 0, volumen: '0.000000' } : await repo.resumirPrograma(ctx.bd, activa.id)
  return {
    ...recortarListas(comparacion),
    programa: {
      antes,
      libro: { dias: leido.programado.dias, volumen: leido.programado.volumen },
      retirados: await programaRetirado(ctx, pedido, leido, preparada),
    },
    produccion_sin_destino: preparada.sinDestino.map(conceptoSinDestino),
    totales: { antes: totalesDeVersion(vigentes, tipoCambio), despues: totalesDeVersion(plan.partidas, tipoCambio) },
    produccion: await produccionDeLaFamilia().resumen(ctx, ot.idPrincipal),
  }
}

/** Lists that fit an answer, and how long they really are. */
export function recortarListas({ nuevas, cambiadas, eliminadas, sinCambio }: Comparacion) {
  return {
    nuevas: nuevas.slice(0, MAXIMO_DE_LISTA),
    cambiadas: cambiadas.slice(0, MAXIMO_DE_LISTA),
    eliminadas: eliminadas.slice(0, MAXIMO_DE_LISTA),
    sin_cambio: sinCambio,
    conteos: { nuevas: nuevas.length, cambiadas: cambiadas.length, eliminadas: eliminadas.length },
  }
}

/** The planned version against the active one, matched by the concept that each partida ends up being. */
export async function compararConVigente(
  ctx: CtxLectura,
  { vigentes, familia, plan }: Pick<Preparada, 'vigentes' | 'familia' | 'plan'>,
): Promise<Comparacion> {
  const claves = await repo.clavesDeUnidades(ctx.bd)
  const huellas = new Map(familia.map(({ id, huella }) => [id, huella]))
  for (const { id, huella } of plan.renombres) huellas.set(id, huella)
  for (const { de, a } of plan.traslados) huellas.set(de, a)
  const antes = vigentes.map((p): Comparable => ({ ...p, identidad: huellas.get(p.idConcepto) ?? String(p.id) }))
  const despues = plan.partidas.map((p): Comparable => ({
    ...p,
    identidad: p.huella,
    unidad: claves.get(p.idUnidad ?? 0) ?? '',
  }))
  return compararPartidas(antes, despues)
}

/** Programme of the active version that the new one leaves out although its partidas go on (§6.2). */
export async function programaRetirado(
  ctx: CtxLectura,
  { modo, alcance }: PedidoDeAnexo,
  leido: AnexoLeido,
  { activa, plan }: Preparada,
): Promise<{ dias: number; volumen: string }> {
  const nada = { dias: 0, volumen: '0.000000' }
  if (modo === 'reemplazo' || alcance === 'rango' || activa === null || leido.programado.dias === 0) return nada
  const partidas = plan.partidas.filter(({ indices }) => indices.length > 0).flatMap(({ continua }) => continua ?? [])
  const fuera = leido.calendario
  return repo.resumirPrograma(ctx.bd, activa.id, { partidas, fuera })
}

/** A concept that would lose its partida, as it travels. */
export function conceptoSinDestino(concepto: ConceptoConProduccion): ConceptoSinDestino {
  const { anexo, codigo, concepto: texto, unidad, producciones, volumen } = concepto
  return {
    clave: [anexo, codigo, texto, unidad].filter((parte) => parte !== '').join(' · '),
    anexo,
    codigo,
    concepto: texto,
    unidad,
    producciones,
    volumen,
  }
}

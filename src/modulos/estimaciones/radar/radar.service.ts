/** Radar de cobro: where every produced peso is, read exactly (decision 0035). */
import { sumar } from '../../../comun/dinero.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { leerParametros } from '../../parametros/index.ts'
import type { Exigencias } from '../estimaciones.reglas.ts'
import { ESTATUS_COBRO } from '../estatus.tipos.ts'
import { tasaPara, type TasaConFuente } from '../tipo-cambio.service.ts'
import { apartadoDe, mapaDeApartados } from './radar.reglas.ts'
import * as repo from './radar.repo.ts'
import {
  CLAVES_APARTADO,
  type Agrupacion,
  type Apartado,
  type Cifra,
  type Conciliacion,
  type FiltrosRadar,
  type Moneda,
  type PiezaRadar,
  type Radar,
} from './radar.tipos.ts'

/** Folders that a visit computes again at most; of the rest it computes what it needs without keeping it. */
const CARPETAS_POR_VISITA = 60
const CARPETAS_POR_TURNO = 100

/** Brings what is kept up to date before reading it, when something changed. */
async function ponerAlDia(ctx: Contexto): Promise<void> {
  if (await repo.hayCambios(ctx.bd)) await conTransaccion(ctx, (tx) => repo.refrescarRadar(tx, CARPETAS_POR_VISITA))
}

/** Keeps the radar up to date while nobody looks: all the changed folders, in short turns. @returns how many. */
export async function mantenerRadar(ctx: Contexto, seguir: () => boolean): Promise<number> {
  let total = 0
  while (seguir() && (await repo.hayCambios(ctx.bd))) {
    const hechas = await conTransaccion(ctx, (tx) => repo.refrescarRadar(tx, CARPETAS_POR_TURNO))
    if (hechas === 0) return total
    total += hechas
  }
  return total
}

/** Sum of some figures, each currency by itself. */
export function sumarCifras(cifras: readonly Cifra[]): Cifra {
  return {
    piezas: cifras.reduce((suma, { piezas }) => suma + piezas, 0),
    mn: sumar(cifras.map(({ mn }) => mn)),
    usd: sumar(cifras.map(({ usd }) => usd)),
  }
}

function porApartado(partes: readonly { a: Apartado; v: Cifra }[]): Record<Apartado, Cifra> {
  return Object.fromEntries(
    CLAVES_APARTADO.map((clave) => [clave, sumarCifras(partes.filter(({ a }) => a === clave).map(({ v }) => v))]),
  ) as Record<Apartado, Cifra>
}

/** What is asked of the radar. */
export interface PedidoRadar {
  readonly filtros: FiltrosRadar
  readonly por: Agrupacion
  /** Which money puts the groups in order. */
  readonly moneda: Moneda
  readonly inicio: number
  readonly limite: number
}

/** The radar with the rate that may add its currencies. */
export interface RadarConTasa {
  readonly radar: Radar
  readonly tasa: TasaConFuente
}

/** The radar of this instant. */
export async function verRadar(
  ctx: Contexto,
  { filtros, por, moneda, inicio, limite }: PedidoRadar,
): Promise<RadarConTasa> {
  const exige = await leerParametros(ctx)
  const tasa = await tasaPara(ctx, ctx.hoy, null)
  await ponerAlDia(ctx)
  const pregunta = { mapa: mapaDeApartados(exige), hoy: ctx.hoy, filtros }
  const leido = await repo.leerRadar(ctx.bd, pregunta, { por, moneda, inicio, limite, tasa: tasa.valor })
  const total = sumarCifras(leido.estados.map(({ v }) => v))
  const rechazadas = leido.estados.filter(({ e }) => e === ESTATUS_COBRO.RECHAZADA).map(({ v }) => v)
  const cifra = ([mn, usd]: RadarLeido['vigente']): Cifra => ({ piezas: leido.capturas, mn, usd })
  const radar: Radar = {
    total,
    apartados: porApartado(leido.estados),
    rechazadas: sumarCifras(rechazadas),
    grupos: leido.grupos.map(({ clave, texto, celdas }) => ({
      clave,
      texto: texto ?? '',
      total: sumarCifras(celdas.map(({ v }) => v)),
      apartados: porApartado(celdas),
    })),
    totalGrupos: leido.total_grupos,
    control: { capturas: leido.capturas, vigente: cifra(leido.vigente), diferencia: cifra(leido.diferencia) },
    conciliacion: filtros.idSitio === null && filtros.antiguedad === null ? conciliar(leido, exige) : null,
  }
  return { radar, tasa }
}

type RadarLeido = repo.RadarLeido
const CON_DOCUMENTO: readonly Apartado[] = ['en_borrador', 'enviada', 'autorizada', 'facturada', 'cobrada']

/** What the documents of each status add up to: their amounts are rounded by concept, those of the radar by row. */
function conciliar({ estados, documentos }: RadarLeido, exige: Exigencias): Conciliacion[] {
  const deDocumentos = documentos.map(({ estatus, v }) => ({ a: apartadoDe(ESTATUS_COBRO[estatus], false, exige), v }))
  return CON_DOCUMENTO.map((apartado) => ({
    apartado,
    radar: sumarCifras(estados.filter(({ a }) => a === apartado).map(({ v }) => v)),
    documentos: sumarCifras(deDocumentos.filter(({ a }) => a === apartado).map(({ v }) => v)),
  }))
}

/** Some pieces, what all of them are worth, and what is demanded of them. */
export interface PiezasDelRadar {
  readonly piezas: readonly PiezaRadar[]
  readonly total: Cifra
  readonly exige: Exigencias
}

/** The rows that a figure opens, oldest first. */
export async function verPiezas(
  ctx: Contexto,
  pedido: { filtros: FiltrosRadar; apartado: Apartado | null; inicio: number; limite: number },
): Promise<PiezasDelRadar> {
  const exige = await leerParametros(ctx)
  await ponerAlDia(ctx)
  const pregunta = { mapa: mapaDeApartados(exige), hoy: ctx.hoy, filtros: pedido.filtros }
  const { filas, total } = await repo.leerPiezas(ctx.bd, pregunta, pedido)
  return { piezas: filas, total, exige }
}

/** Orders, clients and sites that the filters offer. */
export const opcionesDelRadar = (ctx: Contexto) => repo.listarOpciones(ctx.bd)

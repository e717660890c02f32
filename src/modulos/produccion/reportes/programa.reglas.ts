/** Programme against production in the life of an OT or in a month (issue C §3). Pure. */
import { DINERO_CERO, textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { diasDelMes, fechaDePartes, type FechaIso } from '../../../comun/fechas.ts'
import type { SerieDeAvance } from './grafica.contrato.ts'
import type { ConceptoDePrograma, Medidas, PeriodoDePrograma } from './programa.tipos.ts'
import { diasHasta, serieDe } from './reportes.reglas.ts'

const MESES_CORTOS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'] as const

const SIN_NADA: Medidas = { volumen: DINERO_CERO, mn: DINERO_CERO, usd: DINERO_CERO }

/** 'feb 2026' */
export const nombreCorto = (dia: FechaIso): string =>
  `${MESES_CORTOS[Number(dia.slice(5, 7)) - 1] ?? ''} ${dia.slice(0, 4)}`

/** Every month between the first and the last with something, without holes. */
export function mesesSeguidos(periodos: readonly PeriodoDePrograma[]): FechaIso[] {
  const primero = periodos[0]?.periodo
  const ultimo = periodos.at(-1)?.periodo
  if (primero === undefined || ultimo === undefined) return []
  const meses: FechaIso[] = []
  let [anio, mes] = [Number(primero.slice(0, 4)), Number(primero.slice(5, 7))]
  for (let dia = fechaDePartes(anio, mes, 1); dia !== null && dia <= ultimo; dia = fechaDePartes(anio, mes, 1)) {
    meses.push(dia)
    ;[anio, mes] = mes === 12 ? [anio + 1, 1] : [anio, mes + 1]
  }
  return meses
}

/** Every day of a month. */
export const diasSeguidos = (anio: number, mes: number): FechaIso[] =>
  diasHasta(diasDelMes(anio, mes)).flatMap((dia) => fechaDePartes(anio, mes, dia) ?? [])

/** What is compared: volume of one partida, or amounts of all of them. */
export interface MedidaElegida {
  readonly cual: keyof Medidas
  /** Unit of the partida, 'M.N.' or 'USD'. */
  readonly unidad: string
}

/** The series of the chart and of its table. `porDia`: the periods are days of one month. */
export function serieDePrograma(
  periodos: readonly PeriodoDePrograma[],
  todos: readonly FechaIso[],
  { cual, unidad }: MedidaElegida,
  porDia: boolean,
): SerieDeAvance {
  const porFecha = new Map(periodos.map((periodo) => [periodo.periodo, periodo]))
  const valores = (clase: 'programado' | 'producido'): Dinero[] =>
    todos.map((dia) => (porFecha.get(dia)?.[clase] ?? SIN_NADA)[cual])
  return serieDe(
    todos.map((dia) => (porDia ? String(Number(dia.slice(8))) : nombreCorto(dia))),
    valores('programado'),
    valores('producido'),
    { unidad, decimales: cual === 'volumen' ? 6 : 2 },
  )
}

/** Percentage of an amount over another, with one decimal; '' without one. */
export function porcentaje(parte: Dinero, todo: Dinero): string {
  return todo.isZero() ? '' : `${textoPlano(parte.times(100).dividedBy(todo), 1)} %`
}

/** Something was programmed or produced. */
export const conPrograma = ({ programado, producido }: ConceptoDePrograma): boolean =>
  !programado.isZero() || !producido.isZero()

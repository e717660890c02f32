/** Figures of the reports. None is computed again: they are those of the sábana, added and cut in other ways. Pure. */
import { DINERO_CERO, dinero, textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { aMicras, textoFijo } from '../../../comun/volumenes.ts'
import type {
  CeldaProduccion,
  FilaDeConcepto,
  FilaDeSabana,
  FilaDeSubtotal,
  Sabana,
} from '../captura/captura.contrato.ts'
import type { SerieDeAvance } from './grafica.contrato.ts'

/** Cell of a day of a row. */
export const celdaDe = (fila: FilaDeSabana, dia: number): CeldaProduccion | null =>
  fila[`dia${String(dia)}` as 'dia1'] ?? null

export const diasHasta = (ultimo: number): number[] => Array.from({ length: ultimo }, (_, i) => i + 1)

/** Month of a row by type of time, with six decimals; together they are its `acumulado_mes`. */
export function totalesPorTipo(fila: FilaDeSabana): { te: string; cma: string } {
  let te = 0n
  let cma = 0n
  for (const dia of diasHasta(31)) {
    const celda = celdaDe(fila, dia)
    te += aMicras(celda?.te_dia ?? null)
    cma += aMicras(celda?.cma_dia ?? null)
  }
  return { te: textoFijo(te), cma: textoFijo(cma) }
}

export const conceptosDe = (sabana: Sabana): FilaDeConcepto[] => sabana.partidas.filter((fila) => !fila.es_subtitulo)

export const subtotalesDe = (sabana: Sabana): FilaDeSubtotal[] => sabana.partidas.filter((fila) => fila.es_subtitulo)

/** Something was produced or programmed in the month. */
export const conMovimiento = (fila: FilaDeSabana): boolean =>
  aMicras(fila.acumulado_mes) !== 0n || aMicras(fila.acumulado_programado) !== 0n

/** The rows of each annex, under its subtotal. */
export function porAnexo(sabana: Sabana): { subtotal: FilaDeSubtotal; filas: FilaDeConcepto[] }[] {
  const grupos: { subtotal: FilaDeSubtotal; filas: FilaDeConcepto[] }[] = []
  for (const fila of sabana.partidas) {
    if (fila.es_subtitulo) grupos.push({ subtotal: fila, filas: [] })
    else grupos.at(-1)?.filas.push(fila)
  }
  return grupos
}

/** A card of the sábana; '0.00' when the OT has no partidas. */
export function tarjeta(sabana: Sabana, clave: keyof Exclude<Sabana['totales'], Record<string, never>>): string {
  return (sabana.totales as Partial<Record<string, string>>)[clave] ?? '0.00'
}

/** Sum of amounts as they are shown: what somebody who adds the column gets. */
export function sumaDeImportes(importes: readonly string[]): string {
  return textoPlano(importes.reduce<Dinero>((suma, importe) => suma.plus(dinero(importe)), DINERO_CERO))
}

/** Programmed and produced (TE + CMA) day by day, in pesos or in dollars at the prices in force. */
export function serieDelMes(sabana: Sabana, ultimoDia: number, moneda: 'mn' | 'usd'): SerieDeAvance {
  const filas = conceptosDe(sabana).filter(conMovimiento)
  const dias = diasHasta(ultimoDia)
  const importe = (dia: number, de: (celda: CeldaProduccion) => bigint): Dinero =>
    filas.reduce<Dinero>((suma, fila) => {
      const celda = celdaDe(fila, dia)
      if (celda === null) return suma
      return suma.plus(dinero(textoFijo(de(celda))).times(fila[`pu_${moneda}`]))
    }, DINERO_CERO)
  return serieDe(
    dias.map(String),
    dias.map((dia) => importe(dia, ({ programado }) => aMicras(programado))),
    dias.map((dia) => importe(dia, ({ te_dia: te, cma_dia: cma }) => aMicras(te) + aMicras(cma))),
    { unidad: moneda === 'mn' ? 'M.N.' : 'USD', decimales: 2 },
  )
}

/** Adds the accumulated to what each period has; each figure is rounded once, when it is written. */
export function serieDe(
  periodos: readonly string[],
  programado: readonly Dinero[],
  producido: readonly Dinero[],
  { unidad, decimales }: { unidad: string; decimales: number },
): SerieDeAvance {
  const escribir = (valores: readonly Dinero[]): string[] => valores.map((valor) => textoPlano(valor, decimales))
  return {
    periodos,
    programado: escribir(programado),
    producido: escribir(producido),
    programadoAcumulado: escribir(acumular(programado)),
    producidoAcumulado: escribir(acumular(producido)),
    unidad,
  }
}

function acumular(valores: readonly Dinero[]): Dinero[] {
  let total = DINERO_CERO
  return valores.map((valor) => (total = total.plus(valor)))
}

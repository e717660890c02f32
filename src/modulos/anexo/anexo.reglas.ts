/** Amounts of the annex of an OT (ot.md §4.6): exact, rounded half up to two decimals only at the end (settled §7). */
import { textoPlano, type Dinero } from '../../comun/dinero.ts'

/** What an amount is made of. */
export interface Partida {
  readonly volumen: Dinero
  readonly mn: Dinero
  readonly usd: Dinero
}

/** Volume × (pesos + dollars × exchange rate), exact. */
export function importeDePartida({ volumen, mn, usd }: Partida, tipoCambio: Dinero): Dinero {
  return volumen.times(mn.plus(usd.times(tipoCambio)))
}

/** Totals of the table as they travel, with the rate that joins the two currencies. */
export function totalesDeAnexo(
  mn: Dinero,
  usd: Dinero,
  tipoCambio: Dinero,
): { mn: string; usd: string; homologado: string; tipo_cambio: string } {
  return {
    mn: textoPlano(mn),
    usd: textoPlano(usd),
    homologado: textoPlano(mn.plus(usd.times(tipoCambio))),
    tipo_cambio: tipoCambio.toFixed(4),
  }
}

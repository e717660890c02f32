/**
 * Amounts of the sábana (produccion.md §5.12), the same in the page and in the server: exact whole numbers, rounded once,
 * half up, when they are shown.
 */
import { MICRAS } from '../../../comun/volumenes.ts'

/** Volume (10⁻⁶) × price (10⁻⁴): whole numbers of 10⁻¹⁰. */
export type ImporteExacto = bigint

const PRECIO = 10_000n
const CENTAVO = (MICRAS * PRECIO) / 100n

/** Whole number of 10⁻⁴ of a price of the server ('1000.0000'). */
export function aPrecio(plano: string): bigint {
  const [entera = '0', fraccion = ''] = plano.split('.')
  return BigInt(entera + fraccion.slice(0, 4).padEnd(4, '0'))
}

export const importeDe = (micras: bigint, precio: bigint): ImporteExacto => micras * precio

/** With its two decimals: '126626.63', '-250.00'. */
export function textoImporte(importe: ImporteExacto): string {
  const positivo = importe < 0n ? -importe : importe
  const centavos = (positivo * 2n + CENTAVO) / (CENTAVO * 2n)
  const signo = importe < 0n && centavos > 0n ? '-' : ''
  return `${signo}${String(centavos / 100n)}.${String(centavos % 100n).padStart(2, '0')}`
}

/** What a card is made of. */
export interface Importes {
  readonly mn: ImporteExacto
  readonly usd: ImporteExacto
}

export const SIN_IMPORTE: Importes = { mn: 0n, usd: 0n }

export const masImporte = (a: Importes, b: Importes): Importes => ({ mn: a.mn + b.mn, usd: a.usd + b.usd })
export const menosImporte = (a: Importes, b: Importes): Importes => ({ mn: a.mn - b.mn, usd: a.usd - b.usd })

/** Amounts of a volume at the prices of its concept. */
export const importesDe = (micras: bigint, precios: { readonly mn: bigint; readonly usd: bigint }): Importes => ({
  mn: importeDe(micras, precios.mn),
  usd: importeDe(micras, precios.usd),
})

/**
 * Money and volume: exact decimals, never `number`. Sums keep every digit; rounding happens only where the
 * specification says, with the functions of this file.
 */
import { Decimal as DecimalBase } from 'decimal.js'

/**
 * Own copy of the library, so nobody else's settings reach ours. 60 digits: the product of decimal(25,2) and
 * decimal(18,6) is exact. Half up is what PostgreSQL's round(numeric) does too.
 */
const Decimal = DecimalBase.clone({
  precision: 60,
  rounding: DecimalBase.ROUND_HALF_UP,
  toExpNeg: -9e15,
  toExpPos: 9e15,
})

export type Dinero = DecimalBase

/** Exact decimal of a text, number or decimal; RangeError when it is not a finite number. */
export function dinero(valor: string | number | DecimalBase): Dinero {
  let decimal: Dinero
  try {
    decimal = new Decimal(valor)
  } catch {
    throw new RangeError(`Not an amount: ${String(valor)}`)
  }
  if (!decimal.isFinite()) throw new RangeError(`Not an amount: ${String(valor)}`)
  // Zero has a sign in the library; -0 would print "-0.00".
  return decimal.isZero() ? new Decimal(0) : decimal
}

export const DINERO_CERO: Dinero = new Decimal(0)

/** Rounded half up (away from zero) to that many decimals. */
export function redondear(valor: Dinero, decimales: number): Dinero {
  return dinero(valor.toDecimalPlaces(decimales))
}

/** Exact sum; zero for an empty list. */
export function sumar(lista: Iterable<Dinero>): Dinero {
  let suma = DINERO_CERO
  for (const valor of lista) suma = suma.plus(valor)
  return suma
}

/** Without thousands nor sign of currency, for JSON and forms: '1234.50'. */
export function textoPlano(valor: Dinero, decimales = 2): string {
  return redondear(valor, decimales).toFixed(decimales)
}

/** As people read it: '$ 1,234.50', '-$ 1,234.50'. */
export function textoDinero(valor: Dinero, decimales = 2): string {
  const texto = textoPlano(valor, decimales)
  const entero = texto.startsWith('-') ? texto.slice(1) : texto
  return `${texto.startsWith('-') ? '-' : ''}$ ${conMiles(entero)}`
}

/** The same in a table of many columns: '$1,234.50' (catalogos.md). */
export function textoDineroBreve(valor: Dinero): string {
  return textoDinero(valor).replace('$ ', '$')
}

/** A unit price with every digit it has, two at least: '$ 12.50', '$ 0.1234'. */
export function textoPrecio(precio: Dinero): string {
  return textoDinero(precio, Math.max(2, precio.decimalPlaces()))
}

/** A volume without zeros at the end: '1,234.5', '0'. */
export function textoVolumen(volumen: Dinero): string {
  const texto = volumen.abs().toFixed()
  return `${volumen.isNegative() ? '-' : ''}${conMiles(texto)}`
}

/** A plain decimal the same way: '1234.500000' -> '1,234.5'. */
export const cifraCorta = (plano: string): string => textoVolumen(dinero(plano))

/** What is taken away, as accountants write it: '(20)'. */
export function entreParentesis(texto: string): string {
  return texto.startsWith('-') ? `(${texto.slice(1)})` : texto
}

/** Commas between thousands of a plain number: '1234567.5' -> '1,234,567.5'. */
export function conMiles(plano: string): string {
  const [entera = '', fraccion] = plano.split('.')
  const conComas = entera.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraccion === undefined ? conComas : `${conComas}.${fraccion}`
}

/**
 * An amount as people write it: '1234.5', '$ 1,234.50', '1,234.50 MXN', '10 USD', '5 M.N.'. Thousands must be
 * grouped by three; a decimal comma, a sign, words or any other character give null. Nothing is rounded.
 */
export function leerImporte(texto: string): Dinero | null {
  const sinAdornos = texto
    .replace(/[\s\u00a0\u202f]+/g, '')
    .replace(/^(?:MXN|USD)?\$?/i, '')
    .replace(/(?:MXN|USD|M\.N\.)$/i, '')
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(sinAdornos)) return null
  return dinero(sinAdornos.replaceAll(',', ''))
}

/** First rate that does not fit a decimal(10,4) column. */
const TASA_LIMITE = dinero('1e6')

/** Pesos per dollar as people write them: above zero, rounded half up to four decimals; null for anything else. */
export function leerTasa(texto: string): Dinero | null {
  const leida = /^\d{1,6}(\.\d{1,10})?$/.test(texto) ? redondear(dinero(texto), 4) : null
  return leida?.gt(0) && leida.lt(TASA_LIMITE) ? leida : null
}

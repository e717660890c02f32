import { z } from 'zod'
import { fueraDeEpoca } from './fechas-capturadas.ts'
import { leerFechaIso, type FechaIso } from './fechas.ts'
import { limpiar, limpiarParrafos } from './texto.ts'
import { dinero, leerImporte, leerTasa, redondear, type Dinero } from './dinero.ts'

/**
 * Pieces of the schemas of what comes from outside. A field that is absent stays `undefined` (do not touch); a field
 * sent empty becomes null (pte.md §1.6). Forms send text, JSON may send numbers: both arrive here.
 */
export const crudo = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((valor) => (valor === null ? '' : String(valor).trim()))

const MAXIMO_SIN_LIMITE = 20_000

/**
 * Text of several lines, cleaned (`limpiarParrafos`: a form sends its line breaks as CRLF, and the log would see a
 * change); empty → null. `maximo` in characters.
 */
export function texto(nombre: string, maximo = MAXIMO_SIN_LIMITE) {
  return cadena(nombre, maximo, limpiarParrafos)
}

/** Text of one line (folios, names), cleaned with `limpiar`; empty → null. `maximo` in characters. */
export function linea(nombre: string, maximo: number) {
  return cadena(nombre, maximo, limpiar)
}

function cadena(nombre: string, maximo: number, limpieza: (valor: string) => string) {
  return crudo
    .transform(limpieza)
    .refine((valor) => valor.length <= maximo, {
      error: `${nombre} admite hasta ${maximo.toLocaleString('es-MX')} caracteres.`,
    })
    .transform((valor) => (valor === '' ? null : valor))
}

/** Whole number; empty → null. */
export function entero(nombre: string, limites: { minimo?: number; maximo?: number; mensaje?: string } = {}) {
  const { minimo = Number.MIN_SAFE_INTEGER, maximo = 2_147_483_647 } = limites
  const mensaje =
    limites.mensaje ??
    `${nombre} debe ser un número entero${limites.minimo === undefined ? '' : ` de ${minimo} en adelante`}.`
  return crudo.transform((valor, revision): number | null => {
    if (valor === '') return null
    const numero = Number(valor)
    if (/^-?\d{1,15}$/.test(valor) && numero >= minimo && numero <= maximo) return numero
    revision.addIssue({ code: 'custom', message: mensaje })
    return z.NEVER
  })
}

const noEsValido = (nombre: string) => `${nombre} no es ${nombre.startsWith('La ') ? 'válida' : 'válido'}.`

/** Id of a row; empty → null. */
export function id(nombre: string) {
  return entero(nombre, { minimo: 1, maximo: Number.MAX_SAFE_INTEGER, mensaje: noEsValido(nombre) })
}

/** Before `z.array`: a form sends its lists as JSON text, or by repeating the field, which with one value is no list. */
export function comoLista(valor: unknown): unknown {
  if (typeof valor !== 'string' || valor.trim() === '') return valor
  try {
    const leido: unknown = JSON.parse(valor)
    return typeof leido === 'number' ? [leido] : leido
  } catch {
    return valor
  }
}

/** Calendar day `YYYY-MM-DD`; empty → null. */
export function dia(nombre: string) {
  return crudo.transform((valor, revision): FechaIso | null => {
    if (valor === '') return null
    const fecha = leerFechaIso(valor)
    if (fecha !== null && !fueraDeEpoca(fecha)) return fecha
    const falta =
      fecha === null ? 'no es una fecha válida. Usa el formato AAAA-MM-DD.' : 'debe estar entre 1950 y 2150.'
    revision.addIssue({ code: 'custom', message: `${nombre} ${falta}` })
    return z.NEVER
  })
}

/** First amount that does not fit a decimal(25,2) column. */
const IMPORTE_LIMITE = dinero('1e23')

/** Amount ≥ 0, rounded half up to two decimals; currency words and thousands commas are accepted; empty → null. */
export function importe(nombre: string, limite: Dinero = IMPORTE_LIMITE) {
  return crudo.transform((valor, revision): Dinero | null => {
    if (valor === '') return null
    const leido = leerImporte(valor)
    const redondeado = leido === null ? null : redondear(leido, 2)
    if (redondeado?.lt(limite)) return redondeado
    revision.addIssue({
      code: 'custom',
      message: `${nombre} debe ser un importe de 0 en adelante, por ejemplo 1234.50.`,
    })
    return z.NEVER
  })
}

/** First number that does not fit a decimal(10,2) column. */
const DECIMAL_LIMITE = dinero('1e8')

/** Plain number with its sign, rounded half up to two decimals; empty → null. The rule of the field says which it may be. */
export function decimal(nombre: string) {
  return crudo.transform((valor, revision): Dinero | null => {
    if (valor === '') return null
    const leido = /^-?\d{1,15}(\.\d{1,15})?$/.test(valor) ? redondear(dinero(valor), 2) : null
    if (leido?.abs().lt(DECIMAL_LIMITE)) return leido
    revision.addIssue({ code: 'custom', message: `${nombre} debe ser un número, por ejemplo 30 o 2.5.` })
    return z.NEVER
  })
}

/** Check box or flag: `on`, `1`, `true`, `si` → true; anything else, empty included → false. */
export function siNo() {
  return crudo.transform((valor) => ['on', '1', 'true', 'si', 'sí'].includes(valor.toLowerCase()))
}

/** Pesos per dollar: above zero, four decimals at most kept (half up); empty → null. */
export function tasa(nombre: string) {
  return crudo.transform((valor, revision): Dinero | null => {
    if (valor === '') return null
    const leida = leerTasa(valor)
    if (leida) return leida
    revision.addIssue({
      code: 'custom',
      message: `${nombre} debe ser un número mayor que cero, por ejemplo 19.1648.`,
    })
    return z.NEVER
  })
}

/** Per cent above 0 up to 100, with its four decimals at most; empty → null. */
export function porcentaje(nombre: string) {
  return crudo.transform((valor, revision): Dinero | null => {
    if (valor === '') return null
    const leido = /^\d{1,3}(\.\d{1,10})?\s*%?$/.test(valor) ? redondear(dinero(valor.replace(/\s*%$/, '')), 4) : null
    if (leido?.gt(0) && leido.lte(100)) return leido
    revision.addIssue({ code: 'custom', message: `${nombre} debe ser mayor que 0 y hasta 100, por ejemplo 5 o 2.5.` })
    return z.NEVER
  })
}

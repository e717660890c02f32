/**
 * How a number is seen under the format of its cell: a code that Excel shows as 2.10 is stored as 2.1. Only what a
 * code or a key can have: digits, forced decimals, thousands, percent and literal text. Anything else (fractions,
 * exponents, conditions) is left to who reads the number itself.
 */
import { conMiles, dinero, redondear } from '../../comun/dinero.ts'

/** Builtin formats of numbers that change what is seen; the rest are General or dates. */
const INCLUIDOS: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  37: '#,##0;-#,##0',
  38: '#,##0;-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;-#,##0.00',
}

/** Code of a builtin format; '' when it shows the number as it is. */
export const codigoIncluido = (id: number): string => INCLUIDOS[id] ?? ''

/** Literal text around the digits: quoted, escaped, or a character that a format shows as it is. */
const LITERAL = String.raw`(?:"[^"]*"|\\.|_.|\*.|[-$ +():/.,]|\[\$[^\]]*\])*`
const PARTES = new RegExp(String.raw`^(${LITERAL}?)([#0?][#0?,]*)(?:\.([0#?]+))?(%?)(${LITERAL})$`)

/**
 * Text of a number as its format shows it; null when the format is General, of text, or one that is not understood.
 * @param exacto the plain decimal that the file stores.
 * @param codigo the format, as the workbook writes it.
 */
export function numeroVisto(exacto: string, codigo: string): string | null {
  if (codigo === '' || /general|@/i.test(codigo)) return null
  const numero = dinero(exacto)
  const secciones = partirSecciones(codigo.replace(/\[(?!\$)[^\]]*\]/g, ''))
  const propia = numero.isNegative() ? secciones[1] : undefined
  const partes = PARTES.exec(propia ?? secciones[0] ?? '')
  if (partes === null) return null
  const [, antes = '', entera = '', decimales = '', porciento = '', despues = ''] = partes
  if (entera.endsWith(',')) return null
  const signo = numero.isNegative() && propia === undefined ? '-' : ''
  const valor = porciento === '' ? numero.abs() : numero.abs().times(100)
  return `${signo}${literal(antes)}${digitos(valor, entera, decimales)}${porciento}${literal(despues)}`
}

/** The parts between `;`, out of quotes. */
function partirSecciones(codigo: string): string[] {
  return codigo.match(/(?:"[^"]*"|\\.|[^;])+/g) ?? []
}

function digitos(valor: ReturnType<typeof dinero>, entera: string, decimales: string): string {
  const [enteros = '', fraccion = ''] = redondear(valor, decimales.length).toFixed(decimales.length).split('.')
  const minimos = (entera.match(/0/g) ?? []).length
  const conCeros = (enteros === '0' ? '' : enteros).padStart(minimos, '0')
  const agrupados = entera.includes(',') ? conMiles(conCeros) : conCeros
  // A '#' shows a digit only when there is one; a '0' always.
  const forzados = decimales.lastIndexOf('0') + 1
  let hasta = fraccion.length
  while (hasta > forzados && fraccion[hasta - 1] === '0') hasta -= 1
  return decimales === '' ? agrupados : `${agrupados}.${fraccion.slice(0, hasta)}`
}

const literal = (crudo: string): string =>
  crudo
    .replace(/"([^"]*)"/g, '$1')
    .replace(/\[\$([^\]-]*)[^\]]*\]/g, '$1')
    .replace(/_./g, ' ')
    .replace(/\*./g, '')
    .replace(/\\(.)/g, '$1')

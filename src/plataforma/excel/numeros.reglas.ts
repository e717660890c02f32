/**
 * Numbers of an Anexo C and of a workbook of volumes (anexo-c.md §4.3). They are whole counts of their last decimal (millionths of a volume, ten
 * thousandths of a price): exact sums without an object for each of the millions of cells of a programme. Pure.
 */
import { dinero } from '../../comun/dinero.ts'
import { limpiar } from '../../comun/texto.ts'
import type { Celda } from './leer.ts'

/** What a column takes: digits before the point, and decimals, to which it is rounded half up. */
export interface MedidaDeNumero {
  readonly cosa: 'Volumen' | 'Precio'
  readonly enteros: number
  readonly decimales: number
}

export const VOLUMEN: MedidaDeNumero = { cosa: 'Volumen', enteros: 12, decimales: 6 }
export const PRECIO: MedidaDeNumero = { cosa: 'Precio', enteros: 11, decimales: 4 }
/** One day of the programme. */
export const VOLUMEN_DE_DIA: MedidaDeNumero = { cosa: 'Volumen', enteros: 9, decimales: 6 }

/** The number, or why it cannot be one: what completes «Volumen inválido: …». */
export type NumeroLeido = { readonly valor: bigint } | { readonly error: string }

const CERO: NumeroLeido = { valor: 0n }

/** Number of a cell; empty and a dash are zero, anything unreadable is an error and never zero. */
export function leerNumero(celda: Celda | undefined, medida: MedidaDeNumero): NumeroLeido {
  switch (celda?.tipo) {
    case undefined:
      return CERO
    case 'numero':
      return escalar(decimalDelDoble(celda.texto), medida)
    case 'texto':
      return leerEscrito(celda.texto, medida)
    case 'fecha':
      return { error: 'es una fecha' }
    case 'booleano':
      return { error: 'no es un número' }
    case 'error':
      return { error: celda.texto.startsWith('#') ? 'es un error de Excel' : `es una ${celda.texto}` }
  }
}

/** Digits that tell one double from any other of its size. */
const DIGITOS_SEGUROS = 15

/** Shortest decimal of the double that the file holds: programs write the same one with 15, 17 or 30 digits. */
function decimalDelDoble(texto: string): string {
  return texto.length <= DIGITOS_SEGUROS ? texto : dinero(Number(texto)).toFixed()
}

const PLANO = /^(?:\d+\.?\d*|\.\d+)$/
/** Commas only as thousands, all of them: '0,500' is somebody's half and not five hundred. */
const CON_MILES = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/

function leerEscrito(texto: string, medida: MedidaDeNumero): NumeroLeido {
  const sinAdornos = limpiar(texto)
    .replace(/\s/g, '')
    .replace(/^(?:MXN|USD)?\$?(?:MXN|USD)?/i, '')
    .replace(/(?:MXN|USD)$/i, '')
  if (sinAdornos === '' || sinAdornos === '-') return CERO
  if (PLANO.test(sinAdornos)) return escalar(sinAdornos, medida)
  if (CON_MILES.test(sinAdornos)) return escalar(sinAdornos.replaceAll(',', ''), medida)
  if (/^-[$\d.,]+$|^\(.*\d.*\)$/.test(sinAdornos)) return { error: 'no puede ser negativo' }
  const sugerido = conPuntoDecimal(sinAdornos)
  return { error: sugerido === null ? 'no es un número' : `no es un número. ¿Quisiste decir ${sugerido}?` }
}

/** Decimal comma: '1.234,50' and '1234,5' can only mean one thing. */
function conPuntoDecimal(escrito: string): string | null {
  const partes = /^(\d{1,3}(?:\.\d{3})*|\d+),(\d+)$/.exec(escrito)
  return partes === null ? null : `${(partes[1] ?? '').replaceAll('.', '')}.${partes[2] ?? ''}`
}

/** Half up to the decimals of the measure. */
function escalar(plano: string, { enteros, decimales }: MedidaDeNumero): NumeroLeido {
  if (plano.startsWith('-')) return /[1-9]/.test(plano) ? { error: 'no puede ser negativo' } : CERO
  const [entera = '', fraccion = ''] = plano.split('.')
  const cortada = BigInt(`${entera}${fraccion.slice(0, decimales).padEnd(decimales, '0')}`)
  const valor = (fraccion[decimales] ?? '0') >= '5' ? cortada + 1n : cortada
  return valor < maximoDe(enteros + decimales) ? { valor } : { error: 'es demasiado grande' }
}

const maximoDe = (digitos: number): bigint => 10n ** BigInt(digitos)

/** First value that does not fit in a measure. */
export const tope = ({ enteros, decimales }: MedidaDeNumero): bigint => maximoDe(enteros + decimales)

/** Plain decimal with all its decimals: 1234500000n of six → '1234.500000'. */
export function textoEscalado(valor: bigint, decimales: number): string {
  const digitos = valor.toString().padStart(decimales + 1, '0')
  return `${digitos.slice(0, -decimales)}.${digitos.slice(-decimales)}`
}

/** As people write it: no trailing zeros. */
export function textoCorto(valor: bigint, decimales: number): string {
  return textoEscalado(valor, decimales).replace(/0+$/, '').replace(/\.$/, '')
}

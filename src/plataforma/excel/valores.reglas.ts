/**
 * How one cell of a workbook that is imported is read, kind by kind (settled.md §1). What can be read is kept as it
 * stands; what cannot is an error that names the cell and, where one is obvious, says what was meant.
 */
import { conMiles, dinero, leerImporte, redondear, textoPlano, type Dinero } from '../../comun/dinero.ts'
import { aDdMmAaaa, fechaDePartes, leerFechaIso, type FechaIso } from '../../comun/fechas.ts'
import { limpiar, limpiarParrafos, sinAcentos } from '../../comun/texto.ts'
import { fechaDeSerie } from './celda.reglas.ts'
import type { Celda } from './leer.ts'

/** `error` rejects the row and `aviso` does not; both complete «En F9 dice "…"». */
export interface Lectura<T> {
  readonly valor: T | null
  readonly error?: string
  readonly aviso?: string
}

const SERIE_MINIMA = 20_000
const SERIE_MAXIMA = 80_000
const ENTERO_MAXIMO = 2_147_483_647
/** What a decimal column takes. */
export interface LimitesDeImporte {
  /** Digits before the point. */
  readonly enteros: number
  readonly decimales: number
  /** Whether it may be below zero; not unless told. */
  readonly negativos?: boolean | undefined
  /** What it is called when it is wrong, masculine: «un importe» unless told. */
  readonly cosa?: string | undefined
}
/** decimal(25,2) */
const MONTO: LimitesDeImporte = { enteros: 23, decimales: 2 }

/** What Excel shows in a cell, for messages and texts. */
export function mostrar(celda: Celda | undefined): string {
  if (celda === undefined) return ''
  switch (celda.tipo) {
    case 'fecha':
      return celda.hora === null ? aDdMmAaaa(celda.fecha) : `${aDdMmAaaa(celda.fecha)} ${celda.hora}`
    case 'booleano':
      return celda.valor ? 'VERDADERO' : 'FALSO'
    default:
      return celda.texto
  }
}

/** What other programs write for nothing; it never enters the system as a text. */
const NADA = /^(?:nan|none|null|nat|<na>)$/i

/** Text of a cell, cleaned; null when there is nothing in it. Error cells are refused before, in every column. */
function texto(celda: Celda | undefined, limpieza: (crudo: string) => string): string | null {
  const limpio = limpieza(mostrar(celda))
  return limpio === '' || NADA.test(limpio) ? null : limpio
}

/** Whether there is nothing in a cell, or what other programs write for nothing. */
export const vacia = (celda: Celda | undefined): boolean => texto(celda, limpiar) === null

/** Folios and letters: one line, cleaned. A date or a boolean there was a folio that Excel changed. */
export function leerFolio(celda: Celda | undefined, largo: number): Lectura<string> {
  if (celda?.tipo === 'fecha') return { valor: null, error: 'y es una fecha, no un folio. Escríbelo como texto.' }
  if (celda?.tipo === 'booleano') return { valor: null, error: 'y no es un folio.' }
  return conLargo(texto(celda, limpiar), largo)
}

/** One line of text. */
export function leerTexto(celda: Celda | undefined, largo: number): Lectura<string> {
  return conLargo(texto(celda, limpiar), largo)
}

/** Text of several lines. */
export function leerParrafos(celda: Celda | undefined, largo = Number.POSITIVE_INFINITY): Lectura<string> {
  return conLargo(texto(celda, limpiarParrafos), largo)
}

function conLargo(valor: string | null, largo: number): Lectura<string> {
  if (valor === null || valor.length <= largo) return { valor }
  return { valor: null, error: `y pasa de ${String(largo)} caracteres.` }
}

/** A whole number, also as text or '22.0'; undefined when it is not one. */
export function entero(celda: Celda | undefined): number | undefined {
  if (celda?.tipo !== 'numero' && celda?.tipo !== 'texto') return undefined
  const partes = /^([+-]?\d{1,15})(?:\.0*)?$/.exec(limpiar(celda.texto))
  return partes === null ? undefined : Number(partes[1]) + 0
}

export function leerId(celda: Celda | undefined): Lectura<number> {
  if (vacia(celda)) return { valor: null }
  const valor = entero(celda)
  return valor === undefined || valor < 1
    ? { valor: null, error: 'y debe ser el número de un registro del catálogo.' }
    : { valor }
}

/** A whole number between those; anything else is refused with that sentence. */
export function leerEntero(
  celda: Celda | undefined,
  { minimo, maximo = ENTERO_MAXIMO, error }: { minimo: number; maximo?: number | undefined; error: string },
): Lectura<number> {
  if (vacia(celda)) return { valor: null }
  const valor = entero(celda)
  return valor === undefined || valor < minimo || valor > maximo ? { valor: null, error } : { valor }
}

const SI = new Set(['si', 'verdadero', 'true', '1', 'x', 'activo', 'activa'])
const NO = new Set(['no', 'falso', 'false', '0', 'inactivo', 'inactiva'])

/** Yes or no: a boolean, 1 or 0, or the words people write for them. */
export function leerBooleano(celda: Celda | undefined): Lectura<boolean> {
  if (vacia(celda)) return { valor: null }
  if (celda?.tipo === 'booleano') return { valor: celda.valor }
  const clave = claveDeTexto(mostrar(celda))
  if (SI.has(clave)) return { valor: true }
  return NO.has(clave) ? { valor: false } : { valor: null, error: 'y debe ser Sí o No.' }
}

/** One of a few words, whatever their case and accents; the value is the one that they stand for. */
export function leerOpcion(celda: Celda | undefined, valores: Readonly<Record<string, string>>): Lectura<string> {
  if (vacia(celda)) return { valor: null }
  const clave = claveDeTexto(mostrar(celda))
  const hallada = Object.entries(valores).find(([escrita]) => claveDeTexto(escrita) === clave)
  if (hallada !== undefined) return { valor: hallada[1] }
  return { valor: null, error: `y debe ser ${Object.keys(valores).join(' o ')}.` }
}

const claveDeTexto = (escrito: string): string => sinAcentos(limpiar(escrito)).toLowerCase()

// ---------------------------------------------------------------------------------------------------------- amounts

/** As many decimals as it takes, half up; the value is the plain decimal. */
export function leerMonto(
  celda: Celda | undefined,
  { enteros, decimales, negativos = false, cosa = 'importe' }: LimitesDeImporte = MONTO,
): Lectura<string> {
  if (vacia(celda)) return { valor: null }
  if (celda?.tipo !== 'numero' && celda?.tipo !== 'texto') return { valor: null, error: `y no es un ${cosa}.` }
  const exacto = celda.tipo === 'numero' ? dinero(celda.texto) : leerImporte(limpiar(celda.texto))
  if (exacto === null) return { valor: null, error: errorDeImporte(limpiar(celda.texto), cosa) }
  if (exacto.isNegative() && !negativos) return { valor: null, error: `y un ${cosa} no puede ser negativo.` }
  const valor = redondear(exacto, decimales)
  if (valor.abs().toFixed(0).length > enteros) return { valor: null, error: `y es un ${cosa} demasiado grande.` }
  const plano = textoPlano(valor, decimales)
  // Half of the last decimal that is kept: less than that is dust of a formula.
  const media = dinero('0.5').times(dinero(10).pow(-decimales))
  if (exacto.minus(valor).abs().lessThan(media)) return { valor: plano }
  const cuantos = decimales === 2 ? 'dos' : String(decimales)
  return { valor: plano, aviso: `y tiene más de ${cuantos} decimales; se importó como ${conMiles(plano)}.` }
}

function errorDeImporte(escrito: string, cosa: string): string {
  if (/^(?:[A-Z]{3})?\$?-|^\(.*\d.*\)$/i.test(escrito.replace(/\s/g, ''))) return `y un ${cosa} no puede ser negativo.`
  const sugerido = importeSugerido(escrito)
  return sugerido === null
    ? `y no es un ${cosa}.`
    : `y no es un ${cosa}. ¿Quisiste decir ${conMiles(textoPlano(sugerido))}?`
}

/** Decimal comma: '1.234,50' and '1234,5' can only mean one thing. */
function importeSugerido(escrito: string): Dinero | null {
  const partes = /^\$?\s*(\d{1,3}(?:\.\d{3})*|\d+),(\d{1,2})$/.exec(escrito)
  return partes === null ? null : dinero(`${(partes[1] ?? '').replaceAll('.', '')}.${partes[2] ?? ''}`)
}

// ------------------------------------------------------------------------------------------------------------ dates

const HORA = String.raw`(?:[T ]\s?(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?`
const FECHA_ISO = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})${HORA}$`)
const FECHA_LOCAL = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4})${HORA}$`)

/** The calendar day that the cell shows. Day first, never month first. */
export function leerFecha(celda: Celda | undefined, es1904: boolean): Lectura<FechaIso> {
  if (vacia(celda)) return { valor: null }
  if (celda?.tipo === 'fecha') return { valor: celda.fecha }
  const escrito = limpiar(mostrar(celda))
  const valor = celda?.tipo === 'booleano' ? null : (fechaEscrita(escrito) ?? fechaDeNumero(escrito, es1904))
  if (valor !== null) return { valor }
  const sugerida = fechaSugerida(escrito)
  const pregunta = sugerida === null ? '' : ` ¿Quisiste decir ${aDdMmAaaa(sugerida)}?`
  return { valor: null, error: `y no es una fecha.${pregunta}` }
}

function fechaEscrita(escrito: string): FechaIso | null {
  const iso = FECHA_ISO.exec(escrito)
  if (iso !== null) return leerFechaIso(iso[1] ?? '')
  const local = FECHA_LOCAL.exec(escrito)
  return local === null ? null : fechaDePartes(Number(local[3]), Number(local[2]), Number(local[1]))
}

function fechaDeNumero(escrito: string, es1904: boolean): FechaIso | null {
  if (!/^\d{5}(?:\.\d+)?$/.test(escrito)) return null
  const serie = Number(escrito)
  return serie < SERIE_MINIMA || serie > SERIE_MAXIMA ? null : (fechaDeSerie(serie, es1904)?.fecha ?? null)
}

const MESES = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic']

/** Only what can be meant in one way: a lost or another separator, a year of two digits, a month by its name. */
function fechaSugerida(escrito: string): FechaIso | null {
  const junto = escrito.toLowerCase().replace(/\s*([/.-])[\s/.-]*/g, '$1')
  const partes =
    /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(junto) ??
    /^(\d{1,2})[/.-](\d{2})(\d{4})$/.exec(junto) ??
    /^(\d{2})(\d{2})[/.-]?(\d{4})$/.exec(junto)
  if (partes !== null) return conSiglo(partes[3] ?? '', Number(partes[2]), Number(partes[1]))
  const alReves = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(junto)
  if (alReves !== null) return fechaDePartes(Number(alReves[1]), Number(alReves[2]), Number(alReves[3]))
  const conMes = /^(\d{1,2})(?:\s+de\s+|[\s/.-])([a-z]{3})[a-z]*(?:\s+del?\s+|[\s/.-])(\d{4}|\d{2})$/.exec(junto)
  return conMes === null ? null : conSiglo(conMes[3] ?? '', MESES.indexOf(conMes[2] ?? '') + 1, Number(conMes[1]))
}

function conSiglo(anio: string, mes: number, dia: number): FechaIso | null {
  const completo = Number(anio.length === 2 ? `20${anio}` : anio)
  // '04/25/2023' is a month first: the only day it can mean is that one.
  return fechaDePartes(completo, mes, dia) ?? (dia <= 12 ? fechaDePartes(completo, dia, mes) : null)
}

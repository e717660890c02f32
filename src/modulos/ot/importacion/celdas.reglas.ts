/**
 * How one cell of the historical workbook is read, kind by kind (settled.md §1). What can be read is kept as it
 * stands; what cannot is an error that names the cell and, where one is obvious, says what was meant.
 */
import { conMiles, dinero, leerImporte, redondear, textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, fechaDePartes, leerFechaIso, type FechaIso } from '../../../comun/fechas.ts'
import { limpiar, limpiarParrafos } from '../../../comun/texto.ts'
import { fechaDeSerie } from '../../../plataforma/excel/celda.reglas.ts'
import type { Celda } from '../../../plataforma/excel/leer.ts'
import { LARGO_OT, TIPO_OT, type TipoOt } from '../ot.tipos.ts'

/** `error` rejects the row and `aviso` does not; both complete «En F9 dice "…"». */
export interface Lectura<T> {
  readonly valor: T | null
  readonly error?: string
  readonly aviso?: string
}

const SERIE_MINIMA = 20_000
const SERIE_MAXIMA = 80_000
const ENTERO_MAXIMO = 2_147_483_647
/** decimal(25,2) */
const ENTEROS_DE_UN_MONTO = 23
const MEDIO_CENTAVO = dinero('0.005')

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

const vacia = (celda: Celda | undefined): boolean => texto(celda, limpiar) === null

/** Folios and letters: one line, cleaned. A date or a boolean there was a folio that Excel changed. */
export function leerFolio(celda: Celda | undefined): Lectura<string> {
  if (celda?.tipo === 'fecha') return { valor: null, error: 'y es una fecha, no un folio. Escríbelo como texto.' }
  if (celda?.tipo === 'booleano') return { valor: null, error: 'y no es un folio.' }
  return conLargo(texto(celda, limpiar), LARGO_OT.ordenTrabajo)
}

export function leerTexto(celda: Celda | undefined): Lectura<string> {
  return conLargo(texto(celda, limpiar), LARGO_OT.responsableCliente)
}

export function leerParrafos(celda: Celda | undefined): Lectura<string> {
  return { valor: texto(celda, limpiarParrafos) }
}

function conLargo(valor: string | null, largo: number): Lectura<string> {
  if (valor === null || valor.length <= largo) return { valor }
  return { valor: null, error: `y pasa de ${String(largo)} caracteres.` }
}

/** A whole number, also as text or '22.0'; undefined when it is not one. */
function entero(celda: Celda | undefined): number | undefined {
  if (celda?.tipo !== 'numero' && celda?.tipo !== 'texto') return undefined
  const partes = /^([+-]?\d{1,15})(?:\.0*)?$/.exec(limpiar(celda.texto))
  return partes === null ? undefined : Number(partes[1]) + 0
}

export function leerTipo(celda: Celda | undefined): Lectura<TipoOt> {
  const valor = entero(celda)
  if (valor === TIPO_OT.INICIAL || valor === TIPO_OT.REPROGRAMACION) return { valor }
  return { valor: null, error: vacia(celda) ? 'falta' : 'y el tipo debe ser 4 (inicial) o 5 (reprogramación).' }
}

/** -1, 0 or 1; a boolean is not one of them. */
export function leerEstatusLogico(celda: Celda | undefined): Lectura<number> {
  if (vacia(celda)) return { valor: null }
  const valor = entero(celda)
  if (valor === -1 || valor === 0 || valor === 1) return { valor }
  return { valor: null, error: 'y el estatus debe ser -1 (por definir), 0 (eliminada) o 1 (activa).' }
}

/** An unknown status is ASIGNADA with a warning; whether the number exists is for whoever has the catalogue. */
export function leerEstatusOperativo(celda: Celda | undefined): Lectura<number> {
  if (vacia(celda)) return { valor: null, aviso: 'vacio' }
  const valor = entero(celda)
  return valor === undefined ? { valor: null, aviso: AVISO_ESTATUS } : { valor }
}

export const AVISO_ESTATUS = 'y no es un estatus de OT; se importó como ASIGNADA.'

export function leerId(celda: Celda | undefined): Lectura<number> {
  if (vacia(celda)) return { valor: null }
  const valor = entero(celda)
  return valor === undefined || valor < 1
    ? { valor: null, error: 'y debe ser el número de un registro del catálogo.' }
    : { valor }
}

export function leerPlazo(celda: Celda | undefined): Lectura<number> {
  return enteroDesde(celda, 0, 'y el plazo debe ser un número entero de días.')
}

export function leerNumero(celda: Celda | undefined): Lectura<number> {
  return enteroDesde(celda, 1, 'y el número de reprogramación debe ser un número entero desde 1.')
}

function enteroDesde(celda: Celda | undefined, minimo: number, error: string): Lectura<number> {
  if (vacia(celda)) return { valor: null }
  const valor = entero(celda)
  return valor === undefined || valor < minimo || valor > ENTERO_MAXIMO ? { valor: null, error } : { valor }
}

// ---------------------------------------------------------------------------------------------------------- amounts

/** Two decimals, half up; the value is the plain decimal. */
export function leerMonto(celda: Celda | undefined): Lectura<string> {
  if (vacia(celda)) return { valor: null }
  if (celda?.tipo !== 'numero' && celda?.tipo !== 'texto') return { valor: null, error: 'y no es un importe.' }
  const exacto = celda.tipo === 'numero' ? dinero(celda.texto) : leerImporte(limpiar(celda.texto))
  if (exacto === null) return { valor: null, error: errorDeImporte(limpiar(celda.texto)) }
  if (exacto.isNegative()) return { valor: null, error: 'y un importe no puede ser negativo.' }
  const valor = redondear(exacto, 2)
  if (valor.toFixed(0).length > ENTEROS_DE_UN_MONTO) return { valor: null, error: 'y es un importe demasiado grande.' }
  if (exacto.minus(valor).abs().lessThan(MEDIO_CENTAVO)) return { valor: textoPlano(valor) }
  return {
    valor: textoPlano(valor),
    aviso: `y tiene más de dos decimales; se importó como ${conMiles(textoPlano(valor))}.`,
  }
}

function errorDeImporte(escrito: string): string {
  if (/^(?:[A-Z]{3})?\$?-|^\(.*\d.*\)$/i.test(escrito.replace(/\s/g, ''))) return 'y un importe no puede ser negativo.'
  const sugerido = importeSugerido(escrito)
  return sugerido === null
    ? 'y no es un importe.'
    : `y no es un importe. ¿Quisiste decir ${conMiles(textoPlano(sugerido))}?`
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

/** Which headers are days, of a programme or of volumes (anexo-c.md §4.5). Day first, never month first. Pure. */
import { fechaDePartes, leerFechaIso, type FechaIso } from '../../comun/fechas.ts'
import { fechaDeSerie } from './celda.reglas.ts'
import type { Celda } from './leer.ts'
import { textoNormal } from '../../comun/texto.ts'

/** Serials that a header without date format may be: 2000-01-01 to 2099-12-31 in the calendar of 1900. */
const PRIMERA_SERIE = 36_526
const ULTIMA_SERIE = 73_050

/** The programme of a job is of this century: a 1 shown as a day is 1900-01-01, and no day of any programme. */
const PRIMER_DIA = '2000-01-01'
const ULTIMO_DIA = '2099-12-31'

const MESES: Readonly<Record<string, number>> = {
  ENE: 1,
  JAN: 1,
  FEB: 2,
  MAR: 3,
  ABR: 4,
  APR: 4,
  MAY: 5,
  JUN: 6,
  JUL: 7,
  AGO: 8,
  AUG: 8,
  SEP: 9,
  OCT: 10,
  NOV: 11,
  DIC: 12,
  DEC: 12,
}

/**
 * The day that a header cell says, or null when it says none.
 * @param aLaDerecha whether it stands right of the mandatory columns: only there is a bare number a day.
 */
export function leerDia(celda: Celda, es1904: boolean, aLaDerecha: boolean): FechaIso | null {
  const fecha = diaDe(celda, es1904, aLaDerecha)
  return fecha === null || fecha < PRIMER_DIA || fecha > ULTIMO_DIA ? null : fecha
}

function diaDe(celda: Celda, es1904: boolean, aLaDerecha: boolean): FechaIso | null {
  if (celda.tipo === 'fecha') return celda.fecha
  if (celda.tipo === 'texto') return diaEscrito(textoNormal(celda.texto))
  if (celda.tipo !== 'numero' || !aLaDerecha) return null
  const serie = Number(celda.texto)
  return serie < PRIMERA_SERIE || serie >= ULTIMA_SERIE + 1 ? null : (fechaDeSerie(serie, es1904)?.fecha ?? null)
}

function diaEscrito(texto: string): FechaIso | null {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$/.exec(texto)
  if (iso !== null) return leerFechaIso(iso[1] ?? '')
  const local = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/.exec(texto) ?? /^(\d{1,2})(\/)(\d{1,2})\/(\d{2})$/.exec(texto)
  if (local !== null) return fechaDePartes(conSiglo(local[4]), Number(local[3]), Number(local[1]))
  const conMes = /^(\d{1,2})-([A-Z]{3})-(\d{4}|\d{2})$/.exec(texto)
  const mes = MESES[conMes?.[2] ?? '']
  return conMes === null || mes === undefined ? null : fechaDePartes(conSiglo(conMes[3]), mes, Number(conMes[1]))
}

const conSiglo = (anio = ''): number => Number(anio.length === 2 ? `20${anio}` : anio)

/** A header that is not a day but that somebody meant as one: 13/112023, 31/02/2026, a date of another century. */
export function pareceDia(celda: Celda): boolean {
  if (celda.tipo === 'fecha') return true
  if (celda.tipo !== 'texto') return false
  return /^\d{1,4}\s?[/.-]\s?(?:\d{1,2}|[A-Z]{3,10})\s?[/.-]?\s?\d{2,4}$/.test(textoNormal(celda.texto))
}

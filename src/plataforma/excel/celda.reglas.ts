/**
 * What a cell means: its address, the exact decimal text of its number, and the calendar day when its format shows a
 * date. No `Date` and no zone: a serial is a count of days.
 */
import { dinero } from '../../comun/dinero.ts'
import { diasEntre, fechaIso, sumarDias, type FechaIso } from '../../comun/fechas.ts'

const BASE_1900 = fechaIso('1899-12-30')
const ULTIMA_SERIE = 2_958_465
const DIAS_HASTA_1904 = 1462
const MILISEGUNDOS_DEL_DIA = 86_400_000

/** A day, and the time of day when the number had a fraction. */
export interface DiaYHora {
  readonly fecha: FechaIso
  /** 'HH:MM:SS', or null at midnight. */
  readonly hora: string | null
}

/**
 * Day of a serial number, null when no calendar has it (0, negatives, the 29 February 1900 that Excel invents).
 * @param es1904 whether the workbook counts from 1904.
 */
export function fechaDeSerie(serie: number, es1904 = false): DiaYHora | null {
  if (!Number.isFinite(serie)) return null
  const milisegundos = Math.round((serie + (es1904 ? DIAS_HASTA_1904 : 0)) * MILISEGUNDOS_DEL_DIA)
  const dia = Math.floor(milisegundos / MILISEGUNDOS_DEL_DIA)
  if (dia < 1 || dia > ULTIMA_SERIE || dia === 60) return null
  // Before March 1900 the serials of Excel are one day behind the calendar.
  const fecha = sumarDias(BASE_1900, dia < 60 ? dia + 1 : dia)
  return { fecha, hora: horaDe(milisegundos - dia * MILISEGUNDOS_DEL_DIA) }
}

function horaDe(milisegundos: number): string | null {
  const segundos = Math.floor(milisegundos / 1000)
  if (segundos === 0) return null
  const partes = [Math.floor(segundos / 3600), Math.floor(segundos / 60) % 60, segundos % 60]
  return partes.map((n) => String(n).padStart(2, '0')).join(':')
}

/** The serial of a day from March 1900 on, for the writer. */
export function serieDeFecha(fecha: FechaIso): number {
  return diasEntre(BASE_1900, fecha)
}

/**
 * Plain decimal text of a number as the file writes it; null when it is not a number. Programs write the double that
 * they hold with 17 digits (6907712.1699999999): when 15 digits say the same double, those are what was typed. Longer
 * texts are left as they are, because a double would lose their cents.
 */
export function decimalExacto(texto: string): string | null {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(texto)) return null
  const digitos = texto
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '').length
  const simple = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(texto)
  if (simple && digitos <= 15) return texto
  const corto = dinero(Number(texto))
  return digitos > 15 && (digitos > 17 || corto.precision() > 15) ? dinero(texto).toFixed() : corto.toFixed()
}

/** Builtin formats that show a day or a time, the East Asian ones included. */
const FORMATOS_DE_FECHA = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56,
  57, 58,
])

/** Whether a number with this format is shown as a date. */
export function esFormatoDeFecha(id: number, codigo: string | undefined): boolean {
  if (codigo === undefined) return FORMATOS_DE_FECHA.has(id)
  const primera = codigo.split(';')[0] ?? ''
  const letras = primera
    .replace(/"[^"]*"?/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  return /[dmyhs]/i.test(letras.replace(/general/gi, ''))
}

/** 'A', 'Z', 'AA'… of a column number. */
export function letraDeColumna(columna: number): string {
  let letras = ''
  for (let resto = columna; resto > 0; resto = Math.floor((resto - 1) / 26)) {
    letras = String.fromCharCode(65 + ((resto - 1) % 26)) + letras
  }
  return letras
}

/** 'F9' of a row and a column number. */
export const direccion = (fila: number, columna: number): string => `${letraDeColumna(columna)}${String(fila)}`

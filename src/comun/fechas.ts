/**
 * Calendar days and local time. A day is a `FechaIso` text ('YYYY-MM-DD'); a `Date` holds only instants.
 * This is the only file that knows America/Mexico_City (architecture §7).
 */
import { Temporal } from 'temporal-polyfill'

/** A real calendar day written 'YYYY-MM-DD', years 0001 to 9999. Texts of this type compare with < and >. */
export type FechaIso = string & { readonly __marca: 'FechaIso' }

export const ZONA = 'America/Mexico_City'

const DIAS_DEL_MES = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const esBisiesto = (anio: number): boolean => (anio % 4 === 0 && anio % 100 !== 0) || anio % 400 === 0

/** The day of those three numbers, or null when the calendar has no such day (2025-02-30). */
export function fechaDePartes(anio: number, mes: number, dia: number): FechaIso | null {
  const delMes = DIAS_DEL_MES[mes - 1]
  if (delMes === undefined || !Number.isInteger(anio) || !Number.isInteger(dia) || anio < 1 || anio > 9999) return null
  const ultimo = mes === 2 && esBisiesto(anio) ? 29 : delMes
  if (dia < 1 || dia > ultimo) return null
  return `${String(anio).padStart(4, '0')}-${dosCifras(mes)}-${dosCifras(dia)}` as FechaIso
}

/** Strict 'YYYY-MM-DD' of a real day, else null. */
export function leerFechaIso(texto: string): FechaIso | null {
  const partes = /^(\d{4})-(\d{2})-(\d{2})$/.exec(texto)
  return partes === null ? null : fechaDePartes(Number(partes[1]), Number(partes[2]), Number(partes[3]))
}

/** Same as `leerFechaIso` for texts we trust; throws RangeError when it is not a day. */
export function fechaIso(texto: string): FechaIso {
  const fecha = leerFechaIso(texto)
  if (fecha === null) throw new RangeError(`Not a calendar day: ${texto}`)
  return fecha
}

/** 'DD/MM/YYYY'; null stays null. */
export function aDdMmAaaa(fecha: FechaIso): string
export function aDdMmAaaa(fecha: FechaIso | null): string | null
export function aDdMmAaaa(fecha: FechaIso | null): string | null {
  return fecha === null ? null : `${fecha.slice(8, 10)}/${fecha.slice(5, 7)}/${fecha.slice(0, 4)}`
}

/** Days from `a` to `b`: 0 when equal, negative when `b` comes before. */
export function diasEntre(a: FechaIso, b: FechaIso): number {
  return Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b)).days
}

/** The day `dias` later (earlier when negative); RangeError outside years 1 to 9999. */
export function sumarDias(fecha: FechaIso, dias: number): FechaIso {
  const { year, month, day } = Temporal.PlainDate.from(fecha).add({ days: dias })
  const suma = fechaDePartes(year, month, day)
  if (suma === null) throw new RangeError(`Out of the calendar: ${fecha} + ${String(dias)} days`)
  return suma
}

export function anioDe(fecha: FechaIso): number {
  return Number(fecha.slice(0, 4))
}

/** Calendar day of an instant in America/Mexico_City. */
export function diaLocal(instante: Date): FechaIso {
  return fechaIso(enZona(instante).toPlainDate().toString())
}

/** 'DD/MM/YYYY HH:MM:SS' of an instant in America/Mexico_City. */
export function instanteLocal(instante: Date): string {
  const local = enZona(instante)
  const hora = [local.hour, local.minute, local.second].map(dosCifras).join(':')
  return `${aDdMmAaaa(fechaIso(local.toPlainDate().toString()))} ${hora}`
}

const enZona = (instante: Date): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instante.getTime()).toZonedDateTimeISO(ZONA)

const dosCifras = (n: number): string => String(n).padStart(2, '0')

/**
 * Calendar days and local time. A day is a `FechaIso` text ('YYYY-MM-DD'); a `Date` holds only instants.
 * This is the only file that knows America/Mexico_City (architecture §7). Whole-number arithmetic and not Temporal,
 * because this file travels to every page (20 kB less) and an export asks for half a million differences of days
 * (5 µs each with the polyfill); the tests compare both.
 */
/** A real calendar day written 'YYYY-MM-DD', years 0001 to 9999. Texts of this type compare with < and >. */
export type FechaIso = string & { readonly __marca: 'FechaIso' }

export const ZONA = 'America/Mexico_City'

const DIAS_DEL_MES = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const esBisiesto = (anio: number): boolean => (anio % 4 === 0 && anio % 100 !== 0) || anio % 400 === 0

/** How many days a month has; 0 when there is no such month. */
export function diasDelMes(anio: number, mes: number): number {
  return mes === 2 && esBisiesto(anio) ? 29 : (DIAS_DEL_MES[mes - 1] ?? 0)
}

/** The day of those three numbers, or null when the calendar has no such day (2025-02-30). */
export function fechaDePartes(anio: number, mes: number, dia: number): FechaIso | null {
  if (!Number.isInteger(anio) || !Number.isInteger(dia) || anio < 1 || anio > 9999) return null
  if (dia < 1 || dia > diasDelMes(anio, mes)) return null
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
  return ordinal(b) - ordinal(a)
}

/** The day `dias` later (earlier when negative); RangeError outside years 1 to 9999. */
export function sumarDias(fecha: FechaIso, dias: number): FechaIso {
  const suma = deOrdinal(ordinal(fecha) + dias)
  if (suma === null) throw new RangeError(`Out of the calendar: ${fecha} + ${String(dias)} days`)
  return suma
}

/** Days of a term, both ends included (ot.md §4.5): 1 when it starts and ends the same day. */
export function plazoEntre(inicio: FechaIso, termino: FechaIso): number {
  return diasEntre(inicio, termino) + 1
}

/** Last day of a term of `plazo` days that starts on `inicio`, both ends included; RangeError outside years 1 to 9999. */
export function terminoDePlazo(inicio: FechaIso, plazo: number): FechaIso {
  return sumarDias(inicio, plazo - 1)
}

export function anioDe(fecha: FechaIso): number {
  return Number(fecha.slice(0, 4))
}

/** Calendar day of an instant in America/Mexico_City. */
export function diaLocal(instante: Date): FechaIso {
  return enZona(instante).fecha
}

/** 'DD/MM/YYYY HH:MM:SS' of an instant in America/Mexico_City. */
export function instanteLocal(instante: Date): string {
  const { fecha, hora } = enZona(instante)
  return `${aDdMmAaaa(fecha)} ${hora}`
}

/** 'YYYY-MM-DDTHH:MM:SS' of an instant in America/Mexico_City. */
export function instanteLocalIso(instante: Date): string {
  const { fecha, hora } = enZona(instante)
  return `${fecha}T${hora}`
}

const FORMATO = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONA,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

function enZona(instante: Date): { fecha: FechaIso; hora: string } {
  const partes = new Map(FORMATO.formatToParts(instante).map(({ type, value }) => [type, value]))
  const parte = (tipo: Intl.DateTimeFormatPartTypes): string => partes.get(tipo) ?? ''
  return {
    fecha: fechaIso(`${parte('year').padStart(4, '0')}-${parte('month')}-${parte('day')}`),
    hora: `${parte('hour')}:${parte('minute')}:${parte('second')}`,
  }
}

const DIAS_DE_400_ANIOS = 146_097

/**
 * Days since 0000-03-01. The year is counted from March, so that the leap day is its last one and the months follow
 * one straight line: 153 days every five months.
 */
function ordinal(fecha: FechaIso): number {
  const mes = Number(fecha.slice(5, 7))
  const anio = anioDe(fecha) - (mes < 3 ? 1 : 0)
  const desdeMarzo = Math.floor((153 * (mes < 3 ? mes + 9 : mes - 3) + 2) / 5)
  const bisiestos = Math.floor(anio / 4) - Math.floor(anio / 100) + Math.floor(anio / 400)
  return anio * 365 + bisiestos + desdeMarzo + Number(fecha.slice(8, 10)) - 1
}

/** Inverse of `ordinal`; null outside years 1 to 9999. */
function deOrdinal(dias: number): FechaIso | null {
  const era = Math.floor(dias / DIAS_DE_400_ANIOS)
  const enEra = dias - era * DIAS_DE_400_ANIOS
  const anioDeEra = Math.floor(
    (enEra - Math.floor(enEra / 1460) + Math.floor(enEra / 36_524) - Math.floor(enEra / 146_096)) / 365,
  )
  const enAnio = enEra - (365 * anioDeEra + Math.floor(anioDeEra / 4) - Math.floor(anioDeEra / 100))
  const desdeMarzo = Math.floor((5 * enAnio + 2) / 153)
  const mes = desdeMarzo < 10 ? desdeMarzo + 3 : desdeMarzo - 9
  const dia = enAnio - Math.floor((153 * desdeMarzo + 2) / 5) + 1
  return fechaDePartes(era * 400 + anioDeEra + (mes < 3 ? 1 : 0), mes, dia)
}

const dosCifras = (n: number): string => String(n).padStart(2, '0')

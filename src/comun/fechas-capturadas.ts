/** Dates as people type them in a form (experience.md §4); the browser and the server read them the same way. */
import { type FechaIso, fechaDePartes, leerFechaIso, sumarDias } from './fechas.ts'
import { limpiar } from './texto.ts'

/** Two-digit years belong to this century: nothing in the system is older. */
const SIGLO = 2000

/** Days beyond these are a slip of the finger (`0205` for `2025`), never the date of a job. */
export const PRIMER_DIA = '1950-01-01'
export const ULTIMO_DIA = '2150-12-31'

export const fueraDeEpoca = (fecha: FechaIso): boolean => fecha < PRIMER_DIA || fecha > ULTIMO_DIA

/** "+9999" is 27 years ahead; more is a slip of the finger. */
const RELATIVA = /^[+-]\d{1,4}$/

/**
 * `17/5/25`, `17-05-2025`, `17.5.2025`, `17052025`, `170525`, `2025-05-17`, `hoy`, `+3`, `-1` (days from `hoy`).
 * Day first, never month first. Null when it is none of these or the calendar has no such day.
 */
export function leerFechaCapturada(texto: string, hoy: FechaIso): FechaIso | null {
  const escrita = limpiar(texto).toLowerCase()
  if (escrita === 'hoy') return hoy
  if (RELATIVA.test(escrita)) return sumarDias(hoy, Number(escrita))
  const partes =
    /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})$/.exec(escrita) ?? /^(\d{2})()(\d{2})(\d{4}|\d{2})$/.exec(escrita)
  if (partes === null) return leerFechaIso(escrita)
  const anio = Number(partes[4])
  return fechaDePartes(partes[4]?.length === 2 ? SIGLO + anio : anio, Number(partes[3]), Number(partes[1]))
}

/** Rules of the exchange rates by date (issue D §2), without database nor clock. */
import { textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { sumarDias, type FechaIso } from '../../../comun/fechas.ts'

/** The rate of a day is known a few days before: the longest run of days without bank. */
const DIAS_ADELANTE = 7
/** Between two captured days a rate moves less than this; more is most likely a finger. */
const SALTO = 0.1

/** Shortest reason of a correction, as that of an adjustment. */
export const LARGO_MINIMO_MOTIVO = 5

/** What is wrong with the day of a rate, or null. */
export function faltaDelDia(fecha: FechaIso, hoy: FechaIso): string | null {
  return fecha > sumarDias(hoy, DIAS_ADELANTE)
    ? `La fecha no puede pasar de ${String(DIAS_ADELANTE)} días después de hoy.`
    : null
}

/** What is odd of a rate beside the one before it, or null: it is kept all the same. */
export function saltoDe(anterior: Dinero | null, valor: Dinero): string | null {
  if (anterior === null || valor.minus(anterior).abs().lte(anterior.times(SALTO))) return null
  return `Cambia más de 10 % contra el anterior (${textoPlano(anterior, 4)}): revísalo.`
}

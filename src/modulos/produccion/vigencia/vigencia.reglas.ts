/** Calendar of a month and of a window. Pure. */
import { fechaDePartes, type FechaIso } from '../../../comun/fechas.ts'
import type { Rango } from './vigencia.tipos.ts'

/** Days of a month. */
export function diasDelMes(mes: number, anio: number): number {
  for (const ultimo of [31, 30, 29]) if (fechaDePartes(anio, mes, ultimo)) return ultimo
  return 28
}

/** First and last day of a month. @throws RangeError when it is none. */
export function limitesDelMes(mes: number, anio: number): Rango {
  const inicio = fechaDePartes(anio, mes, 1)
  const fin = fechaDePartes(anio, mes, diasDelMes(mes, anio))
  if (inicio === null || fin === null) throw new RangeError(`Not a month: ${String(mes)}/${String(anio)}`)
  return { inicio, fin }
}

export const dentroDe = (fecha: FechaIso, { inicio, fin }: Rango): boolean => fecha >= inicio && fecha <= fin

/** Whether two ranges share a day. */
export const seTocan = (a: Rango, b: Rango): boolean => a.inicio <= b.fin && b.inicio <= a.fin

/** Days of the month that a window leaves out; without window, all of them. */
export function diasFuera(mes: number, anio: number, ventana: Rango | null): number[] {
  return Array.from({ length: diasDelMes(mes, anio) }, (_, i) => i + 1).filter((dia) => {
    const fecha = fechaDePartes(anio, mes, dia)
    return fecha === null || ventana === null || !dentroDe(fecha, ventana)
  })
}

/** Deductions of an estimation (issue D §2): the same functions for the server and for the page while typing. */
import { DINERO_CERO, redondear, sumar, type Dinero } from '../../../comun/dinero.ts'
import { sinAcentos } from '../../../comun/texto.ts'

export const RUTA_DEDUCCIONES = '/operaciones/estimaciones/deducciones/guardar/'

/** Of a list. */
export const MAXIMO_DEDUCCIONES = 50

/** What is taken off under a name: a percentage of each total, or an amount. */
export interface Deduccion {
  readonly nombre: string
  /** Null when it is an amount. */
  readonly porcentaje: Dinero | null
  readonly importeMn: Dinero
  readonly importeUsd: Dinero
}

/** What the deductions look at: the totals of the estimation, which they never change. */
export interface Bruto {
  readonly importeMn: Dinero
  readonly importeUsd: Dinero
  readonly homologado: Dinero
}

/** What they add up to and what is left; the homologado by the rate of the estimation. */
export interface Neto {
  readonly deduccionMn: Dinero
  readonly deduccionUsd: Dinero
  readonly deduccionHomologado: Dinero
  readonly netoMn: Dinero
  readonly netoUsd: Dinero
  readonly netoHomologado: Dinero
}

/** A deduction with what it takes: a percentage gives an amount of each currency, rounded half up to cents. */
export function aplicada<D extends Deduccion>(deduccion: D, bruto: Pick<Bruto, 'importeMn' | 'importeUsd'>): D {
  const { porcentaje } = deduccion
  if (porcentaje === null) return deduccion
  const de = (importe: Dinero): Dinero => redondear(importe.times(porcentaje).div(100), 2)
  return { ...deduccion, importeMn: de(bruto.importeMn), importeUsd: de(bruto.importeUsd) }
}

/** Net of some applied deductions: what is deducted homologado is the difference, so that the three add up. */
export function netoDe(aplicadas: readonly Deduccion[], bruto: Bruto, tipoCambio: Dinero): Neto {
  const deduccionMn = sumar(aplicadas.map(({ importeMn }) => importeMn))
  const deduccionUsd = sumar(aplicadas.map(({ importeUsd }) => importeUsd))
  const netoMn = bruto.importeMn.minus(deduccionMn)
  const netoUsd = bruto.importeUsd.minus(deduccionUsd)
  const netoHomologado = redondear(netoMn.plus(netoUsd.times(tipoCambio)), 2)
  const deduccionHomologado = bruto.homologado.minus(netoHomologado)
  return { deduccionMn, deduccionUsd, deduccionHomologado, netoMn, netoUsd, netoHomologado }
}

/** What is wrong with a list of applied deductions, or null: names, values, and a net that is never negative. */
export function faltaDeDeducciones(aplicadas: readonly Deduccion[], bruto: Bruto): string | null {
  if (aplicadas.length > MAXIMO_DEDUCCIONES) return `Se admiten hasta ${String(MAXIMO_DEDUCCIONES)} deducciones.`
  const nombres = aplicadas.map(({ nombre }) => sinAcentos(nombre.trim()).toLowerCase())
  for (const [i, { nombre, porcentaje, importeMn, importeUsd }] of aplicadas.entries()) {
    const donde = `Renglón ${String(i + 1)}`
    if (nombre.trim() === '') return `${donde}: escribe el nombre de la deducción.`
    if (nombres.indexOf(nombres[i] ?? '') !== i) return `${donde}: «${nombre}» está dos veces.`
    if (porcentaje === null && importeMn.isZero() && importeUsd.isZero())
      return `${donde}: escribe el porcentaje o el importe.`
  }
  const suma = (de: (deduccion: Deduccion) => Dinero): Dinero => sumar([DINERO_CERO, ...aplicadas.map(de)])
  if (suma(({ importeMn }) => importeMn).gt(bruto.importeMn)) return mayorQue('M.N.', bruto.importeMn)
  if (suma(({ importeUsd }) => importeUsd).gt(bruto.importeUsd)) return mayorQue('USD', bruto.importeUsd)
  return null
}

const mayorQue = (moneda: string, importe: Dinero): string =>
  `Las deducciones en ${moneda} pasan del importe de la estimación (${importe.toFixed(2)}): el neto no puede ser negativo.`

/** A deduction as it travels. */
export interface DeduccionEnTexto {
  readonly nombre: string
  readonly porcentaje: string | null
  readonly importe_mn: string
  readonly importe_usd: string
}

/** Data of the tab. */
export interface PanelDeDeducciones {
  readonly editar: boolean
  readonly lista: readonly DeduccionEnTexto[]
  readonly usuales: readonly { readonly nombre: string; readonly porcentaje: string }[]
  readonly importe_mn: string
  readonly importe_usd: string
  readonly homologado: string
  readonly tipo_cambio: string
  readonly tipo_cambio_fuente: string
}

/** What a setting may be, and how it is stored and read back (estimaciones.md §9). */
import { conMiles, leerTasa } from '../../comun/dinero.ts'
import type { DefParametro, ValorDeParametro } from './parametros.tipos.ts'

const SI_NO = new Map<string, boolean>([
  ...['si', 'sí', 'true', '1', 'on'].map((texto) => [texto, true] as const),
  ...['no', 'false', '0', 'off'].map((texto) => [texto, false] as const),
])

/** The value that a text says, or null when that setting cannot be it. */
export function valorDe(def: DefParametro, texto: string): ValorDeParametro | null {
  const limpio = texto.trim()
  switch (def.clase) {
    case 'si_no':
      return SI_NO.get(limpio.toLowerCase()) ?? null
    case 'entero': {
      const numero = /^\d{1,6}$/.test(limpio) ? Number(limpio) : null
      return numero !== null && numero >= def.minimo && numero <= def.maximo ? numero : null
    }
    case 'tasa':
      return leerTasa(limpio)
  }
}

/** What is wrong with a text that is no value of a setting. */
export function faltaDe(def: DefParametro): string {
  if (def.clase === 'entero')
    return `Escribe un número entero de ${conMiles(String(def.minimo))} a ${conMiles(String(def.maximo))}.`
  if (def.clase === 'si_no') return 'Escribe «sí» o «no».'
  return 'El tipo de cambio debe ser un número mayor que cero, por ejemplo 19.1648.'
}

/** A value as it is stored, and as the box of its page has it. */
export function guardado(valor: ValorDeParametro): string {
  if (typeof valor === 'boolean') return valor ? 'si' : 'no'
  return typeof valor === 'number' ? String(valor) : valor.toFixed(4)
}

/** A value as the log writes it. */
export function legible(valor: ValorDeParametro): string {
  return typeof valor === 'boolean' ? (valor ? 'sí' : 'no') : guardado(valor)
}

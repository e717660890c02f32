/**
 * Volumes of production: whole numbers of 10⁻⁶ (`bigint`), the same arithmetic in the browser and on the server. A volume is
 * written with a decimal point and, if anything, commas that group thousands (produccion §5.6.4, §7.4).
 */

/** Micro-units of a unit. */
export const MICRAS = 1_000_000n
const DECIMALES = 6
const ENTEROS = 9

export type VolumenLeido = { readonly micras: bigint } | { readonly motivo: string }

export const MOTIVO_VOLUMEN = 'no es un volumen: usa punto decimal, por ejemplo 1,234.5.'

/** Empty is 0; more than 6 decimals are rounded half up; a sign, a decimal comma or letters are refused with their reason. */
export function leerVolumen(texto: string): VolumenLeido {
  const limpio = texto.trim().replace(/(?<=^\d{1,3}(?:[\s\u00a0\u202f]\d{3})*)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, '')
  if (limpio === '') return { micras: 0n }
  if (/^[-−(]/.test(limpio) && /\d/.test(limpio)) return { motivo: `«${texto.trim()}» es negativo: escribe 0 o más.` }
  const partes = /^(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/.exec(limpio)
  if (!partes || (partes[1] === undefined && !partes[2])) return { motivo: `«${texto.trim()}» ${MOTIVO_VOLUMEN}` }
  const entera = (partes[1] ?? '0').replaceAll(',', '').replace(/^0+(?=\d)/, '')
  const micras = redondeada(entera, partes[2] ?? '')
  if (micras >= 10n ** BigInt(ENTEROS) * MICRAS)
    return { motivo: `«${texto.trim()}» es demasiado grande: caben nueve dígitos antes del punto.` }
  return { micras }
}

function redondeada(entera: string, fraccion: string): bigint {
  const seis = fraccion.slice(0, DECIMALES).padEnd(DECIMALES, '0')
  const sube = fraccion.length > DECIMALES && (fraccion[DECIMALES] ?? '0') >= '5'
  return BigInt(entera + seis) + (sube ? 1n : 0n)
}

/** Micro-units of a decimal of the server ('12.500000', '-3.1', ''); for values that are already known to be numbers. */
export function aMicras(plano: string | number | null): bigint {
  const texto = plano === null ? '' : String(plano)
  if (texto === '') return 0n
  const [entera = '0', fraccion = ''] = texto.replace('-', '').split('.')
  const micras = redondeada(entera === '' ? '0' : entera, fraccion)
  return texto.startsWith('-') ? -micras : micras
}

/** Plain, without zeros at the end: '12.5', '0'. */
export function textoVolumen(micras: bigint): string {
  return textoFijo(micras).replace(/\.?0+$/, '')
}

/** Plain, with its six decimals: '12.500000'. */
export function textoFijo(micras: bigint): string {
  const positivo = micras < 0n ? -micras : micras
  const fraccion = String(positivo % MICRAS).padStart(DECIMALES, '0')
  return `${micras < 0n ? '-' : ''}${String(positivo / MICRAS)}.${fraccion}`
}

/** The one palette of the system (core.md §1.3) and the colour of progress bars, for server, exports and page. */

export const COLOR = {
  naranja: '#f05523',
  gris: '#54565a',
  amarillo: '#fad91f',
  azul: '#55c0e9',
  /** Of what was authorised (estimaciones.md §7), beside the blue of what was sent. */
  cobalto: '#3498db',
  verde: '#95c93d',
} as const

/** Colour of a state: the page has a class of that name, exports and charts take its value from `COLOR`. */
export type Tono = keyof typeof COLOR

/** From these percentages on a bar stops being orange, and becomes green. */
const DESDE_AMARILLO = 25
const DESDE_VERDE = 75

/** Tone of a bar of progress or of steps (ot.md §7.2: thresholds 25 and 75). */
export function tonoDeAvance(porcentaje: number): Tono {
  if (porcentaje < DESDE_AMARILLO) return 'naranja'
  return porcentaje < DESDE_VERDE ? 'amarillo' : 'verde'
}

/** From these days left on the bar of time warns. */
const DIAS_URGENTE = 7
const DIAS_PROXIMO = 14

/** Tone of the bar of time (ot.md §7.2 column 7): orange with 7 days left or fewer, yellow with 14; a past programme is blue. */
export function tonoDeTiempo(porcentaje: number, diasRestantes: number): Tono {
  if (porcentaje >= 100 || diasRestantes > DIAS_PROXIMO) return 'azul'
  return diasRestantes <= DIAS_URGENTE ? 'naranja' : 'amarillo'
}

/** Black or white, whichever is read better on that colour (`#rrggbb`; anything else is taken as dark). */
export function textoSobre(color: string): '#000000' | '#ffffff' {
  const canales = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color)?.slice(1) ?? ['0', '0', '0']
  const [r = 0, g = 0, b = 0] = canales.map((hex) => {
    const c = Number.parseInt(hex, 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  const luz = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return (luz + 0.05) / 0.05 >= 1.05 / (luz + 0.05) ? '#000000' : '#ffffff'
}

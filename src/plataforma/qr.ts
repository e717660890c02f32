import qrcode from 'qrcode'

/** Squares of a QR code, row by row, without its margin: true = dark. */
export function cuadrosQr(texto: string): boolean[][] {
  const { modules } = qrcode.create(texto, { errorCorrectionLevel: 'M' })
  return Array.from({ length: modules.size }, (_, fila) =>
    Array.from({ length: modules.size }, (_, columna) => modules.get(fila, columna) === 1),
  )
}

/** Squares around the code that readers need blank. */
const MARGEN = 4

/** A QR code as a vector drawing that any size suits. */
export function svgQr(texto: string): string {
  const cuadros = cuadrosQr(texto)
  const lado = cuadros.length + 2 * MARGEN
  const trazos = cuadros.flatMap((fila, y) =>
    fila.flatMap((oscuro, x) => (oscuro ? [`M${String(x + MARGEN)} ${String(y + MARGEN)}h1v1h-1z`] : [])),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(lado)} ${String(lado)}"><rect width="${String(lado)}" height="${String(lado)}" fill="#ffffff"/><path d="${trazos.join('')}" fill="#000000"/></svg>`
}

/** Links people paste on steps (R-PTE-23, settled §6). */

export const LARGO_MAXIMO_ENLACE = 2000

export const MENSAJE_ENLACE = `Escribe una dirección que empiece con http:// o https://, de ${String(LARGO_MAXIMO_ENLACE)} caracteres como máximo.`

/**
 * The link as it is stored: trimmed and as the URL parser writes it (a space becomes %20). Null when it is not an
 * http(s) address or is longer than 2000 characters. An empty text is not a link: the caller decides what it means.
 */
export function leerEnlace(texto: string): string | null {
  const recortado = texto.trim()
  // The parser alone would accept "https:ejemplo.mx" and "https:/ejemplo.mx".
  if (recortado.length > LARGO_MAXIMO_ENLACE || !/^https?:\/\//i.test(recortado) || !URL.canParse(recortado))
    return null
  const enlace = new URL(recortado).href
  return enlace.length > LARGO_MAXIMO_ENLACE ? null : enlace
}

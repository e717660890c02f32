/** Which rows are drawn: those in sight and a few more on each side. */
const DE_MAS = 6

export interface Ventana {
  readonly desde: number
  /** Exclusive. */
  readonly hasta: number
}

export function ventanaDe(arriba: number, alto: number, altoFila: number, total: number): Ventana {
  const primera = Math.floor(arriba / altoFila) - DE_MAS
  const ultima = Math.ceil((arriba + alto) / altoFila) + DE_MAS
  const desde = Math.max(0, Math.min(primera, total - 1))
  return { desde, hasta: Math.max(desde, Math.min(total, ultima)) }
}

/** How far to scroll so that [inicio, fin) is seen between `libre` (taken by what is frozen) and the end of the box. */
export function desplazamientoPara(actual: number, caja: number, libre: number, inicio: number, fin: number): number {
  if (inicio < actual + libre) return Math.max(0, inicio - libre)
  return fin > actual + caja ? Math.max(0, Math.min(fin - caja, inicio - libre)) : actual
}

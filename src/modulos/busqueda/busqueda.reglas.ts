/** What was typed, as the index of the search understands it. Pure. */
import { limpiar, sinAcentos } from '../../comun/texto.ts'

/** Pieces of a search; more of them only make it slower. */
const MAXIMO_PIEZAS = 8
const LARGO_MAXIMO = 100

/** From here on a piece is also looked for by how words begin and inside codes. */
const LARGO_INDEXADO = 3

export interface ConsultaDeBusqueda {
  /** Pattern LIKE: codes that begin with the whole text. */
  readonly inicio: string
  /** tsquery for a few rows: every piece by how a word begins. */
  readonly cercana: string
  /** tsquery for the whole index: pieces of one or two letters only as whole words. */
  readonly completa: string
  /** Pieces whose groups of three letters may be there without the piece: «9999» in «1999». They are looked at again. */
  readonly dudosas: readonly { readonly pieza: string; readonly inicio: string }[]
}

/** Null when there is nothing to look for: no letter and no digit. */
export function interpretar(texto: string): ConsultaDeBusqueda | null {
  const clave = sinAcentos(limpiar(texto)).toLowerCase().slice(0, LARGO_MAXIMO)
  const piezas = [...new Set(clave.split(/[^a-z0-9]+/).filter((pieza) => pieza !== ''))].slice(0, MAXIMO_PIEZAS)
  if (piezas.length === 0) return null
  return {
    inicio: `${clave.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
    cercana: piezas.map((pieza) => (pieza.length < LARGO_INDEXADO ? `'${pieza}':*` : enPartes(pieza))).join(' & '),
    completa: piezas.map((pieza) => (pieza.length < LARGO_INDEXADO ? `'${pieza}'` : enPartes(pieza))).join(' & '),
    dudosas: piezas
      .filter((pieza) => pieza.length > LARGO_INDEXADO)
      .map((pieza) => ({ pieza, inicio: `'${pieza}':*` })),
  }
}

/** A word that begins so, or a code that has it inside: the index keeps codes by groups of three letters (`#025`). */
function enPartes(pieza: string): string {
  const grupos = Array.from({ length: pieza.length - 2 }, (_, i) => `'#${pieza.slice(i, i + 3)}'`)
  return `('${pieza}':* | (${grupos.join(' & ')}))`
}

/**
 * The key K that makes two partidas of a family the same concept (produccion.md §5.4.2 and §5.4.3). Pure. The texts
 * that people read are stored as they come; these are what they are compared by.
 */
import { createHash } from 'node:crypto'
import { textoNormal } from '../../comun/texto.ts'

export { textoNormal } from '../../comun/texto.ts'

/** Annex of a partida that says none; within a family it matches any (produccion.md §5.4.3). */
export const SIN_ANEXO = 'S/A'

/** What identifies a concept in a family, already normalised. */
export interface ClaveDeConcepto {
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly idUnidad: number
}

/** A code to compare: one trailing dot does not count and it is never a number (`2.1.` ≡ `2.1`, `2.10` ≠ `2.1`). */
export function codigoNormal(codigo: string): string {
  return textoNormal(codigo).replace(/ ?\.$/, '')
}

/**
 * An annex to compare: `ANEXO C-007.`, `C7` → `C-7`; `C3-EXT`, `3C-EXT` → `C3EXT`; the suffix of a sub-annex stays
 * (`C-4-1`); empty → `S/A`; anything else unchanged.
 */
export function anexoNormal(anexo: string): string {
  const texto = textoNormal(anexo)
    .replace(/ ?\.$/, '')
    .replace(/^ANEXO(?: |$)/, '')
  if (texto === '') return SIN_ANEXO
  const extraordinario = /^(?:C-?0*(\d+)-?EXT|0*(\d+)C-?EXT)$/.exec(texto)
  if (extraordinario !== null) return `C${extraordinario[1] ?? extraordinario[2] ?? ''}EXT`
  const ordinario = /^C-?0*(\d+)((?:-\d+)*)$/.exec(texto)
  return ordinario === null ? texto : `C-${ordinario[1] ?? ''}${ordinario[2] ?? ''}`
}

/** K of a partida from its texts as they are stored. */
export function claveDeConcepto(partida: {
  readonly anexo: string | null
  readonly codigo: string
  readonly descripcion: string
  readonly idUnidad: number
}): ClaveDeConcepto {
  return {
    anexo: anexoNormal(partida.anexo ?? ''),
    codigo: codigoNormal(partida.codigo),
    concepto: textoNormal(partida.descripcion),
    idUnidad: partida.idUnidad,
  }
}

/** Fingerprint of K, as `concepto_consolidado.huella` keeps it: sha256 in hexadecimal. */
export function huellaDeClave({ anexo, codigo, concepto, idUnidad }: ClaveDeConcepto): string {
  return createHash('sha256')
    .update(JSON.stringify([anexo, codigo, concepto, idUnidad]))
    .digest('hex')
}

/** K without its annex: two concepts with the same one are the same when either of them is `S/A` and no third exists. */
export function claveSinAnexo({ codigo, concepto, idUnidad }: ClaveDeConcepto): string {
  return JSON.stringify([codigo, concepto, idUnidad])
}

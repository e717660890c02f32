/** Identity of a concept of a family of orders: normalised parts of K and their hash (produccion.md §5.4.2-5.4.3). */
import { createHash } from 'node:crypto'
import { limpiar } from '../../comun/texto.ts'
import type { ClaveDeConcepto } from './anexo.tipos.ts'

/** Annex of what has none: a wildcard while the family has one concept like it. */
export const SIN_ANEXO = 'S/A'

/** Upper case, NFC, one space between words. */
export function normalizarTexto(texto: string): string {
  return limpiar(texto.normalize('NFC')).toUpperCase()
}

/** The same without one trailing dot: `2.1.` is `2.1`. Never a number: `2.10` is not `2.1`. */
export function normalizarCodigo(codigo: string): string {
  return normalizarTexto(codigo).replace(/\.$/, '').trimEnd()
}

/** `ANEXO C-007.` is `C-7`, `3C-EXT` is `C3EXT`, `C-4-1` stays; nothing is `S/A`. */
export function normalizarAnexo(anexo: string | null): string {
  const texto = normalizarCodigo(anexo ?? '')
    .replace(/^ANEXO(?= |$)/, '')
    .trim()
  if (texto === '') return SIN_ANEXO
  const extraordinario = /^(?:C-?0*(\d+)|0*(\d+)-?C)-?EXT$/.exec(texto)
  if (extraordinario) return `C${extraordinario[1] ?? extraordinario[2] ?? ''}EXT`
  const ordinario = /^C-?0*(\d+)((?:-\d+)*)$/.exec(texto)
  return ordinario ? `C-${ordinario[1] ?? ''}${ordinario[2] ?? ''}` : texto
}

/** K with its three texts normalised. */
export function normalizarClave(clave: ClaveDeConcepto): ClaveDeConcepto & { readonly anexo: string } {
  return {
    anexo: normalizarAnexo(clave.anexo),
    codigo: normalizarCodigo(clave.codigo),
    concepto: normalizarTexto(clave.concepto),
    idUnidadMedida: clave.idUnidadMedida,
  }
}

const sha256 = (partes: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(partes)).digest('hex')

/** Identity inside a family: SHA-256 of K (`concepto_consolidado.huella`). */
export function huellaDeConcepto(clave: ClaveDeConcepto): string {
  const { anexo, codigo, concepto, idUnidadMedida } = normalizarClave(clave)
  return sha256([anexo, codigo, concepto, idUnidadMedida])
}

/** What two concepts of different annexes may share: code, description and unit. */
export function claveSinAnexo(clave: Omit<ClaveDeConcepto, 'anexo'>): string {
  return JSON.stringify([normalizarCodigo(clave.codigo), normalizarTexto(clave.concepto), clave.idUnidadMedida])
}

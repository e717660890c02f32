import { anexoNormal } from '../clave.reglas.ts'

/** Annex of an extraordinary concept that has none, from the start of its code (`C3EXT-0100` → `C3EXT`); null when it does not say. */
export function anexoDeExtraordinario(codigo: string): string | null {
  const prefijo = /^\s*(C-?0*\d+-?EXT|0*\d+C-?EXT)(?=\b|[-.\s])/i.exec(codigo)?.[1]
  return prefijo === undefined ? null : anexoNormal(prefijo)
}

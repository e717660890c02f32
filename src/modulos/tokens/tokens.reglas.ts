import type { Alcance, TokenGuardado } from './tokens.tipos.ts'

/** What every token begins with: a secret scanner recognises it, and so does a person. */
const MARCA = 'sascop_'
const LETRAS_VISIBLES = MARCA.length + 6

/** The first characters of a token: enough to tell it apart, useless to guess the rest. */
export function prefijoDe(token: string): string {
  return token.slice(0, LETRAS_VISIBLES)
}

/** A token from 32 random bytes. */
export function formarToken(azar: Buffer): string {
  return MARCA + azar.toString('base64url')
}

/** Whether a text has the shape of a token: anything else is not even looked up. */
export function pareceToken(texto: string): boolean {
  return /^sascop_[\w-]{43}$/.test(texto)
}

/** What may be given to a token: of what the API reads, what its person holds now. */
export function alcancesPosibles(alcances: readonly Alcance[], tiene: (codigo: string) => boolean): Alcance[] {
  return alcances.filter(({ codigo }) => tiene(codigo))
}

/** Permissions of a request that comes with a token: what it was given and its person still has. Never more. */
export function permisosDeToken(alcances: readonly string[], tiene: (codigo: string) => boolean): ReadonlySet<string> {
  return new Set(alcances.filter(tiene))
}

export type EstadoDeToken = 'vigente' | 'caducado' | 'revocado'

/** Whether a token still opens something. */
export function estadoDeToken(
  { caducaEn, revocadoEn }: Pick<TokenGuardado, 'caducaEn' | 'revocadoEn'>,
  ahora: Date,
): EstadoDeToken {
  if (revocadoEn !== null) return 'revocado'
  return caducaEn.getTime() <= ahora.getTime() ? 'caducado' : 'vigente'
}

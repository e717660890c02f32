import { ErrorDeDominio } from '../../src/comun/errores.ts'

/** The refusal of the domain a call ends in; fails when it is accepted or breaks otherwise. */
export function rechazo(hacer: () => unknown): ErrorDeDominio {
  try {
    hacer()
  } catch (error) {
    if (error instanceof ErrorDeDominio) return error
    throw error
  }
  throw new Error('It was accepted')
}

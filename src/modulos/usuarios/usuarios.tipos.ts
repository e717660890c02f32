/** Limits of the columns of a person (core.md §2.1). */
export const LARGO_USUARIO = { username: 150, email: 254 } as const

/** Fewer characters are not a password; more are an attack on the hash function. */
export const LARGO_CLAVE = { minimo: 8, maximo: 256 } as const

/** What a person shows of themself on `/perfil/`. */
export interface Perfil {
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly grupos: readonly string[]
  readonly ultimoAcceso: Date | null
}

/** An account that what was typed in the login may refer to. */
export interface CuentaDeAcceso {
  readonly id: number
  readonly username: string
  readonly clave: string
}

/** What is needed to create a person; the password arrives as typed. */
export interface DatosDeUsuario {
  readonly username: string
  readonly clave: string
  readonly email: string
  readonly firstName?: string
  readonly lastName?: string
  readonly grupos: readonly string[]
  readonly esSuperusuario: boolean
}

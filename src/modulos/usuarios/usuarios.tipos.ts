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
  /** Absent = active. */
  readonly activo?: boolean
}

/** An account as administration sees it, active or not. */
export interface Cuenta {
  readonly id: number
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly activo: boolean
  readonly esSuperusuario: boolean
  readonly ultimoAcceso: Date | null
  readonly alta: Date
  readonly version: number
  /** Names of its groups, the inactive ones too. */
  readonly grupos: readonly string[]
  /** Codes granted to the person alone. */
  readonly permisos: readonly string[]
  /** Codes it holds now, its own and those of its active groups. */
  readonly efectivos: readonly string[]
  /** Codes it holds or would hold: its own and those of its groups, since an inactive one may be active tomorrow. */
  readonly alcanzables: readonly string[]
}

/** A group with what it grants. */
export interface GrupoConPermisos {
  readonly id: number
  readonly nombre: string
  readonly activo: boolean
  readonly version: number
  readonly permisos: readonly string[]
  /** How many active people belong to it. */
  readonly personas: number
}

/** Where a one-time link leads and whether its mail reaches anybody. */
export interface EnvioDeEnlace {
  readonly dominio: string
  readonly hayServidor: boolean
}

/** What an account with a link says of itself when there is no password yet. */
export const SIN_CLAVE = '!'

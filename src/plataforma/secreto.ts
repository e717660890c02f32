import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'

/**
 * What signs the sessions: SECRET_KEY, or one generated once into DATA_DIR so that sessions outlive a restart.
 * Production never gets here without SECRET_KEY (config.ts).
 */
export function secretoDe(config: Pick<Config, 'secreto' | 'carpetaDatos'>): string {
  if (config.secreto !== null) return config.secreto
  const archivo = join(config.carpetaDatos, 'secreto')
  mkdirSync(config.carpetaDatos, { recursive: true })
  try {
    // `wx`: of two processes that start at once, one creates it and the other reads it.
    writeFileSync(archivo, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(archivo, 'utf8').trim()
}

/** Where a restore leaves the secret with which the seals it brought were made. */
export function archivoDeSecretoDeSellos(config: Pick<Config, 'carpetaDatos'>): string {
  return join(config.carpetaDatos, 'secreto-auditoria')
}

/**
 * What signs the seals of the activity log: AUDITORIA_SECRETO when it keeps an earlier one, else that of the restored
 * backup, else that of the sessions.
 */
export function secretoDeAuditoria(config: DeSellos): string {
  return config.secretoAuditoria ?? secretoRestaurado(config) ?? secretoDe(config)
}

/**
 * The secret of the seals that a backup must carry: the one that lives only in DATA_DIR. Without it who loses the
 * computer could never again verify nor go on with the chain. One given by the environment is kept with the environment.
 */
export function secretoQueSeRespalda(config: DeSellos): string | null {
  if (config.secretoAuditoria !== null) return null
  return secretoRestaurado(config) ?? (config.secreto === null ? secretoDe(config) : null)
}

type DeSellos = Pick<Config, 'secreto' | 'carpetaDatos' | 'secretoAuditoria'>

function secretoRestaurado(config: Pick<Config, 'carpetaDatos'>): string | null {
  const archivo = archivoDeSecretoDeSellos(config)
  return existsSync(archivo) ? readFileSync(archivo, 'utf8').trim() : null
}

import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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

/** What signs the seals of the activity log: that of the sessions unless AUDITORIA_SECRETO keeps an earlier one. */
export function secretoDeAuditoria(config: Pick<Config, 'secreto' | 'carpetaDatos' | 'secretoAuditoria'>): string {
  return config.secretoAuditoria ?? secretoDe(config)
}

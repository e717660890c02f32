import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { hash, parseOptions, verify } from '@node-rs/argon2'

/** Cost of an argon2id hash (OWASP's second profile): about 30 ms on this class of machine, outside the event loop. */
const COSTO = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const derivar = promisify(pbkdf2)

/** Hash of a password to store: argon2id in PHC format, with its own salt. */
export function cifrarClave(clave: string): Promise<string> {
  return hash(clave, COSTO)
}

/** What `verificarClave` found; `renovar` asks to store a new hash because this one is old or cheaper than ours. */
export interface Verificacion {
  readonly correcta: boolean
  readonly renovar: boolean
}

/**
 * Checks a password against a stored hash: argon2id, or `pbkdf2_sha256$iterations$salt$hash` of the old system. A hash
 * of any other form (`!` of an account without password, for instance) never matches.
 */
export async function verificarClave(guardado: string, clave: string): Promise<Verificacion> {
  if (guardado.startsWith('$argon2')) {
    const correcta = await verify(guardado, clave).catch(() => false)
    return { correcta, renovar: correcta && esMasBarato(guardado) }
  }
  if (!guardado.startsWith('pbkdf2_sha256$')) {
    // An account without password takes as long as any other.
    await verificarEnVano(clave)
    return { correcta: false, renovar: false }
  }
  const correcta = await verificarPbkdf2(guardado, clave)
  return { correcta, renovar: correcta }
}

/** Spends the time of a verification when there is no account, so that the answer does not tell (core.md §3). */
export async function verificarEnVano(clave: string): Promise<void> {
  senuelo ??= cifrarClave(randomBytes(18).toString('base64'))
  await verificarClave(await senuelo, clave)
}

let senuelo: Promise<string> | undefined

function esMasBarato(guardado: string): boolean {
  const { memoryCost, timeCost } = parseOptions(guardado)
  return !guardado.startsWith('$argon2id$') || memoryCost < COSTO.memoryCost || timeCost < COSTO.timeCost
}

const ITERACIONES_MAXIMAS = 5_000_000

async function verificarPbkdf2(guardado: string, clave: string): Promise<boolean> {
  const [, iteraciones, sal, resultado] = guardado.split('$')
  const vueltas = Number(iteraciones)
  if (!sal || !resultado || !Number.isInteger(vueltas)) return false
  if (vueltas < 1 || vueltas > ITERACIONES_MAXIMAS) return false
  const esperado = Buffer.from(resultado, 'base64')
  if (esperado.length !== 32) return false
  return timingSafeEqual(await derivar(clave, sal, vueltas, 32, 'sha256'), esperado)
}

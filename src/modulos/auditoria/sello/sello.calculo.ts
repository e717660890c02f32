/** Arithmetic of the seal: prints of rows, hashes of days. Without database, clock nor files. */
import { createHash, createHmac, hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import type { Custodia, FilaSellable, Sello } from './sello.tipos.ts'

/** Bytes of a row inside a seal: 8 of its id and 8 of its HMAC. */
const BYTES = 16

/** The key of the seals, derived from a secret that the database never sees, and the folder of what is noted outside. */
export function custodiaDe(secreto: string, carpetaSubidas: string): Custodia {
  return {
    clave: Buffer.from(hkdfSync('sha256', secreto, '', 'sascop registro_actividad v1', 32)),
    carpeta: join(carpetaSubidas, 'auditoria'),
  }
}

/** Prints of rows by id, as a seal keeps them. */
export class Huellas {
  readonly #porId: Map<number, Buffer>

  constructor(guardadas: Buffer | null = null) {
    this.#porId = new Map()
    for (let i = 0; guardadas && i < guardadas.length; i += BYTES)
      this.#porId.set(Number(guardadas.readBigUInt64BE(i)), guardadas.subarray(i + 8, i + BYTES))
  }

  /** A row that is already there keeps its first print: what was changed before the day was closed is seen too. */
  agregar(clave: Buffer, fila: FilaSellable): void {
    if (!this.#porId.has(fila.id)) this.#porId.set(fila.id, huellaDe(clave, fila))
  }

  get ids(): IterableIterator<number> {
    return this.#porId.keys()
  }

  /** Whether a row is as it was sealed; null when it was not sealed at all. */
  coincide(clave: Buffer, fila: FilaSellable): boolean | null {
    const guardada = this.#porId.get(fila.id)
    return guardada ? guardada.equals(huellaDe(clave, fila)) : null
  }

  get filas(): number {
    return this.#porId.size
  }

  /** In order of id. */
  aBytes(): Buffer {
    const bytes = Buffer.alloc(this.#porId.size * BYTES)
    const ordenadas = [...this.#porId].sort(([a], [b]) => a - b)
    for (const [i, [id, huella]] of ordenadas.entries()) {
      bytes.writeBigUInt64BE(BigInt(id), i * BYTES)
      huella.copy(bytes, i * BYTES + 8)
    }
    return bytes
  }
}

function huellaDe(clave: Buffer, { texto }: FilaSellable): Buffer {
  return createHmac('sha256', clave).update('fila\n').update(texto).digest().subarray(0, 8)
}

export function resumenDe(huellas: Buffer): string {
  return createHash('sha256').update(huellas).digest('hex')
}

/** The link of a day in the chain. */
export function hashDe(clave: Buffer, sello: Pick<Sello, 'dia' | 'filas' | 'resumen' | 'hashAnterior'>): string {
  const { dia, filas, resumen, hashAnterior } = sello
  return createHmac('sha256', clave).update(['dia', dia, filas, resumen, hashAnterior].join('\n')).digest('hex')
}

/** Proof that the rows of a day were retired by the program. */
export function hashDeRetiro(clave: Buffer, { dia, hash }: Pick<Sello, 'dia' | 'hash'>, retiradoEn: Date): string {
  return createHmac('sha256', clave).update(['retiro', dia, hash, retiradoEn.toISOString()].join('\n')).digest('hex')
}

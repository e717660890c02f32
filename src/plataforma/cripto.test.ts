import { pbkdf2Sync } from 'node:crypto'
import { hashSync } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { cifrarClave, verificarClave } from './cripto.ts'

describe('passwords', () => {
  it('a hash of ours verifies and needs no renewal', async () => {
    const guardado = await cifrarClave('boya naranja 7')
    expect(guardado.startsWith('$argon2id$')).toBe(true)
    expect(await verificarClave(guardado, 'boya naranja 7')).toEqual({ correcta: true, renovar: false })
    expect(await verificarClave(guardado, 'boya naranja 8')).toEqual({ correcta: false, renovar: false })
  })

  it('a pbkdf2_sha256 hash of the old system verifies once and asks for a new one', async () => {
    const hash = pbkdf2Sync('MareaAlta2024', 'q7Zs1kP0', 600_000, 32, 'sha256').toString('base64')
    const guardado = `pbkdf2_sha256$600000$q7Zs1kP0$${hash}`
    expect(await verificarClave(guardado, 'MareaAlta2024')).toEqual({ correcta: true, renovar: true })
    expect(await verificarClave(guardado, 'marea')).toEqual({ correcta: false, renovar: false })
  })

  it('a cheaper argon2 hash asks for a new one', async () => {
    const guardado = hashSync('boya naranja 7', { memoryCost: 4096, timeCost: 2 })
    expect(await verificarClave(guardado, 'boya naranja 7')).toEqual({ correcta: true, renovar: true })
  })

  it('anything else never matches', async () => {
    const raros = ['', '!', 'md5$sal$hash', 'pbkdf2_sha256$x$sal$aGFzaA==', 'pbkdf2_sha256$1$sal$', '$argon2id$roto']
    const resultados = await Promise.all(raros.map((guardado) => verificarClave(guardado, '')))
    expect(resultados.every(({ correcta }) => !correcta)).toBe(true)
  })
})

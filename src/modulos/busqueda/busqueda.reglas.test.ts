import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interpretar } from './busqueda.reglas.ts'

describe('what is typed in the search', () => {
  it('words begin so or codes have it inside; one or two letters, whole words over the whole index', () => {
    expect(interpretar('  Órden  5 ')).toEqual({
      inicio: 'orden 5%',
      cercana: "('orden':* | ('#ord' & '#rde' & '#den')) & '5':*",
      completa: "('orden':* | ('#ord' & '#rde' & '#den')) & '5'",
      dudosas: [{ pieza: 'orden', inicio: "'orden':*" }],
    })
  })

  it('a folio is its pieces, and what begins exactly like it goes first', () => {
    const consulta = interpretar('BME-PTE/100%')
    expect(consulta?.inicio).toBe(String.raw`bme-pte/100\%%`)
    expect(consulta?.completa).toContain("('bme':* | ('#bme')) & ('pte':* | ('#pte')) & ('100':*")
  })

  it('nothing to look for', () => {
    for (const texto of ['', '   ', '—', '%_\\', '¿?']) expect([texto, interpretar(texto)]).toEqual([texto, null])
  })

  it('whatever is typed, only letters, digits and our own signs reach the database', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (texto) => {
        const consulta = interpretar(texto)
        if (consulta === null) return
        expect(consulta.cercana).toMatch(/^[a-z0-9'#:*|&() ]+$/)
        expect(consulta.completa).toMatch(/^[a-z0-9'#:*|&() ]+$/)
        expect(consulta.completa.length).toBeLessThan(2000)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dia, entero, id, importe, linea, siNo, texto } from './entrada.ts'
import { textoPlano } from './dinero.ts'

/** What a schema answers: its value, or the message of the refusal. */
function leer(esquema: z.ZodType, valor: unknown): unknown {
  const resultado = esquema.safeParse(valor)
  return resultado.success ? resultado.data : resultado.error.issues[0]?.message
}

describe('pieces of the schemas', () => {
  it('empty, blank and null are null; absent stays absent', () => {
    const esquemas = [texto('Folio'), entero('Plazo'), id('Sitio'), dia('Inicio'), importe('Monto')]
    for (const esquema of esquemas) {
      expect(['', '  ', null].map((valor) => leer(esquema, valor))).toEqual([null, null, null])
      expect(leer(z.object({ a: esquema.optional() }), {})).toEqual({})
    }
  })

  it('a day of an absurd year is refused with its reason', () => {
    expect(['0205-05-17', '9999-12-31'].map((valor) => leer(dia('El inicio'), valor))).toEqual(
      Array.from({ length: 2 }, () => 'El inicio debe estar entre 1950 y 2150.'),
    )
    expect(leer(dia('El inicio'), '1950-01-01')).toBe('1950-01-01')
  })

  it('texts are trimmed, and limited in characters', () => {
    expect(leer(texto('Folio', 5), ' OT-1 ')).toBe('OT-1')
    expect(leer(texto('Folio', 5), 'OT-001')).toBe('Folio admite hasta 5 caracteres.')
    expect(leer(linea('Folio', 5), '\u200b OT-001\u00a0 ')).toBe('Folio admite hasta 5 caracteres.')
  })

  it('texts are cleaned: one line of blanks and odd characters, several lines of CRLF', () => {
    expect(leer(linea('Folio', 100), ' OT \u00a0 1\u200b\r\n')).toBe('OT 1')
    expect(leer(texto('Comentario'), 'uno\r\ndos\u0000 \r\n')).toBe('uno\ndos')
  })

  it('whole numbers come as text or number; fractions and words are refused', () => {
    expect(['30', 30, ' 30 ', '-2'].map((valor) => leer(entero('Plazo'), valor))).toEqual([30, 30, 30, -2])
    expect(['2.5', 'dos', '1e3', '2147483648'].map((valor) => leer(entero('Plazo', { minimo: 0 }), valor))).toEqual(
      Array(4).fill('Plazo debe ser un número entero de 0 en adelante.'),
    )
    expect(leer(id('El sitio'), '0')).toBe('El sitio no es válido.')
  })

  it('days must be real', () => {
    expect(leer(dia('Inicio'), '2024-02-29')).toBe('2024-02-29')
    expect(leer(dia('Inicio'), '2025-02-30')).toBe('Inicio no es una fecha válida. Usa el formato AAAA-MM-DD.')
  })

  it('amounts are read as people write them, to the cent, half up', () => {
    const leidos = ['1234.565', '$ 1,234.5', 10, '0'].map((valor) => importe('Monto').parse(valor))
    expect(leidos.map((leido) => leido && textoPlano(leido))).toEqual(['1234.57', '1234.50', '10.00', '0.00'])
  })

  it('amounts that are negative, words or too large for their column are refused', () => {
    const malos = ['-1', 'mil', '1,23', '9'.repeat(24), `${'9'.repeat(23)}.995`]
    expect(malos.map((valor) => leer(importe('Monto'), valor))).toEqual(
      Array(5).fill('Monto debe ser un importe de 0 en adelante, por ejemplo 1234.50.'),
    )
    expect(importe('Monto').parse('9'.repeat(23))?.toFixed()).toBe('9'.repeat(23))
  })

  it('a switch is on only with the words of a switch', () => {
    expect(['on', '1', 'true', 'Sí', true].map((valor) => leer(siNo(), valor))).toEqual(Array(5).fill(true))
    expect(['', 'off', 'no', '0', false].map((valor) => leer(siNo(), valor))).toEqual(Array(5).fill(false))
  })
})

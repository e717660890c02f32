import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dinero, textoPlano } from '../../comun/dinero.ts'
import type { Celda } from './leer.ts'
import { leerNumero, PRECIO, textoCorto, textoEscalado, VOLUMEN, VOLUMEN_DE_DIA } from './numeros.reglas.ts'

const texto = (escrito: string): Celda => ({ tipo: 'texto', texto: escrito })
const numero = (escrito: string): Celda => ({ tipo: 'numero', texto: escrito })

const volumen = (celda: Celda | undefined): string => {
  const leido = leerNumero(celda, VOLUMEN)
  return 'valor' in leido ? textoEscalado(leido.valor, 6) : leido.error
}

describe('numbers of an Anexo C (anexo-c §4.3)', () => {
  it('nothing and a dash are zero', () => {
    for (const celda of [undefined, texto('-'), texto('$ -'), texto(' $\u00a0- '), texto('MXN'), numero('0')])
      expect(volumen(celda)).toBe('0.000000')
  })

  it('reads what people write', () => {
    const escritos = {
      '1,234.50': '1234.500000',
      '$ 1,234.50': '1234.500000',
      '100.00 MXN': '100.000000',
      'USD 5': '5.000000',
      '$ 5 usd': '5.000000',
      '1 234.5': '1234.500000',
      '1\u00a0234.5': '1234.500000',
      '.5': '0.500000',
      '5.': '5.000000',
      '007': '7.000000',
      '12,345,678.123456': '12345678.123456',
    }
    for (const [escrito, leido] of Object.entries(escritos))
      expect([escrito, volumen(texto(escrito))]).toEqual([escrito, leido])
  })

  it('anexo-c §11.8: what cannot be read is an error and never another number', () => {
    const malos = [
      '1.234,56',
      '12,5',
      '(5)',
      'abc',
      '#REF!',
      'NaN',
      'Infinity',
      '1e3',
      '12,34,567',
      '0,500',
      '1,2345',
      '5-',
      '+5',
      '1.2.3',
      '--',
      '12 M',
    ]
    for (const escrito of malos)
      expect([escrito, 'error' in leerNumero(texto(escrito), VOLUMEN)]).toEqual([escrito, true])
    expect(volumen(texto('12,5'))).toBe('no es un número. ¿Quisiste decir 12.5?')
    expect(volumen(texto('1.234,56'))).toBe('no es un número. ¿Quisiste decir 1234.56?')
    for (const escrito of ['-5', '(5)', '$ -5', '-$5', '(1,234.50)'])
      expect([escrito, volumen(texto(escrito))]).toEqual([escrito, 'no puede ser negativo'])
    expect(volumen(numero('-0.5'))).toBe('no puede ser negativo')
    expect(volumen({ tipo: 'error', texto: '#N/A' })).toBe('es un error de Excel')
    expect(volumen({ tipo: 'error', texto: 'fórmula sin resultado' })).toBe('es una fórmula sin resultado')
    expect(volumen({ tipo: 'booleano', valor: true })).toBe('no es un número')
  })

  it('rounds half up and knows how much fits', () => {
    expect(volumen(numero('0.0000005'))).toBe('0.000001')
    expect(volumen(numero('0.00000049'))).toBe('0.000000')
    expect(volumen(numero('999999999999.999999'))).toBe('es demasiado grande')
    expect(volumen(texto('999999999999.999999'))).toBe('999999999999.999999')
    expect(volumen(texto('999999999999.9999995'))).toBe('es demasiado grande')
    expect(leerNumero(texto('99999999999.99995'), PRECIO)).toEqual({ error: 'es demasiado grande' })
    expect(leerNumero(numero('1.00005'), PRECIO)).toEqual({ valor: 10001n })
    expect(leerNumero(numero('1000000000'), VOLUMEN_DE_DIA)).toEqual({ error: 'es demasiado grande' })
  })

  it('a number is the shortest decimal of its double, however the file writes it', () => {
    expect(volumen(numero('1.0000004999999999918'))).toBe('1.000001')
    expect(volumen(numero('0.1000000000000000055511151231257827'))).toBe('0.100000')
    fc.assert(
      fc.property(fc.double({ min: 0, max: 999_999_999, noNaN: true }), (n) => {
        const exacto = dinero(n)
        expect(volumen(numero(exacto.toFixed()))).toBe(textoPlano(exacto, 6))
        expect(volumen(numero(dinero(n.toPrecision(17)).toFixed()))).toBe(textoPlano(exacto, 6))
      }),
    )
  })

  it('any volume that fits is read back to its last decimal, with or without thousands', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (millonesimas) => {
        const escrito = textoEscalado(millonesimas, 6)
        const [entera = '', fraccion = ''] = escrito.split('.')
        const conComas = `${entera.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraccion}`
        for (const uno of [escrito, conComas, `$ ${conComas}`, textoCorto(millonesimas, 6)])
          expect(leerNumero(texto(uno), VOLUMEN)).toEqual({ valor: millonesimas })
      }),
    )
  })

  it('never takes for a number what is not one', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (escrito) => {
        const leido = leerNumero(texto(escrito), VOLUMEN)
        if ('valor' in leido && leido.valor > 0n) expect(escrito).toMatch(/^[\s$MXNUSDmxnusd\d.,\u00a0\p{Cc}\p{Cf}]+$/u)
      }),
    )
  })
})

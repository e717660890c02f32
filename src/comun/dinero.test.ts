import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DINERO_CERO,
  dinero,
  leerImporte,
  redondear,
  sumar,
  textoDinero,
  textoPlano,
  textoDineroBreve,
  textoPrecio,
  textoVolumen,
  entreParentesis,
} from './dinero.ts'

const centavos = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const importes = centavos.map((c) => dinero(c.toString()).div(100))

describe('money', () => {
  it('sums without losing cents', () => {
    expect(textoPlano(sumar([dinero('0.10'), dinero('0.20')]))).toBe('0.30')
    expect(textoPlano(sumar([]))).toBe('0.00')
  })

  it('keeps every digit of the largest amounts the database holds', () => {
    const mayor = dinero('99999999999999999999999.99')
    expect(textoPlano(mayor)).toBe('99999999999999999999999.99')
    expect(mayor.times('123456789012.123456').minus(mayor.times('123456789012.123456')).isZero()).toBe(true)
  })

  it('rounds half up, away from zero', () => {
    const redondeados = ['2.345', '2.344', '-2.345', '1.005'].map((v) => redondear(dinero(v), 2).toString())
    expect(redondeados).toEqual(['2.35', '2.34', '-2.35', '1.01'])
  })

  it('prints plain and with the sign people read', () => {
    expect(textoPlano(dinero(1234.5))).toBe('1234.50')
    expect(textoPlano(dinero('1234.56789'), 4)).toBe('1234.5679')
    expect(['1234.5', '-1234567.891', '0', '999', '1000'].map((v) => textoDinero(dinero(v)))).toEqual([
      '$ 1,234.50',
      '-$ 1,234,567.89',
      '$ 0.00',
      '$ 999.00',
      '$ 1,000.00',
    ])
  })

  it('in a table of many columns the sign goes with the figure', () => {
    expect([textoDineroBreve(dinero('1234.5')), textoDineroBreve(dinero('-1234.5'))]).toEqual([
      '$1,234.50',
      '-$1,234.50',
    ])
  })

  it('never prints a negative zero', () => {
    expect(textoPlano(dinero('-0'))).toBe('0.00')
    expect(textoDinero(dinero('-0.004'))).toBe('$ 0.00')
    expect(['1234.500000', '0.000000', '-20', '0.000001'].map((v) => textoVolumen(dinero(v)))).toEqual([
      '1,234.5',
      '0',
      '-20',
      '0.000001',
    ])
    expect(['-20', '20', '-$ 1.50'].map(entreParentesis)).toEqual(['(20)', '20', '($ 1.50)'])
    expect(['1000.0000', '1234.5', '0.1234', '0'].map((v) => textoPrecio(dinero(v)))).toEqual([
      '$ 1,000.00',
      '$ 1,234.50',
      '$ 0.1234',
      '$ 0.00',
    ])
  })

  it('refuses what is not a finite number', () => {
    for (const malo of ['', 'abc', '1,5', NaN, Infinity]) expect(() => dinero(malo)).toThrow(RangeError)
  })

  it('O-54: importes of the annex, exact', () => {
    const cambio = dinero('19.1648')
    const importe = (volumen: string, mn: string, usd: string) =>
      dinero(volumen).times(dinero(mn).plus(dinero(usd).times(cambio)))
    const uno = importe('10.5', '100', '20')
    const dos = importe('2', '50.25', '3.1')
    expect([uno.toString(), dos.toString(), sumar([uno, dos]).toString()]).toEqual([
      '5074.608',
      '219.32176',
      '5293.92976',
    ])
    expect(textoDinero(sumar([uno, dos]))).toBe('$ 5,293.93')
  })

  it('property: reading back what was printed gives the same amount', () => {
    fc.assert(
      fc.property(importes, (importe) => {
        expect(dinero(textoPlano(importe)).equals(importe)).toBe(true)
        expect(leerImporte(textoDinero(importe.abs()))?.equals(importe.abs())).toBe(true)
      }),
    )
  })

  it('property: a sum does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(importes), (lista) => {
        expect(sumar(lista).equals(sumar([...lista].reverse()))).toBe(true)
      }),
    )
  })

  it('property: rounding to cents moves an amount by half a cent at most', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (milesimas) => {
        const valor = dinero(milesimas.toString()).div(10000)
        expect(redondear(valor, 2).minus(valor).abs().lte('0.005')).toBe(true)
      }),
    )
  })
})

describe('amounts as people write them', () => {
  it('takes currency words, blanks and commas between thousands', () => {
    const escritos = ['1234.5', '$ 1,234.50', '1,234.50 MXN', 'USD 10', '10 usd', '$5 M.N.', ' 1 234.5 ', '0']
    expect(escritos.map((t) => leerImporte(t)?.toString())).toEqual([
      '1234.5',
      '1234.5',
      '1234.5',
      '10',
      '10',
      '5',
      '1234.5',
      '0',
    ])
  })

  it('refuses signs, decimal commas, odd grouping and words', () => {
    const malos = ['-5', '12,5', '1,23,456', '1.234,50', 'mil', '', '$', '1e5', '5%', '1234,567', '.5']
    expect(malos.map(leerImporte)).toEqual(malos.map(() => null))
  })

  it('does not round: the caller decides', () => {
    expect(leerImporte('1.005')?.toString()).toBe('1.005')
    expect(DINERO_CERO.isZero()).toBe(true)
  })
})

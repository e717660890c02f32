import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dinero, textoPlano } from '../../../comun/dinero.ts'
import { aMicras, textoFijo } from '../../../comun/volumenes.ts'
import { aPrecio, importeDe, textoImporte } from './importes.contrato.ts'

it('produccion §10.18: rounded half up once, at the end', () => {
  const patio = importeDe(aMicras('3.25'), aPrecio('2500.5000'))
  expect(textoImporte(patio)).toBe('8126.63')
  expect(textoImporte(patio + importeDe(aMicras('78500'), aPrecio('1')))).toBe('86626.63')
  expect(textoImporte(importeDe(aMicras('-5'), aPrecio('50')))).toBe('-250.00')
  expect(textoImporte(importeDe(aMicras('-0.000001'), aPrecio('1')))).toBe('0.00')
})

it('property: what the exact decimals of the rest of the system give', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }),
      fc.bigInt({ min: 0n, max: 99_999_999_999n }),
      (micras, precio) => {
        const plano = `${String(precio / 10_000n)}.${String(precio % 10_000n).padStart(4, '0')}`
        expect(textoImporte(importeDe(micras, aPrecio(plano)))).toBe(
          textoPlano(dinero(textoFijo(micras)).times(dinero(plano))),
        )
      },
    ),
  )
})

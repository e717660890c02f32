import { describe, expect, it } from 'vitest'
import { conBienvenida, destinoLocal } from './acceso.reglas.ts'

describe('where the login lands', () => {
  it('core §16.5: a local path with its query, with the flag', () => {
    expect(conBienvenida(destinoLocal('/operaciones/ot/?x=1'))).toBe('/operaciones/ot/?x=1&login_exitoso=1')
    expect(conBienvenida(destinoLocal('/'))).toBe('/?login_exitoso=1')
  })

  it('anything that leaves the site is the start page', () => {
    const ajenos = [
      'https://evil.example/',
      '//evil.example/',
      '/\\evil.example',
      '\\\\evil.example',
      'javascript:alert(1)',
      '/\t/evil.example',
      '/.//evil.example/',
      'evil.example',
      '',
      ' /operaciones/',
    ]
    expect(ajenos.map(destinoLocal)).toEqual(ajenos.map(() => '/'))
  })

  it('never back to the login', () => {
    expect(destinoLocal('/accounts/login/?next=/')).toBe('/')
    expect(destinoLocal('/operaciones/accounts/login/')).toBe('/')
  })
})

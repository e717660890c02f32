import { describe, expect, it } from 'vitest'
import { rechazo } from '../../../tests/apoyo/rechazo.ts'
import { motivoDeClaveDebil, validarUsuarioNuevo } from './usuarios.reglas.ts'

const PERSONA = { username: 'mramirez', firstName: 'María', lastName: 'Ramírez', email: 'maria.ramirez@subtec.example' }

describe('password rules (core.md §2.1)', () => {
  it('refuses short, only digits, common and similar to the person', () => {
    const debiles = [
      'corta1',
      '8273649102',
      'Password123',
      'aaaabbbb',
      'mramirez1',
      'Ramirez.1',
      'maria ramirez',
      'subtec.1',
    ]
    expect(debiles.map((clave) => motivoDeClaveDebil(clave, PERSONA) === null)).toEqual(debiles.map(() => false))
  })

  it('accepts a phrase, symbols and a password that only contains the name', () => {
    const buenas = ['boya naranja 7', 'x9$Kq!v2', 'la maria pesca los jueves', 'ñandú-azul']
    expect(buenas.map((clave) => motivoDeClaveDebil(clave, PERSONA))).toEqual(buenas.map(() => null))
  })

  it('counts characters, not bytes, and has an end', () => {
    expect(motivoDeClaveDebil('ñá€é🐟ü', PERSONA)).toContain('al menos 8')
    expect(motivoDeClaveDebil('ab1'.repeat(100), PERSONA)).toContain('hasta 256')
  })
})

describe('a new person', () => {
  it('names every wrong field', () => {
    const error = rechazo(() => {
      validarUsuarioNuevo({ username: 'con espacio', email: 'nada', clave: '123' }, { claveDelInstalador: false })
    })
    expect(Object.keys(error.campos ?? {})).toEqual(['username', 'email', 'clave'])
  })

  it('the installer answers for the password of the first administrator, except an empty one', () => {
    const datos = { username: 'admin', email: 'admin@localhost' }
    expect(() => {
      validarUsuarioNuevo({ ...datos, clave: 'admin' }, { claveDelInstalador: true })
    }).not.toThrow()
    expect(() => {
      validarUsuarioNuevo({ ...datos, clave: '' }, { claveDelInstalador: true })
    }).toThrow('vacía')
  })
})

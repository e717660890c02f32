import { describe, expect, it } from 'vitest'
import { largoDeBloque, mover, vecino } from './bloques.ts'

const LISTA = ['1', '2', '2.1', '2.2', '3'].map((nombre) => ({ nombre, subpaso: nombre.includes('.') }))
const nombres = (lista: { nombre: string }[]): string => lista.map(({ nombre }) => nombre).join(' ')

describe('moving blocks', () => {
  it('a main piece takes what hangs from it', () => {
    expect(largoDeBloque(LISTA, 1)).toBe(3)
    expect(nombres(mover(LISTA, 1, 0))).toBe('2 2.1 2.2 1 3')
    expect(nombres(mover(LISTA, 1, vecino(LISTA, 1, 1)))).toBe('1 3 2 2.1 2.2')
  })

  it('a main piece never lands inside another block', () => {
    expect(nombres(mover(LISTA, 0, vecino(LISTA, 0, 1)))).toBe('2 2.1 2.2 1 3')
    expect(nombres(mover(LISTA, 0, 1))).toBe('2 2.1 2.2 1 3')
    expect(nombres(mover(LISTA, 4, 3))).toBe('1 3 2 2.1 2.2')
    expect(nombres(mover(LISTA, 4, vecino(LISTA, 4, -1)))).toBe('1 3 2 2.1 2.2')
  })

  it('what hangs moves among its own, to another block, and never first', () => {
    expect(nombres(mover(LISTA, 3, vecino(LISTA, 3, -1)))).toBe('1 2 2.2 2.1 3')
    expect(nombres(mover(LISTA, 2, 4))).toBe('1 2 2.2 3 2.1')
    expect(nombres(mover(LISTA, 2, 0))).toBe('1 2.1 2 2.2 3')
  })

  it('at the ends nothing moves', () => {
    expect(nombres(mover(LISTA, 0, vecino(LISTA, 0, -1)))).toBe(nombres(LISTA))
    expect(nombres(mover(LISTA, 4, vecino(LISTA, 4, 1)))).toBe(nombres(LISTA))
  })
})

import { describe, expect, test } from 'vitest'
import { Conflicto, DatosInvalidos } from '../comun/errores.ts'
import { FRASES, traducirErrorBd } from './errores-bd.ts'

/** As Prisma 7 with the pg adapter wraps what PostgreSQL said. */
function dePrisma(cause: Record<string, unknown>): Error {
  return Object.assign(new Error('Invalid invocation'), {
    code: 'P2010',
    meta: { driverAdapterError: { name: 'DriverAdapterError', cause } },
  })
}

describe('traducirErrorBd', () => {
  test('a raw pg error, by its constraint', () => {
    const error = Object.assign(new Error('duplicate key'), { code: '23505', constraint: 'ot_folio_unico' })
    const traducido = traducirErrorBd(error)
    expect(traducido).toBeInstanceOf(Conflicto)
    expect(traducido?.estado).toBe(409)
    expect(traducido?.tipoAviso).toBe('error')
    expect(traducido?.campos).toEqual({ orden_trabajo: traducido?.detalles })
  })

  test('a unique index through the adapter', () => {
    const error = dePrisma({
      kind: 'UniqueConstraintViolation',
      originalCode: '23505',
      constraint: { index: 'user_email_unico' },
    })
    expect(traducirErrorBd(error)?.detalles).toBe('Ya existe una cuenta activa con ese correo. Escribe otro.')
  })

  test('a CHECK through the adapter, whose name only the sentence has', () => {
    const error = dePrisma({
      kind: 'postgres',
      code: '23514',
      originalMessage: 'new row for relation "ot" violates check constraint "ot_plazo_no_negativo"',
    })
    expect(traducirErrorBd(error)).toBeInstanceOf(DatosInvalidos)
    expect(traducirErrorBd(error)?.campos).toHaveProperty('plazo_dias')
  })

  test('a text over its length has no constraint and still has a sentence', () => {
    expect(traducirErrorBd(dePrisma({ kind: 'LengthMismatch', originalCode: '22001' }))).toBeInstanceOf(DatosInvalidos)
  })

  test.each([
    new Error('boom'),
    null,
    undefined,
    'texto',
    Object.assign(new Error('x'), { code: '23505', constraint: 'otra_cosa' }),
    Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
  ])('%s is not ours to translate', (error) => {
    expect(traducirErrorBd(error)).toBeNull()
  })

  test('every sentence is a Spanish sentence a person can act on', () => {
    for (const [nombre, { mensaje }] of Object.entries(FRASES)) {
      expect(mensaje, nombre).toMatch(/^[A-ZÁÉÍÓÚ]/)
      expect(mensaje, nombre).not.toMatch(/constraint|null|_/i)
    }
  })
})

import { describe, expect, it } from 'vitest'
import {
  ArchivoMuyGrande,
  Conflicto,
  DatosInvalidos,
  DemasiadosIntentos,
  ErrorDeDominio,
  NoEncontrado,
  SesionExpirada,
  SinPermiso,
  TipoNoAdmitido,
} from './errores.ts'

describe('errors of the domain', () => {
  it('each class has the status of pte.md §1.4 and settled §2', () => {
    const estados = [
      new DatosInvalidos('a'),
      new SesionExpirada(),
      new SinPermiso(),
      new NoEncontrado('a'),
      new Conflicto('a'),
      new ArchivoMuyGrande('a'),
      new TipoNoAdmitido('a'),
      new DemasiadosIntentos(),
    ].map((e) => e.estado)
    expect(estados).toEqual([400, 401, 403, 404, 409, 413, 415, 429])
  })

  it('a conflict is a warning unless it says otherwise', () => {
    expect(new Conflicto('ya existe').tipoAviso).toBe('advertencia')
    expect(new Conflicto('folio repetido', { tipoAviso: 'error' }).tipoAviso).toBe('error')
  })

  it('invalid data carries its fields, and is an error unless it says otherwise', () => {
    const error = new DatosInvalidos('Revisa los datos', { campos: { plazo_dias: 'Escribe un número entero' } })
    expect(error.tipoAviso).toBe('error')
    expect(error.campos).toEqual({ plazo_dias: 'Escribe un número entero' })
    expect(new DatosInvalidos('Falta el patio', { tipoAviso: 'advertencia' }).tipoAviso).toBe('advertencia')
  })

  it('a lost session says the sentence and the code of settled §2', () => {
    const error = new SesionExpirada()
    expect([error.detalles, error.codigo]).toEqual(['Tu sesión ha expirado. Inicia sesión de nuevo.', 'SESION'])
  })

  it('is an Error with its class as name, so logs can be read', () => {
    const error = new NoEncontrado('OT no encontrada')
    expect(error).toBeInstanceOf(ErrorDeDominio)
    expect(String(error)).toBe('NoEncontrado: OT no encontrada')
  })
})

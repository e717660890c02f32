import { describe, expect, it } from 'vitest'
import { leerArgumentos } from './comando.ts'

const DEFINICION = {
  nombre: 'importar-cosa',
  ayuda: 'Importa una cosa.',
  argumentos: [{ nombre: 'ARCHIVO.xlsx', ayuda: 'libro que se importa' }],
  opciones: {
    simular: { tipo: 'bandera', ayuda: 'no escribe nada' },
    informe: { tipo: 'texto', valor: 'RUTA', ayuda: 'escribe el informe' },
  },
  json: true,
} as const

describe('arguments of a command', () => {
  it('reads flags, values and positions', () => {
    expect(leerArgumentos(DEFINICION, ['a.xlsx', '--simular', '--informe=x.json'])).toEqual({
      opciones: { simular: true, informe: 'x.json' },
      argumentos: ['a.xlsx'],
      json: false,
    })
  })

  it('explains itself', () => {
    expect(leerArgumentos(DEFINICION, ['--ayuda'])).toEqual({
      ayuda: `Importa una cosa.

Uso: npm run importar-cosa -- ARCHIVO.xlsx [opciones]

  ARCHIVO.xlsx    libro que se importa
  --simular       no escribe nada
  --informe=RUTA  escribe el informe
  --json          resultado como JSON en la salida estándar
  --ayuda         muestra esto`,
    })
  })

  it.each([
    [[], 'Falta ARCHIVO.xlsx: libro que se importa.'],
    [['a', 'b'], 'No se entiende «b».'],
    [['a', '--otra'], 'No existe la opción «--otra».'],
    [['a', '--simular=1'], 'La opción «--simular» no lleva valor.'],
    [['a', '--informe'], 'A la opción «--informe» le falta su valor: --informe=VALOR.'],
  ])('says in Spanish what is wrong with %j', (escrito, falta) => {
    expect(leerArgumentos(DEFINICION, escrito)).toEqual({ falta })
  })
})

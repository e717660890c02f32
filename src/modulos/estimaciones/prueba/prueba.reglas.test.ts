import { expect, it } from 'vitest'
import { dinero } from '../../../comun/dinero.ts'
import { cuadra, descuadradas, diferenciaDe, importesDe, importesDeTodo } from './prueba.reglas.ts'
import type { FilaDePrueba } from './prueba.tipos.ts'
import { avisoDeDescuadre, textoSinProduccion } from './prueba.vista.ts'

type Figuras = readonly [
  contratado: string,
  antes: string,
  esta: string,
  porEstimar: string,
  excedente: string,
  producido: string,
]
const fila = ([contratado, antes, esta, porEstimar, excedente, producido]: Figuras, mn = '10'): FilaDePrueba => ({
  idConcepto: 1,
  orden: 1,
  idPartida: 1,
  anexo: 'C-5',
  codigo: '5.1.',
  concepto: 'GRÚA',
  unidad: 'JORNADA',
  contratado: dinero(contratado),
  estimadoAntes: dinero(antes),
  estimado: dinero(esta),
  porEstimar: dinero(porEstimar),
  excedente: dinero(excedente),
  producido: dinero(producido),
  puMn: dinero(mn),
  puUsd: dinero('0'),
  importeMn: dinero(esta).times(mn).toDecimalPlaces(2),
  importeUsd: dinero('0'),
})
const NADA = { conceptos: 0, contratadoMn: dinero('0'), contratadoUsd: dinero('0') }

it('a concept balances when its figures add up and none has a sign that it may not have', () => {
  expect(cuadra(fila(['100', '30', '10', '60', '0', '65']))).toBe(true)
  // Contracted less than what is billed: what is left over is excedente.
  expect(cuadra(fila(['30', '45', '0', '20', '-35', '65']))).toBe(true)
  const corta = fila(['100', '30', '10', '55', '0', '65'])
  expect([cuadra(corta), diferenciaDe(corta).toFixed()]).toEqual([false, '5'])
  // They add up, and something is billed that was not produced.
  expect(cuadra(fila(['100', '30', '80', '-10', '0', '100']))).toBe(false)
  expect(cuadra(fila(['100', '60', '10', '30', '0', '65']))).toBe(false)
  expect(cuadra(fila(['0', '0', '0', '0', '0', '0']))).toBe(true)
})

it('what does not balance is named with how much, five at most', () => {
  const buena = fila(['100', '30', '10', '60', '0', '65'])
  const mala = fila(['100', '30', '10', '57.5', '0', '65'])
  const prueba = { filas: [buena, mala], sinProduccion: NADA }
  expect(descuadradas(prueba)).toEqual([mala])
  expect(avisoDeDescuadre({ filas: [buena], sinProduccion: NADA })).toBeNull()
  expect(avisoDeDescuadre(prueba)).toBe('La prueba no cuadra en 5.1. (anexo C-5) por 2.5 JORNADA.')
  expect(avisoDeDescuadre({ filas: Array.from({ length: 7 }, () => mala), sinProduccion: NADA })).toContain(
    'y en 2 más.',
  )
})

it('in money it balances to the cent: what is left to bill takes what rounding leaves over', () => {
  // 1/3 + 1/3 + 1/3 of 1, at 0.01 a unit: 0.00 each, and the cent is left to bill.
  const tercios = fila(['1', '0.333333', '0.333333', '0.333334', '0', '0.666666'], '0.01')
  const suyos = importesDe(tercios, 'mn')
  expect(Object.values(suyos).map((valor) => (valor as typeof suyos.estimado).toFixed(2))).toEqual([
    '0.01',
    '0.00',
    '0.00',
    '0.01',
    '0.00',
  ])
  const todo = importesDeTodo(
    {
      filas: [tercios, fila(['30', '45', '0', '20', '-35', '65'])],
      sinProduccion: { conceptos: 2, contratadoMn: dinero('99.99'), contratadoUsd: dinero('5') },
    },
    'mn',
  )
  expect(Object.values(todo).map((valor) => (valor as typeof todo.estimado).toFixed(2))).toEqual([
    '400.00',
    '450.00',
    '0.00',
    '300.00',
    '-350.00',
  ])
  expect(textoSinProduccion({ conceptos: 2, contratadoMn: dinero('99.99'), contratadoUsd: dinero('5') })).toBe(
    '2 conceptos contratados todavía no tienen producción: $ 99.99 M.N. y $ 5.00 USD por estimar.',
  )
  expect(textoSinProduccion(NADA)).toBeNull()
})

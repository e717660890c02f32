import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fechaIso, sumarDias } from '../../../comun/fechas.ts'
import { textoCorto } from '../../../plataforma/excel/numeros.reglas.ts'
import { Programa } from './programa.ts'

const INICIO = fechaIso('2026-01-25')
const columnas = Array.from({ length: 12 }, (_, i) => ({
  indice: 8 + i,
  fecha: sumarDias(INICIO, i),
  titulo: '',
}))

const filas = fc.array(
  fc.tuple(fc.nat(8), fc.array(fc.tuple(fc.nat(11), fc.integer({ min: 0, max: 40_000_000_000 })), { maxLength: 12 })),
  { maxLength: 40 },
)

describe('the programme packed by month', () => {
  it('gives back what each partida had, however many times it was added to, in blocks of any size', () => {
    fc.assert(
      fc.property(filas, fc.constantFrom(0, 1500, 1_000_000), (generadas, tamanio) => {
        const programa = new Programa(columnas, tamanio)
        const esperado = new Map<string, bigint>()
        const conocidas = new Set<number>()
        for (const [indice, dias] of generadas) {
          if (conocidas.has(indice)) programa.recuperar(indice)
          conocidas.add(indice)
          for (const [dia, millonesimas] of dias) {
            expect(programa.poner(8 + dia, millonesimas, 6)).toBe(true)
            const clave = `${String(indice)} ${sumarDias(INICIO, dia)}`
            esperado.set(clave, (esperado.get(clave) ?? 0n) + BigInt(millonesimas))
          }
          programa.guardar(indice)
          programa.vaciar()
        }
        const leido = new Map<string, string>()
        for (const bloque of programa.entregar()) {
          for (const [indice, mes, lista] of JSON.parse(bloque) as [number, string, string][]) {
            for (const [i, volumen] of lista.slice(1, -1).split(',').entries()) {
              const clave = `${String(indice)} ${mes.slice(0, 8)}${String(i + 1).padStart(2, '0')}`
              if (volumen === '0') continue
              expect(leido.has(clave)).toBe(false)
              leido.set(clave, volumen)
            }
          }
        }
        const conVolumen = [...esperado].filter(([, suma]) => suma > 0n)
        expect(leido).toEqual(new Map(conVolumen.map(([clave, suma]) => [clave, textoCorto(suma, 6)])))
      }),
    )
  })

  it('takes only what is of its columns and fits exactly', () => {
    const programa = new Programa(columnas)
    expect([
      programa.poner(7, 1, 0),
      programa.poner(20, 1, 0),
      programa.poner(5000, 1, 0),
      programa.poner(8, 1, 7),
      programa.poner(8, 1_000_000_000, 0),
      programa.poner(8, 999_999_999, 0),
    ]).toEqual([false, false, false, false, false, true])
    expect(programa.desbordado()).toBeNull()
    programa.sumar(8, 1_000_000n)
    expect(programa.desbordado()).toBe('2026-01-25')
  })
})

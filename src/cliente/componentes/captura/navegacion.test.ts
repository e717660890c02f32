import { describe, expect, it } from 'vitest'
import { inicioDeFila, mover, saltar, siguiente, type Terreno } from './navegacion.ts'

/** `#` filled, `.` empty, `x` not typed in. */
function terreno(primera: number, ...filas: string[]): Terreno {
  const en = (f: number, c: number): string => filas[f]?.[c] ?? '.'
  return {
    filas: filas.length,
    columnas: filas[0]?.length ?? 0,
    primera,
    llena: (f, c) => en(f, c) === '#',
    saltar: (f, c) => en(f, c) === 'x',
  }
}
const en = (f: number, c: number) => ({ f, c })

describe('keys of the grid', () => {
  it('arrows stop at the edge', () => {
    const t = terreno(0, '..', '..')
    expect([mover(t, en(0, 0), 'arriba'), mover(t, en(1, 0), 'derecha'), mover(t, en(0, 0), 'abajo', 20)]).toEqual([
      en(0, 0),
      en(1, 1),
      en(1, 0),
    ])
  })

  it.each([
    ['end of the run', en(0, 0), 'derecha', en(0, 2)],
    ['next filled', en(0, 2), 'derecha', en(0, 5)],
    ['from an empty one, the next filled', en(0, 3), 'derecha', en(0, 5)],
    ['the edge when nothing is left', en(0, 5), 'derecha', en(0, 7)],
    ['back', en(0, 7), 'izquierda', en(0, 5)],
    ['already there', en(0, 7), 'derecha', en(0, 7)],
    ['down, nothing filled', en(0, 3), 'abajo', en(1, 3)],
  ] as const)('Ctrl + arrow: %s', (_, desde, hacia, donde) => {
    expect(saltar(terreno(0, '###..#..', '........'), desde, hacia)).toEqual(donde)
  })

  it('Home goes where typing begins, then to the very beginning', () => {
    const t = terreno(2, '.....')
    expect([inicioDeFila(t, en(0, 4)), inicioDeFila(t, en(0, 2)), inicioDeFila(t, en(0, 0))]).toEqual([
      en(0, 2),
      en(0, 0),
      en(0, 2),
    ])
  })

  it('Tab goes by rows over what cannot be typed in, and leaves at the end', () => {
    const t = terreno(1, '..x.', 'xxxx', '....')
    const tab = (desde: { f: number; c: number }, atras = false) => siguiente(t, desde, { por: 'filas', atras }, null)
    expect([tab(en(0, 0)), tab(en(0, 1)), tab(en(0, 3)), tab(en(2, 3))]).toEqual([en(0, 1), en(0, 3), en(2, 1), null])
    expect([tab(en(2, 1), true), tab(en(0, 1), true)]).toEqual([en(0, 3), null])
  })

  it('Enter goes down its column; inside a selection both go around it', () => {
    const t = terreno(0, '..', 'xx', '..')
    expect(siguiente(t, en(0, 1), { por: 'columnas', atras: false }, null)).toEqual(en(2, 1))
    const rango = { f1: 0, c1: 0, f2: 2, c2: 1 }
    expect(siguiente(t, en(2, 0), { por: 'columnas', atras: false }, rango)).toEqual(en(0, 1))
    expect(siguiente(t, en(2, 1), { por: 'columnas', atras: false }, rango)).toEqual(en(0, 0))
    expect(siguiente(t, en(0, 0), { por: 'filas', atras: true }, rango)).toEqual(en(2, 1))
  })
})

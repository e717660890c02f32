import { describe, expect, it } from 'vitest'
import { celdasCon, proxima } from './buscables.ts'
import { VOLUMEN } from './clases.ts'
import { Cuaderno } from './cuaderno.ts'
import { haciaAbajo } from './relleno.ts'
import type { ColumnaCaptura } from './tipos.ts'

interface Fila {
  id: string
  v: string[]
  titulo?: boolean
}

const dias = [0, 1, 2].map((n): ColumnaCaptura<Fila> => ({
  clave: `dia${String(n)}`,
  titulo: String(n + 1),
  ancho: 70,
  clase: VOLUMEN,
  valor: ({ v }) => v[n] ?? '',
}))

function cuadernoCon(...filas: Fila[]) {
  const cuaderno = new Cuaderno<Fila>({
    nombre: 'Prueba',
    columnas: [{ clave: 'codigo', titulo: 'Partida', ancho: 90, valor: ({ id }) => id }, ...dias],
    claveDe: ({ id }) => id,
    nombreDe: ({ id }) => id,
    esTitulo: ({ titulo }) => titulo === true,
    bloqueo: ({ id }, { clave }) => (id === 'B' && clave === 'dia1' ? { motivo: 'Firmado.' } : null),
  })
  cuaderno.ponerFilas(filas, false)
  return cuaderno
}

const dos = () =>
  cuadernoCon({ id: 'T1', v: [], titulo: true }, { id: 'A', v: ['1', '2', ''] }, { id: 'B', v: ['', '', ''] })

describe('commands of the grid', () => {
  it('a block of Excel is pasted from the corner, over what is locked, and stays chosen', () => {
    const c = dos()
    c.elegir({ f: 1, c: 2 })
    const resultado = c.pegar([
      ['5', '6', '7'],
      ['8', '9', '1'],
    ])
    expect(resultado).toMatchObject({ saltadas: 3, motivoDeSalto: 'Firmado.' })
    expect(c.hoja.cambios().map(({ clave, columna, valor }) => [clave, columna, valor])).toEqual([
      ['A', 'dia1', '5'],
      ['A', 'dia2', '6'],
      ['B', 'dia2', '9'],
    ])
    expect(c.rango).toEqual({ f1: 1, c1: 2, f2: 2, c2: 3 })
  })

  it('copies plain texts, and the same block comes back elsewhere', () => {
    const c = dos()
    c.elegirRango({ f1: 1, c1: 0, f2: 2, c2: 2 })
    expect(c.copiar()).toBe('A\t1\t2\nB\t\t')
  })

  it('fills down with the texts of above; a locked cell stays', () => {
    const c = dos()
    c.elegirRango({ f1: 1, c1: 1, f2: 2, c2: 2 })
    const resultado = c.copiarCeldas(haciaAbajo(c.rango))
    expect([resultado.cambiadas.length, resultado.saltadas, c.texto(2, 1)]).toEqual([1, 1, '1'])
  })

  it('empties only what can be typed in', () => {
    const c = dos()
    c.elegirRango({ f1: 0, c1: 0, f2: 2, c2: 3 })
    expect(c.llenarRango('')).toMatchObject({ saltadas: 0, cambiadas: [{}, {}] })
  })

  it('Enter after a series of Tab goes back to where it began; Tab leaves at the end, Enter does not', () => {
    const c = dos()
    c.elegir({ f: 1, c: 1 })
    c.avanzar({ por: 'filas', atras: false })
    c.avanzar({ por: 'filas', atras: false })
    c.avanzar({ por: 'columnas', atras: false })
    expect(c.activa).toEqual({ f: 2, c: 1 })
    expect(c.avanzar({ por: 'columnas', atras: false })).toBe(true)
    c.elegir({ f: 2, c: 3 })
    expect([c.avanzar({ por: 'filas', atras: false }), c.activa]).toEqual([false, { f: 2, c: 3 }])
  })

  it('inside a selection Enter moves the active cell and keeps the selection', () => {
    const c = dos()
    c.elegir({ f: 1, c: 1 })
    c.extender({ f: 2, c: 2 })
    c.avanzar({ por: 'columnas', atras: false })
    c.avanzar({ por: 'columnas', atras: false })
    expect([c.activa, c.rango]).toEqual([
      { f: 1, c: 2 },
      { f1: 1, c1: 1, f2: 2, c2: 2 },
    ])
  })

  it('filters keep the title of what stays, and what was typed out of sight', () => {
    const c = cuadernoCon(
      { id: 'T1', v: [], titulo: true },
      { id: 'A', v: ['1'] },
      { id: 'T2', v: [], titulo: true },
      { id: 'B', v: ['2'] },
    )
    c.elegir({ f: 3, c: 1 })
    c.escribirEnActiva('9')
    c.filtrarPor('codigo', new Set(['A']))
    expect([c.total, c.texto(1, 0), c.activa.f]).toEqual([2, 'B', 1])
    c.filtrarPor('codigo', new Set(['B']))
    expect([c.texto(1, 0), c.hoja.cambios().length]).toEqual(['A', 1])
    expect(c.valoresDe('codigo')).toEqual(['A', 'B'])
    c.quitarFiltros()
    expect(c.total).toBe(4)
  })

  it('finds without accents, around the ends', () => {
    const textos = [
      ['Tubería', '1'],
      ['Válvula', 'tubo'],
    ]
    const halladas = celdasCon('tub', { filas: () => 2, columnas: 2, texto: (f, c) => textos[f]?.[c] ?? '' })
    expect(halladas).toEqual([
      { f: 0, c: 0 },
      { f: 1, c: 1 },
    ])
    expect([
      proxima(halladas, { f: 0, c: 0 }, false),
      proxima(halladas, { f: 1, c: 1 }, false),
      proxima(halladas, { f: 0, c: 0 }, true),
    ]).toEqual([1, 0, 1])
    expect([
      celdasCon(' ', { filas: () => 2, columnas: 2, texto: () => 'x' }),
      proxima([], { f: 0, c: 0 }, false),
    ]).toEqual([[], -1])
  })
})

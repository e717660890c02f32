import { describe, expect, it } from 'vitest'
import { lista, VOLUMEN, volumenDe } from './clases.ts'
import { HojaCaptura, sumasDe } from './hoja.ts'
import type { ColumnaCaptura, OpcionesCaptura } from './tipos.ts'

interface Fila {
  id: string
  dias: Record<string, string>
  firmados?: string[]
  titulo?: boolean
}

const dia = (n: number): ColumnaCaptura<Fila> => ({
  clave: `dia${n}`,
  titulo: String(n),
  ancho: 70,
  clase: VOLUMEN,
  valor: (fila) => volumenDe(fila.dias[`dia${n}`]),
})
const CODIGO: ColumnaCaptura<Fila> = { clave: 'codigo', titulo: 'Partida', ancho: 90, valor: ({ id }) => id }
const [D1, D2, D3] = [dia(1), dia(2), dia(3)]
const ESTATUS: ColumnaCaptura<Fila> = {
  clave: 'estatus',
  titulo: 'Estatus',
  ancho: 90,
  clase: lista([
    { valor: '17', texto: 'FIRMADO' },
    { valor: '18', texto: 'FALTA FIRMA PEMEX' },
  ]),
  valor: (fila) => fila.dias['estatus'] ?? '',
}
const OPCIONES: OpcionesCaptura<Fila> = {
  nombre: 'Prueba',
  columnas: [CODIGO, D1, D2, D3, ESTATUS],
  claveDe: ({ id }) => id,
  nombreDe: ({ id }) => id,
  esTitulo: ({ titulo }) => titulo === true,
  bloqueo: (fila, { clave }) => (fila.firmados?.includes(clave) ? { motivo: 'El día está firmado.' } : null),
}

function hojaCon(...filas: Fila[]) {
  const hoja = new HojaCaptura(OPCIONES)
  hoja.ponerFilas(filas, false)
  return { hoja, filas }
}

const unaFila = (): Fila => ({ id: 'A', dias: { dia1: '5.000000', dia2: '0.000000' } })

describe('the sheet behind the grid', () => {
  it('keeps what was typed apart from the server, and forgets it when both say the same', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    hoja.escribir([{ fila: a, columna: D1, texto: '1,234.5' }])
    expect([hoja.valor(a, D1), hoja.texto(a, D1)]).toEqual(['1234.5', '1234.5'])
    expect(hoja.cambios()).toEqual([{ fila: a, clave: 'A', columna: 'dia1', anterior: '5', valor: '1234.5' }])
    hoja.escribir([{ fila: a, columna: D1, texto: '5.0' }])
    expect(hoja.hayEdiciones).toBe(false)
    // 0 and empty are the same value (settled §7).
    hoja.escribir([{ fila: a, columna: D2, texto: '0' }])
    expect(hoja.hayEdiciones).toBe(false)
  })

  it('a refused text stays as typed, does not count as a value and blocks nothing else', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    const resultado = hoja.escribir([
      { fila: a, columna: D1, texto: '12,5' },
      { fila: a, columna: D2, texto: '7' },
    ])
    expect(resultado.rechazadas).toBe(1)
    expect([hoja.texto(a, D1), hoja.valor(a, D1)]).toEqual(['12,5', '5'])
    expect(hoja.rechazos()).toMatchObject([
      { columna: 'dia1', texto: '12,5', motivo: expect.stringContaining('12,5') as string },
    ])
    expect(hoja.cambios()).toMatchObject([{ columna: 'dia2', valor: '7' }])
  })

  it('what is locked, titles and read-only columns are passed over and counted with their reason', () => {
    const a: Fila = { ...unaFila(), firmados: ['dia1'] }
    const t: Fila = { id: 'T', dias: {}, titulo: true }
    const { hoja } = hojaCon(a, t)
    const resultado = hoja.escribir([
      { fila: a, columna: D1, texto: '1' },
      { fila: t, columna: D2, texto: '1' },
      { fila: a, columna: CODIGO, texto: 'x' },
      { fila: a, columna: D3, texto: '1' },
    ])
    expect(resultado).toMatchObject({ saltadas: 3, motivoDeSalto: 'El día está firmado.' })
    expect(hoja.cambios().map(({ columna }) => columna)).toEqual(['dia3'])
  })

  it('a block is one step; undo and redo survive a save and a day signed meanwhile', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    hoja.escribir([
      { fila: a, columna: D1, texto: '1' },
      { fila: a, columna: D2, texto: '2' },
    ])
    hoja.escribir([{ fila: a, columna: D3, texto: '3' }])
    hoja.deshacer()
    hoja.deshacer()
    expect([hoja.hayEdiciones, hoja.puedeDeshacer, hoja.puedeRehacer, hoja.deshacer()]).toEqual([
      false,
      false,
      true,
      null,
    ])
    hoja.rehacer()
    expect(hoja.cambios().map(({ valor }) => valor)).toEqual(['1', '2'])
    // Saved: the server says now what was typed.
    const guardada: Fila = { id: 'A', dias: { dia1: '1', dia2: '2' } }
    hoja.ponerFilas([guardada], true)
    expect([hoja.hayEdiciones, hoja.ajena(guardada, D1)]).toEqual([false, null])
    hoja.deshacer()
    expect(hoja.cambios()).toMatchObject([
      { columna: 'dia1', anterior: '1', valor: '5' },
      { columna: 'dia2', anterior: '2', valor: '' },
    ])
    hoja.rehacer()
    hoja.ponerFilas([{ ...guardada, firmados: ['dia1'] }], true)
    expect(hoja.deshacer()).toMatchObject({ saltadas: 1, motivoDeSalto: 'El día está firmado.' })
  })

  it('a new step after undoing forgets what could be redone', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    hoja.escribir([{ fila: a, columna: D1, texto: '1' }])
    hoja.deshacer()
    hoja.escribir([{ fila: a, columna: D2, texto: '2' }])
    expect(hoja.rehacer()).toBeNull()
  })

  it('tells the cells that others changed, never the own ones', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    hoja.escribir([{ fila: a, columna: D1, texto: '9' }])
    const nueva: Fila = { id: 'A', dias: { dia1: '9', dia2: '4' } }
    hoja.ponerFilas([nueva], true)
    expect([hoja.ajena(nueva, D1), hoja.ajena(nueva, D2)]).toEqual([null, ''])
    hoja.ponerFilas([nueva], true)
    expect(hoja.ajena(nueva, D2)).toBeNull()
  })

  it('what was typed survives new data, and a draft comes back where it still can', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    hoja.escribir([
      { fila: a, columna: D1, texto: '8' },
      { fila: a, columna: D3, texto: 'abc' },
    ])
    hoja.ponerFilas([unaFila()], false)
    expect(hoja.cambios()).toHaveLength(1)
    const borrador = hoja.paraBorrador()
    const otra = hojaCon({ ...unaFila(), firmados: ['dia1'] }).hoja
    expect(borrador).toMatchObject([
      { clave: 'A', columna: 'dia1', texto: '8', anterior: '5' },
      { columna: 'dia3', texto: 'abc', anterior: '' },
    ])
    const { resultado, perdidas } = otra.recuperar([...borrador, { clave: 'Z', columna: 'dia1', texto: '1' }])
    expect(resultado.rechazadas).toBe(1)
    expect(perdidas).toMatchObject([
      { columna: 'dia1', texto: '8', motivo: 'El día está firmado.' },
      { clave: 'Z', motivo: 'Ya no está en la rejilla.' },
    ])
    expect(otra.rechazos()).toMatchObject([{ texto: 'abc' }])
  })

  it('the server refuses a cell: its text stays, with the reason, until it is typed again', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    hoja.escribir([{ fila: a, columna: D1, texto: '8' }])
    hoja.rechazar('A', 'dia1', 'El día se firmó mientras capturabas.')
    expect([hoja.motivo(a, D1), hoja.valor(a, D1)]).toEqual(['El día se firmó mientras capturabas.', '8'])
    hoja.escribir([{ fila: a, columna: D1, texto: '8.5' }])
    expect(hoja.motivo(a, D1)).toBeNull()
    hoja.descartar([{ clave: 'A', columna: 'dia1' }])
    expect(hoja.hayEdiciones).toBe(false)
  })

  it('a list reads its texts whatever the case and the accents, and refuses the others', () => {
    const a = unaFila()
    const { hoja } = hojaCon(a)
    hoja.escribir([{ fila: a, columna: ESTATUS, texto: ' falta  firma pémex' }])
    expect([hoja.valor(a, ESTATUS), hoja.texto(a, ESTATUS)]).toEqual(['18', 'FALTA FIRMA PEMEX'])
    expect(hoja.escribir([{ fila: a, columna: ESTATUS, texto: 'LISTO' }]).rechazadas).toBe(1)
  })

  it('sums what is selected to the last millionth, with what was typed', () => {
    const a: Fila = { id: 'A', dias: { dia1: '0.1', dia2: '0.2' } }
    const { hoja } = hojaCon(a)
    hoja.escribir([{ fila: a, columna: D3, texto: '0.000001' }])
    const celdas = [D1, D2, D3, CODIGO].map((columna) => ({ fila: a, columna }))
    expect(sumasDe(hoja, celdas)).toEqual({ celdas: 4, llenas: 4, numeros: 3, suma: 300_001n })
  })
})

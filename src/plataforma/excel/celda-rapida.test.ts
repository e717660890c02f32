import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { libroDePrueba } from '../../../tests/apoyo/libro.ts'
import { abrirLibro, LIMITES_LIBRO, type FilaLeida } from './leer.ts'

const TEXTOS = ['uno', ' ', 'tres']

async function leer(celdas: readonly string[]): Promise<FilaLeida[]> {
  const filas: FilaLeida[] = []
  const libro = await abrirLibro(
    libroDePrueba({ hojas: [{ filas: [TEXTOS, [{ xml: celdas.join('') }]] }, { filas: [[1]] }] }),
  )
  await libro.leerFilas(libro.hojas[0] ?? expect.fail(), (fila) => {
    filas.push(fila)
    return undefined
  })
  libro.cerrar()
  return filas.slice(1)
}

/** The same cell with quotes that the quick way does not read. */
const larga = (celda: string): string => celda.replace(/ (\w)="([^"]*)"/g, " $1='$2'")

const numeros = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(fc.nat(), fc.stringMatching(/^\d{0,12}$/)).map(([n, f]) => (f === '' ? String(n) : `${String(n)}.${f}`)),
  fc.constantFrom('0', '00', '007', '0.10', '.5', '5.', '-3', '+4', '1e3', '1E-7', '999999999999999', '46086', 'x', ''),
)
const interior = fc.oneof(
  numeros.map((n) => `<v>${n}</v>`),
  numeros.map((n) => `<f>A1*2</f><v>${n}</v>`),
  fc.constantFrom('<f>A1</f>', '', '<v/>', '<f t="shared" si="0"/><v>4</v>', '<f>"a&gt;b"</f><v>1</v>'),
)
const celdas = fc
  .tuple(fc.constantFrom('', ' s="0"', ' s="1"', ' s="4"', ' s="99"'), fc.constantFrom('', ' t="n"'), interior)
  .map(
    ([estilo, tipo, dentro]) =>
      (r: string) =>
        `<c r="${r}"${estilo}${tipo}>${dentro}</c>`,
  )
const compartidas = fc.tuple(fc.constantFrom('', ' s="2"'), fc.nat(2)).map(
  ([estilo, n]) =>
    (r: string) =>
      `<c r="${r}"${estilo} t="s"><v>${String(n)}</v></c>`,
)
const vacias = fc.constant((r: string) => `<c r="${r}" s="3"/>`)

describe('the quick way of reading a cell', () => {
  it('reads what the long way reads', async () => {
    const filas = fc.array(fc.oneof(celdas, compartidas, vacias), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(filas, async (generadas) => {
        const escritas = generadas.map((celda, i) => celda(`${String.fromCharCode(65 + i)}2`))
        expect(await leer(escritas)).toEqual(await leer(escritas.map(larga)))
      }),
      { numRuns: 150 },
    )
  })

  it('tells the plain numbers apart, without losing a digit, and leaves the others in their row', async () => {
    const numeros: string[] = []
    const filas: FilaLeida[] = []
    const libro = await abrirLibro(
      libroDePrueba({
        hojas: [
          {
            filas: [
              [
                1.5,
                { crudo: '0.000001' },
                { crudo: '-2' },
                { crudo: '6907712.1699999999' },
                { serie: 46_086 },
                'texto',
              ],
              [null, { crudo: '999999999.99999' }],
            ],
          },
        ],
      }),
    )
    await libro.leerFilas(
      libro.hojas[0] ?? expect.fail(),
      (fila) => {
        filas.push(fila)
        return undefined
      },
      (columna, mantisa, decimales) => {
        numeros.push(`${String(columna)}: ${String(mantisa)}e-${String(decimales)}`)
        return true
      },
    )
    libro.cerrar()
    expect(numeros).toEqual(['1: 15e-1', '2: 1e-6', '2: 99999999999999e-5'])
    expect(filas.map(({ numero, celdas: leidas }) => [numero, [...leidas.keys()]])).toEqual([
      [1, [3, 4, 5, 6]],
      [2, []],
    ])
  })

  it('refuses more columns with data than it may hold, and lets pass the ones that only have a style', async () => {
    const abrir = (xml: string) =>
      abrirLibro(libroDePrueba({ hojas: [{ filas: [['a'], [{ xml }]] }] }), { ...LIMITES_LIBRO, columnas: 1000 })
    const leerTodo = async (xml: string) => {
      const libro = await abrir(xml)
      await libro.leerFilas(libro.hojas[0] ?? expect.fail(), () => undefined)
    }
    await expect(leerTodo('<c r="XFD2" s="1"/>')).resolves.toBeUndefined()
    await expect(leerTodo('<c r="ALM2"><v>1</v></c>')).rejects.toThrow('La hoja tiene más de 1,000 columnas con datos')
    await expect(leerTodo("<c r='ALM2'><v>1</v></c>")).rejects.toThrow('La hoja tiene más de 1,000 columnas con datos')
    await expect(leerTodo('<c r="XFE2"><v>1</v></c>')).rejects.toThrow('dañado')
  })
})

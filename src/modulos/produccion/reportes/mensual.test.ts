import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sabanaDePrueba, seccionDePrueba, type ConceptoDePrueba } from '../../../../tests/apoyo/sabana.ts'
import { dinero, type Dinero } from '../../../comun/dinero.ts'
import { aMicras, textoFijo } from '../../../comun/volumenes.ts'
import { escribirCsv } from '../../../plataforma/excel/csv.ts'
import { svgDeGrafica } from '../../../plataforma/grafica.ts'
import { dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { opcionesDeAvance } from './grafica.contrato.ts'
import { hojaDeSabana, hojasDelMensual } from './mensual.excel.ts'
import { documentoMensual } from './mensual.pdf.ts'
import { cifra, cifraCorta } from '../../../plataforma/pdf/piezas.ts'
import { conceptosDe, serieDelMes, totalesPorTipo } from './reportes.reglas.ts'
import type { ReporteMensual } from './reportes.tipos.ts'

const reporte = (conceptos: readonly ConceptoDePrueba[], cambios: Partial<ReporteMensual> = {}): ReporteMensual => ({
  clase: 'ot',
  sujeto: 'OT-101',
  mes: 2,
  anio: 2026,
  secciones: [seccionDePrueba(sabanaDePrueba(conceptos))],
  generado: new Date('2026-03-02T18:00:00Z'),
  usuario: 'Ana',
  ...cambios,
})

const P1: ConceptoDePrueba = {
  codigo: '2.1.',
  tope: '100',
  mn: '1000',
  usd: '50',
  te: { 12: '35', 13: '20' },
  cma: { 12: '10' },
  programado: { 12: '50' },
}

const volumen = fc.bigInt({ min: 1n, max: 999_999_999_999_999n }).map(textoFijo)
const dias = fc.dictionary(fc.integer({ min: 1, max: 28 }).map(String), volumen, { maxKeys: 6 })
const concepto: fc.Arbitrary<ConceptoDePrueba> = fc
  .record({ te: dias, cma: dias, programado: dias, codigo: fc.constantFrom('2.1.', '2.10.', '3.5') })
  .map((leido) => ({ ...leido, mn: '1125.5', usd: '3' }))

describe('monthly report', () => {
  it('property: TE and CMA of a row are its accumulated, and every volume with something is written whole in the document', () => {
    fc.assert(
      fc.property(fc.array(concepto, { minLength: 1, maxLength: 4 }), (conceptos) => {
        const uno = reporte(conceptos)
        const escrito = JSON.stringify(documentoMensual(uno))
        for (const fila of conceptosDe(uno.secciones[0]?.sabana ?? sabanaDePrueba([]))) {
          const { te, cma } = totalesPorTipo(fila)
          expect(aMicras(te) + aMicras(cma)).toBe(aMicras(fila.acumulado_mes))
          if (aMicras(fila.acumulado_mes) > 0n) expect(escrito).toContain(`"${cifra(fila.acumulado_mes)}"`)
        }
        for (const { te = {}, cma = {} } of conceptos)
          for (const suyo of [...Object.values(te), ...Object.values(cma)])
            expect(escrito).toContain(`"${cifraCorta(suyo)}"`)
      }),
      { numRuns: 40 },
    )
  })

  it('property: the day sheet adds up to the partidas sheet, with decimals and not floats', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(concepto, { minLength: 1, maxLength: 3 }), async (conceptos) => {
        const [, , partidas, diario] = hojasDelMensual(reporte(conceptos))
        if (!partidas || !diario) throw new Error('The workbook has four sheets')
        const sumar = async (
          filas: typeof partidas.filas,
          columna: number,
          solo: (fila: readonly unknown[]) => boolean,
        ) => {
          let total = dinero(0)
          for await (const fila of filas) if (solo(fila)) total = total.plus((fila[columna] as Dinero | null) ?? 0)
          return total.toFixed(6)
        }
        const totalDiario = diario.columnas.length - 1
        const delMes = partidas.columnas.findIndex(({ titulo }) => titulo === 'Total del mes')
        expect(await sumar(diario.filas, totalDiario, (fila) => fila[6] !== 'Programado')).toBe(
          await sumar(partidas.filas, delMes, () => true),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('partidas without movement are counted, not listed; an excedente is said with a word', () => {
    const escrito = JSON.stringify(
      documentoMensual(
        reporte([
          { ...P1, excedente: [13] },
          { codigo: '2.2.', concepto: 'CALLADA', tope: '5' },
        ]),
      ),
    )
    expect(escrito).toContain('Una partida sin producción ni programa en el mes no se lista')
    expect(escrito).not.toContain('CALLADA')
    expect(escrito).toContain('EXCEDENTE')
  })

  it('draws the guards with their name over their days, and the same bytes each time', async () => {
    const A = { id: 1, nombre: 'Ana María', color: '#0b6384' }
    const B = { id: 2, nombre: 'Beto', color: '#fad91f' }
    const guardias = [
      { superintendente: B, inicio: 1, fin: 1 },
      { superintendente: A, inicio: 2, fin: 28 },
    ]
    const conGuardias = (): ReporteMensual =>
      reporte([P1], { secciones: [seccionDePrueba(sabanaDePrueba([P1]), { guardias })] })
    const documento = documentoMensual(conGuardias())
    expect(JSON.stringify(documento)).toContain('"text":"Ana María"')
    const bytes = await dibujarPdf(documento)
    expect(bytes.equals(await dibujarPdf(documentoMensual(conGuardias())))).toBe(true)
  })

  it('a month without OTs, an OT without partidas and the longest volumes are drawn too', async () => {
    const largo = '999999999.123456'
    const casos = [
      reporte([], { secciones: [] }),
      reporte([]),
      reporte([{ codigo: '9.9.', te: { 1: largo, 28: largo }, cma: { 15: largo }, mn: '99999.9999', tope: largo }]),
      reporte([P1], { clase: 'sitio', secciones: [1, 2].map(() => seccionDePrueba(sabanaDePrueba([P1]))) }),
    ]
    for (const caso of casos) expect((await dibujarPdf(documentoMensual(caso))).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

describe('sábana as a file', () => {
  it('a text that a sheet would take for a formula is text', async () => {
    const salida = new PassThrough()
    const leido = text(salida)
    const sabana = sabanaDePrueba([{ ...P1, codigo: '=1+1', concepto: '@SUMA(A1)' }])
    await escribirCsv(salida, hojaDeSabana({ sabana }, 2026, 2))
    const [, , fila = ''] = (await leido).split('\r\n')
    expect(fila.startsWith("'=1+1,'@SUMA(A1),C-2,M,100,")).toBe(true)
  })
})

describe('chart', () => {
  it('programmed and produced in pesos, day by day and accumulated, exact', () => {
    const serie = serieDelMes(sabanaDePrueba([P1]), 28, 'mn')
    expect([serie.periodos.length, serie.programado[11], serie.producido[11], serie.producidoAcumulado[27]]).toEqual([
      28,
      '50000.00',
      '45000.00',
      '65000.00',
    ])
  })

  it('is drawn with the same text each time, whatever was drawn before', () => {
    const opciones = opcionesDeAvance(serieDelMes(sabanaDePrueba([P1]), 28, 'mn'))
    const uno = svgDeGrafica(opciones, 720, 200)
    expect(uno).toContain('Producido acumulado')
    expect(svgDeGrafica(opciones, 720, 200)).toBe(uno)
    expect(JSON.stringify(opciones)).not.toContain('function')
  })
})

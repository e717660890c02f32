import { createWriteStream } from 'node:fs'
import { aDdMmAaaa, fechaIso, sumarDias } from '../../src/comun/fechas.ts'
import { type ColumnaExcel, escribirLibro, type ValorExcel } from '../../src/plataforma/excel/escribir.ts'

/** The goal of the issue: partidas of an Anexo C and days of its programme. */
export const ANEXO_GRANDE = { partidas: 20_000, dias: 365 }

const INICIO = fechaIso('2026-01-01')
const texto = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'texto' })
const decimal = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'decimal' })

/** What the partida of a place is: the same in the workbook and in the catalogue it is checked against. */
export function conceptoDePrueba(i: number): { anexo: string; codigo: string; descripcion: string; precio: string } {
  return {
    anexo: `C-${String(2 + (i % 6))}`,
    codigo: `${String(2 + (i % 6))}.${String(i)}.`,
    descripcion:
      `SUMINISTRO E INSTALACIÓN DE TUBERÍA DE ACERO AL CARBÓN, CÉDULA ${String(i)}, INCLUYE: MANO DE OBRA, EQUIPO Y HERRAMIENTA. `
        .repeat(2)
        .trim(),
    precio: `${String(100 + (i % 9000))}.25`,
  }
}

/** An Anexo C with all its days programmed: 7.4 million cells when it is the great one. */
export async function escribirAnexo(ruta: string, { partidas, dias }: typeof ANEXO_GRANDE): Promise<void> {
  const columnas = [
    ...['ANEXO', 'PARTIDA', 'CONCEPTO', 'UNIDAD'].map(texto),
    ...['VOLUMEN PTE', 'P.U. M.N.', 'P.U. USD'].map(decimal),
    ...Array.from({ length: dias }, (_, i) => decimal(aDdMmAaaa(sumarDias(INICIO, i)))),
  ]
  await escribirLibro(createWriteStream(ruta), { hoja: 'ANEXO C', columnas, filas: filas(partidas, dias) })
}

function* filas(partidas: number, dias: number): Generator<ValorExcel[]> {
  for (let i = 0; i < partidas; i += 1) {
    const { anexo, codigo, descripcion, precio } = conceptoDePrueba(i)
    // Hundredths, so that the volume of the partida is exactly the sum of its days.
    const centesimas = Array.from({ length: dias }, (_, d) => 1 + ((i * 31 + d * 17) % 4000))
    const volumen = centesimas.reduce((suma, uno) => suma + uno, 0)
    yield [anexo, codigo, descripcion, 'M', volumen / 100, precio, 0, ...centesimas.map((uno) => uno / 100)]
  }
}

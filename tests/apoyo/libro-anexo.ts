/** Workbooks of an Anexo C and the catalogue of anexo-c.md §11, for the tests of their reading. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { escribirErrores, leerAnexoEnOtroHilo } from '../../src/modulos/anexo/lectura/index.ts'
import type { AnexoLeido, CatalogoDeAnexo, ConceptoDeCatalogo } from '../../src/modulos/anexo/lectura/lectura.tipos.ts'
import { libroDePrueba, type CeldaDePrueba, type HojaDePrueba, type LibroDePrueba } from './libro.ts'

const unidad = (id: number, clave: string, descripcion: string) => ({ id, clave, descripcion })
export const UNIDADES = [
  unidad(1, 'M', 'METRO LINEAL'),
  unidad(2, 'TON', 'TONELADA'),
  unidad(3, 'JORNADA', 'JORNADA'),
  unidad(4, 'SERVICIO', 'SERVICIO'),
  unidad(5, 'M2/DÍA', 'METRO CUADRADO POR DÍA'),
  unidad(6, 'LOTE', 'TON'),
]

export const concepto = (
  id: number,
  datos: Partial<ConceptoDeCatalogo> & Pick<ConceptoDeCatalogo, 'descripcion' | 'idUnidad'>,
): ConceptoDeCatalogo => ({
  id,
  ordinaria: null,
  extraordinaria: null,
  precioMn: '0.00',
  precioUsd: '0.00',
  anexo: null,
  ...datos,
})

/** Concepts X, Y, Z, Z2 and W of §11. */
export const CONCEPTOS = [
  concepto(1, { ordinaria: '2.1.', descripcion: 'TUBO DE ACERO', idUnidad: 1, precioMn: '118.25', anexo: 'C-2' }),
  concepto(2, { ordinaria: '3.5.', descripcion: 'ESTRUCTURA', idUnidad: 2, anexo: 'C-3' }),
  concepto(3, { ordinaria: '4.7.', descripcion: 'OPERARIO (SOLDADOR)', idUnidad: 3, precioMn: '50.00', anexo: 'C-4' }),
  concepto(4, { ordinaria: '4.7.', descripcion: 'OPERARIO (TUBERO)', idUnidad: 3, precioMn: '50.00', anexo: 'C-4' }),
  concepto(5, { extraordinaria: 'C3EXT-1538.1', descripcion: 'SERVICIO W', idUnidad: 4, precioUsd: '20.25' }),
]

export const CATALOGO: CatalogoDeAnexo = {
  unidades: UNIDADES,
  conceptos: CONCEPTOS,
  vigencia: { inicio: null, termino: null },
}

/** The header everybody writes. */
export const TITULOS: readonly CeldaDePrueba[] = [
  'ANEXO',
  'PARTIDA',
  'CONCEPTO',
  'UNIDAD',
  'VOLUMEN PTE',
  'P.U. M.N.',
  'P.U. USD',
]

/** A right row of X, with another volume or more cells after its prices. */
export const filaX = (volumen: CeldaDePrueba = 10, ...dias: readonly CeldaDePrueba[]): readonly CeldaDePrueba[] => [
  'C-2',
  '2.1.',
  'TUBO DE ACERO',
  'M',
  volumen,
  118.25,
  0,
  ...dias,
]

/** A sheet named as an annex, header in its first row. */
export const hoja = (
  filas: readonly (readonly CeldaDePrueba[])[],
  titulos: readonly CeldaDePrueba[] = TITULOS,
): HojaDePrueba => ({ nombre: 'ANEXO C', filas: [titulos, ...filas] })

async function enArchivo<T>(bytes: Buffer, hacer: (ruta: string) => Promise<T>): Promise<T> {
  const carpeta = await mkdtemp(join(tmpdir(), 'anexo-'))
  try {
    const ruta = join(carpeta, 'anexo.xlsx')
    await writeFile(ruta, bytes)
    return await hacer(ruta)
  } finally {
    await rm(carpeta, { recursive: true, force: true })
  }
}

/** Reads a workbook made of those sheets (or those bytes). */
export function leer(
  libro: readonly HojaDePrueba[] | LibroDePrueba | Buffer,
  catalogo: CatalogoDeAnexo = CATALOGO,
): Promise<AnexoLeido> {
  return enArchivo(bytesDe(libro), (ruta) => leerAnexoEnOtroHilo(ruta, catalogo))
}

/** The error workbook of those sheets. */
export function errores(
  libro: readonly HojaDePrueba[] | LibroDePrueba,
  catalogo: CatalogoDeAnexo = CATALOGO,
): Promise<Buffer> {
  const trozos: Buffer[] = []
  const salida = new Writable({
    write(trozo: Buffer, _codificacion, listo) {
      trozos.push(trozo)
      listo()
    },
  })
  return enArchivo(bytesDe(libro), async (ruta) => {
    await escribirErrores(salida, ruta, catalogo)
    return Buffer.concat(trozos)
  })
}

function bytesDe(libro: readonly HojaDePrueba[] | LibroDePrueba | Buffer): Buffer {
  if (Buffer.isBuffer(libro)) return libro
  return libroDePrueba('hojas' in libro ? libro : { hojas: libro })
}

/** The programme of each partida: day → volume, as text. */
export function programaDe(leido: AnexoLeido): Record<string, Record<string, string>> {
  const programa: Record<string, Record<string, string>> = {}
  for (const bloque of leido.programa) {
    for (const [indice, mes, lista] of JSON.parse(bloque) as [number, string, string][]) {
      const partida = leido.partidas[indice]
      const dias = (programa[`${partida?.codigo ?? ''} ${partida?.descripcion ?? ''}`] ??= {})
      for (const [i, volumen] of lista.slice(1, -1).split(',').entries())
        if (volumen !== '0') dias[`${mes.slice(0, 8)}${String(i + 1).padStart(2, '0')}`] = volumen
    }
  }
  return programa
}

/** What is said of the cells, shortly: `E12: sentence`. */
export const dichos = (problemas: AnexoLeido['errores']): string[] =>
  problemas.map(({ celda, mensaje }) => `${celda}: ${mensaje}`)

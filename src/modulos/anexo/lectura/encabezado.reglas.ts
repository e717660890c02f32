/** The table of an Anexo C: which sheet, which row, which column is what (anexo-c.md §4.2, §4.5 and §5.2). Pure. */
import type { FechaIso } from '../../../comun/fechas.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { limpiar } from '../../../comun/texto.ts'
import { direccion } from '../../../plataforma/excel/celda.reglas.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { FilaLeida, HojaDeLibro } from '../../../plataforma/excel/leer.ts'
import { mostrar } from '../../../plataforma/excel/valores.reglas.ts'
import { limpio } from '../../../plataforma/excel/textos.reglas.ts'
import { leerDia, pareceDia } from '../../../plataforma/excel/dias.reglas.ts'
import type { ColumnaAnexo, ColumnaLeida } from './lectura.tipos.ts'

/** First rows of each sheet where the header may be. */
export const FILAS_DE_BUSQUEDA = 100

/** How each column may be written, without spaces, and how people are told of it. */
const ESCRITURAS: Readonly<Record<ColumnaAnexo, readonly string[]>> = {
  anexo: ['ANEXO'],
  partida: ['PARTIDA'],
  concepto: ['CONCEPTO'],
  unidad: ['UNIDAD'],
  volumen: ['VOLUMENPTE'],
  precio_mn: ['P.U.M.N.', 'P.U.MN'],
  precio_usd: ['P.U.USD', 'P.U.U.S.D.'],
  ok: ['OK'],
}
export const NOMBRE_DE_COLUMNA: Readonly<Record<ColumnaAnexo, string>> = {
  anexo: 'ANEXO',
  partida: 'PARTIDA',
  concepto: 'CONCEPTO',
  unidad: 'UNIDAD',
  volumen: 'VOLUMEN PTE',
  precio_mn: 'P.U. M.N.',
  precio_usd: 'P.U. USD',
  ok: 'OK',
}
const POR_ESCRITURA = new Map<string, ColumnaAnexo>(
  (Object.keys(ESCRITURAS) as ColumnaAnexo[]).flatMap((columna) =>
    ESCRITURAS[columna].map((escrita) => [escrita, columna] as const),
  ),
)

/** What makes a row the header. */
const IDENTIFICAN: readonly ColumnaAnexo[] = ['partida', 'concepto', 'unidad', 'volumen', 'precio_mn']

/** What a header cell is compared by. */
export const claveDeTitulo = (texto: string): string => texto.replaceAll(' ', '')

/** The columns that a row names, each with its first place; and those it names again. */
export interface ComoEncabezado {
  readonly fila: number
  readonly columnas: ReadonlyMap<ColumnaAnexo, ColumnaLeida>
  readonly repetidas: readonly ColumnaLeida[]
  readonly faltan: readonly ColumnaAnexo[]
}

/** Reads a row as if it were the header. */
export function leerComoEncabezado({ numero, celdas }: FilaLeida): ComoEncabezado {
  const columnas = new Map<ColumnaAnexo, ColumnaLeida>()
  const repetidas: ColumnaLeida[] = []
  for (const [indice, celda] of [...celdas].sort(([a], [b]) => a - b)) {
    const columna = POR_ESCRITURA.get(claveDeTitulo(limpio(celda)))
    if (columna === undefined) continue
    const hallada = { columna, indice, titulo: limpiar(mostrar(celda)) }
    if (columnas.has(columna)) repetidas.push(hallada)
    else columnas.set(columna, hallada)
  }
  return { fila: numero, columnas, repetidas, faltan: IDENTIFICAN.filter((columna) => !columnas.has(columna)) }
}

/** Sheets in the order in which they are tried: those named as an annex first; the very hidden ones, never. */
export function hojasPorProbar(hojas: readonly HojaDeLibro[]): HojaDeLibro[] {
  const visibles = hojas.filter(({ muyOculta }) => !muyOculta)
  const nombrada = ({ nombre }: HojaDeLibro): boolean => /ANEXO C|RECURSOS PROGRAMADOS/.test(nombre.toUpperCase())
  return [...visibles.filter(nombrada), ...visibles.filter((hoja) => !nombrada(hoja))]
}

/** What was missing in a sheet, in its best row. */
export interface HojaDescartada {
  readonly hoja: string
  /** Null when its first rows are empty. */
  readonly faltan: readonly ColumnaAnexo[] | null
}

/** The sentence of a workbook without table: each sheet with what it lacks (§5.2.3). */
export function sinTabla(descartadas: readonly HojaDescartada[]): string {
  const razones = descartadas.map(({ hoja, faltan }) =>
    faltan === null || faltan.length === IDENTIFICAN.length
      ? `«${hoja}»: no tiene ninguna de las columnas`
      : `«${hoja}»: ${faltan.length === 1 ? 'falta' : 'faltan'} ${enumerar(faltan.map((una) => NOMBRE_DE_COLUMNA[una]))}`,
  )
  const buscadas = enumerar(IDENTIFICAN.map((una) => NOMBRE_DE_COLUMNA[una]))
  const cuales = razones.length === 0 ? 'El libro no tiene hojas que se puedan leer' : razones.join('; ')
  return `El libro no tiene una tabla de Anexo C válida: ninguna hoja tiene ${buscadas} en una misma fila de las primeras ${String(FILAS_DE_BUSQUEDA)}. ${cuales}.`
}

export const sinAnexo = (hoja: string, fila: number): string =>
  `En la hoja «${hoja}» falta la columna ANEXO en los encabezados de la fila ${String(fila)}.`

const enumerar = (lista: readonly string[]): string =>
  lista.length < 2 ? lista.join('') : `${lista.slice(0, -1).join(', ')} y ${lista.at(-1) ?? ''}`

/** A column of the programme. */
export interface ColumnaDeDia {
  readonly indice: number
  readonly fecha: FechaIso
  readonly titulo: string
}

/** The columns of days of a header, by place, and what is odd in it. */
export interface DiasDeEncabezado {
  readonly columnas: readonly ColumnaDeDia[]
  readonly advertencias: readonly Problema[]
}

/** Finds the columns of days: bare numbers only right of the mandatory columns. */
export function leerDias(
  hoja: string,
  { numero, celdas }: FilaLeida,
  fijas: readonly ColumnaLeida[],
  es1904: boolean,
): DiasDeEncabezado {
  const tomadas = new Set(fijas.map(({ indice }) => indice))
  const obligatorias = fijas.filter(({ columna }) => columna !== 'ok' && columna !== 'precio_usd')
  const ultima = Math.max(...obligatorias.map(({ indice }) => indice))
  const columnas: ColumnaDeDia[] = []
  const advertencias: Problema[] = []
  const primera = new Map<FechaIso, number>()
  const avisar = (indice: number, titulo: string, mensaje: string): void => {
    advertencias.push({
      hoja,
      fila: numero,
      columna: titulo,
      celda: direccion(numero, indice),
      valor: titulo,
      mensaje,
    })
  }
  for (const [indice, celda] of [...celdas].sort(([a], [b]) => a - b)) {
    if (tomadas.has(indice)) continue
    const titulo = limpiar(mostrar(celda))
    const fecha = leerDia(celda, es1904, indice > ultima)
    if (fecha === null) {
      if (pareceDia(celda))
        avisar(
          indice,
          titulo,
          `El encabezado ${direccion(numero, indice)} dice "${titulo}" y no es un día del calendario de este siglo: su columna no se leyó.`,
        )
      continue
    }
    columnas.push({ indice, fecha, titulo: aDdMmAaaa(fecha) })
    const previa = primera.get(fecha)
    if (previa === undefined) primera.set(fecha, indice)
    else
      avisar(
        indice,
        titulo,
        `El día ${aDdMmAaaa(fecha)} está en ${direccion(numero, previa)} y ${direccion(numero, indice)}: sus volúmenes se sumaron.`,
      )
  }
  return { columnas, advertencias }
}

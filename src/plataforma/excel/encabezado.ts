/** The sheets of an open workbook that have the columns that are looked for. */
import { DatosInvalidos } from '../../comun/errores.ts'
import {
  FILAS_DE_BUSQUEDA,
  leerComoEncabezado,
  type CandidataEncabezado,
  type ColumnasBuscadas,
} from './encabezado.reglas.ts'
import type { HojaDeLibro, LibroAbierto } from './leer.ts'

/** A sheet and the row of it that is, or is nearest to being, the header. */
export interface HojaCandidata<C extends string = string> {
  readonly hoja: HojaDeLibro
  readonly candidata: CandidataEncabezado<C>
}

const faltanEn = <C extends string>(candidata: CandidataEncabezado<C>, obligatorias: readonly C[]): C[] =>
  obligatorias.filter((columna) => !candidata.columnas.has(columna))

/** Sheets in the order in which they are tried: visible ones before hidden ones. */
export const visiblesPrimero = (hojas: readonly HojaDeLibro[]): HojaDeLibro[] =>
  [...hojas].sort((a, b) => Number(a.oculta) - Number(b.oculta))

/**
 * The first sheet with all the columns, visible ones before hidden ones.
 * @param ejemplo how the sentence names the columns when no sheet has any.
 * @throws DatosInvalidos when there is none, naming what the best one lacks, or when it has a column twice.
 */
export async function buscarEncabezado<C extends string>(
  libro: LibroAbierto,
  buscadas: ColumnasBuscadas<C>,
  ejemplo: string,
): Promise<HojaCandidata<C>> {
  let mejor: HojaCandidata<C> | null = null
  for (const hoja of visiblesPrimero(libro.hojas)) {
    const candidata = await mejorFila(libro, hoja, buscadas)
    if (candidata === null) continue
    if (faltanEn(candidata, buscadas.obligatorias).length === 0) {
      exigirSinRepetir(hoja, candidata)
      return { hoja, candidata }
    }
    if (mejor === null || candidata.columnas.size > mejor.candidata.columnas.size) mejor = { hoja, candidata }
  }
  if (mejor === null || mejor.candidata.columnas.size === 0) throw sinEncabezados(ejemplo)
  exigirColumnas(mejor.hoja, mejor.candidata, faltanEn(mejor.candidata, buscadas.obligatorias))
  return mejor
}

/** The refusal of a workbook where none of the columns was found. */
export const sinEncabezados = (ejemplo: string): DatosInvalidos =>
  new DatosInvalidos(
    `No se encontraron los encabezados en las primeras ${String(FILAS_DE_BUSQUEDA)} filas de ninguna hoja. Hacen falta las columnas ${ejemplo}.`,
  )

/** The row of the first fifty that names most of the columns it must; stops at the first that names them all. */
export async function mejorFila<C extends string>(
  libro: LibroAbierto,
  hoja: HojaDeLibro,
  { porTitulo, obligatorias }: ColumnasBuscadas<C>,
): Promise<CandidataEncabezado<C> | null> {
  const halladas: CandidataEncabezado<C>[] = []
  await libro.leerFilas(hoja, (fila) => {
    if (fila.numero > FILAS_DE_BUSQUEDA) return false
    const candidata = leerComoEncabezado(fila, porTitulo)
    halladas.push(candidata)
    return faltanEn(candidata, obligatorias).length === 0 ? false : undefined
  })
  return halladas.reduce<CandidataEncabezado<C> | null>(
    (mejor, una) =>
      mejor === null || faltanEn(una, obligatorias).length < faltanEn(mejor, obligatorias).length ? una : mejor,
    null,
  )
}

/** @throws DatosInvalidos that names the missing columns and the titles that were found. */
export function exigirColumnas<C extends string>(
  hoja: HojaDeLibro,
  candidata: CandidataEncabezado<C>,
  faltan: readonly C[],
): void {
  if (faltan.length === 0) return
  const cuales = faltan.length === 1 ? `la columna ${faltan.join('')}` : `las columnas ${faltan.join(', ')}`
  const halladas = candidata.titulos.slice(0, 40).join(', ')
  throw new DatosInvalidos(
    `En la hoja «${hoja.nombre}» ${faltan.length === 1 ? 'falta' : 'faltan'} ${cuales}. En la fila ${String(candidata.fila)} se encontraron: ${halladas}.`,
  )
}

/** @throws DatosInvalidos when a column is there twice: nobody knows which of both is meant. */
export function exigirSinRepetir(hoja: HojaDeLibro, { repetidas }: CandidataEncabezado): void {
  if (repetidas.length === 0) return
  throw new DatosInvalidos(
    `En la hoja «${hoja.nombre}» hay columnas repetidas: ${repetidas.join(', ')}. Deja una sola de cada una.`,
  )
}

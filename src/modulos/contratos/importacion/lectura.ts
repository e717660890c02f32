/** A workbook of prices being read outside the main thread. */
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'
import { trabajarAparte } from '../../../plataforma/hilo.ts'
import { leerLibroDePrecios, type LibroLeido } from './precios.excel.ts'
import type { Encargo } from './precios.trabajador.ts'

/**
 * Reads a workbook in a thread of its own.
 * @throws DatosInvalidos as `leerLibroDePrecios`.
 */
export async function leerAparte(ruta: string, limites: LimitesLibro): Promise<LibroLeido> {
  const encargo: Encargo = { ruta, limites }
  const entrada = new URL('./precios.trabajador.js', import.meta.url)
  return (await trabajarAparte(entrada, encargo, () => leerLibroDePrecios(ruta, limites))) as LibroLeido
}

/** A workbook being read outside the main thread. */
import { LIMITES_LIBRO } from '../../plataforma/excel/leer.ts'
import { trabajarAparte } from '../../plataforma/hilo.ts'
import type { FormatoDeLibro, LibroLeido } from './columnas.tipos.ts'
import type { Encargo } from './importacion.trabajador.ts'
import { leerLibro } from './lector.ts'

/**
 * Reads a workbook in a thread of its own.
 * @throws DatosInvalidos when it cannot be read, has not the columns or has no rows.
 */
export async function leerEnOtroHilo(ruta: string, formatos: readonly FormatoDeLibro[]): Promise<LibroLeido> {
  const encargo: Encargo = { ruta, formatos, limites: LIMITES_LIBRO }
  const entrada = new URL('./importacion.trabajador.js', import.meta.url)
  return (await trabajarAparte(entrada, encargo, () => leerLibro(ruta, formatos))) as LibroLeido
}

/** A workbook of prices being read outside the main thread. */
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'
import { abrirHilo } from '../../../plataforma/hilo.ts'
import { leerLibroDePrecios, type LibroLeido } from './precios.excel.ts'
import type { Encargo } from './precios.trabajador.ts'

/**
 * Reads a workbook in a thread of its own; in this one when the sources run without compiling (tests), where a thread
 * could not load them.
 * @throws DatosInvalidos as `leerLibroDePrecios`.
 */
export async function leerAparte(ruta: string, limites: LimitesLibro): Promise<LibroLeido> {
  if (import.meta.url.endsWith('.ts')) return leerLibroDePrecios(ruta, limites)
  const hilo = abrirHilo<Encargo>(
    new URL('./precios.trabajador.js', import.meta.url),
    'El libro necesita demasiada memoria para leerse. Divídelo en varios libros.',
  )
  try {
    return (await hilo.pedir({ ruta, limites })) as LibroLeido
  } finally {
    await hilo.cerrar()
  }
}

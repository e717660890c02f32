/** A workbook being read outside the main thread. */
import { LIMITES_LIBRO } from '../../plataforma/excel/leer.ts'
import { abrirHilo } from '../../plataforma/hilo.ts'
import type { FormatoDeLibro, LibroLeido } from './columnas.tipos.ts'
import type { Encargo } from './importacion.trabajador.ts'
import { leerLibro } from './lector.ts'

/**
 * Reads a workbook in a thread of its own; in this one when the sources run without compiling (tests), where a thread
 * could not load them.
 * @throws DatosInvalidos when it cannot be read, has not the columns or has no rows.
 */
export async function leerEnOtroHilo(ruta: string, formatos: readonly FormatoDeLibro[]): Promise<LibroLeido> {
  if (import.meta.url.endsWith('.ts')) return leerLibro(ruta, formatos)
  const hilo = abrirHilo<Encargo>(
    new URL('./importacion.trabajador.js', import.meta.url),
    'El libro necesita demasiada memoria para leerse. Divídelo en varios libros.',
  )
  try {
    return (await hilo.pedir({ ruta, formatos, limites: LIMITES_LIBRO })) as LibroLeido
  } finally {
    await hilo.cerrar()
  }
}

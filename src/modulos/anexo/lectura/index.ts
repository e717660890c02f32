/** Reading the workbook of an Anexo C in a thread of its own, and giving it back with its errors (anexo-c.md §4 and §5). */
import type { Writable } from 'node:stream'
import { DatosInvalidos } from '../../../comun/errores.ts'
import { trabajarAparte } from '../../../plataforma/hilo.ts'
import { atenderLectura, type EncargoDeLectura } from './encargos.ts'
import { escribirRechazadas, type FilasRechazadas } from './errores.excel.ts'
import type { AnexoLeido, CatalogoDeAnexo } from './lectura.tipos.ts'

export { nombreDeErrores } from './errores.excel.ts'

/**
 * Reads a workbook and checks it against the catalogue.
 * @throws DatosInvalidos, an advertencia, when it cannot be read, has no valid table or has no row that counts.
 */
export async function leerAnexoEnOtroHilo(ruta: string, catalogo: CatalogoDeAnexo): Promise<AnexoLeido> {
  return (await pedir({ tarea: 'leer', ruta, catalogo })) as AnexoLeido
}

/** Writes the rows with errors as a workbook to be corrected. @throws DatosInvalidos like the reading. */
export async function escribirErrores(salida: Writable, ruta: string, catalogo: CatalogoDeAnexo): Promise<void> {
  await escribirRechazadas(salida, ruta, (await pedir({ tarea: 'rechazadas', ruta, catalogo })) as FilasRechazadas)
}

async function pedir(encargo: EncargoDeLectura): Promise<unknown> {
  try {
    return await trabajarAparte(new URL('./lectura.trabajador.js', import.meta.url), encargo, atenderLectura)
  } catch (error) {
    if (error instanceof DatosInvalidos) throw new DatosInvalidos(error.detalles, { tipoAviso: 'advertencia' })
    throw error
  }
}

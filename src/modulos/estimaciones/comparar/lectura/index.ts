import { trabajarAparte } from '../../../../plataforma/hilo.ts'
import { leerLibroDeVolumenes } from './lector.ts'
import type { EncargoDeVolumenes, LecturaDeVolumenes } from './lectura.tipos.ts'

/**
 * Reads a workbook of volumes in a thread of its own.
 * @throws DatosInvalidos when it cannot be read, has no table of volumes, or none of its volumes.
 */
export async function leerVolumenes(encargo: EncargoDeVolumenes): Promise<LecturaDeVolumenes> {
  const entrada = new URL('./volumenes.trabajador.js', import.meta.url)
  return (await trabajarAparte(entrada, encargo, leerLibroDeVolumenes)) as LecturaDeVolumenes
}

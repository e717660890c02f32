import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the project, the same from the sources and from dist/. */
export const RAIZ = buscarRaiz(dirname(fileURLToPath(import.meta.url)))

function buscarRaiz(carpeta: string): string {
  if (existsSync(join(carpeta, 'package.json'))) return carpeta
  const arriba = dirname(carpeta)
  if (arriba === carpeta) throw new Error('No se encontró package.json por encima del programa.')
  return buscarRaiz(arriba)
}

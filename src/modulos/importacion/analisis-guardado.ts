/**
 * The lists of an analysis that waits for a decision, beside its upload: one line of JSON per row, so that a page is read
 * without opening the rest. They go away with the upload.
 */
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'

const rutaDe = (subida: string, lista: string): string => `${subida}.${lista}`

/** Writes a list and says how many rows it has. */
export async function guardarLista(subida: string, lista: string, filas: Iterable<object>): Promise<number> {
  const salida = createWriteStream(rutaDe(subida, lista), { mode: 0o600 })
  let cuantas = 0
  for (const fila of filas) {
    cuantas += 1
    if (!salida.write(`${JSON.stringify(fila)}\n`)) await once(salida, 'drain')
  }
  salida.end()
  await once(salida, 'finish')
  return cuantas
}

/** A page of a list, in its order. */
export async function leerLista<F>(subida: string, lista: string, inicio: number, largo: number): Promise<F[]> {
  const pagina: F[] = []
  const entrada = createReadStream(rutaDe(subida, lista), 'utf8')
  let numero = 0
  for await (const renglon of createInterface({ input: entrada, crlfDelay: Infinity })) {
    if (numero >= inicio + largo) break
    if (numero >= inicio) pagina.push(JSON.parse(renglon) as F)
    numero += 1
  }
  entrada.destroy()
  return pagina
}

/** The upload and its lists; what is not there is not missed. */
export async function borrarSubida(subida: string, listas: readonly string[]): Promise<void> {
  await Promise.all([subida, ...listas.map((lista) => rutaDe(subida, lista))].map((ruta) => rm(ruta, { force: true })))
}

export async function existeSubida(subida: string): Promise<boolean> {
  return access(subida).then(
    () => true,
    () => false,
  )
}

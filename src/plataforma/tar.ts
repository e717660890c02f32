// The tar format (ustar), written and read as a stream: a backup can be looked into with the usual tools.
import { createReadStream } from 'node:fs'
import type { Readable, Writable } from 'node:stream'
import { once } from 'node:events'

const BLOQUE = 512

/** Writes entries one after the other, at the pace of the destination. */
export class EscritorTar {
  readonly #destino: Writable

  constructor(destino: Writable) {
    this.#destino = destino
  }

  async agregar(nombre: string, contenido: string | Buffer): Promise<void> {
    const datos = Buffer.from(contenido)
    await this.#escribir(encabezado(nombre, datos.length))
    await this.#escribir(datos)
    await this.#escribir(relleno(datos.length))
  }

  /** @throws Error when the file changes size meanwhile: the entry would be damaged */
  async agregarArchivo(nombre: string, ruta: string, tamano: number): Promise<void> {
    await this.#escribir(encabezado(nombre, tamano))
    let escritos = 0
    for await (const trozo of createReadStream(ruta) as AsyncIterable<Buffer>) {
      escritos += trozo.length
      await this.#escribir(trozo)
    }
    if (escritos !== tamano) throw new Error(`El archivo ${ruta} cambió mientras se respaldaba.`)
    await this.#escribir(relleno(tamano))
  }

  /** The end mark; closes the destination. */
  async terminar(): Promise<void> {
    this.#destino.end(Buffer.alloc(BLOQUE * 2))
    await Promise.resolve()
  }

  async #escribir(datos: Buffer): Promise<void> {
    if (datos.length > 0 && !this.#destino.write(datos)) await once(this.#destino, 'drain')
  }
}

/** One entry while reading; its content is taken once, before asking for the next. */
export interface EntradaTar {
  readonly nombre: string
  readonly tamano: number
  readonly contenido: () => Promise<Buffer>
  readonly trozos: () => AsyncGenerator<Buffer>
}

/** @throws Error when what arrives is not a tar or ends before its end mark */
export async function* leerTar(origen: Readable): AsyncGenerator<EntradaTar> {
  const lector = new Lector(origen)
  for (;;) {
    const cabeza = Buffer.concat(await reunir(lector.tomar(BLOQUE)))
    if (cabeza.every((byte) => byte === 0)) return
    const { nombre, tamano } = leerEncabezado(cabeza)
    let pendiente = tamano
    const trozos = async function* () {
      for await (const trozo of lector.tomar(pendiente)) {
        pendiente -= trozo.length
        yield trozo
      }
    }
    yield { nombre, tamano, trozos, contenido: async () => Buffer.concat(await reunir(trozos())) }
    await reunir(lector.tomar(pendiente + relleno(tamano).length))
  }
}

async function reunir(trozos: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const lista: Buffer[] = []
  for await (const trozo of trozos) lista.push(trozo)
  return lista
}

class Lector {
  readonly #origen: AsyncIterator<Buffer>
  #resto = Buffer.alloc(0)

  constructor(origen: Readable) {
    this.#origen = (origen as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  }

  async *tomar(cuantos: number): AsyncGenerator<Buffer> {
    let faltan = cuantos
    while (faltan > 0) {
      if (this.#resto.length === 0) {
        const siguiente = await this.#origen.next()
        if (siguiente.done === true) throw new Error('El archivo está incompleto.')
        this.#resto = siguiente.value as Buffer<ArrayBuffer>
      }
      const trozo = this.#resto.subarray(0, faltan)
      this.#resto = this.#resto.subarray(trozo.length)
      faltan -= trozo.length
      yield trozo
    }
  }
}

function encabezado(nombre: string, tamano: number): Buffer {
  const cabeza = Buffer.alloc(BLOQUE)
  if (Buffer.byteLength(nombre) > 100) throw new Error(`El nombre ${nombre} es demasiado largo para el respaldo.`)
  cabeza.write(nombre, 0)
  cabeza.write('0000600\0', 100) // mode
  cabeza.write('0000000\0', 108) // uid
  cabeza.write('0000000\0', 116) // gid
  cabeza.write(`${tamano.toString(8).padStart(11, '0')}\0`, 124)
  cabeza.write('00000000000\0', 136) // time
  cabeza.write('        ', 148) // checksum, counted as blanks
  cabeza.write('0', 156) // ordinary file
  cabeza.write('ustar\x0000', 257)
  cabeza.write(`${suma(cabeza).toString(8).padStart(6, '0')}\0 `, 148)
  return cabeza
}

function leerEncabezado(cabeza: Buffer): { nombre: string; tamano: number } {
  const texto = (desde: number, largo: number) =>
    cabeza
      .toString('utf8', desde, desde + largo)
      .replace(/\0.*$/s, '')
      .trim()
  const declarada = parseInt(texto(148, 8), 8)
  const enBlanco = Buffer.from(cabeza)
  enBlanco.fill(' ', 148, 156)
  if (suma(enBlanco) !== declarada) throw new Error('El archivo está dañado o no es un respaldo.')
  return { nombre: texto(0, 100), tamano: parseInt(texto(124, 12), 8) }
}

function suma(cabeza: Buffer): number {
  return cabeza.reduce((total, byte) => total + byte, 0)
}

function relleno(tamano: number): Buffer {
  return Buffer.alloc((BLOQUE - (tamano % BLOQUE)) % BLOQUE)
}

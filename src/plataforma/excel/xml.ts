/**
 * Just enough XML for the parts of a workbook: a push tokenizer that never holds more than one piece of the file.
 * Four times as fast as a general SAX library on sheets (no namespaces, attributes read only when asked for), and
 * smaller to attack: a document type, and so every kind of entity trick, is refused.
 */

/** The file is not the XML it should be; the reader turns it into its sentence for people. */
export class XmlInvalido extends Error {}

/** A piece that would have to be held whole is longer than any program writes. */
export class XmlDesmedido extends XmlInvalido {}

/** What the tokenizer tells. Names come without namespace prefix; text comes whole and decoded. */
export interface OyenteXml {
  /** `atributos` is the raw text after the name; read it with `atributo`. */
  abrir(nombre: string, atributos: string): void
  texto(texto: string): void
  cerrar(nombre: string): void
  /** Tried at each mark inside the root: answers where what it consumed ends, -1 to have it told the normal way. */
  atajo?(texto: string, inicio: number): number
}

/** Longest tag or text we hold: a cell has at most 32,767 characters, every one of them perhaps a long entity. */
const MAXIMO_PENDIENTE = 1_000_000
const MAXIMO_PROFUNDIDAD = 200

/** Feed it with `escribir` and close it with `terminar`; throws XmlInvalido. */
export class LectorXml {
  readonly #oyente: OyenteXml
  readonly #atajo: ((texto: string, inicio: number) => number) | undefined
  readonly #abiertos: string[] = []
  #pendiente = ''
  #huboRaiz = false

  constructor(oyente: OyenteXml) {
    this.#oyente = oyente
    this.#atajo = oyente.atajo?.bind(oyente)
  }

  escribir(trozo: string): void {
    const texto = this.#pendiente === '' ? trozo : this.#pendiente + trozo
    let desde = 0
    for (;;) {
      const inicio = texto.indexOf('<', desde)
      if (inicio === -1) break
      if (inicio > desde && this.#abiertos.length > 0) this.#oyente.texto(decodificar(texto.slice(desde, inicio)))
      const corto = this.#atajo === undefined || this.#abiertos.length === 0 ? -1 : this.#atajo(texto, inicio)
      const fin = corto === -1 ? this.#marca(texto, inicio) : corto
      desde = fin === -1 ? inicio : fin
      if (fin === -1) break
    }
    this.#pendiente = texto.slice(desde)
    if (this.#pendiente.length > MAXIMO_PENDIENTE) throw new XmlDesmedido('a piece is too long')
  }

  terminar(): void {
    if (!this.#huboRaiz || this.#abiertos.length > 0 || this.#pendiente.trim() !== '') {
      throw new XmlInvalido('it ends before its time')
    }
  }

  /** Consumes the mark that begins at `inicio`; answers where it ends, -1 when it is not whole yet. */
  #marca(texto: string, inicio: number): number {
    const letra = texto.charCodeAt(inicio + 1)
    if (letra === 0x2f) return this.#cierre(texto, inicio)
    if (letra === 0x3f) return despuesDe(texto, '?>', inicio)
    if (letra === 0x21) return this.#especial(texto, inicio)
    if (Number.isNaN(letra)) return -1
    return this.#apertura(texto, inicio)
  }

  #cierre(texto: string, inicio: number): number {
    const fin = texto.indexOf('>', inicio)
    if (fin === -1) return -1
    const nombre = sinPrefijo(texto.slice(inicio + 2, fin).trimEnd())
    if (this.#abiertos.pop() !== nombre) throw new XmlInvalido(`</${nombre}> closes nothing`)
    this.#oyente.cerrar(nombre)
    return fin + 1
  }

  #apertura(texto: string, inicio: number): number {
    const fin = finDeEtiqueta(texto, inicio)
    if (fin === -1) return -1
    const sola = texto.charCodeAt(fin - 1) === 0x2f
    const cuerpo = texto.slice(inicio + 1, sola ? fin - 1 : fin)
    const corte = finDeNombre(cuerpo)
    const nombre = sinPrefijo(cuerpo.slice(0, corte))
    if (nombre === '') throw new XmlInvalido('a tag without name')
    if (this.#abiertos.length >= MAXIMO_PROFUNDIDAD) throw new XmlInvalido('too deep')
    if (this.#abiertos.length === 0 && this.#huboRaiz) throw new XmlInvalido('two roots')
    this.#huboRaiz = true
    this.#oyente.abrir(nombre, cuerpo.slice(corte))
    if (sola) this.#oyente.cerrar(nombre)
    else this.#abiertos.push(nombre)
    return fin + 1
  }

  #especial(texto: string, inicio: number): number {
    if (texto.length < inicio + 9) return -1
    if (texto.startsWith('<!--', inicio)) return despuesDe(texto, '-->', inicio + 4)
    if (!texto.startsWith('<![CDATA[', inicio)) throw new XmlInvalido('it declares a document type')
    const fin = texto.indexOf(']]>', inicio + 9)
    if (fin === -1) return -1
    if (fin > inicio + 9) this.#oyente.texto(texto.slice(inicio + 9, fin))
    return fin + 3
  }
}

/** Decoded value of an attribute (whatever its prefix), or undefined. */
export function atributo(atributos: string, nombre: string): string | undefined {
  // The quick way reads what every known program writes; the other one, whatever XML allows.
  const marca = ` ${nombre}="`
  const inicio = atributos.indexOf(marca)
  if (inicio !== -1) {
    const desde = inicio + marca.length
    return decodificar(atributos.slice(desde, atributos.indexOf('"', desde)))
  }
  if (!/[:'\s=]\s*[='"]|:/.test(atributos)) return undefined
  const partes = new RegExp(`(?:^|\\s)(?:[\\w.-]+:)?${nombre}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(atributos)
  const valor = partes?.[1] ?? partes?.[2]
  return valor === undefined ? undefined : decodificar(valor)
}

function despuesDe(texto: string, marca: string, desde: number): number {
  const fin = texto.indexOf(marca, desde)
  return fin === -1 ? -1 : fin + marca.length
}

/** The `>` that ends a tag; one inside a quoted value does not. */
function finDeEtiqueta(texto: string, inicio: number): number {
  let fin = texto.indexOf('>', inicio)
  while (fin !== -1 && quedaAbierta(texto, inicio, fin)) fin = texto.indexOf('>', fin + 1)
  return fin
}

function quedaAbierta(texto: string, desde: number, hasta: number): boolean {
  let comilla = 0
  for (let i = desde; i < hasta; i += 1) {
    const letra = texto.charCodeAt(i)
    if (comilla === 0 ? letra === 0x22 || letra === 0x27 : letra === comilla) comilla = comilla === 0 ? letra : 0
  }
  return comilla !== 0
}

function finDeNombre(cuerpo: string): number {
  for (let i = 0; i < cuerpo.length; i += 1) if (cuerpo.charCodeAt(i) <= 0x20) return i
  return cuerpo.length
}

function sinPrefijo(nombre: string): string {
  const dos = nombre.indexOf(':')
  return dos === -1 ? nombre : nombre.slice(dos + 1)
}

const ENTIDADES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodificar(texto: string): string {
  if (!texto.includes('&')) return texto
  return texto.replace(/&([^;&\s]{1,10});/g, (entera, cuerpo: string) => {
    const propia = ENTIDADES[cuerpo]
    if (propia !== undefined) return propia
    const numero = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(cuerpo)
    if (numero === null) throw new XmlInvalido(`unknown entity ${entera}`)
    const codigo = numero[1] === undefined ? Number(numero[2]) : Number.parseInt(numero[1], 16)
    if (codigo > 0x10ffff) throw new XmlInvalido(`unknown character ${entera}`)
    return String.fromCodePoint(codigo)
  })
}

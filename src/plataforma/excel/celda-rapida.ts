/**
 * The quick way of `lectura-hoja.ts`: a cell written as every known program writes it, read character by character and
 * without making a text of each piece. A month has hundreds of cells per row and a workbook millions: seven million
 * take two seconds this way and ten the long one. Anything that is not exactly so is left to the long way.
 */

/** What a cell had; `vacia` for one that only has a style. */
type Contenido = 'numero' | 'compartido' | 'vacia'

const COMILLA = 0x22
const PUNTO = 0x2e
const BARRA = 0x2f
const CERO = 0x30
const NUEVE = 0x39
const MENOR = 0x3c
const MAYOR = 0x3e
const ESPACIO = 0x20
const LETRA_C = 0x63

/** More digits than a double always keeps. */
const MAXIMO_DIGITOS = 15

/** One for each sheet: it is filled again with each cell. */
export class CeldaRapida {
  columna = 0
  estilo = -1
  contenido: Contenido = 'vacia'
  /** Value × 10^decimales; of a shared text, its place. */
  mantisa = 0
  decimales = 0
  /** Where the text of the number is. */
  desde = 0
  hasta = 0
  #compartido = false

  /** Reads the cell whose `<` is at `inicio`; answers where it ends, -1 when it is not one of the plain ones. */
  leer(texto: string, inicio: number): number {
    if (texto.charCodeAt(inicio + 1) !== LETRA_C || texto.charCodeAt(inicio + 2) !== ESPACIO) return -1
    let i = this.#atributos(texto, inicio + 3)
    if (i === -1) return -1
    if (texto.charCodeAt(i) === BARRA) {
      this.contenido = 'vacia'
      return texto.charCodeAt(i + 1) === MAYOR ? i + 2 : -1
    }
    i += 1
    if (texto.startsWith('<f>', i)) {
      const fin = texto.indexOf('</f>', i)
      if (fin === -1) return -1
      i = fin + 4
    }
    if (!texto.startsWith('<v>', i)) return -1
    i = this.#numero(texto, i + 3)
    if (i === -1 || !texto.startsWith('</v></c>', i)) return -1
    this.contenido = this.#compartido ? 'compartido' : 'numero'
    return i + 8
  }

  /** ` r="AB12" s="3" t="s"`, in any order; answers where the `>` or the `/>` is. */
  #atributos(texto: string, inicio: number): number {
    let i = inicio
    this.columna = 0
    this.estilo = -1
    this.#compartido = false
    for (;;) {
      if (texto.charCodeAt(i + 1) !== 0x3d || texto.charCodeAt(i + 2) !== COMILLA) return -1
      const nombre = texto.charCodeAt(i)
      if (nombre === 0x72) i = this.#referencia(texto, i + 3)
      else if (nombre === 0x73) i = this.#indiceDeEstilo(texto, i + 3)
      else if (nombre === 0x74) i = this.#tipo(texto, i + 3)
      else return -1
      if (i === -1 || texto.charCodeAt(i) !== COMILLA) return -1
      i += 1
      const sigue = texto.charCodeAt(i)
      if (sigue === MAYOR || sigue === BARRA) return this.columna === 0 ? -1 : i
      if (sigue !== ESPACIO) return -1
      i += 1
    }
  }

  #referencia(texto: string, inicio: number): number {
    let i = inicio
    let columna = 0
    let letra = texto.charCodeAt(i)
    while (letra >= 65 && letra <= 90 && i < inicio + 3) {
      columna = columna * 26 + letra - 64
      i += 1
      letra = texto.charCodeAt(i)
    }
    this.columna = columna
    while (letra >= CERO && letra <= NUEVE) {
      i += 1
      letra = texto.charCodeAt(i)
    }
    return i
  }

  #indiceDeEstilo(texto: string, inicio: number): number {
    let i = inicio
    let estilo = 0
    let letra = texto.charCodeAt(i)
    while (letra >= CERO && letra <= NUEVE && i < inicio + 7) {
      estilo = estilo * 10 + letra - CERO
      i += 1
      letra = texto.charCodeAt(i)
    }
    if (i === inicio) return -1
    this.estilo = estilo
    return i
  }

  /** `n` or `s`. */
  #tipo(texto: string, inicio: number): number {
    const letra = texto.charCodeAt(inicio)
    if (letra === 0x73) this.#compartido = true
    else if (letra !== 0x6e) return -1
    return inicio + 1
  }

  /** Digits with at most one point, as a plain decimal is written; answers where it ends, before its `<`. */
  #numero(texto: string, inicio: number): number {
    let i = inicio
    let letra = texto.charCodeAt(i)
    // '007' and '.5' are numbers too, but not as they would be written again.
    if (letra === CERO && texto.charCodeAt(i + 1) !== PUNTO && texto.charCodeAt(i + 1) !== MENOR) return -1
    let mantisa = 0
    let punto = -1
    for (;;) {
      if (letra >= CERO && letra <= NUEVE) mantisa = mantisa * 10 + letra - CERO
      else if (letra === PUNTO && punto === -1 && i > inicio) punto = i
      else break
      i += 1
      letra = texto.charCodeAt(i)
    }
    if (i === inicio || i === punto + 1 || i - inicio > MAXIMO_DIGITOS) return -1
    if (this.#compartido && punto !== -1) return -1
    this.mantisa = mantisa
    this.decimales = punto === -1 ? 0 : i - punto - 1
    this.desde = inicio
    this.hasta = i
    return i
  }
}

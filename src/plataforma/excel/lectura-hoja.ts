/** Private part of `leer.ts`: from the XML of a sheet to its rows and cells. */
import { conMiles } from '../../comun/dinero.ts'
import { leerFechaIso, type FechaIso } from '../../comun/fechas.ts'
import { decimalExacto, fechaDeSerie } from './celda.reglas.ts'
import { CeldaRapida } from './celda-rapida.ts'
import { rechazar, type LimitesLibro } from './contenedor.ts'
import { atributo, XmlInvalido, type OyenteXml } from './xml.ts'

/** A cell with something in it; empty cells are absent from their row. */
export type Celda =
  | { readonly tipo: 'texto'; readonly texto: string }
  /** `texto` is the exact plain decimal; `formato`, the code of its format when it has one (see `numeroVisto`). */
  | { readonly tipo: 'numero'; readonly texto: string; readonly formato?: string }
  | { readonly tipo: 'fecha'; readonly fecha: FechaIso; readonly hora: string | null }
  | { readonly tipo: 'booleano'; readonly valor: boolean }
  /** `texto` is what Excel shows: #N/A, #REF!… */
  | { readonly tipo: 'error'; readonly texto: string }

/** A row: its number as Excel shows it, its cells by column (1 = A). */
export interface FilaLeida {
  readonly numero: number
  readonly celdas: ReadonlyMap<number, Celda>
}

/** A merged area, corners included. */
export interface AreaCombinada {
  readonly filaInicial: number
  readonly filaFinal: number
  readonly columnaInicial: number
  readonly columnaFinal: number
}

/** Answer `false` to stop reading the sheet. */
export type AlLeerFila = (fila: FilaLeida) => boolean | undefined

/**
 * For who reads millions of numbers and wants no object for each: is told of the plain non-negative ones (not dates, not
 * negative, at most 15 digits) as `mantisa` / 10^`decimales` while their row is read, before the row itself. The ones it
 * answers `true` to are not among the cells of their row.
 */
export type AlLeerNumero = (columna: number, mantisa: number, decimales: number) => boolean

/** What a style does to a number: shows it as a day, or with a format of its own ('' = as it is). */
export interface FormatoDeCelda {
  readonly esFecha: boolean
  readonly codigo: string
}

const MAXIMO_AREAS = 20_000

/** What a sheet needs to know of its workbook. */
export interface DatosDeLibro {
  readonly es1904: boolean
  readonly formatos: readonly FormatoDeCelda[]
  readonly textos: readonly string[]
}

/** Last column that a sheet may have (XFD). */
const ULTIMA_COLUMNA = 16_384

export class LecturaDeHoja implements OyenteXml {
  seDetuvo = false
  readonly areas: AreaCombinada[] = []
  readonly #libro: DatosDeLibro
  readonly #alLeer: AlLeerFila
  readonly #alLeerNumero: AlLeerNumero | undefined
  readonly #limites: LimitesLibro
  readonly #rapida = new CeldaRapida()
  #fila = 0
  #columna = 0
  #conDatos = 0
  #celdas = new Map<number, Celda>()
  #tomadas = 0
  #tipo = 'n'
  #formato: FormatoDeCelda | undefined
  #valor: string | undefined
  #enLinea: string | undefined
  #tieneFormula = false
  #captura: 'v' | 't' | null = null
  #foneticos = 0

  constructor(libro: DatosDeLibro, alLeer: AlLeerFila, alLeerNumero: AlLeerNumero | undefined, limites: LimitesLibro) {
    this.#libro = libro
    this.#alLeer = alLeer
    this.#alLeerNumero = alLeerNumero
    this.#limites = limites
  }

  /** Numbers, shared texts and empty cells as every known program writes them; the rest goes the long way. */
  atajo(texto: string, inicio: number): number {
    const rapida = this.#rapida
    const fin = rapida.leer(texto, inicio)
    if (fin === -1) return -1
    const { columna, contenido } = rapida
    if (columna < 1 || columna > ULTIMA_COLUMNA) return -1
    if (contenido === 'numero') {
      const formato = this.#libro.formatos[rapida.estilo]
      if (formato?.esFecha === true) return -1
      if (this.#alLeerNumero?.(columna, rapida.mantisa, rapida.decimales) === true) this.#tomadas += 1
      else this.#guardar(columna, conFormato(texto.slice(rapida.desde, rapida.hasta), formato))
    } else if (contenido === 'compartido') {
      this.#guardar(columna, deTexto(this.#compartido(rapida.mantisa)))
    }
    this.#columna = columna
    return fin
  }

  abrir(nombre: string, atributos: string): void {
    switch (nombre) {
      case 'c':
        this.#abrirCelda(atributos)
        break
      case 'v':
        this.#valor = ''
        this.#captura = 'v'
        break
      case 't':
        this.#enLinea ??= ''
        this.#captura = this.#foneticos === 0 ? 't' : null
        break
      case 'f':
        this.#tieneFormula = true
        break
      case 'rPh':
        this.#foneticos += 1
        break
      case 'row':
        this.#abrirFila(atributos)
        break
      case 'mergeCell':
        this.#combinar(atributo(atributos, 'ref') ?? '')
        break
      default:
    }
  }

  texto(texto: string): void {
    if (this.#captura === 'v') this.#valor = (this.#valor ?? '') + texto
    else if (this.#captura === 't') this.#enLinea = (this.#enLinea ?? '') + texto
  }

  cerrar(nombre: string): void {
    switch (nombre) {
      case 'v':
      case 't':
        this.#captura = null
        break
      case 'rPh':
        this.#foneticos -= 1
        break
      case 'c':
        this.#cerrarCelda()
        break
      case 'row':
        this.#cerrarFila()
        break
      default:
    }
  }

  #abrirFila(atributos: string): void {
    const dicha = Number(atributo(atributos, 'r') ?? this.#fila + 1)
    // Rows go up in every valid workbook; one that does not could make two rows with one number.
    if (!Number.isInteger(dicha) || dicha <= this.#fila || dicha > 1_048_576) throw new XmlInvalido('rows out of order')
    this.#fila = dicha
    this.#columna = 0
    this.#tomadas = 0
    this.#celdas = new Map()
  }

  #abrirCelda(atributos: string): void {
    const referencia = atributo(atributos, 'r')
    this.#columna = referencia === undefined ? this.#columna + 1 : columnaDe(referencia)
    if (this.#columna < 1 || this.#columna > ULTIMA_COLUMNA) throw new XmlInvalido('a column that does not exist')
    this.#tipo = atributo(atributos, 't') ?? 'n'
    const estilo = atributo(atributos, 's')
    this.#formato = estilo === undefined ? undefined : this.#libro.formatos[Number(estilo)]
    this.#valor = undefined
    this.#enLinea = undefined
    this.#tieneFormula = false
  }

  #cerrarCelda(): void {
    this.#guardar(this.#columna, this.#celda())
  }

  #guardar(columna: number, celda: Celda | null): void {
    if (celda === null) return
    if (columna > this.#limites.columnas) {
      const tope = conMiles(String(this.#limites.columnas))
      throw rechazar(`La hoja tiene más de ${tope} columnas con datos. Deja solo las que vas a importar.`)
    }
    this.#celdas.set(columna, celda)
  }

  #cerrarFila(): void {
    if ((this.#celdas.size === 0 && this.#tomadas === 0) || this.seDetuvo) return
    this.#conDatos += 1
    if (this.#conDatos > this.#limites.filas) {
      const tope = conMiles(String(this.#limites.filas))
      throw rechazar(`La hoja tiene más de ${tope} filas con datos. Divídela en varios libros.`)
    }
    if (this.#alLeer({ numero: this.#fila, celdas: this.#celdas }) === false) this.seDetuvo = true
  }

  #celda(): Celda | null {
    if (this.#tipo === 'inlineStr') return deTexto(propio(sinEscapes(this.#enLinea ?? '')))
    const valor = this.#valor
    if (valor === undefined) {
      // A formula that no program has calculated: its value is not known, and empty would be a guess.
      return this.#tieneFormula ? { tipo: 'error', texto: 'fórmula sin resultado' } : null
    }
    switch (this.#tipo) {
      case 's':
        return deTexto(this.#compartido(Number(valor)))
      case 'str':
        return deTexto(propio(sinEscapes(valor)))
      case 'b':
        return valor === ''
          ? null
          : { tipo: 'booleano', valor: valor.trim() === '1' || valor.trim().toLowerCase() === 'true' }
      case 'e':
        return { tipo: 'error', texto: valor.trim() }
      case 'd':
        return deFechaEscrita(valor.trim())
      default:
        return this.#numero(valor.trim())
    }
  }

  #compartido(indice: number): string {
    const texto = this.#libro.textos[indice]
    if (texto === undefined) throw new XmlInvalido('a text that does not exist')
    return texto
  }

  #numero(valor: string): Celda | null {
    if (valor === '') return null
    const exacto = decimalExacto(valor)
    if (exacto === null) return { tipo: 'texto', texto: valor }
    const dia = this.#formato?.esFecha === true ? fechaDeSerie(Number(valor), this.#libro.es1904) : null
    if (dia !== null) return { tipo: 'fecha', ...dia }
    return conFormato(exacto, this.#formato)
  }

  #combinar(referencia: string): void {
    const partes = /^\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)$/i.exec(referencia)
    if (partes === null || this.areas.length >= MAXIMO_AREAS) return
    const [, letraInicial = '', filaInicial, letraFinal = '', filaFinal] = partes
    this.areas.push({
      filaInicial: Number(filaInicial),
      filaFinal: Number(filaFinal),
      columnaInicial: columnaDe(letraInicial),
      columnaFinal: columnaDe(letraFinal),
    })
  }
}

const conFormato = (texto: string, formato: FormatoDeCelda | undefined): Celda =>
  formato === undefined || formato.codigo === ''
    ? { tipo: 'numero', texto }
    : { tipo: 'numero', texto, formato: formato.codigo }

const deTexto = (texto: string): Celda | null => (texto.trim() === '' ? null : { tipo: 'texto', texto })

/**
 * A copy with its own letters: a piece of the file keeps alive the whole 16 kB it was cut from, and who keeps a text of
 * each row would keep the sheet. Short ones are copies already.
 */
const propio = (texto: string): string => (texto.length < 13 ? texto : Buffer.from(texto).toString())

/** A date that the file writes as ISO text (`t="d"`). */
function deFechaEscrita(valor: string): Celda | null {
  if (valor === '') return null
  const partes = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(valor)
  const fecha = leerFechaIso(partes?.[1] ?? '')
  if (fecha === null) return { tipo: 'texto', texto: valor }
  const hora = partes?.[2] ?? null
  return { tipo: 'fecha', fecha, hora: hora === '00:00:00' ? null : hora }
}

/** Column of a reference such as 'AB12'; 0 when there is none. */
function columnaDe(referencia: string): number {
  let columna = 0
  for (let i = 0; i < referencia.length; i += 1) {
    const letra = referencia.charCodeAt(i) & 0xdf
    if (letra < 65 || letra > 90) break
    columna = columna * 26 + letra - 64
  }
  return columna
}

/** Control characters but tab and line breaks, and halves of a letter: no text has them, and PostgreSQL refuses them. */
const ILEGIBLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu

/** Text of a cell: `_x000D_` is how a workbook writes a control character. */
export function sinEscapes(crudo: string): string {
  const texto = crudo.includes('_x')
    ? crudo.replace(/_x([0-9a-fA-F]{4})_/g, (_entero, codigo: string) =>
        String.fromCharCode(Number.parseInt(codigo, 16)),
      )
    : crudo
  return texto.replace(ILEGIBLE, '')
}

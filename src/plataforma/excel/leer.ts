/**
 * The only reader of workbooks (architecture §12). It walks rows as they are inflated, and normalises every cell to
 * one of six kinds with its address: shared and inline strings, results of formulas, dates of both calendars, exact
 * decimals. A merged area has its value in its top-left cell and is empty in the others, as the file says; the areas
 * are told so that an import can warn. Sheets of charts are not sheets here; hidden ones are told as hidden.
 */
import { TextDecoder } from 'node:util'
import { DatosInvalidos } from '../../comun/errores.ts'
import { leerFechaIso, type FechaIso } from '../../comun/fechas.ts'
import {
  abrirContenedor,
  LIMITES_LIBRO,
  MENSAJES_ARCHIVO,
  rechazar,
  type Contenedor,
  type LimitesLibro,
} from './contenedor.ts'
import { decimalExacto, esFormatoDeFecha, fechaDeSerie } from './celda.reglas.ts'
import { codigoIncluido } from './formato.reglas.ts'
import { atributo, LectorXml, XmlDesmedido, XmlInvalido, type OyenteXml } from './xml.ts'

export { direccion, fechaDeSerie, letraDeColumna } from './celda.reglas.ts'
export { LIMITES_LIBRO, type LimitesLibro } from './contenedor.ts'

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

export interface HojaDeLibro {
  readonly nombre: string
  readonly oculta: boolean
  readonly parte: string
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

/** An open workbook; close it. */
export interface LibroAbierto {
  readonly hojas: readonly HojaDeLibro[]
  /** Whether the serials of this workbook count from 1904. */
  readonly es1904: boolean
  /**
   * Tells the rows that have some cell with content, in order, and then answers the merged areas.
   * @throws DatosInvalidos when the sheet is damaged or passes a limit.
   */
  leerFilas(hoja: HojaDeLibro, alLeer: AlLeerFila): Promise<readonly AreaCombinada[]>
  cerrar(): void
}

const MAXIMO_TEXTOS = 3_000_000
const MAXIMO_TEXTO_TOTAL = 80_000_000
const MAXIMO_AREAS = 20_000

/**
 * Opens a workbook from a path or from memory.
 * @throws DatosInvalidos, with one sentence that says what to do, for anything that is not a readable workbook.
 */
export async function abrirLibro(
  archivo: string | Buffer,
  limites: LimitesLibro = LIMITES_LIBRO,
): Promise<LibroAbierto> {
  const contenedor = await abrirContenedor(archivo, limites)
  try {
    const libro = await leerIndice(contenedor, limites)
    return {
      hojas: libro.hojas,
      es1904: libro.es1904,
      leerFilas: (hoja, alLeer) => leerFilas(contenedor, libro, hoja, alLeer, limites),
      cerrar: () => {
        contenedor.cerrar()
      },
    }
  } catch (error) {
    contenedor.cerrar()
    throw error
  }
}

// ------------------------------------------------------------------------------------------- index of the workbook

interface Indice {
  readonly hojas: readonly HojaDeLibro[]
  readonly es1904: boolean
  readonly parteTextos: string | undefined
  readonly formatos: readonly FormatoDeCelda[]
  /** Read with the first sheet and kept for the next ones. */
  textos: readonly string[] | undefined
}

/** What a style does to a number: shows it as a day, or with a format of its own ('' = as it is). */
interface FormatoDeCelda {
  readonly esFecha: boolean
  readonly codigo: string
}

interface Relacion {
  readonly tipo: string
  readonly destino: string
}

async function leerIndice(contenedor: Contenedor, limites: LimitesLibro): Promise<Indice> {
  const raiz = [...(await leerRelaciones(contenedor, '_rels/.rels', '')).values()].find(
    ({ tipo }) => tipo === 'officeDocument',
  )
  const principal = raiz?.destino ?? 'xl/workbook.xml'
  if (/\.bin$/i.test(principal) || contenedor.tiene('xl/workbook.bin')) throw rechazar(MENSAJES_ARCHIVO.xlsb)
  if (!contenedor.tiene(principal)) throw rechazar(MENSAJES_ARCHIVO.noEsLibro)
  const corte = principal.lastIndexOf('/') + 1
  const carpeta = principal.slice(0, corte)
  const relaciones = await leerRelaciones(contenedor, `${carpeta}_rels/${principal.slice(corte)}.rels`, carpeta)
  const { declaradas, es1904, esLibro } = await leerLibro(contenedor, principal)
  if (!esLibro) throw rechazar(MENSAJES_ARCHIVO.noEsLibro)
  const hojas = declaradas.flatMap(({ nombre, oculta, relacion }) => {
    const { tipo, destino } = relaciones.get(relacion) ?? { tipo: '', destino: '' }
    return tipo === 'worksheet' && contenedor.tiene(destino) ? [{ nombre, oculta, parte: destino }] : []
  })
  if (hojas.length === 0) throw rechazar('El libro no tiene ninguna hoja con datos.')
  if (hojas.length > limites.hojas)
    throw rechazar(`El libro tiene más de ${String(limites.hojas)} hojas. Deja solo la que vas a importar.`)
  const parteDe = (buscado: string): string | undefined =>
    [...relaciones.values()].find(({ tipo }) => tipo === buscado)?.destino
  return {
    hojas,
    es1904,
    parteTextos: parteDe('sharedStrings'),
    formatos: await leerEstilos(contenedor, parteDe('styles')),
    textos: undefined,
  }
}

async function leerRelaciones(contenedor: Contenedor, parte: string, carpeta: string): Promise<Map<string, Relacion>> {
  const relaciones = new Map<string, Relacion>()
  await recorrer(contenedor, parte, {
    abrir(nombre, atributos) {
      if (nombre !== 'Relationship' || atributo(atributos, 'TargetMode') === 'External') return
      const tipo = atributo(atributos, 'Type') ?? ''
      relaciones.set(atributo(atributos, 'Id') ?? '', {
        // Strict workbooks have other namespaces; the last word is the same.
        tipo: tipo.slice(tipo.lastIndexOf('/') + 1),
        destino: resolver(carpeta, atributo(atributos, 'Target') ?? ''),
      })
    },
  })
  return relaciones
}

function resolver(carpeta: string, destino: string): string {
  if (destino.startsWith('/')) return destino.slice(1)
  const partes: string[] = []
  for (const parte of `${carpeta}${destino}`.split('/')) {
    if (parte === '..') partes.pop()
    else if (parte !== '.' && parte !== '') partes.push(parte)
  }
  return partes.join('/')
}

interface HojaDeclarada {
  readonly nombre: string
  readonly oculta: boolean
  readonly relacion: string
}

async function leerLibro(
  contenedor: Contenedor,
  parte: string,
): Promise<{ declaradas: HojaDeclarada[]; es1904: boolean; esLibro: boolean }> {
  const declaradas: HojaDeclarada[] = []
  let es1904 = false
  let esLibro = false
  await recorrer(contenedor, parte, {
    abrir(nombre, atributos) {
      if (nombre === 'workbook') esLibro = true
      if (nombre === 'workbookPr') es1904 = /^(?:1|true|on)$/i.test(atributo(atributos, 'date1904') ?? '')
      if (nombre !== 'sheet') return
      const estado = atributo(atributos, 'state') ?? 'visible'
      const sinSheetId = atributos.replace(/\ssheetId\s*=\s*(?:"[^"]*"|'[^']*')/, '')
      declaradas.push({
        nombre: atributo(atributos, 'name') ?? '',
        oculta: estado !== 'visible',
        relacion: /:id\s*=\s*["']([^"']*)["']/.exec(sinSheetId)?.[1] ?? atributo(sinSheetId, 'id') ?? '',
      })
    },
  })
  return { declaradas, es1904, esLibro }
}

/** The format of each style of cell (`s`). */
async function leerEstilos(contenedor: Contenedor, parte: string | undefined): Promise<FormatoDeCelda[]> {
  const codigos = new Map<number, string>()
  const formatos: number[] = []
  let enCeldas = false
  if (parte === undefined) return []
  await recorrer(contenedor, parte, {
    abrir(nombre, atributos) {
      if (nombre === 'numFmt')
        codigos.set(Number(atributo(atributos, 'numFmtId')), atributo(atributos, 'formatCode') ?? '')
      if (nombre === 'cellXfs') enCeldas = true
      if (nombre === 'xf' && enCeldas) formatos.push(Number(atributo(atributos, 'numFmtId') ?? '0'))
    },
    cerrar(nombre) {
      if (nombre === 'cellXfs') enCeldas = false
    },
  })
  return formatos.map((id) => {
    const esFecha = esFormatoDeFecha(id, codigos.get(id))
    return { esFecha, codigo: esFecha ? '' : (codigos.get(id) ?? codigoIncluido(id)) }
  })
}

/** Shared strings; runs of rich text are joined and phonetic readings left out. */
async function leerTextos(contenedor: Contenedor, parte: string | undefined): Promise<string[]> {
  const textos: string[] = []
  let trozos: string[] = []
  let foneticos = 0
  let enTexto = false
  let total = 0
  if (parte === undefined) return textos
  await recorrer(contenedor, parte, {
    abrir(nombre) {
      if (nombre === 'si') trozos = []
      if (nombre === 'rPh') foneticos += 1
      enTexto = nombre === 't' && foneticos === 0
    },
    texto(texto) {
      if (enTexto) trozos.push(texto)
    },
    cerrar(nombre) {
      enTexto = false
      if (nombre === 'rPh') foneticos -= 1
      if (nombre !== 'si') return
      const texto = sinEscapes(trozos.length === 1 ? (trozos[0] ?? '') : trozos.join(''))
      total += texto.length
      if (textos.length >= MAXIMO_TEXTOS || total > MAXIMO_TEXTO_TOTAL) throw rechazar(MENSAJES_ARCHIVO.bomba)
      textos.push(texto)
    },
  })
  return textos
}

/** Control characters but tab and line breaks, and halves of a letter: no text has them, and PostgreSQL refuses them. */
const ILEGIBLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu

/** Text of a cell: `_x000D_` is how a workbook writes a control character. */
function sinEscapes(crudo: string): string {
  const texto = crudo.includes('_x')
    ? crudo.replace(/_x([0-9a-fA-F]{4})_/g, (_entero, codigo: string) =>
        String.fromCharCode(Number.parseInt(codigo, 16)),
      )
    : crudo
  return texto.replace(ILEGIBLE, '')
}

// ------------------------------------------------------------------------------------------------------------ rows

async function leerFilas(
  contenedor: Contenedor,
  libro: Indice,
  hoja: HojaDeLibro,
  alLeer: AlLeerFila,
  limites: LimitesLibro,
): Promise<readonly AreaCombinada[]> {
  libro.textos ??= await leerTextos(contenedor, libro.parteTextos)
  // A fault of who listens is not a damaged workbook: it leaves as it came.
  const ajenas: unknown[] = []
  const protegido: AlLeerFila = (fila) => {
    try {
      return alLeer(fila)
    } catch (error) {
      ajenas.push(error)
      return false
    }
  }
  const lectura = new LecturaDeHoja(libro, libro.textos, protegido, limites)
  await recorrer(contenedor, hoja.parte, lectura, () => lectura.seDetuvo)
  if (ajenas.length > 0) throw ajenas[0]
  return lectura.areas
}

class LecturaDeHoja implements OyenteXml {
  seDetuvo = false
  readonly areas: AreaCombinada[] = []
  readonly #libro: Indice
  readonly #textos: readonly string[]
  readonly #alLeer: AlLeerFila
  readonly #limites: LimitesLibro
  #fila = 0
  #columna = 0
  #conDatos = 0
  #celdas = new Map<number, Celda>()
  #tipo = 'n'
  #formato: FormatoDeCelda | undefined
  #valor: string | undefined
  #enLinea: string | undefined
  #tieneFormula = false
  #captura: 'v' | 't' | null = null
  #foneticos = 0

  constructor(libro: Indice, textos: readonly string[], alLeer: AlLeerFila, limites: LimitesLibro) {
    this.#libro = libro
    this.#textos = textos
    this.#alLeer = alLeer
    this.#limites = limites
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
    this.#celdas = new Map()
  }

  #abrirCelda(atributos: string): void {
    const referencia = atributo(atributos, 'r')
    this.#columna = referencia === undefined ? this.#columna + 1 : columnaDe(referencia)
    if (this.#columna < 1 || this.#columna > this.#limites.columnas)
      throw new XmlInvalido('a column that does not exist')
    this.#tipo = atributo(atributos, 't') ?? 'n'
    const estilo = atributo(atributos, 's')
    this.#formato = estilo === undefined ? undefined : this.#libro.formatos[Number(estilo)]
    this.#valor = undefined
    this.#enLinea = undefined
    this.#tieneFormula = false
  }

  #cerrarCelda(): void {
    const celda = this.#celda()
    if (celda !== null) this.#celdas.set(this.#columna, celda)
  }

  #cerrarFila(): void {
    if (this.#celdas.size === 0 || this.seDetuvo) return
    this.#conDatos += 1
    if (this.#conDatos > this.#limites.filas) {
      const tope = String(this.#limites.filas).replace(/\B(?=(\d{3})+$)/g, ',')
      throw rechazar(`La hoja tiene más de ${tope} filas con datos. Divídela en varios libros.`)
    }
    if (this.#alLeer({ numero: this.#fila, celdas: this.#celdas }) === false) this.seDetuvo = true
  }

  #celda(): Celda | null {
    if (this.#tipo === 'inlineStr') return deTexto(sinEscapes(this.#enLinea ?? ''))
    const valor = this.#valor
    if (valor === undefined) {
      // A formula that no program has calculated: its value is not known, and empty would be a guess.
      return this.#tieneFormula ? { tipo: 'error', texto: 'fórmula sin resultado' } : null
    }
    switch (this.#tipo) {
      case 's':
        return deTexto(this.#compartido(valor))
      case 'str':
        return deTexto(sinEscapes(valor))
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

  #compartido(valor: string): string {
    const texto = this.#textos[Number(valor)]
    if (texto === undefined) throw new XmlInvalido('a text that does not exist')
    return texto
  }

  #numero(valor: string): Celda | null {
    if (valor === '') return null
    const exacto = decimalExacto(valor)
    if (exacto === null) return { tipo: 'texto', texto: valor }
    const dia = this.#formato?.esFecha === true ? fechaDeSerie(Number(valor), this.#libro.es1904) : null
    if (dia !== null) return { tipo: 'fecha', ...dia }
    const formato = this.#formato?.codigo ?? ''
    return formato === '' ? { tipo: 'numero', texto: exacto } : { tipo: 'numero', texto: exacto, formato }
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

const deTexto = (texto: string): Celda | null => (texto.trim() === '' ? null : { tipo: 'texto', texto })

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

// ------------------------------------------------------------------------------------------------- walking a part

/** Walks a part of the zip; anything wrong with it is a damaged workbook for people. */
async function recorrer(
  contenedor: Contenedor,
  parte: string,
  oyente: Partial<OyenteXml>,
  basta: () => boolean = () => false,
): Promise<void> {
  if (!contenedor.tiene(parte)) return
  const lector = new LectorXml({
    abrir: oyente.abrir?.bind(oyente) ?? nada,
    texto: oyente.texto?.bind(oyente) ?? nada,
    cerrar: oyente.cerrar?.bind(oyente) ?? nada,
  })
  try {
    let decodificador: TextDecoder | undefined
    for await (const trozo of contenedor.trozos(parte)) {
      decodificador ??= new TextDecoder(codificacion(trozo), { fatal: true })
      lector.escribir(decodificador.decode(trozo, { stream: true }))
      if (basta()) return
    }
    lector.escribir(decodificador?.decode() ?? '')
    lector.terminar()
  } catch (error) {
    if (error instanceof DatosInvalidos) throw error
    // A wrong size or checksum of the zip, text that is not UTF-8, XML that is not XML.
    throw rechazar(error instanceof XmlDesmedido ? MENSAJES_ARCHIVO.bomba : MENSAJES_ARCHIVO.danado)
  }
}

const nada = (): void => undefined

function codificacion(inicio: Buffer): string {
  const marca = inicio.length < 2 ? 0 : inicio.readUInt16BE(0)
  if (marca === 0xfffe) return 'utf-16le'
  return marca === 0xfeff ? 'utf-16be' : 'utf-8'
}

/**
 * The only reader of workbooks (architecture §12). It walks rows as they are inflated, and normalises every cell to
 * one of six kinds with its address: shared and inline strings, results of formulas, dates of both calendars, exact
 * decimals. A merged area has its value in its top-left cell and is empty in the others, as the file says; the areas
 * are told so that an import can warn. Sheets of charts are not sheets here; hidden ones are told as hidden.
 */
import { TextDecoder } from 'node:util'
import { DatosInvalidos } from '../../comun/errores.ts'
import {
  abrirContenedor,
  LIMITES_LIBRO,
  MENSAJES_ARCHIVO,
  rechazar,
  type Contenedor,
  type LimitesLibro,
} from './contenedor.ts'
import { esFormatoDeFecha } from './celda.reglas.ts'
import { codigoIncluido } from './formato.reglas.ts'
import {
  LecturaDeHoja,
  sinEscapes,
  type AlLeerFila,
  type AlLeerNumero,
  type AreaCombinada,
  type FilaLeida,
  type FormatoDeCelda,
} from './lectura-hoja.ts'
import { atributo, LectorXml, XmlDesmedido, type OyenteXml } from './xml.ts'

export { direccion, fechaDeSerie, letraDeColumna } from './celda.reglas.ts'
export { LIMITES_LIBRO, type LimitesLibro } from './contenedor.ts'
export type { AlLeerFila, AlLeerNumero, AreaCombinada, Celda, FilaLeida } from './lectura-hoja.ts'

export interface HojaDeLibro {
  readonly nombre: string
  readonly oculta: boolean
  /** Hidden so that only a macro can show it. */
  readonly muyOculta: boolean
  readonly parte: string
}

/** An open workbook; close it. */
export interface LibroAbierto {
  readonly hojas: readonly HojaDeLibro[]
  /** Whether the serials of this workbook count from 1904. */
  readonly es1904: boolean
  /**
   * Tells the rows that have some cell with content, in order, and then answers the merged areas.
   * @throws DatosInvalidos when the sheet is damaged or passes a limit.
   */
  leerFilas(hoja: HojaDeLibro, alLeer: AlLeerFila, alLeerNumero?: AlLeerNumero): Promise<readonly AreaCombinada[]>
  /** The same rows, in groups and at the pace of who takes them. */
  tandas(hoja: HojaDeLibro): AsyncGenerator<readonly FilaLeida[]>
  cerrar(): void
}

const MAXIMO_TEXTOS = 3_000_000
const MAXIMO_TEXTO_TOTAL = 80_000_000

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
      leerFilas: (hoja, alLeer, alLeerNumero) => leerFilas(contenedor, libro, hoja, { alLeer, alLeerNumero }, limites),
      tandas: (hoja) => tandasDe(contenedor, libro, hoja, limites),
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
  const hojas = declaradas.flatMap(({ nombre, oculta, muyOculta, relacion }) => {
    const { tipo, destino } = relaciones.get(relacion) ?? { tipo: '', destino: '' }
    return tipo === 'worksheet' && contenedor.tiene(destino) ? [{ nombre, oculta, muyOculta, parte: destino }] : []
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
  readonly muyOculta: boolean
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
        muyOculta: estado === 'veryHidden',
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

// ------------------------------------------------------------------------------------------------------------ rows

async function leerFilas(
  contenedor: Contenedor,
  libro: Indice,
  hoja: HojaDeLibro,
  { alLeer, alLeerNumero }: { alLeer: AlLeerFila; alLeerNumero: AlLeerNumero | undefined },
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
  const { es1904, formatos, textos } = libro
  const lectura = new LecturaDeHoja({ es1904, formatos, textos }, protegido, alLeerNumero, limites)
  await recorrer(contenedor, hoja.parte, lectura, () => lectura.seDetuvo)
  if (ajenas.length > 0) throw ajenas[0]
  return lectura.areas
}

// ------------------------------------------------------------------------------------------------- walking a part

async function* tandasDe(
  contenedor: Contenedor,
  libro: Indice,
  hoja: HojaDeLibro,
  limites: LimitesLibro,
): AsyncGenerator<readonly FilaLeida[]> {
  libro.textos ??= await leerTextos(contenedor, libro.parteTextos)
  const { es1904, formatos, textos } = libro
  let tanda: FilaLeida[] = []
  const alLeer: AlLeerFila = (fila) => {
    tanda.push(fila)
    return undefined
  }
  const lectura = new LecturaDeHoja({ es1904, formatos, textos }, alLeer, undefined, limites)
  const pasos = avanzar(contenedor, hoja.parte, lectura)
  for (let paso = await pasos.next(); ; paso = await pasos.next()) {
    if (tanda.length > 0) yield tanda
    tanda = []
    if (paso.done === true) return
  }
}

/** Walks a part of the zip; anything wrong with it is a damaged workbook for people. */
async function recorrer(
  contenedor: Contenedor,
  parte: string,
  oyente: Partial<OyenteXml>,
  basta: () => boolean = () => false,
): Promise<void> {
  const pasos = avanzar(contenedor, parte, oyente)
  for (let paso = await pasos.next(); paso.done !== true; paso = await pasos.next()) {
    if (basta()) {
      await pasos.return(undefined)
      return
    }
  }
}

/** Walks a part, one inflated piece at each step. */
async function* avanzar(
  contenedor: Contenedor,
  parte: string,
  oyente: Partial<OyenteXml>,
): AsyncGenerator<undefined, undefined> {
  if (!contenedor.tiene(parte)) return
  const lector = new LectorXml({
    abrir: oyente.abrir?.bind(oyente) ?? nada,
    texto: oyente.texto?.bind(oyente) ?? nada,
    cerrar: oyente.cerrar?.bind(oyente) ?? nada,
    ...(oyente.atajo === undefined ? {} : { atajo: oyente.atajo.bind(oyente) }),
  })
  try {
    let decodificador: TextDecoder | undefined
    for await (const trozo of contenedor.trozos(parte)) {
      decodificador ??= new TextDecoder(codificacion(trozo), { fatal: true })
      lector.escribir(decodificador.decode(trozo, { stream: true }))
      yield
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

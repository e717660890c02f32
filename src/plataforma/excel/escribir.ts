/**
 * The only writer of workbooks: streamed row by row, whatever their number, with real numbers and dates, frozen header
 * and filters. Nothing is held but the row in hand, so 80,000 rows weigh what 80 do. Every text is written as text:
 * one that begins with = + - @ is never a formula.
 */
import { once } from 'node:events'
import { setImmediate as ceder } from 'node:timers/promises'
import type { Writable } from 'node:stream'
import { crc32, createDeflateRaw, deflateRawSync, type DeflateRaw } from 'node:zlib'
import type { Dinero } from '../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import { letraDeColumna, serieDeFecha } from './celda.reglas.ts'

/**
 * How the cells of a column are written and shown; `libre` writes texts as texts and decimals as numbers. `volumen` and
 * `importe` always show their six and two decimals, without a sign of currency, as a document that is billed does.
 */
export type TipoColumnaExcel = 'texto' | 'entero' | 'decimal' | 'dinero' | 'fecha' | 'libre' | 'volumen' | 'importe'

export interface ColumnaExcel {
  readonly titulo: string
  readonly tipo: TipoColumnaExcel
  /** In characters; by default, what its title and kind need. */
  readonly ancho?: number | undefined
}

/** `fecha` columns take a `FechaIso`; `dinero` and `decimal` keep every digit of a decimal. */
type ValorSimple = string | number | Dinero | FechaIso | null | undefined
/** A cell that has to be looked at: it is painted, also when it is empty. */
export interface CeldaMarcada {
  readonly marcada: ValorSimple
}
/** A cell that is written and shown in its own way, not in that of its column. */
export interface CeldaPropia {
  readonly como: TipoColumnaExcel
  readonly valor: ValorSimple
}
export type ValorExcel = ValorSimple | CeldaMarcada | CeldaPropia

export interface ContenidoDeLibro {
  /** Name of the sheet, at most 31 characters. */
  readonly hoja: string
  readonly columnas: readonly ColumnaExcel[]
  readonly filas: Iterable<readonly ValorExcel[]> | AsyncIterable<readonly ValorExcel[]>
}

const ESTILO: Readonly<Record<TipoColumnaExcel, number>> = {
  texto: 0,
  entero: 2,
  decimal: 3,
  dinero: 4,
  fecha: 5,
  libre: 0,
  volumen: 7,
  importe: 8,
}
const ANCHO: Readonly<Record<TipoColumnaExcel, number>> = {
  texto: 24,
  entero: 10,
  decimal: 16,
  dinero: 18,
  fecha: 12,
  libre: 16,
  volumen: 18,
  importe: 18,
}
const ESTILO_MARCADO = 6
const FILAS_POR_TURNO = 50
const MAXIMO_TEXTO = 32_767

/**
 * Writes the whole workbook and ends the stream. Lets other work of the process go on between groups of rows.
 * @returns how many rows it wrote, the header apart.
 */
export function escribirLibro(salida: Writable, contenido: ContenidoDeLibro): Promise<number> {
  return escribirHojas(salida, [contenido])
}

/** The same with several sheets, in their order; the names must be different. */
export async function escribirHojas(salida: Writable, hojas: readonly ContenidoDeLibro[]): Promise<number> {
  const zip = new EscritorZip(salida)
  for (const [nombre, contenido] of Object.entries(partesFijas(hojas.length))) await zip.parte(nombre, contenido)
  const filas: number[] = []
  for (const [i, hoja] of hojas.entries()) {
    filas.push(await escribirHoja(await zip.abrir(`xl/worksheets/sheet${String(i + 1)}.xml`), hoja))
  }
  // Last, because it says how many rows each filter covers: some readers walk every row it names.
  await zip.parte('xl/workbook.xml', indiceDelLibro(hojas, filas))
  await zip.terminar()
  return filas.reduce((suma, n) => suma + n, 0)
}

async function escribirHoja(
  flujo: { escribir: (texto: string) => Promise<void>; cerrar: () => Promise<void> },
  { columnas, filas }: ContenidoDeLibro,
): Promise<number> {
  await flujo.escribir(cabecera(columnas))
  let numero = 1
  let lote = ''
  for await (const fila of filas) {
    numero += 1
    lote += xmlDeFila(numero, columnas, fila)
    if (numero % FILAS_POR_TURNO !== 0) continue
    await flujo.escribir(lote)
    lote = ''
    await ceder()
  }
  const ultima = `${letraDeColumna(columnas.length)}${String(numero)}`
  await flujo.escribir(`${lote}</sheetData><autoFilter ref="A1:${ultima}"/></worksheet>`)
  await flujo.cerrar()
  return numero - 1
}

// ---------------------------------------------------------------------------------------------------------- sheet

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const PRINCIPAL = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELACIONES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PAQUETE = 'http://schemas.openxmlformats.org/package/2006'
const TIPO = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function cabecera(columnas: readonly ColumnaExcel[]): string {
  const anchos = columnas.map(({ ancho, titulo, tipo }, i) => {
    const propio = ancho ?? Math.max(ANCHO[tipo], titulo.length + 4)
    return `<col min="${String(i + 1)}" max="${String(i + 1)}" width="${String(propio)}" customWidth="1"/>`
  })
  const celdas = columnas.map(({ titulo }, i) => celdaDeTexto(`${letraDeColumna(i + 1)}1`, titulo, 1))
  return `${XML}<worksheet xmlns="${PRINCIPAL}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${anchos.join('')}</cols><sheetData><row r="1">${celdas.join('')}</row>`
}

function xmlDeFila(numero: number, columnas: readonly ColumnaExcel[], fila: readonly ValorExcel[]): string {
  let celdas = ''
  for (let i = 0; i < columnas.length; i += 1) {
    const dado = fila[i]
    const marcada = esMarcada(dado)
    const valor = valorDe(dado)
    const tipo = esPropia(dado) ? dado.como : (columnas[i]?.tipo ?? 'texto')
    const lugar = `${letraDeColumna(i + 1)}${String(numero)}`
    const estilo = marcada ? ESTILO_MARCADO : ESTILO[tipo]
    if (valor === null || valor === undefined || valor === '')
      celdas += marcada ? `<c r="${lugar}" s="${String(estilo)}"/>` : ''
    else if (esTexto(tipo, valor))
      celdas += celdaDeTexto(lugar, typeof valor === 'object' ? valor.toFixed() : String(valor), estilo)
    else celdas += `<c r="${lugar}" s="${String(estilo)}"><v>${numeroDe(tipo, valor)}</v></c>`
  }
  return `<row r="${String(numero)}">${celdas}</row>`
}

const esMarcada = (valor: ValorExcel): valor is CeldaMarcada =>
  typeof valor === 'object' && valor !== null && 'marcada' in valor

const esPropia = (valor: ValorExcel): valor is CeldaPropia =>
  typeof valor === 'object' && valor !== null && 'como' in valor

const valorDe = (dado: ValorExcel): ValorSimple => (esMarcada(dado) ? dado.marcada : esPropia(dado) ? dado.valor : dado)

const esTexto = (tipo: TipoColumnaExcel, valor: NonNullable<ValorSimple>): boolean =>
  tipo === 'texto' || (tipo === 'libre' && typeof valor === 'string')

function numeroDe(tipo: TipoColumnaExcel, valor: string | number | Dinero): string {
  if (tipo === 'fecha') return String(serieDeFecha(String(valor) as FechaIso))
  return typeof valor === 'object' ? valor.toFixed() : String(valor)
}

const celdaDeTexto = (lugar: string, texto: string, estilo: number): string =>
  `<c r="${lugar}" s="${String(estilo)}" t="inlineStr"><is><t xml:space="preserve">${escapar(texto)}</t></is></c>`

const ENTIDADES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

function escapar(texto: string): string {
  return texto
    .slice(0, MAXIMO_TEXTO)
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[&<>]/g, (letra) => ENTIDADES[letra] ?? letra)
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu, '')
}

function partesFijas(hojas: number): Record<string, string> {
  const cadaHoja = (texto: (n: string) => string): string =>
    Array.from({ length: hojas }, (_, i) => texto(String(i + 1))).join('')
  const formatos = ['#,##0', '#,##0.00####', '"$"\\ #,##0.00', 'dd/mm/yyyy', '#,##0.000000', '#,##0.00']
    .map(
      (codigo, i) =>
        `<numFmt numFmtId="${String(164 + i)}" formatCode="${escapar(codigo).replaceAll('"', '&quot;')}"/>`,
    )
    .join('')
  const xf = (formato: number, extra = ''): string =>
    `<xf numFmtId="${String(formato)}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${extra}/>`
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PAQUETE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TIPO}.sheet.main+xml"/>${cadaHoja((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TIPO}.worksheet+xml"/>`)}<Override PartName="/xl/styles.xml" ContentType="${TIPO}.styles+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PAQUETE}/relationships"><Relationship Id="rId1" Type="${RELACIONES}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PAQUETE}/relationships">${cadaHoja((n) => `<Relationship Id="rId${n}" Type="${RELACIONES}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rIdE" Type="${RELACIONES}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${PRINCIPAL}"><numFmts count="6">${formatos}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="9">${xf(0)}${xf(0).replace('fontId="0"', 'fontId="1" applyFont="1"')}${xf(164)}${xf(165)}${xf(166)}${xf(167)}${xf(0, ' applyFill="1"').replace('fillId="0"', 'fillId="2"')}${xf(168)}${xf(169)}</cellXfs></styleSheet>`,
  }
}

function indiceDelLibro(hojas: readonly ContenidoDeLibro[], filas: readonly number[]): string {
  const nombres = hojas.map(({ hoja }) => nombreDeHoja(hoja))
  const lista = nombres.map(
    (nombre, i) => `<sheet name="${nombre}" sheetId="${String(i + 1)}" r:id="rId${String(i + 1)}"/>`,
  )
  const filtros = nombres.map((nombre, i) => {
    const ultima = `$${letraDeColumna(hojas[i]?.columnas.length ?? 1)}$${String((filas[i] ?? 0) + 1)}`
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${String(i)}" hidden="1">'${nombre.replaceAll("'", "''")}'!$A$1:${ultima}</definedName>`
  })
  return `${XML}<workbook xmlns="${PRINCIPAL}" xmlns:r="${RELACIONES}"><sheets>${lista.join('')}</sheets><definedNames>${filtros.join('')}</definedNames></workbook>`
}

const nombreDeHoja = (hoja: string): string =>
  escapar(hoja.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31)).replaceAll('"', '&quot;')

// ------------------------------------------------------------------------------------------------------------ zip

interface Directorio {
  readonly nombre: Buffer
  readonly crc: number
  readonly comprimido: number
  readonly tamanio: number
  readonly desde: number
}

/** 1980-01-01: the same rows give the same bytes. */
const FECHA_DOS = 0x0021
/** Sizes after the content, names in UTF-8. */
const BANDERAS = 0x0808

/**
 * Waits until who reads has room for more, or has left: in the middle of a download nothing would drain. One that left
 * before is not waited for, and the event that did not happen stops being listened to.
 */
export async function esperarSitio(salida: Writable): Promise<void> {
  if (salida.destroyed) return
  const corte = new AbortController()
  const { signal } = corte
  try {
    await Promise.race([once(salida, 'drain', { signal }), once(salida, 'close', { signal })])
  } finally {
    corte.abort()
  }
}

class EscritorZip {
  readonly #salida: Writable
  readonly #partes: Directorio[] = []
  #escritos = 0
  #falla: Error | null = null

  constructor(salida: Writable) {
    this.#salida = salida
    salida.on('error', (error: Error) => {
      this.#falla ??= error
    })
  }

  async parte(nombre: string, contenido: string): Promise<void> {
    const bytes = Buffer.from(contenido)
    const comprimido = deflateRawSync(bytes)
    const desde = await this.#cabeceraLocal(nombre)
    await this.#escribir(comprimido)
    await this.#cerrarParte({
      nombre: Buffer.from(nombre),
      crc: crc32(bytes),
      comprimido: comprimido.length,
      tamanio: bytes.length,
      desde,
    })
  }

  /** A part written in pieces. */
  async abrir(nombre: string): Promise<{ escribir: (texto: string) => Promise<void>; cerrar: () => Promise<void> }> {
    const desde = await this.#cabeceraLocal(nombre)
    const deflactor = createDeflateRaw({ level: 5 })
    let comprimido = 0
    let tamanio = 0
    let crc = 0
    const vaciado = this.#vaciar(deflactor, (bytes) => {
      comprimido += bytes
    })
    // It may fail while the rows are still being read and nobody waits for it; `escribir` and `cerrar` tell.
    vaciado.catch(() => undefined)
    return {
      escribir: async (texto) => {
        const bytes = Buffer.from(texto)
        crc = crc32(bytes, crc)
        tamanio += bytes.length
        if (!deflactor.write(bytes)) await Promise.race([once(deflactor, 'drain'), vaciado])
        if (this.#falla !== null) throw this.#falla
      },
      cerrar: async () => {
        deflactor.end()
        await vaciado
        await this.#cerrarParte({ nombre: Buffer.from(nombre), crc, comprimido, tamanio, desde })
      },
    }
  }

  async #vaciar(deflactor: DeflateRaw, contar: (bytes: number) => void): Promise<void> {
    for await (const trozo of deflactor as AsyncIterable<Buffer>) {
      contar(trozo.length)
      await this.#escribir(trozo)
    }
  }

  async terminar(): Promise<void> {
    const desde = this.#escritos
    for (const parte of this.#partes) {
      const fijo = Buffer.alloc(46)
      fijo.writeUInt32LE(0x02014b50, 0)
      fijo.writeUInt16LE(20, 4)
      fijo.writeUInt16LE(20, 6)
      fijo.writeUInt16LE(BANDERAS, 8)
      fijo.writeUInt16LE(8, 10)
      fijo.writeUInt16LE(FECHA_DOS, 14)
      fijo.writeUInt32LE(parte.crc, 16)
      fijo.writeUInt32LE(parte.comprimido, 20)
      fijo.writeUInt32LE(parte.tamanio, 24)
      fijo.writeUInt16LE(parte.nombre.length, 28)
      fijo.writeUInt32LE(parte.desde, 42)
      await this.#escribir(Buffer.concat([fijo, parte.nombre]))
    }
    const fin = Buffer.alloc(22)
    fin.writeUInt32LE(0x06054b50, 0)
    fin.writeUInt16LE(this.#partes.length, 8)
    fin.writeUInt16LE(this.#partes.length, 10)
    fin.writeUInt32LE(this.#escritos - desde, 12)
    fin.writeUInt32LE(desde, 16)
    await this.#escribir(fin)
    await new Promise<void>((listo, fallo) => {
      if (this.#falla !== null) fallo(this.#falla)
      this.#salida.once('error', fallo)
      this.#salida.end(listo)
    })
  }

  async #cabeceraLocal(nombre: string): Promise<number> {
    const desde = this.#escritos
    const bytes = Buffer.from(nombre)
    const fijo = Buffer.alloc(30)
    fijo.writeUInt32LE(0x04034b50, 0)
    fijo.writeUInt16LE(20, 4)
    fijo.writeUInt16LE(BANDERAS, 6)
    fijo.writeUInt16LE(8, 8)
    fijo.writeUInt16LE(FECHA_DOS, 12)
    fijo.writeUInt16LE(bytes.length, 26)
    await this.#escribir(Buffer.concat([fijo, bytes]))
    return desde
  }

  async #cerrarParte(parte: Directorio): Promise<void> {
    const fin = Buffer.alloc(16)
    fin.writeUInt32LE(0x08074b50, 0)
    fin.writeUInt32LE(parte.crc, 4)
    fin.writeUInt32LE(parte.comprimido, 8)
    fin.writeUInt32LE(parte.tamanio, 12)
    await this.#escribir(fin)
    this.#partes.push(parte)
  }

  async #escribir(bytes: Buffer): Promise<void> {
    if (this.#falla !== null) throw this.#falla
    this.#escritos += bytes.length
    if (this.#salida.write(bytes)) return
    await esperarSitio(this.#salida)
    this.#exigirLector()
  }

  #exigirLector(): void {
    if (!this.#salida.destroyed) return
    this.#falla ??= new Error('The reader of the workbook left')
    throw this.#falla
  }
}

/** How a cell is read aloud in a CSV or a table of problems. */
export function textoDeValor(tipo: TipoColumnaExcel, valor: ValorExcel): string {
  if (valor === null || valor === undefined) return ''
  if (esMarcada(valor)) return textoDeValor(tipo, valor.marcada)
  if (esPropia(valor)) return textoDeValor(valor.como, valor.valor)
  if (tipo === 'fecha') return aDdMmAaaa(String(valor) as FechaIso)
  return typeof valor === 'object' ? valor.toFixed() : String(valor)
}

/**
 * Workbooks built in memory for the tests, byte by byte, so that every kind of cell a program may write can be tried
 * without depending on what one library can write.
 */
import { crc32, deflateRawSync } from 'node:zlib'

/** A cell: a text (shared), a number, a boolean, nothing, or one of the kinds with a name. */
export type CeldaDePrueba =
  | string
  | number
  | boolean
  | null
  /** Serial number with a date style. */
  | { serie: number | string }
  | { fecha: string }
  | { enLinea: string }
  | { rico: readonly string[] }
  | { formula: string; resultado?: string | number }
  | { error: string }
  /** The number exactly as the file would write it. */
  | { crudo: string }
  /** The whole `<c>` element, with {r} where the address goes. */
  | { xml: string }

export interface HojaDePrueba {
  nombre?: string
  filas: readonly (readonly CeldaDePrueba[])[]
  estado?: 'visible' | 'hidden' | 'veryHidden'
  combinadas?: readonly string[]
}

export interface LibroDePrueba {
  hojas: readonly HojaDePrueba[]
  es1904?: boolean
  /** Extra parts, or replacements of those that are built. */
  partes?: Readonly<Record<string, string | Buffer>>
}

/** Bytes of an .xlsx. */
export function libroDePrueba(libro: LibroDePrueba): Buffer {
  const textos: string[] = []
  const hojas = libro.hojas.map((hoja) => xmlDeHoja(hoja, textos))
  const partes: Record<string, string | Buffer> = {
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PAQUETE}"><Relationship Id="rId1" Type="${RELACION}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${PRINCIPAL}" xmlns:r="${RELACION}"><workbookPr${libro.es1904 === true ? ' date1904="1"' : ''}/><sheets>${libro.hojas
      .map(
        (hoja, i) =>
          `<sheet name="${escapar(hoja.nombre ?? `Hoja${String(i + 1)}`)}" sheetId="${String(i + 1)}" state="${hoja.estado ?? 'visible'}" r:id="rId${String(i + 1)}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PAQUETE}">${libro.hojas
      .map(
        (_hoja, i) =>
          `<Relationship Id="rId${String(i + 1)}" Type="${RELACION}/worksheet" Target="worksheets/sheet${String(i + 1)}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="rIdS" Type="${RELACION}/styles" Target="styles.xml"/><Relationship Id="rIdT" Type="${RELACION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${PRINCIPAL}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd;@"/><numFmt numFmtId="165" formatCode="[$-80A]d &quot;de&quot; mmmm"/><numFmt numFmtId="166" formatCode="[Red]&quot;días&quot; #,##0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${PRINCIPAL}">${textos.join('')}</sst>`,
    ...Object.fromEntries(hojas.map((xml, i) => [`xl/worksheets/sheet${String(i + 1)}.xml`, xml])),
    ...libro.partes,
  }
  return zip(Object.entries(partes))
}

/** A zip of those parts; with `mentir`, the central directory declares that size for all of them. */
export function zip(partes: readonly (readonly [string, string | Buffer])[], mentir?: number): Buffer {
  const locales: Buffer[] = []
  const central: Buffer[] = []
  let desplazamiento = 0
  for (const [nombre, contenido] of partes) {
    const bytes = typeof contenido === 'string' ? Buffer.from(contenido) : contenido
    const comprimido = deflateRawSync(bytes)
    const nombreBytes = Buffer.from(nombre)
    const comun = Buffer.alloc(26)
    comun.writeUInt16LE(20, 0)
    comun.writeUInt16LE(0x0800, 2)
    comun.writeUInt16LE(8, 4)
    comun.writeUInt32LE(crc32(bytes), 10)
    comun.writeUInt32LE(comprimido.length, 14)
    comun.writeUInt32LE(mentir ?? bytes.length, 18)
    comun.writeUInt16LE(nombreBytes.length, 22)
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), comun, nombreBytes, comprimido])
    const resto = Buffer.alloc(14)
    resto.writeUInt32LE(desplazamiento, 10)
    central.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), comun, resto, nombreBytes]))
    locales.push(local)
    desplazamiento += local.length
  }
  const directorio = Buffer.concat(central)
  const fin = Buffer.alloc(22)
  fin.writeUInt32BE(0x504b0506, 0)
  fin.writeUInt16LE(partes.length, 8)
  fin.writeUInt16LE(partes.length, 10)
  fin.writeUInt32LE(directorio.length, 12)
  fin.writeUInt32LE(desplazamiento, 16)
  return Buffer.concat([...locales, directorio, fin])
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const PRINCIPAL = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELACION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PAQUETE = 'http://schemas.openxmlformats.org/package/2006/relationships'

function xmlDeHoja(hoja: HojaDePrueba, textos: string[]): string {
  const filas = hoja.filas.map((fila, i) => {
    const celdas = fila.map((celda, j) => xmlDeCelda(celda, `${letra(j)}${String(i + 1)}`, textos))
    return `<row r="${String(i + 1)}">${celdas.join('')}</row>`
  })
  const combinadas = (hoja.combinadas ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  return `${XML}<worksheet xmlns="${PRINCIPAL}"><sheetData>${filas.join('')}</sheetData>${combinadas === '' ? '' : `<mergeCells>${combinadas}</mergeCells>`}</worksheet>`
}

const EPOCA = Date.UTC(1899, 11, 30)

function xmlDeCelda(celda: CeldaDePrueba, r: string, textos: string[]): string {
  if (celda === null) return ''
  if (typeof celda === 'string')
    return `<c r="${r}" t="s"><v>${String(textos.push(`<si>${t(celda)}</si>`) - 1)}</v></c>`
  if (typeof celda === 'number') return `<c r="${r}"><v>${String(celda)}</v></c>`
  if (typeof celda === 'boolean') return `<c r="${r}" t="b"><v>${celda ? '1' : '0'}</v></c>`
  if ('serie' in celda) return `<c r="${r}" s="2"><v>${String(celda.serie)}</v></c>`
  if ('fecha' in celda) return `<c r="${r}" s="2"><v>${String((Date.parse(celda.fecha) - EPOCA) / 86_400_000)}</v></c>`
  if ('enLinea' in celda) return `<c r="${r}" t="inlineStr"><is>${t(celda.enLinea)}</is></c>`
  if ('rico' in celda) {
    const trozos = celda.rico.map((trozo) => `<r><rPr><b/></rPr>${t(trozo)}</r>`).join('')
    return `<c r="${r}" t="s"><v>${String(textos.push(`<si>${trozos}<rPh sb="0" eb="1">${t('fonético')}</rPh></si>`) - 1)}</v></c>`
  }
  if ('formula' in celda) {
    const tipo = typeof celda.resultado === 'string' ? ' t="str"' : ''
    const valor = celda.resultado === undefined ? '' : `<v>${escapar(String(celda.resultado))}</v>`
    return `<c r="${r}"${tipo}><f>${escapar(celda.formula)}</f>${valor}</c>`
  }
  if ('error' in celda) return `<c r="${r}" t="e"><v>${escapar(celda.error)}</v></c>`
  if ('crudo' in celda) return `<c r="${r}"><v>${celda.crudo}</v></c>`
  return celda.xml.replaceAll('{r}', r)
}

const t = (texto: string): string => `<t xml:space="preserve">${escapar(texto)}</t>`

const escapar = (texto: string): string =>
  texto.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function letra(indice: number): string {
  return indice < 26 ? String.fromCharCode(65 + indice) : `${letra(Math.floor(indice / 26) - 1)}${letra(indice % 26)}`
}

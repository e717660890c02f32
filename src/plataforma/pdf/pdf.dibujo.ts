/**
 * Draws a document with pdfmake and the fonts that ship with it. No network and no disk but those fonts; no clock: the
 * same document gives the same bytes. It is slow (a second for a hundred pages' worth of cells): see `pdf.ts`.
 */
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import pdfmake from 'pdfmake'
import type { Content, CustomTableLayout, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { COLOR } from '../../comun/colores.ts'
import { svgDeGrafica } from '../grafica.ts'
import type { ContenidoPdf, DocumentoPdf, GraficaPdf } from './pdf.tipos.ts'

const LETRAS = join(dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts', 'Roboto')
const letra = (nombre: string): string => join(LETRAS, `Roboto-${nombre}.ttf`)

const LINEA = '#c8ccd2'
const MARGEN = 36
const ARRIBA = 56
const ABAJO = 40

/** Marks of the company, drawn: the page header needs no image. */
const LOGO =
  '<svg viewBox="0 0 64 64"><path d="M10 40h44l-6 12H16z" fill="#20145f"/><path d="M30 10h4v26h-4z" fill="#54565a"/><path d="M36 14l16 8-16 6z" fill="#f05523"/><path d="M28 16v18H14z" fill="#51c2eb"/><path d="M8 56q6-4 12 0t12 0 12 0 12 0" fill="none" stroke="#95c93d" stroke-width="3" stroke-linecap="round"/></svg>'

/** Layouts that a table names: `rayas`, lines between rows; `rejilla`, a light grid for tight numbers; `ficha`, no lines. */
const TRAZOS: Record<string, CustomTableLayout> = {
  rayas: {
    hLineWidth: (i, { table }) => (i === 0 ? 0 : i === (table.headerRows ?? 0) ? 0.8 : 0.4),
    vLineWidth: () => 0,
    hLineColor: (i, { table }) => (i === (table.headerRows ?? 0) ? COLOR.gris : LINEA),
    paddingLeft: () => 3,
    paddingRight: () => 3,
    paddingTop: () => 2,
    paddingBottom: () => 2,
  },
  rejilla: {
    hLineWidth: () => 0.3,
    vLineWidth: () => 0.3,
    hLineColor: () => LINEA,
    vLineColor: () => LINEA,
    paddingLeft: () => 1.5,
    paddingRight: () => 1.5,
    paddingTop: () => 1.5,
    paddingBottom: () => 1,
  },
  ficha: {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    paddingLeft: () => 0,
    paddingRight: () => 10,
    paddingTop: () => 1,
    paddingBottom: () => 1,
  },
}

const ESTILOS: NonNullable<TDocumentDefinitions['styles']> = {
  titulo: { fontSize: 15, bold: true, color: '#20145f' },
  bajada: { fontSize: 9, color: COLOR.gris },
  seccion: { fontSize: 11, bold: true, color: '#20145f', margin: [0, 12, 0, 4] },
  nota: { fontSize: 7, color: '#565c66' },
  etiqueta: { fontSize: 7, color: '#565c66' },
  dato: { fontSize: 9 },
  cabeza: { fontSize: 7, bold: true, color: '#20145f', fillColor: '#eceef1' },
  celda: { fontSize: 7 },
  chica: { fontSize: 5.6 },
  subtotal: { fontSize: 7, bold: true, fillColor: '#f4f5f7' },
  cifra: { fontSize: 13, bold: true },
}

/** Bytes of a document. */
export async function dibujar(documento: DocumentoPdf): Promise<Buffer> {
  pdfmake.setFonts({
    Roboto: {
      normal: letra('Regular'),
      bold: letra('Medium'),
      italics: letra('Italic'),
      bolditalics: letra('MediumItalic'),
    },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((ruta) => ruta.startsWith(LETRAS + sep))
  pdfmake.setTableLayouts(TRAZOS)
  return pdfmake.createPdf(definicion(documento)).getBuffer()
}

function definicion(documento: DocumentoPdf): TDocumentDefinitions {
  const { titulo, asunto, referencia, creado, pie, horizontal, contenido, imagenes, marca } = documento
  const ancho = (horizontal ? 792 : 612) - 2 * MARGEN
  return {
    pageSize: 'LETTER',
    pageOrientation: horizontal ? 'landscape' : 'portrait',
    pageMargins: [MARGEN, ARRIBA, MARGEN, ABAJO],
    version: '1.7',
    language: 'es-MX',
    displayTitle: true,
    info: {
      title: titulo,
      subject: asunto,
      author: 'SASCOP BME SubTec',
      creator: 'SASCOP BME SubTec',
      producer: 'SASCOP BME SubTec',
      creationDate: creado,
      modDate: creado,
    },
    ...(marca == null ? {} : { watermark: { text: marca, color: COLOR.naranja, opacity: 0.18, bold: true } }),
    images: { ...imagenes },
    defaultStyle: { font: 'Roboto', fontSize: 8, color: '#1f2328' },
    styles: ESTILOS,
    header: () => cabecera(titulo, referencia, ancho),
    footer: (pagina, paginas) => ({
      columns: [
        { text: pie, style: 'nota' },
        { text: `Página ${String(pagina)} de ${String(paginas)}`, style: 'nota', alignment: 'right' },
      ],
      margin: [MARGEN, 12, MARGEN, 0],
    }),
    content: contenido.map((pieza) => (esGrafica(pieza) ? dibujoDe(pieza) : pieza)),
  }
}

const esGrafica = (pieza: ContenidoPdf): pieza is GraficaPdf =>
  typeof pieza === 'object' && !Array.isArray(pieza) && 'grafica' in pieza

const dibujoDe = ({ titulo, grafica, ancho, alto }: GraficaPdf): Content => ({
  unbreakable: true,
  stack: [
    { text: titulo, style: 'seccion' },
    { svg: svgDeGrafica(grafica, ancho, alto), width: ancho, height: alto },
  ],
})

function cabecera(titulo: string, referencia: string, ancho: number): Content {
  return {
    stack: [
      {
        columns: [
          { svg: LOGO, width: 20 },
          {
            stack: [
              { text: 'SASCOP BME SubTec', bold: true, fontSize: 8, color: COLOR.gris },
              { text: titulo, fontSize: 8, color: COLOR.gris },
            ],
            margin: [6, 1, 0, 0],
          },
          { text: referencia, fontSize: 8, color: COLOR.gris, alignment: 'right', margin: [0, 1, 0, 0] },
        ],
      },
      {
        canvas: [{ type: 'line', x1: 0, y1: 4, x2: ancho, y2: 4, lineWidth: 1, lineColor: COLOR.naranja }],
      },
    ],
    margin: [MARGEN, 20, MARGEN, 0],
  }
}

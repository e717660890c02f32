/** Days of each concept, and what was adjusted or taken out, as the expediente prints them. Pure. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { sumar } from '../../../comun/dinero.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { recortar } from '../../../comun/texto.ts'
import { aLaDerecha, cabezas } from '../../../plataforma/pdf/piezas.ts'
import { volumen } from '../exportes/estimacion.pdf.ts'
import type { DocumentoDeEstimacion } from '../exportes/exportes.tipos.ts'
import type { LineaImpresa } from '../instantanea/instantanea.schema.ts'

const texto = (text: string): TableCell => ({ text, style: 'celda' })
const subtotal = (text: string, colSpan: number): TableCell[] => [
  { text, style: 'subtotal', colSpan },
  ...Array.from({ length: colSpan - 1 }, (): TableCell => ({})),
]
const gpuDe = ({ gpu }: LineaImpresa): string => (gpu === null ? '' : `GPU ${String(gpu)}`)
const diferencia = ({ volumenActual, volumenEstimado }: LineaImpresa): string =>
  volumen(volumenEstimado.minus(volumenActual))

/** Lines of a concept, one after another; the same code with another text, unit or annex is another concept. */
function porConcepto(lineas: readonly LineaImpresa[]): LineaImpresa[][] {
  const grupos = new Map<string, LineaImpresa[]>()
  for (const linea of lineas) {
    const clave = JSON.stringify([linea.anexo, linea.codigo, linea.concepto, linea.unidad])
    const grupo = grupos.get(clave)
    if (grupo) grupo.push(linea)
    else grupos.set(clave, [linea])
  }
  return [...grupos.values()]
}

/** A table per concept: its days with what was produced, what is billed and the difference. */
export function detalleDiario({ detalle }: DocumentoDeEstimacion): Content[] {
  return porConcepto(detalle).flatMap((lineas) => {
    const [primera] = lineas
    return primera ? [tablaDeDias(primera, lineas)] : []
  })
}

const COLUMNAS = ['Fecha', 'Sitio', 'Tipo', 'GPU', 'Comentario', 'Producido', 'Estimado', 'Diferencia']

const LARGO_BREVE = 300
/** The text of a concept where it comes many times; it is whole in the part of the concepts. */
export const conceptoBreve = ({ concepto }: LineaImpresa): string => recortar(concepto, LARGO_BREVE)

/** First row of its table: it comes again on each page. */
const tituloDeConcepto = (linea: LineaImpresa): TableCell[] => [
  {
    colSpan: COLUMNAS.length,
    margin: [0, 2, 0, 1],
    fontSize: 7.5,
    text: [
      { text: `${linea.codigo}  `, bold: true },
      conceptoBreve(linea),
      { text: `  (${linea.anexo})`, color: '#565c66' },
    ],
  },
  ...Array.from({ length: COLUMNAS.length - 1 }, (): TableCell => ({})),
]

function tablaDeDias(primera: LineaImpresa, lineas: readonly LineaImpresa[]): Content {
  const suma = (cual: 'volumenActual' | 'volumenEstimado') => sumar(lineas.map((linea) => linea[cual]))
  const [producido, estimado] = [suma('volumenActual'), suma('volumenEstimado')]
  return {
    layout: 'rayas',
    margin: [0, 0, 0, 8],
    table: {
      headerRows: 2,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: [50, 130, 24, 54, '*', 76, 76, 76],
      body: [
        tituloDeConcepto(primera),
        cabezas(COLUMNAS, 3),
        ...lineas.map((linea) => [
          texto(aDdMmAaaa(linea.fecha)),
          texto(linea.sitio),
          texto(linea.tipoTiempo),
          texto(gpuDe(linea)),
          texto(linea.comentario),
          aLaDerecha(volumen(linea.volumenActual)),
          aLaDerecha(volumen(linea.volumenEstimado)),
          aLaDerecha(diferencia(linea)),
        ]),
        [
          ...subtotal(`Suma en ${primera.unidad}`, 5),
          aLaDerecha(volumen(producido), 'subtotal'),
          aLaDerecha(volumen(estimado), 'subtotal'),
          aLaDerecha(volumen(estimado.minus(producido)), 'subtotal'),
        ],
      ],
    },
  }
}

/** Words after a column of figures. */
const SANGRIA: [number, number, number, number] = [8, 0, 0, 0]

/** Lines that bill other than what was produced, and those taken out, with their reason. */
export function ajustes({ ajustes: lineas }: DocumentoDeEstimacion): Content[] {
  if (lineas.length === 0) return [{ text: 'No hay ajustes ni líneas rechazadas.' }]
  return [
    {
      layout: 'rayas',
      table: {
        headerRows: 1,
        dontBreakRows: true,
        keepWithHeaderRows: 1,
        widths: [46, 150, 50, 90, 24, 64, 64, 64, '*'],
        body: [
          [
            ...cabezas(['Partida', 'Concepto', 'Fecha', 'Sitio', 'Tipo', 'Producido', 'Estimado', 'Diferencia'], 3),
            { text: 'Motivo', style: 'cabeza', margin: SANGRIA },
          ],
          ...lineas.map((linea) => [
            { text: linea.codigo, style: 'celda', bold: true },
            texto(conceptoBreve(linea)),
            texto(aDdMmAaaa(linea.fecha)),
            texto(linea.sitio),
            texto(linea.tipoTiempo),
            aLaDerecha(volumen(linea.volumenActual)),
            aLaDerecha(linea.rechazada ? 'Rechazada' : volumen(linea.volumenEstimado)),
            aLaDerecha(linea.rechazada ? '' : diferencia(linea)),
            { text: linea.comentario, style: 'celda', margin: SANGRIA },
          ]),
        ],
      },
    },
  ]
}

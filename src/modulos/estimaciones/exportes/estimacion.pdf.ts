/** Printed document of an estimation (estimaciones.md §8). Pure: it holds no clock, so the same estimation gives the same bytes. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import type { DocumentoPdf } from '../../../plataforma/pdf/pdf.ts'
import { aLaDerecha, cabezas, cifra, ficha, firmas, tarjetas } from '../../../plataforma/pdf/piezas.ts'
import { origenDeTasa } from '../estimaciones.reglas.ts'
import { TEXTO_ESTATUS, type Estimacion } from '../estimaciones.tipos.ts'
import type { AnexoEstimado, ConceptoEstimado } from '../importes.contrato.ts'
import { bloqueDeDeducciones } from './deducciones.pdf.ts'
import { anexoDePrueba } from './prueba.pdf.ts'
import { marcaDe } from './exportes.calculo.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'

/** Amounts, volumes and prices as the documents write them. */
export const importe = (valor: Dinero): string => cifra(textoPlano(valor, 2))
export const volumen = (valor: Dinero): string => cifra(textoPlano(valor, 6))
/** With every digit it has, two at least. */
export const precio = (valor: Dinero): string => cifra(textoPlano(valor, Math.max(2, valor.decimalPlaces())))

export const QUIENES_FIRMAN = [
  'Elaboró (nombre, cargo y firma)',
  'Revisó (nombre, cargo y firma)',
  'Autorizó (nombre, cargo y firma)',
]

/** The whole document. */
export function documentoPdf({ estimacion: e, anexos, deducciones, prueba }: DocumentoDeEstimacion): DocumentoPdf {
  const folio = `EST-${String(e.numero)}`
  return {
    titulo: `Estimación ${folio} · ${e.ot}`,
    asunto: `Estimación ${folio} de ${e.ot}, ${periodo(e)}`,
    referencia: `${folio} · ${e.ot}`,
    creado: e.fechaCreacion,
    pie: `${folio} de ${e.ot}, versión ${String(e.version)}, ${TEXTO_ESTATUS[e.estatus]}`,
    horizontal: true,
    marca: marcaDe(e),
    imagenes: {},
    contenido: [
      { text: `Estimación ${folio}`, style: 'titulo' },
      { text: e.descripcion, style: 'bajada', margin: [0, 0, 0, 8] },
      datos(e),
      { text: 'Conceptos', style: 'seccion' },
      tablaDeConceptos(anexos, e),
      totales(e),
      ...bloqueDeDeducciones(deducciones, e),
      firmas(QUIENES_FIRMAN),
      ...anexoDePrueba(prueba),
    ],
  }
}

/** «del 01/02/2026 al 15/02/2026». */
export const periodo = (e: Estimacion): string => `del ${aDdMmAaaa(e.fechaDesde)} al ${aDdMmAaaa(e.fechaHasta)}`

function datos(e: Estimacion): Content {
  const pares: [string, string][] = [
    ['Orden de trabajo', e.ot],
    ['Cliente', e.cliente ?? ''],
    ['Periodo', periodo(e)],
    ['Fecha de estimación', aDdMmAaaa(e.fechaEstimacion)],
    ['Estatus', TEXTO_ESTATUS[e.estatus]],
  ]
  if (e.folioFactura !== null) pares.push(['Factura', `${e.folioFactura}, ${aDdMmAaaa(e.fechaFactura) ?? ''}`])
  if (e.motivo !== null && e.motivo !== '') pares.push(['Motivo', e.motivo])
  if (e.comentario !== '') pares.push(['Comentario', e.comentario])
  return ficha(pares, 5)
}

const COLUMNAS = ['Partida', 'Concepto', 'Unidad', 'Volumen', 'P.U. M.N.', 'P.U. USD', 'Importe M.N.', 'Importe USD']

const LARGO_PARTIBLE = 1000

/** Concepts by annex with their subtotals and the total. */
export function tablaDeConceptos(
  anexos: readonly AnexoEstimado[],
  { totales: { importeMn, importeUsd } }: Estimacion,
): Content {
  // A row that fills a page by itself is broken: kept whole it would leave the page before empty.
  const enteras = !anexos.some(({ conceptos }) => conceptos.some(({ concepto }) => concepto.length > LARGO_PARTIBLE))
  return {
    table: {
      headerRows: 1,
      dontBreakRows: enteras,
      keepWithHeaderRows: enteras ? 1 : 0,
      widths: [46, '*', 40, 74, 66, 60, 78, 72],
      body: [
        cabezas(COLUMNAS, 5),
        ...anexos.flatMap((anexo) => [
          ...anexo.conceptos.map(filaDe),
          suma(`Subtotal del anexo ${anexo.anexo}`, anexo.importeMn, anexo.importeUsd),
        ]),
        suma('TOTAL', importeMn, importeUsd),
      ],
    },
    layout: 'rayas',
  }
}

const filaDe = (c: ConceptoEstimado): TableCell[] => [
  { text: c.codigo, style: 'celda', bold: true },
  { text: c.concepto, style: 'celda' },
  { text: c.unidad, style: 'celda' },
  aLaDerecha(volumen(c.volumenEstimado)),
  aLaDerecha(precio(c.puMn)),
  aLaDerecha(precio(c.puUsd)),
  aLaDerecha(importe(c.importeMn)),
  aLaDerecha(importe(c.importeUsd)),
]

const suma = (rotulo: string, mn: Dinero, usd: Dinero): TableCell[] => [
  { text: rotulo, style: 'subtotal', colSpan: 6 },
  ...Array.from({ length: 5 }, (): TableCell => ({})),
  aLaDerecha(importe(mn), 'subtotal'),
  aLaDerecha(importe(usd), 'subtotal'),
]

/** The three totals, with the rate, where it comes from and who captured it. */
export const totales = (e: Estimacion): Content =>
  tarjetas([
    ['Total M.N.', `$ ${importe(e.totales.importeMn)}`, 'Suma de los importes de cada concepto'],
    ['Total USD', `$ ${importe(e.totales.importeUsd)}`, 'Suma de los importes de cada concepto'],
    [
      'Total homologado M.N.',
      `$ ${importe(e.totales.homologado)}`,
      `M.N. + USD × ${precio(e.tipoCambio)}. Tipo de cambio: ${origenDeTasa(e)}`,
    ],
  ])

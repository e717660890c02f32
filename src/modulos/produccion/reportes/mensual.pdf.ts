/** Monthly production report as a document: the figures of the sábana as they are shown, none computed again. Pure. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { diasDelMes, instanteLocal } from '../../../comun/fechas.ts'
import type { ContenidoPdf, DocumentoPdf } from '../../../plataforma/pdf/pdf.ts'
import type { FilaDeConcepto, FilaDeSubtotal } from '../captura/captura.contrato.ts'
import { nombreDelMes } from '../produccion.contrato.ts'
import { detalleDiario } from './mensual-diario.pdf.ts'
import { opcionesDeAvance } from './grafica.contrato.ts'
import { aLaDerecha, ANCHO_HORIZONTAL, cabezas, cifra, ficha, firmas } from '../../../plataforma/pdf/piezas.ts'
import {
  conceptosDe,
  conMovimiento,
  porAnexo,
  serieDelMes,
  sumaDeImportes,
  tarjeta,
  totalesPorTipo,
} from './reportes.reglas.ts'
import type { ReporteMensual, SeccionMensual } from './reportes.tipos.ts'

const TITULO = 'Reporte mensual de producción'

/** The whole document. */
export function documentoMensual(reporte: ReporteMensual): DocumentoPdf {
  const mes = nombreDelMes(reporte.mes, reporte.anio).toLowerCase()
  const que = reporte.sujeto
  return {
    titulo: `${TITULO} · ${que} · ${mes}`,
    asunto: `Producción de ${que}, ${mes}`,
    referencia: `${que} · ${mes}`,
    creado: reporte.generado,
    pie: `Generado el ${instanteLocal(reporte.generado)} por ${reporte.usuario}`,
    horizontal: true,
    imagenes: {},
    contenido: [
      { text: TITULO, style: 'titulo' },
      { text: `${que} · ${mes}`, style: 'bajada', margin: [0, 0, 0, 8] },
      ...(reporte.secciones.length === 1 ? [] : resumen(reporte)),
      ...reporte.secciones.flatMap((seccion, i) => partesDeSeccion(reporte, seccion, i)),
      firmas([
        'Elaboró (nombre, cargo y firma)',
        'Revisó (nombre, cargo y firma)',
        'Por el cliente (nombre, cargo y firma)',
      ]),
    ],
  }
}

/** What the sections add up to, when there are several (or none). */
function resumen({ clase, secciones }: ReporteMensual): Content[] {
  if (secciones.length === 0)
    return [{ text: 'No hay órdenes de trabajo con producción ni vigencia en este mes.', style: 'dato' }]
  const cabeza = ['OT', 'Frente', 'Vigencia', 'Producido M.N.', 'Producido USD']
  const filas = secciones.map(({ ot, sitio, vigencia, sabana }): TableCell[] => [
    { text: ot.folio, style: 'celda', bold: true },
    { text: sitio.nombre, style: 'celda' },
    { text: vigencia, style: 'celda' },
    aLaDerecha(cifra(tarjeta(sabana, 'ejec_mn'))),
    aLaDerecha(cifra(tarjeta(sabana, 'ejec_usd'))),
  ])
  const suma = (clave: 'ejec_mn' | 'ejec_usd'): TableCell =>
    aLaDerecha(cifra(sumaDeImportes(secciones.map(({ sabana }) => tarjeta(sabana, clave)))), 'subtotal')
  const rotulo = clase === 'ot' ? 'Producción del mes en todos sus frentes' : 'Producción del mes en el frente'
  filas.push([{ text: rotulo, style: 'subtotal', colSpan: 3 }, {}, {}, suma('ejec_mn'), suma('ejec_usd')])
  return [
    { text: clase === 'ot' ? 'Frentes de la OT' : 'Órdenes de trabajo del frente', style: 'seccion' },
    {
      table: { headerRows: 1, widths: [130, '*', 160, 100, 100], body: [cabezas(cabeza, 2), ...filas] },
      layout: 'rayas',
    },
  ]
}

function partesDeSeccion(reporte: ReporteMensual, seccion: SeccionMensual, indice: number): ContenidoPdf[] {
  const { sabana, ot, sitio, vigencia } = seccion
  const varias = reporte.secciones.length > 1
  const ultimo = diasDelMes(reporte.anio, reporte.mes)
  const datos: [string, string][] = [
    ['Orden de trabajo', ot.folio],
    ['Cliente', ot.cliente],
    ['Frente', sitio.nombre],
    ['Vigencia en el frente', vigencia],
    ['Estado del mes', sabana.mes_cerrado ? 'Cerrado' : 'Abierto'],
    ['Días firmados', sabana.dias_firmados.length === 0 ? 'Ninguno' : sabana.dias_firmados.join(', ')],
  ]
  const moneda = enDolares(seccion) ? 'usd' : 'mn'
  return [
    {
      text: varias ? `${ot.folio} en ${sitio.nombre}` : 'Datos generales',
      style: 'seccion',
      ...(varias && indice > 0 ? { pageBreak: 'before' as const } : {}),
    },
    { text: ot.descripcion, style: 'celda', margin: [0, 0, 0, 6] },
    ficha(datos, 6),
    tarjetas(seccion),
    { text: 'Producción del mes por partida', style: 'seccion' },
    tablaDePartidas(seccion),
    notaDeSinMovimiento(seccion),
    {
      titulo: `Programado contra producido en el mes (${moneda === 'mn' ? 'M.N.' : 'USD'}, a los precios del anexo)`,
      grafica: opcionesDeAvance(serieDelMes(sabana, ultimo, moneda)),
      ancho: ANCHO_HORIZONTAL,
      alto: 190,
    },
    ...detalleDiario(seccion, reporte.anio, reporte.mes),
  ]
}

/** An OT that is priced only in dollars is drawn in them. */
const enDolares = ({ sabana }: SeccionMensual): boolean =>
  tarjeta(sabana, 'aut_mn') === '0.00' && tarjeta(sabana, 'ejec_mn') === '0.00' && tarjeta(sabana, 'aut_usd') !== '0.00'

const TARJETAS = [
  ['Autorizado PTE', 'aut'],
  ['Prod. del mes en el frente', 'ejec'],
  ['Prod. general acumulada', 'acum_general'],
  ['Por producir', 'resta'],
] as const

function tarjetas({ sabana }: SeccionMensual): Content {
  return {
    margin: [0, 8, 0, 0],
    layout: 'rejilla',
    table: {
      widths: ['*', '*', '*', '*'],
      body: [
        TARJETAS.map(([titulo, clave]): TableCell => ({
          margin: [6, 4, 6, 4],
          stack: [
            { text: titulo, style: 'etiqueta' },
            { text: `$ ${cifra(tarjeta(sabana, `${clave}_mn`))} M.N.`, fontSize: 10, bold: true },
            { text: `$ ${cifra(tarjeta(sabana, `${clave}_usd`))} USD`, fontSize: 9 },
          ],
        })),
      ],
    },
  }
}

const COLUMNAS = [
  'Partida y concepto',
  'Unidad',
  'Autorizado',
  'Programado',
  'TE',
  'CMA',
  'Total del mes',
  'Importe M.N.',
  'Importe USD',
]

function tablaDePartidas({ sabana }: SeccionMensual): Content {
  const cuerpo = porAnexo(sabana).flatMap(({ subtotal, filas }) => [
    filaDeSubtotal(subtotal),
    ...filas.filter(conMovimiento).map(filaDePartida),
  ])
  const total = (clave: 'ejec_mn' | 'ejec_usd'): TableCell => aLaDerecha(cifra(tarjeta(sabana, clave)), 'subtotal')
  cuerpo.push([
    { text: 'PRODUCCIÓN DEL MES EN EL FRENTE', style: 'subtotal', colSpan: 7 },
    ...Array.from({ length: 6 }, (): TableCell => ({})),
    total('ejec_mn'),
    total('ejec_usd'),
  ])
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: ['*', 34, 62, 60, 60, 56, 62, 66, 60],
      body: [cabezas(COLUMNAS, 7), ...cuerpo],
    },
    layout: 'rayas',
  }
}

function filaDeSubtotal(fila: FilaDeSubtotal): TableCell[] {
  const { te, cma } = totalesPorTipo(fila)
  return [
    { text: fila.concepto, style: 'subtotal' },
    { text: '', style: 'subtotal' },
    ...volumenes(fila, te, cma).map((texto) => aLaDerecha(texto, 'subtotal')),
    aLaDerecha(cifra(fila.monto_mn), 'subtotal'),
    aLaDerecha(cifra(fila.monto_usd), 'subtotal'),
  ]
}

const volumenes = (fila: FilaDeConcepto | FilaDeSubtotal, te: string, cma: string): string[] =>
  [fila.vol_total_proyectado, fila.acumulado_programado, te, cma, fila.acumulado_mes].map(cifra)

function filaDePartida(fila: FilaDeConcepto): TableCell[] {
  const { te, cma } = totalesPorTipo(fila)
  const importe = (monto: string, precio: string): TableCell => ({
    alignment: 'right',
    stack: [
      { text: cifra(monto), style: 'celda' },
      { text: `P.U. ${cifra(precio)}`, style: 'nota', fontSize: 5.6 },
    ],
  })
  return [
    {
      stack: [
        {
          style: 'celda',
          text: [
            { text: `${fila.codigo}  `, bold: true },
            { text: fila.concepto },
            ...(fila.estatus_gpu === 'BLOQUEADO' ? [{ text: '  EXCEDENTE', bold: true, color: '#b23509' }] : []),
          ],
        },
      ],
    },
    { text: fila.unidad, style: 'celda' },
    ...volumenes(fila, te, cma).map((texto) => aLaDerecha(texto)),
    importe(fila.monto_mn, fila.pu_mn),
    importe(fila.monto_usd, fila.pu_usd),
  ]
}

function notaDeSinMovimiento({ sabana }: SeccionMensual): Content {
  const filas = conceptosDe(sabana)
  const calladas = filas.length - filas.filter(conMovimiento).length
  const cuantas =
    calladas === 1
      ? 'Una partida sin producción ni programa en el mes no se lista'
      : `${String(calladas)} partidas sin producción ni programa en el mes no se listan`
  return {
    text:
      calladas === 0
        ? ''
        : `${cuantas}; su volumen autorizado sí está en los totales de su anexo. La hoja de Excel las trae todas.`,
    style: 'nota',
    margin: [0, 3, 0, 0],
  }
}

/** Sheet of a GPU: what was produced, its photos, and a QR code that opens the record. Pure. */
import type { Content } from 'pdfmake/interfaces.js'
import { aDdMmAaaa, instanteLocal } from '../../../comun/fechas.ts'
import type { DocumentoPdf } from '../../../plataforma/pdf/pdf.ts'
import { svgQr } from '../../../plataforma/qr.ts'
import { fotosDeEvidencia, fraseDeFirma, imagenesDeEvidencia } from './evidencia.pdf.ts'
import type { DatosDeHojaGpu, HojaDeGpu } from './hoja-gpu.tipos.ts'
import { ANCHO_VERTICAL, cifra, ficha, firmas } from '../../../plataforma/pdf/piezas.ts'

const TITULO = 'Generador de precios unitarios'
const LADO_QR = 104
const FOTOS = { porFila: 3, ancho: 168 } as const

/** The whole document. */
export function documentoDeGpu(datos: DatosDeHojaGpu): DocumentoPdf {
  const { gpu, evidencias, miniaturas, generado, usuario } = datos
  const fecha = aDdMmAaaa(gpu.fecha)
  return {
    titulo: `${TITULO} ${String(gpu.id)} · ${gpu.folio} · ${gpu.codigo} · ${fecha}`,
    asunto: `GPU de la partida ${gpu.codigo} de ${gpu.folio}, ${fecha}, ${gpu.sitio}`,
    referencia: `GPU ${String(gpu.id)} · ${gpu.folio}`,
    creado: generado,
    pie: `Generado el ${instanteLocal(generado)} por ${usuario}`,
    horizontal: false,
    imagenes: imagenesDeEvidencia(miniaturas),
    contenido: [
      encabezado(datos),
      { text: 'Orden de trabajo', style: 'seccion' },
      ficha(
        [
          ['OT', gpu.folio],
          ['Cliente', gpu.cliente],
          ['Frente', gpu.sitio],
        ],
        3,
      ),
      { text: gpu.descripcion, style: 'celda', margin: [0, 3, 0, 0] },
      { text: 'Partida', style: 'seccion' },
      ficha(
        [
          ['Partida', gpu.codigo],
          ['Anexo', gpu.anexo],
          ['Unidad', gpu.unidad],
        ],
        3,
      ),
      { text: gpu.concepto, style: 'celda', margin: [0, 3, 0, 0] },
      ...produccion(gpu),
      { text: 'Evidencia', style: 'seccion' },
      ...fotosDeEvidencia(evidencias, miniaturas, FOTOS),
      firmas(['Elaboró (nombre, cargo y firma)', 'Por el cliente (nombre, cargo y firma)']),
    ],
  }
}

function encabezado({ gpu, direccion }: DatosDeHojaGpu): Content {
  return {
    columns: [
      {
        width: ANCHO_VERTICAL - LADO_QR - 10,
        stack: [
          { text: TITULO, style: 'titulo' },
          { text: `GPU ${String(gpu.id)}`, style: 'bajada' },
          {
            margin: [0, 10, 0, 0],
            text: [
              { text: 'Estatus: ', style: 'etiqueta' },
              { text: gpu.estatus, bold: true, fontSize: 12 },
            ],
          },
          {
            margin: [0, 4, 0, 0],
            style: 'nota',
            text: fraseDeFirma(gpu.firma),
          },
          ...(gpu.nota === ''
            ? []
            : [
                {
                  text: `Observaciones: ${gpu.nota}`,
                  style: 'celda',
                  margin: [0, 4, 0, 0] as [number, number, number, number],
                },
              ]),
        ],
      },
      {
        width: LADO_QR,
        stack: [
          { svg: svgQr(direccion), width: LADO_QR },
          { text: 'Abre este registro', style: 'nota', alignment: 'center', link: direccion },
        ],
      },
    ],
  }
}

function produccion(gpu: HojaDeGpu): Content[] {
  const aviso: Content[] = gpu.excedente
    ? [{ text: 'Este volumen es excedente del autorizado.', bold: true, color: '#b23509', margin: [0, 4, 0, 0] }]
    : []
  const enlace: Content[] =
    gpu.enlace === null
      ? []
      : [{ text: gpu.enlace, link: gpu.enlace, style: 'nota', color: '#0b6384', margin: [0, 4, 0, 0] }]
  return [
    { text: 'Producción', style: 'seccion' },
    {
      columns: [
        {
          stack: [
            { text: 'Volumen', style: 'etiqueta' },
            { text: `${cifra(gpu.volumen)} ${gpu.unidad}`, style: 'cifra' },
          ],
        },
        {
          stack: [
            { text: 'Fecha', style: 'etiqueta' },
            { text: aDdMmAaaa(gpu.fecha), style: 'cifra' },
          ],
        },
        {
          stack: [
            { text: 'Tipo de afectación', style: 'etiqueta' },
            {
              text: gpu.tipo === 'TE' ? 'Tiempo efectivo (TE)' : 'Costo mínimo aplicado (CMA)',
              style: 'dato',
              margin: [0, 3, 0, 0],
            },
          ],
        },
      ],
    },
    ...aviso,
    ...(gpu.comentario === '' ? [] : [{ text: gpu.comentario, style: 'celda', margin: [0, 4, 0, 0] } as Content]),
    ...enlace,
  ]
}

/** Sheet of a GPU: what was produced, its photos, and a QR code that opens the record. Pure. */
import type { Content } from 'pdfmake/interfaces.js'
import { aDdMmAaaa, instanteLocal } from '../../../comun/fechas.ts'
import type { DocumentoPdf } from '../../../plataforma/pdf/pdf.ts'
import { svgQr } from '../../../plataforma/qr.ts'
import type { DatosDeHojaGpu, EvidenciaDeHoja, HojaDeGpu } from './hoja-gpu.tipos.ts'
import { ANCHO_VERTICAL, cifra, ficha, firmas } from '../../../plataforma/pdf/piezas.ts'

const TITULO = 'Generador de precios unitarios'
const LADO_QR = 104
const POR_FILA = 3
const FOTO = [168, 126] as const

const nombreDeImagen = (idArchivo: number): string => `archivo-${String(idArchivo)}`

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
    imagenes: Object.fromEntries(
      evidencias.flatMap(({ idArchivo }) => {
        const foto = miniaturas.get(idArchivo)
        return foto ? [[nombreDeImagen(idArchivo), `data:image/jpeg;base64,${foto.toString('base64')}`]] : []
      }),
    ),
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
      ...fotos(datos),
      ...otrosArchivos(datos),
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
            text:
              gpu.firma === null
                ? 'Sin firma registrada.'
                : `Firmado en el sistema por ${gpu.firma.usuario} el ${instanteLocal(gpu.firma.fecha)}.`,
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

/** Photos in rows, each with who brought it and its comment; a row is never split. */
function fotos({ evidencias, miniaturas }: DatosDeHojaGpu): Content[] {
  const conFoto = evidencias.filter(({ idArchivo }) => miniaturas.has(idArchivo))
  const filas: Content[] = []
  for (let i = 0; i < conFoto.length; i += POR_FILA)
    filas.push({
      unbreakable: true,
      columnGap: 12,
      margin: [0, 0, 0, 8],
      columns: conFoto.slice(i, i + POR_FILA).map((evidencia) => ({
        width: FOTO[0],
        stack: [
          { image: nombreDeImagen(evidencia.idArchivo), fit: [...FOTO] as [number, number] },
          ...rotulos(evidencia),
        ],
      })),
    })
  if (evidencias.length === 0) filas.push({ text: 'Este GPU no tiene archivos de evidencia.', style: 'celda' })
  return filas
}

function rotulos({ nombre, comentario, usuario, fecha, sha256 }: EvidenciaDeHoja): Content[] {
  return [
    { text: nombre, style: 'celda', margin: [0, 2, 0, 0] },
    ...(comentario === '' ? [] : [{ text: comentario, style: 'nota' }]),
    { text: `${usuario}, ${instanteLocal(fecha).slice(0, 16)} · SHA-256 ${sha256.slice(0, 12)}`, style: 'nota' },
  ]
}

/** PDFs and what has no thumbnail: named, with their fingerprint. */
function otrosArchivos({ evidencias, miniaturas }: DatosDeHojaGpu): Content[] {
  return evidencias
    .filter(({ idArchivo }) => !miniaturas.has(idArchivo))
    .map((evidencia) => ({ stack: rotulos(evidencia), margin: [0, 0, 0, 4] }))
}

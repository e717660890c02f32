/** One block per GPU of an estimation: what it says, who signed it, its QR code and its photos. Pure. */
import type { Column, Content } from 'pdfmake/interfaces.js'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { ANCHO_HORIZONTAL, ficha } from '../../../plataforma/pdf/piezas.ts'
import { fotosDeEvidencia, fraseDeFirma, rutaDeGpu, type Miniaturas } from '../../produccion/index.ts'
import { volumen } from '../exportes/estimacion.pdf.ts'
import type { DocumentoDeEstimacion } from '../exportes/exportes.tipos.ts'
import { conceptoBreve } from './detalle.pdf.ts'
import type { GpuImpreso, LineaImpresa } from '../instantanea/instantanea.schema.ts'

/** Of this size, two GPUs with a row of photos fit in a page. */
const FOTOS = { porFila: 5, ancho: 132 } as const
/** Two points a square for addresses of the usual length. */
const LADO_QR = 84
const ENTRE_COLUMNAS = 12
/** Of partida, day, site, type, volumes and status: names of sites are long. */
const ANCHOS = [46, 54, '*', 22, 74, 74, 62] as const

/** The GPUs in the order of their lines. */
export function bloquesDeGpu({ detalle, gpus, dominio }: DocumentoDeEstimacion, miniaturas: Miniaturas): Content[] {
  if (gpus.length === 0) return [{ text: 'Ninguna línea de esta estimación lleva GPU.' }]
  const lineas = new Map(detalle.map((linea) => [linea.idProduccion, linea]))
  return gpus.flatMap((gpu) => {
    const linea = lineas.get(gpu.idProduccion)
    return linea ? bloque(gpu, linea, { dominio, miniaturas }) : []
  })
}

function bloque(
  gpu: GpuImpreso,
  linea: LineaImpresa,
  { dominio, miniaturas }: { dominio: string | null; miniaturas: Miniaturas },
): Content[] {
  // The link is its evidence when it has no files.
  const [primera, ...demas] =
    gpu.evidencias.length === 0 && gpu.enlace !== null ? [] : fotosDeEvidencia(gpu.evidencias, miniaturas, FOTOS)
  const suyos = codigos(gpu, dominio)
  const cabeza = { columns: [datosDeGpu(gpu, linea, suyos.length), ...suyos], columnGap: ENTRE_COLUMNAS }
  return [
    raya(),
    // The data of a GPU stay with its first photos.
    {
      unbreakable: true,
      stack: [cabeza, { stack: primera === undefined ? [] : [primera], margin: [0, 6, 0, 0] }],
    },
    ...demas,
  ]
}

const raya = (): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: ANCHO_HORIZONTAL, y2: 0, lineWidth: 0.4, lineColor: '#c8ccd2' }],
  margin: [0, 5, 0, 5],
})

function datosDeGpu(gpu: GpuImpreso, linea: LineaImpresa, codigosAlLado: number): Column {
  const dia = aDdMmAaaa(linea.fecha)
  const nota = (text: string): Content => ({ text, style: 'celda', margin: [0, 2, 0, 0] })
  return {
    // Fixed: a long link breaks inside it instead of pushing the QR codes off the page.
    width: ANCHO_HORIZONTAL - codigosAlLado * (LADO_QR + ENTRE_COLUMNAS),
    stack: [
      {
        text: `GPU ${String(gpu.id)}`,
        style: 'seccion',
        margin: [0, 0, 0, 3],
        id: `gpu-${String(gpu.id)}`,
        outline: true,
        outlineText: `GPU ${String(gpu.id)} · ${linea.codigo} · ${dia}`,
        outlineParentId: 'parte-gpus',
      },
      ficha(
        [
          ['Partida', linea.codigo],
          ['Fecha', dia],
          ['Sitio', linea.sitio],
          ['Tipo', linea.tipoTiempo],
          ['Producido', `${volumen(linea.volumenActual)} ${linea.unidad}`],
          ['Estimado', `${volumen(linea.volumenEstimado)} ${linea.unidad}`],
          ['Estatus', gpu.estatus],
        ],
        ANCHOS.length,
        ANCHOS,
      ),
      nota(conceptoBreve(linea)),
      { text: fraseDeFirma(gpu.firma), style: 'nota', margin: [0, 3, 0, 0] },
      ...(gpu.excedente ? [nota('Este volumen es excedente del autorizado.')] : []),
      ...(gpu.nota === '' ? [] : [nota(`Observaciones: ${gpu.nota}`)]),
      ...(gpu.comentario === '' ? [] : [nota(gpu.comentario)]),
      ...(gpu.enlace === null
        ? []
        : [
            nota('Evidencia en un enlace:'),
            { text: gpu.enlace, link: gpu.enlace, style: 'nota', color: '#0b6384' } satisfies Content,
          ]),
    ],
  }
}

/** QR codes of its evidence when that is a link, and of its record: to open them from the paper. */
function codigos({ id, enlace }: GpuImpreso, dominio: string | null): Column[] {
  const registro = dominio === null ? null : new URL(rutaDeGpu(id), dominio).href
  return [
    // Five hundred letters, the most that a link may have, fit at this size.
    ...(enlace === null ? [] : [codigo(enlace, 'Abre el enlace', 'L')]),
    ...(registro === null ? [] : [codigo(registro, 'Abre el registro', 'M')]),
  ]
}

/** Drawn by the thread, unlike the one of the sheet: there may be hundreds. */
const codigo = (direccion: string, rotulo: string, eccLevel: 'L' | 'M'): Column => ({
  width: LADO_QR,
  stack: [
    { qr: direccion, fit: LADO_QR, eccLevel, margin: [0, 0, 0, 4] },
    { text: rotulo, style: 'nota', link: direccion },
  ],
})

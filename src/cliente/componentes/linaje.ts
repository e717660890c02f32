/**
 * The programme of an OT through its reprogramaciones on one time axis: one bar per version, the real period as a thin line
 * below it, labels on the bars themselves. Drawn to be printed, also in grey; the table beside says the same in numbers.
 */
import { textoDinero, dinero } from '../../comun/dinero.ts'
import { aDdMmAaaa, diasEntre, fechaDePartes, leerFechaIso, sumarDias, type FechaIso } from '../../comun/fechas.ts'
import { plural, recortar } from '../../comun/texto.ts'
import { crearSvg } from '../comun/dom.ts'

export interface BarraLinaje {
  etiqueta: string
  inicio: string | null
  termino: string | null
  inicioReal: string | null
  terminoReal: string | null
  dias: number | null
  montoMxn: string
  montoUsd: string
  /** Days the end moved from the previous version; null on the first or without dates. */
  movimiento: number | null
  motivo: string
}

const ANCHO = 1120
const IZQUIERDA = 150
const DERECHA = 200
const ARRIBA = 34
const ALTO_FILA = 54
const COLOR = {
  inicial: '#20145f',
  version: '#51c2eb',
  ultima: '#2e2185',
  real: '#54565a',
  texto: '#1f2328',
  tenue: '#565c66',
  linea: '#dfe2e6',
  hoy: '#b23509',
}

const MESES = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic']

interface Escala {
  desde: FechaIso
  hasta: FechaIso
  x: (fecha: FechaIso) => number
}

/** The drawing; null when no version has both dates. */
export function dibujarLinaje(barras: BarraLinaje[], hoy: FechaIso): SVGSVGElement | null {
  const escala = crearEscala(barras)
  if (!escala) return null
  const alto = ARRIBA + barras.length * ALTO_FILA + 20
  const svg = crearSvg(
    'svg',
    { viewBox: `0 0 ${String(ANCHO)} ${String(alto)}`, role: 'img', 'aria-label': descripcion(barras) },
    ...eje(escala, alto),
    ...barras.flatMap((barra, i) => fila(barra, i, barras.length, escala)),
    ...marcaDeHoy(hoy, escala, alto),
  )
  return svg
}

function crearEscala(barras: BarraLinaje[]): Escala | null {
  const fechas = barras
    .flatMap(({ inicio, termino, inicioReal, terminoReal }) => [inicio, termino, inicioReal, terminoReal])
    .flatMap((fecha) => (fecha === null ? [] : [leerFechaIso(fecha)]))
    .filter((fecha) => fecha !== null)
    .sort()
  const [primera] = fechas
  const ultima = fechas.at(-1)
  if (primera === undefined || ultima === undefined) return null
  const holgura = Math.max(2, Math.round(diasEntre(primera, ultima) * 0.03))
  const desde = sumarDias(primera, -holgura)
  const hasta = sumarDias(ultima, holgura)
  const total = diasEntre(desde, hasta)
  const ancho = ANCHO - IZQUIERDA - DERECHA
  return { desde, hasta, x: (fecha) => IZQUIERDA + (diasEntre(desde, fecha) / total) * ancho }
}

/** Months as ticks, as many as fit without touching. */
function eje({ desde, hasta, x }: Escala, alto: number): SVGElement[] {
  const meses = primerosDeMes(desde, hasta)
  const paso = [1, 2, 3, 6, 12, 24, 60].find((cada) => meses.length / cada <= 12) ?? 120
  const marcas = meses.filter((fecha) => (Number(fecha.slice(0, 4)) * 12 + Number(fecha.slice(5, 7)) - 1) % paso === 0)
  return marcas.flatMap((fecha) => [
    crearSvg('line', { x1: x(fecha), x2: x(fecha), y1: ARRIBA - 8, y2: alto - 16, stroke: COLOR.linea }),
    texto(x(fecha) + 3, ARRIBA - 14, `${MESES[Number(fecha.slice(5, 7)) - 1] ?? ''} ${fecha.slice(0, 4)}`, {
      fill: COLOR.tenue,
      'font-size': 12,
    }),
  ])
}

function primerosDeMes(desde: FechaIso, hasta: FechaIso): FechaIso[] {
  const meses: FechaIso[] = []
  let anio = Number(desde.slice(0, 4))
  let mes = Number(desde.slice(5, 7))
  for (;;) {
    const fecha = fechaDePartes(anio, mes, 1)
    if (fecha === null || fecha > hasta) return meses
    if (fecha >= desde) meses.push(fecha)
    mes += 1
    if (mes > 12) {
      mes = 1
      anio += 1
    }
  }
}

function fila(barra: BarraLinaje, i: number, total: number, { x }: Escala): SVGElement[] {
  const y = ARRIBA + i * ALTO_FILA
  const inicio = barra.inicio === null ? null : leerFechaIso(barra.inicio)
  const termino = barra.termino === null ? null : leerFechaIso(barra.termino)
  const partes: SVGElement[] = [
    texto(0, y + 18, recortar(barra.etiqueta, 22), { 'font-weight': 600, 'font-size': 14 }),
    texto(0, y + 34, recortar(barra.motivo, 24), { fill: COLOR.tenue, 'font-size': 12 }),
    texto(ANCHO, y + 18, `${textoDinero(dinero(barra.montoMxn))} MXN`, { 'text-anchor': 'end', 'font-size': 13 }),
    texto(ANCHO, y + 34, `${textoDinero(dinero(barra.montoUsd))} USD`, {
      'text-anchor': 'end',
      fill: COLOR.tenue,
      'font-size': 12,
    }),
  ]
  if (!inicio || !termino || termino < inicio) {
    return [...partes, texto(IZQUIERDA, y + 18, 'Sin programa completo', { fill: COLOR.tenue, 'font-size': 12 })]
  }
  const x1 = x(inicio)
  const ancho = Math.max(3, x(sumarDias(termino, 1)) - x1)
  const color = i === 0 ? COLOR.inicial : i === total - 1 ? COLOR.ultima : COLOR.version
  partes.push(
    crearSvg('rect', { x: x1, y: y + 4, width: ancho, height: 20, rx: 3, fill: color, stroke: COLOR.inicial }),
    ...rotulo(barra, x1, ancho, y, i === 0 || i === total - 1),
    ...periodoReal(barra, y, x),
  )
  return partes
}

/** Inside the bar when it fits, else to the side that has room. */
function rotulo(barra: BarraLinaje, x1: number, ancho: number, y: number, oscura: boolean): SVGElement[] {
  const corto = (fecha: string | null): string => {
    const leida = fecha === null ? null : leerFechaIso(fecha)
    return leida === null ? '' : aDdMmAaaa(leida)
  }
  const dias = barra.dias === null ? '' : ` · ${plural(barra.dias, 'día', 'días')}`
  const leyenda = `${corto(barra.inicio)} – ${corto(barra.termino)}${dias}`
  const movido =
    barra.movimiento === null || barra.movimiento === 0
      ? ''
      : `${barra.movimiento > 0 ? '+' : '−'}${plural(Math.abs(barra.movimiento), 'día', 'días')}`
  const cabe = ancho > leyenda.length * 6.8
  const aLaDerecha = x1 + ancho + leyenda.length * 6.8 < ANCHO - DERECHA + 40
  const etiqueta = cabe
    ? texto(x1 + 6, y + 18, leyenda, { fill: oscura ? '#fff' : '#052733', 'font-size': 12 })
    : aLaDerecha
      ? texto(x1 + ancho + 6, y + 18, leyenda, { 'font-size': 12 })
      : texto(x1 - 6, y + 18, leyenda, { 'text-anchor': 'end', 'font-size': 12 })
  const avance =
    movido === ''
      ? []
      : [
          texto(x1 + ancho, y + 40, `término ${movido}`, {
            'text-anchor': x1 + ancho > IZQUIERDA + 140 ? 'end' : 'start',
            fill: COLOR.tenue,
            'font-size': 12,
          }),
        ]
  return [etiqueta, ...avance]
}

function periodoReal(barra: BarraLinaje, y: number, x: (fecha: FechaIso) => number): SVGElement[] {
  const inicio = barra.inicioReal === null ? null : leerFechaIso(barra.inicioReal)
  const termino = barra.terminoReal === null ? null : leerFechaIso(barra.terminoReal)
  if (!inicio) return []
  const hasta = termino && termino >= inicio ? x(sumarDias(termino, 1)) : x(inicio) + 3
  return [
    crearSvg(
      'rect',
      { x: x(inicio), y: y + 26, width: Math.max(3, hasta - x(inicio)), height: 4, fill: COLOR.real },
      crearSvg('title', {}, `Real: ${aDdMmAaaa(inicio)} – ${termino ? aDdMmAaaa(termino) : 'en curso'}`),
    ),
  ]
}

function marcaDeHoy(hoy: FechaIso, { desde, hasta, x }: Escala, alto: number): SVGElement[] {
  if (hoy < desde || hoy > hasta) return []
  return [
    crearSvg('line', {
      x1: x(hoy),
      x2: x(hoy),
      y1: ARRIBA - 10,
      y2: alto - 14,
      stroke: COLOR.hoy,
      'stroke-dasharray': '4 3',
    }),
    texto(x(hoy) + 3, alto - 2, 'hoy', { fill: COLOR.hoy, 'font-size': 12 }),
  ]
}

function texto(
  x: number,
  y: number,
  contenido: string,
  atributos: Record<string, string | number> = {},
): SVGTextElement {
  return crearSvg('text', { x, y, fill: COLOR.texto, ...atributos }, contenido)
}

function descripcion(barras: BarraLinaje[]): string {
  return `Línea de tiempo con ${plural(barras.length, 'versión', 'versiones')}; los mismos datos están en la tabla siguiente.`
}

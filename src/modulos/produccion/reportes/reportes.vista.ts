import { conMiles, textoPlano } from '../../../comun/dinero.ts'
import { anioDe, type FechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { MESES, nombreDelMes } from '../produccion.contrato.ts'
import type { SerieDeAvance } from './grafica.contrato.ts'
import { porcentaje } from './programa.reglas.ts'
import type { ConceptoDePrograma, ProgramaContraProduccion } from './programa.tipos.ts'
import {
  opcionesDeReporte,
  RUTA_REPORTE_PROGRAMA,
  RUTA_REPORTES,
  type OpcionDeReporte,
  type PaginaReportes,
} from './reportes.contrato.ts'

/** Rows of the table of partidas on the page; the workbook has them all. */
const MAXIMO_DE_PARTIDAS = 300

interface Opcion {
  readonly valor: number | string
  readonly texto: string
}

/** What the address says, read. */
export interface PedidoDePagina {
  readonly id_ot: number | null
  readonly id_sitio: number | null
  readonly partida: number | null
  readonly mes: number | null
  readonly anio: number | null
  readonly medida: 'mn' | 'usd'
}

/** `v.datos` of views/produccion/reportes.ejs. */
export interface VistaDeReportes extends PaginaReportes {
  readonly ots: readonly Opcion[]
  readonly sitios: readonly Opcion[]
  readonly partidas: readonly Opcion[]
  readonly meses: readonly Opcion[]
  readonly anios: readonly Opcion[]
  readonly pedido: PedidoDePagina
  /** Of the month that is shown; empty without month or permission. */
  readonly descargas: readonly OpcionDeReporte[]
  /** Why there is nothing to download. */
  readonly sinDescargas: string
  readonly comparacion: {
    readonly ot: string
    readonly rutaOt: string
    readonly descripcion: string
    readonly titulo: string
    readonly alcance: string
    readonly periodos: readonly { readonly periodo: string; readonly cifras: readonly string[] }[]
    readonly partidas: readonly {
      readonly codigo: string
      readonly concepto: string
      readonly ruta: string
      readonly unidad: string
      readonly cifras: readonly string[]
      readonly avance: string
    }[]
    readonly faltan: string
    readonly descargas: readonly OpcionDeReporte[]
  } | null
}

const cifra = (plano: string): string => (plano.startsWith('-') ? `-${conMiles(plano.slice(1))}` : conMiles(plano))

function ruta(pedido: PedidoDePagina, base = RUTA_REPORTES, extra: Record<string, string> = {}): string {
  const consulta = new URLSearchParams()
  const { medida, ...resto } = pedido
  for (const [clave, valor] of Object.entries(resto)) if (valor !== null) consulta.set(clave, String(valor))
  if (medida !== 'mn') consulta.set('medida', medida)
  for (const [clave, valor] of Object.entries(extra)) consulta.set(clave, valor)
  return `${base}?${consulta.toString()}`
}

export function vistaDeReportes(
  programa: ProgramaContraProduccion | null,
  pedido: PedidoDePagina,
  {
    ots,
    sitios,
  }: { ots: readonly { id: number; folio: string }[]; sitios: readonly { id: number; descripcion: string }[] },
  { hoy, exporta }: { hoy: FechaIso; exporta: boolean },
): VistaDeReportes {
  const { id_ot: idOt, id_sitio: idSitio, mes, anio } = pedido
  const conMes = mes !== null && anio !== null
  return {
    serie: programa === null || programa.serie.periodos.length === 0 ? null : programa.serie,
    ots: ots.map(({ id, folio }) => ({ valor: id, texto: folio })),
    sitios: sitios.map(({ id, descripcion }) => ({ valor: id, texto: descripcion })),
    partidas: (programa?.conceptos ?? []).map(({ id, codigo, concepto }) => ({
      valor: id,
      texto: `${codigo} ${concepto}`.slice(0, 90),
    })),
    meses: MESES.map((texto, i) => ({ valor: i + 1, texto })),
    anios: [...new Set([anioDe(hoy) - 2, anioDe(hoy) - 1, anioDe(hoy), anioDe(hoy) + 1, anio ?? anioDe(hoy)])]
      .sort((a, b) => a - b)
      .map((valor) => ({ valor, texto: String(valor) })),
    pedido,
    descargas: exporta && conMes ? opcionesDeReporte({ id_ot: idOt, id_sitio: idSitio, mes, anio }) : [],
    sinDescargas: !exporta
      ? 'Tu cuenta no puede descargar reportes.'
      : 'Elige el mes y el año, y una OT, un frente o los dos.',
    comparacion: programa === null ? null : comparacion(programa, pedido, exporta),
  }
}

function comparacion(
  programa: ProgramaContraProduccion,
  pedido: PedidoDePagina,
  exporta: boolean,
): NonNullable<VistaDeReportes['comparacion']> {
  const { ot, mes, partida, serie, conceptos } = programa
  const mostradas = conceptos.slice(0, MAXIMO_DE_PARTIDAS)
  const sobran = conceptos.length - mostradas.length
  return {
    ot: ot.folio,
    rutaOt: `/operaciones/ot/${String(ot.id)}/`,
    descripcion: ot.descripcion,
    titulo: mes === null ? 'toda la OT, por mes' : nombreDelMes(mes.mes, mes.anio),
    alcance:
      partida === null
        ? `Todas las partidas, en ${serie.unidad} a los precios del anexo en vigor`
        : `Partida ${partida.codigo}, en ${serie.unidad}: ${partida.concepto}`,
    periodos: periodosDe(serie),
    partidas: mostradas.map((concepto) => filaDePartida(concepto, pedido)),
    faltan: sobran === 0 ? '' : `${plural(sobran, 'partida más está', 'partidas más están')} en el Excel.`,
    descargas: exporta
      ? [
          { texto: 'PDF', ruta: ruta(pedido, RUTA_REPORTE_PROGRAMA, { formato: 'pdf' }) },
          { texto: 'Excel', ruta: ruta(pedido, RUTA_REPORTE_PROGRAMA, { formato: 'xlsx' }) },
        ]
      : [],
  }
}

function periodosDe(serie: SerieDeAvance): { periodo: string; cifras: string[] }[] {
  const listas = [serie.programado, serie.producido, serie.programadoAcumulado, serie.producidoAcumulado]
  return serie.periodos.map((periodo, i) => ({ periodo, cifras: listas.map((lista) => cifra(lista[i] ?? '')) }))
}

function filaDePartida(
  { id, codigo, concepto, unidad, autorizado, programado, producido }: ConceptoDePrograma,
  pedido: PedidoDePagina,
): NonNullable<VistaDeReportes['comparacion']>['partidas'][number] {
  const volumenes = [autorizado, programado, producido, producido.minus(programado)]
  return {
    codigo,
    concepto,
    ruta: ruta({ ...pedido, partida: id }),
    unidad,
    cifras: volumenes.map((volumen) => cifra(textoPlano(volumen, 6))),
    avance: porcentaje(producido, autorizado),
  }
}

/** Workbooks of the month: the figures of the sábana as real numbers, with every decimal, none computed again. Pure. */
import { dinero } from '../../../comun/dinero.ts'
import { diasDelMes } from '../../../comun/fechas.ts'
import type { ColumnaExcel, ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import type { FilaDeSabana } from '../captura/captura.contrato.ts'
import {
  celdaDe,
  conceptosDe,
  diasHasta,
  sumaDeImportes,
  subtotalesDe,
  tarjeta,
  totalesPorTipo,
} from './reportes.reglas.ts'
import type { ReporteMensual, SeccionMensual } from './reportes.tipos.ts'

const texto = (titulo: string, ancho?: number): ColumnaExcel => ({ titulo, tipo: 'texto', ancho })
const volumen = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'decimal' })
const importe = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'dinero' })

const numero = (plano: string): ValorExcel => dinero(plano)
/** An empty cell for nothing: a sheet with thousands of zeros says less. */
const numeroONada = (plano: string | undefined): ValorExcel => {
  const valor = plano === undefined ? null : dinero(plano)
  return valor === null || valor.isZero() ? null : valor
}

const estatusDe = (fila: FilaDeSabana): string => (fila.estatus_gpu === 'BLOQUEADO' ? 'EXCEDENTE' : fila.estatus_gpu)

/** One sheet: the sábana of an OT at a site with its subtotals, TE and CMA of each day side by side (§6.16). */
export function hojaDeSabana({ sabana }: Pick<SeccionMensual, 'sabana'>, anio: number, mes: number): ContenidoDeLibro {
  const dias = diasHasta(diasDelMes(anio, mes))
  return {
    hoja: 'Sábana',
    columnas: [
      texto('Partida', 14),
      texto('Concepto', 60),
      texto('Anexo', 10),
      texto('Unidad', 10),
      volumen('Vol. Proy'),
      ...dias.flatMap((dia) => [volumen(`${String(dia)} TE`), volumen(`${String(dia)} CMA`)]),
      volumen('Acumulado TE'),
      volumen('Acumulado CMA'),
      volumen('Acumulado Mes'),
      volumen('Programado Mes'),
      volumen('P.U. M.N.'),
      volumen('P.U. USD'),
      importe('Producido M.N.'),
      importe('Producido USD'),
      texto('Estatus Partida', 16),
    ],
    filas: sabana.partidas.map((fila): ValorExcel[] => {
      const { te, cma } = totalesPorTipo(fila)
      return [
        fila.codigo,
        fila.concepto,
        fila.anexo,
        fila.unidad,
        numero(fila.vol_total_proyectado),
        ...dias.flatMap((dia) => {
          const celda = celdaDe(fila, dia)
          return [numeroONada(celda?.te_dia), numeroONada(celda?.cma_dia)]
        }),
        numero(te),
        numero(cma),
        numero(fila.acumulado_mes),
        numero(fila.acumulado_programado),
        fila.es_subtitulo ? null : numero(fila.pu_mn),
        fila.es_subtitulo ? null : numero(fila.pu_usd),
        numero(fila.monto_mn),
        numero(fila.monto_usd),
        estatusDe(fila),
      ]
    }),
  }
}

/** Sheets of the monthly report: what it adds up to, annexes, partidas (all of them), and each day. */
export function hojasDelMensual(reporte: ReporteMensual): ContenidoDeLibro[] {
  return [resumen(reporte), anexos(reporte), partidas(reporte), diario(reporte)]
}

const LUGAR = [texto('OT', 20), texto('Frente', 24)]
const lugar = ({ ot, sitio }: SeccionMensual): ValorExcel[] => [ot.folio, sitio.nombre]

const TARJETAS = [
  ['Autorizado', 'aut'],
  ['Producido en el mes y frente', 'ejec'],
  ['Producido en el mes, todos los frentes', 'ejec_total'],
  ['Acumulado general', 'acum_general'],
  ['Por producir', 'resta'],
] as const

function resumen({ secciones }: ReporteMensual): ContenidoDeLibro {
  const filas = secciones.map((seccion): ValorExcel[] => [
    ...lugar(seccion),
    seccion.ot.descripcion,
    seccion.vigencia,
    seccion.sabana.mes_cerrado ? 'Cerrado' : 'Abierto',
    ...TARJETAS.flatMap(([, clave]) => [
      numero(tarjeta(seccion.sabana, `${clave}_mn`)),
      numero(tarjeta(seccion.sabana, `${clave}_usd`)),
    ]),
  ])
  const suma = (clave: 'ejec_mn' | 'ejec_usd'): ValorExcel =>
    numero(sumaDeImportes(secciones.map(({ sabana }) => tarjeta(sabana, clave))))
  if (secciones.length > 1)
    filas.push(['TOTAL DEL MES', null, null, null, null, null, null, suma('ejec_mn'), suma('ejec_usd')])
  return {
    hoja: 'Resumen',
    columnas: [
      ...LUGAR,
      texto('Descripción', 50),
      texto('Vigencia', 30),
      texto('Mes', 10),
      ...TARJETAS.flatMap(([titulo]) => [importe(`${titulo} M.N.`), importe(`${titulo} USD`)]),
    ],
    filas,
  }
}

const SUMAS = [
  volumen('Autorizado'),
  volumen('Programado del mes'),
  volumen('TE'),
  volumen('CMA'),
  volumen('Total del mes'),
  importe('Importe M.N.'),
  importe('Importe USD'),
]

function sumasDe(fila: FilaDeSabana): ValorExcel[] {
  const { te, cma } = totalesPorTipo(fila)
  return [
    fila.vol_total_proyectado,
    fila.acumulado_programado,
    te,
    cma,
    fila.acumulado_mes,
    fila.monto_mn,
    fila.monto_usd,
  ].map(numero)
}

function anexos({ secciones }: ReporteMensual): ContenidoDeLibro {
  return {
    hoja: 'Anexos',
    columnas: [...LUGAR, texto('Anexo', 12), ...SUMAS],
    filas: secciones.flatMap((seccion) =>
      subtotalesDe(seccion.sabana).map((fila): ValorExcel[] => [...lugar(seccion), fila.anexo, ...sumasDe(fila)]),
    ),
  }
}

function partidas({ secciones }: ReporteMensual): ContenidoDeLibro {
  return {
    hoja: 'Partidas',
    columnas: [
      ...LUGAR,
      texto('Anexo', 12),
      texto('Partida', 14),
      texto('Concepto', 60),
      texto('Unidad', 10),
      volumen('P.U. M.N.'),
      volumen('P.U. USD'),
      ...SUMAS,
      texto('Estatus', 16),
    ],
    filas: secciones.flatMap((seccion) =>
      conceptosDe(seccion.sabana).map((fila): ValorExcel[] => [
        ...lugar(seccion),
        fila.anexo,
        fila.codigo,
        fila.concepto,
        fila.unidad,
        numero(fila.pu_mn),
        numero(fila.pu_usd),
        ...sumasDe(fila),
        estatusDe(fila),
      ]),
    ),
  }
}

const CLASES = [
  ['TE', 'te_dia'],
  ['CMA', 'cma_dia'],
  ['Programado', 'programado'],
] as const

function diario({ secciones, anio, mes }: ReporteMensual): ContenidoDeLibro {
  const dias = diasHasta(diasDelMes(anio, mes))
  const filasDe = (seccion: SeccionMensual): ValorExcel[][] =>
    conceptosDe(seccion.sabana).flatMap((fila) =>
      CLASES.map(([tipo, campo]): ValorExcel[] => {
        const { te, cma } = totalesPorTipo(fila)
        const total = campo === 'te_dia' ? te : campo === 'cma_dia' ? cma : fila.acumulado_programado
        const celdas = dias.map((dia) => numeroONada(celdaDe(fila, dia)?.[campo]))
        return [...lugar(seccion), fila.anexo, fila.codigo, fila.concepto, fila.unidad, tipo, ...celdas, numero(total)]
      }).filter((valores) => valores.slice(7, -1).some((valor) => valor !== null)),
    )
  return {
    hoja: 'Por día',
    columnas: [
      ...LUGAR,
      texto('Anexo', 12),
      texto('Partida', 14),
      texto('Concepto', 60),
      texto('Unidad', 10),
      texto('Tipo', 12),
      ...dias.map((dia) => volumen(String(dia))),
      volumen('Total'),
    ],
    filas: secciones.flatMap(filasDe),
  }
}

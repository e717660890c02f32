/** The radar and the rows of its figures as workbooks: real numbers and dates, every text as text. */
import { DatosInvalidos } from '../../../comun/errores.ts'
import { conMiles } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import type { ColumnaExcel, ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import { exportarContenido, exportarHojas, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { registrarExportacion, TABLA_LOG } from '../../auditoria/index.ts'
import { mismoImporte, razonDe } from './radar.reglas.ts'
import { filtrosDe, type ConsultaPartes, type ConsultaRadar } from './radar.schema.ts'
import { opcionesDelRadar, sumarCifras, verPiezas, verRadar, type RadarConTasa } from './radar.service.ts'
import { AGRUPACIONES, APARTADOS, CLAVES_APARTADO, type Agrupacion, type Cifra } from './radar.tipos.ts'
import { alcanceDe, homologar, nombreDeGrupo } from './radar.vista.ts'

const texto = (titulo: string, ancho?: number): ColumnaExcel => ({ titulo, tipo: 'texto', ancho })
const importe = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'importe' })
const volumen = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'volumen' })

/** What an Excel sheet holds, its header and its total apart. */
const MAXIMO_FILAS = 1_000_000
const FILAS_POR_TROZO = 2_000
const TODOS_LOS_GRUPOS = 1_000_000

async function anotar(ctx: Contexto, detalle: string): Promise<void> {
  await registrarExportacion(ctx, { tabla: TABLA_LOG.ESTIMACION, registroId: null, detalle })
}

/** The whole radar: buckets, the table chosen with every row, and the control. */
export async function exportarRadar(ctx: Contexto, consulta: ConsultaRadar): Promise<Exportacion> {
  const por = consulta.por ?? 'ot'
  const moneda = consulta.moneda ?? 'mn'
  const leido = await verRadar(ctx, { filtros: filtrosDe(consulta), por, moneda, inicio: 0, limite: TODOS_LOS_GRUPOS })
  const alcance = alcanceDe(consulta, await opcionesDelRadar(ctx))
  const archivo = exportarHojas(`radar-de-cobro-${ctx.hoy}`, [
    apartados(leido, alcance),
    grupos(leido, por),
    control(leido),
  ])
  await anotar(ctx, `el radar de cobro (${alcance}) en ${archivo.nombre}`)
  return archivo
}

function apartados({ radar, tasa }: RadarConTasa, alcance: string): ContenidoDeLibro {
  const fila = (nombre: string, cifra: Cifra): ValorExcel[] => [
    nombre,
    cifra.piezas,
    cifra.mn,
    cifra.usd,
    homologar(cifra, tasa.valor),
  ]
  return {
    hoja: 'Apartados',
    columnas: [
      texto('Apartado', 28),
      { titulo: 'Partes', tipo: 'entero' },
      importe('Importe M.N.'),
      importe('Importe USD'),
      importe('Homologado M.N.'),
    ],
    filas: [
      ...CLAVES_APARTADO.map((clave) => fila(APARTADOS[clave].texto, radar.apartados[clave])),
      fila('TOTAL', radar.total),
      [`Alcance: ${alcance}`],
      [`Homologado al tipo de cambio ${tasa.valor.toFixed(4)} (${tasa.fuente})`],
    ],
  }
}

function grupos({ radar, tasa }: RadarConTasa, por: Agrupacion): ContenidoDeLibro {
  const monedas: readonly (readonly [string, (cifra: Cifra) => ValorExcel])[] = [
    ['M.N.', ({ mn }) => mn],
    ['USD', ({ usd }) => usd],
    ['Homologado M.N.', (cifra) => homologar(cifra, tasa.valor)],
  ]
  const filas = [...radar.grupos.map((g) => ({ ...g, nombre: nombreDeGrupo(por, g) })), { ...radar, nombre: 'TOTAL' }]
  return {
    hoja: `Por ${AGRUPACIONES[por]}`,
    columnas: [
      texto(AGRUPACIONES[por], 28),
      texto('Moneda', 18),
      ...CLAVES_APARTADO.map((clave) => importe(APARTADOS[clave].texto)),
      importe('Total'),
    ],
    filas: filas.flatMap(({ nombre, total, apartados: suyos }) =>
      monedas.map(([moneda, de]) => [nombre, moneda, ...CLAVES_APARTADO.map((clave) => de(suyos[clave])), de(total)]),
    ),
  }
}

function control({ radar }: RadarConTasa): ContenidoDeLibro {
  const { vigente, diferencia } = radar.control
  const valor = sumarCifras([vigente, diferencia])
  const conciliacion = (radar.conciliacion ?? []).flatMap(({ apartado, radar: suya, documentos }): ValorExcel[][] => [
    [`${APARTADOS[apartado].texto}: en el radar`, suya.mn, suya.usd],
    [
      `${APARTADOS[apartado].texto}: redondeo por concepto`,
      documentos.mn.minus(suya.mn),
      documentos.usd.minus(suya.usd),
    ],
    [`${APARTADOS[apartado].texto}: total de las estimaciones`, documentos.mn, documentos.usd],
  ])
  return {
    hoja: 'Control',
    columnas: [texto('Dato', 52), importe('Importe M.N.'), importe('Importe USD')],
    filas: [
      ['Producción a precios vigentes', vigente.mn, vigente.usd],
      ['Diferencia por precios congelados', diferencia.mn, diferencia.usd],
      ['Valor de la producción', valor.mn, valor.usd],
      ['Suma de los apartados', radar.total.mn, radar.total.usd],
      [mismoImporte(valor, radar.total) ? 'Las dos sumas son iguales' : 'Las dos sumas NO son iguales'],
      ...conciliacion,
    ],
  }
}

/** The rows that a figure opens, read little by little while they are written, and their sum. */
export async function exportarPartes(ctx: Contexto, consulta: ConsultaPartes): Promise<Exportacion> {
  const filtros = filtrosDe(consulta)
  const apartado = consulta.apartado ?? null
  const { total } = await verPiezas(ctx, { filtros, apartado, inicio: 0, limite: 1 })
  if (total.piezas > MAXIMO_FILAS)
    throw new DatosInvalidos(
      `Son ${conMiles(String(total.piezas))} partes y una hoja de Excel admite ${conMiles(String(MAXIMO_FILAS))}. Elige una OT, un cliente, un sitio o una antigüedad.`,
    )
  const archivo = exportarContenido('xlsx', `radar-${apartado ?? 'produccion'}-${ctx.hoy}`, {
    hoja: 'Partes',
    columnas: COLUMNAS,
    filas: filasDePartes(ctx, consulta),
  })
  await anotar(ctx, `${plural(total.piezas, 'parte', 'partes')} del radar de cobro en ${archivo.nombre}`)
  return archivo
}

const COLUMNAS: readonly ColumnaExcel[] = [
  { titulo: 'Fecha', tipo: 'fecha' },
  texto('OT'),
  texto('Sitio'),
  texto('Tipo', 8),
  texto('Anexo', 12),
  texto('Partida', 14),
  texto('Concepto', 60),
  texto('Unidad', 10),
  volumen('Volumen'),
  volumen('P.U. M.N.'),
  volumen('P.U. USD'),
  importe('Importe M.N.'),
  importe('Importe USD'),
  texto('Apartado', 22),
  texto('Motivo', 50),
]

async function* filasDePartes(ctx: Contexto, consulta: ConsultaPartes): AsyncGenerator<ValorExcel[]> {
  const filtros = filtrosDe(consulta)
  const apartado = consulta.apartado ?? null
  let suma: Cifra = sumarCifras([])
  for (let inicio = 0; ; inicio += FILAS_POR_TROZO) {
    const { piezas, exige } = await verPiezas(ctx, { filtros, apartado, inicio, limite: FILAS_POR_TROZO })
    for (const p of piezas)
      yield [
        p.fecha,
        p.ot,
        p.sitio,
        p.tipoTiempo,
        p.anexo,
        p.codigo,
        p.concepto,
        p.unidad,
        p.volumen,
        p.puMn,
        p.puUsd,
        p.mn,
        p.usd,
        APARTADOS[p.apartado].texto,
        razonDe(p, exige),
      ]
    suma = sumarCifras([suma, ...piezas.map(({ mn, usd }) => ({ piezas: 1, mn, usd }))])
    if (piezas.length < FILAS_POR_TROZO) break
  }
  const vacias = Array<null>(9).fill(null)
  yield ['TOTAL', `${conMiles(String(suma.piezas))} partes`, ...vacias, suma.mn, suma.usd]
}

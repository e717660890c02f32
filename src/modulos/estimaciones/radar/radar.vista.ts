/** What the pages of the radar write: texts, links and sizes of bars. */
import { conMiles, DINERO_CERO, redondear, textoDineroBreve, textoVolumen, type Dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { tienePermiso, type Contexto } from '../../../plataforma/contexto.ts'
import { enlaceProduccion, rutaDeGpu } from '../../produccion/index.ts'
import { RUTA_ESTIMACION, rutaEstimacion } from '../estimaciones.contrato.ts'
import { mismoImporte, razonDe } from './radar.reglas.ts'
import type { ConsultaPartes, ConsultaRadar } from './radar.schema.ts'
import { sumarCifras, type PiezasDelRadar, type RadarConTasa } from './radar.service.ts'
import {
  AGRUPACIONES,
  APARTADOS,
  BANDAS,
  CLAVES_APARTADO,
  MONEDAS,
  type Agrupacion,
  type Apartado,
  type Cifra,
  type GrupoRadar,
  type Moneda,
  type PiezaRadar,
} from './radar.tipos.ts'

/** Rows of the table, and of a page of what a figure opens. */
export const GRUPOS_POR_PAGINA = 25
export const PIEZAS_POR_PAGINA = 50

export const SIN_CLIENTE = 'Sin cliente'

/** M.N. and USD as one amount at a rate, rounded in each figure. */
export const homologar = ({ mn, usd }: Cifra, tasa: Dinero): Dinero => redondear(mn.plus(usd.times(tasa)), 2)

function enMoneda(cifra: Cifra, moneda: Moneda, tasa: Dinero): Dinero {
  return moneda === 'mn' ? cifra.mn : moneda === 'usd' ? cifra.usd : homologar(cifra, tasa)
}

type Parametros = Readonly<Record<string, string | number | null | undefined>>

/** An address with what it asks; what is empty is left out. */
function direccion(ruta: string, parametros: Parametros): string {
  const consulta = new URLSearchParams()
  for (const [nombre, valor] of Object.entries(parametros))
    if (valor !== null && valor !== undefined && valor !== '') consulta.set(nombre, String(valor))
  const texto = consulta.toString()
  return texto === '' ? ruta : `${ruta}?${texto}`
}

const filtrosDeDireccion = (consulta: ConsultaRadar | ConsultaPartes): Parametros => ({
  id_ot: consulta.id_ot,
  id_cliente: consulta.id_cliente,
  id_sitio: consulta.id_sitio,
  antiguedad: consulta.antiguedad,
})

const FILTRO_DE: Readonly<Record<Agrupacion, string>> = {
  ot: 'id_ot',
  cliente: 'id_cliente',
  sitio: 'id_sitio',
  antiguedad: 'antiguedad',
}

/** What the row of a group is called. */
export function nombreDeGrupo(por: Agrupacion, { clave, texto }: Pick<GrupoRadar, 'clave' | 'texto'>): string {
  if (por === 'antiguedad') return BANDAS[clave as keyof typeof BANDAS].texto
  return por === 'cliente' && clave === '0' ? SIN_CLIENTE : texto
}

interface Pagina {
  readonly anterior: string | null
  readonly siguiente: string | null
  readonly texto: string
}

function paginar(total: number, porPagina: number, actual: number, ruta: (pagina: number) => string): Pagina | null {
  if (total <= porPagina) return null
  const ultima = Math.ceil(total / porPagina)
  return {
    anterior: actual > 1 ? ruta(Math.min(actual - 1, ultima)) : null,
    siguiente: actual < ultima ? ruta(actual + 1) : null,
    texto: `Página ${conMiles(String(actual))} de ${conMiles(String(ultima))}`,
  }
}

interface Opciones {
  readonly ots: readonly { valor: number; texto: string }[]
  readonly clientes: readonly { valor: number; texto: string }[]
  readonly sitios: readonly { valor: number; texto: string }[]
}

const deLista = (lista: Readonly<Record<string, string>>): { valor: string; texto: string }[] =>
  Object.entries(lista).map(([valor, texto]) => ({ valor, texto }))

/** Data of the page of the radar. */
export function vistaDelRadar(
  { radar, tasa }: RadarConTasa,
  consulta: ConsultaRadar,
  opciones: Opciones,
  exporta: boolean,
) {
  const por = consulta.por ?? 'ot'
  const moneda = consulta.moneda ?? 'mn'
  const filtros = filtrosDeDireccion(consulta)
  const propia = { ...filtros, por: por === 'ot' ? null : por, moneda: moneda === 'mn' ? null : moneda }
  const total = homologar(radar.total, tasa.valor)
  const celda = (cifra: Cifra, parametros: Parametros) => ({
    texto: cifra.piezas === 0 ? '—' : textoDineroBreve(enMoneda(cifra, moneda, tasa.valor)),
    ruta: cifra.piezas === 0 ? null : direccion(RUTA_ESTIMACION.RADAR_PARTES, { ...filtros, ...parametros }),
  })
  const fila = (total_: Cifra, apartados: Readonly<Record<Apartado, Cifra>>, suyo: Parametros) => ({
    celdas: CLAVES_APARTADO.map((apartado) => celda(apartados[apartado], { ...suyo, apartado })),
    total: celda(total_, suyo),
  })
  return {
    pedido: { ...filtros, por, moneda },
    opciones: {
      ...opciones,
      antiguedad: deLista(Object.fromEntries(Object.entries(BANDAS).map(([k, { texto }]) => [k, texto]))),
      por: deLista(AGRUPACIONES),
      moneda: deLista(MONEDAS),
    },
    exportar: exporta ? direccion(RUTA_ESTIMACION.RADAR_EXPORTAR, propia) : null,
    tasa: `Homologado al tipo de cambio ${tasa.valor.toFixed(4)} (${tasa.fuente})`,
    hay: radar.total.piezas > 0,
    apartados: CLAVES_APARTADO.map((clave) => {
      const cifra = radar.apartados[clave]
      const suyo = homologar(cifra, tasa.valor)
      const parte = total.isZero() ? DINERO_CERO : suyo.div(total).times(100)
      return {
        clave,
        ...APARTADOS[clave],
        mn: textoDineroBreve(cifra.mn),
        usd: textoDineroBreve(cifra.usd),
        homologado: textoDineroBreve(suyo),
        partes: plural(cifra.piezas, 'parte', 'partes'),
        porcentaje: `${parte.toFixed(1)} %`,
        ancho: parte.toFixed(2),
        nota:
          clave === 'en_borrador' && radar.rechazadas.piezas > 0
            ? `De ellas rechazadas: ${textoDineroBreve(radar.rechazadas.mn)} M.N. y ${textoDineroBreve(radar.rechazadas.usd)} USD`
            : '',
        ruta: cifra.piezas === 0 ? null : direccion(RUTA_ESTIMACION.RADAR_PARTES, { ...filtros, apartado: clave }),
      }
    }),
    control: control({ radar, tasa }),
    conciliacion: radar.conciliacion?.map(({ apartado, radar: suya, documentos }) => ({
      texto: APARTADOS[apartado].texto,
      monedas: (['mn', 'usd'] as const).map((m) => ({
        radar: textoDineroBreve(suya[m]),
        redondeo: textoDineroBreve(documentos[m].minus(suya[m])),
        documentos: textoDineroBreve(documentos[m]),
      })),
    })),
    tabla: {
      titulo: AGRUPACIONES[por],
      columnas: CLAVES_APARTADO.map((clave) => APARTADOS[clave].texto),
      filas: radar.grupos.map((grupo) => ({
        nombre: nombreDeGrupo(por, grupo),
        ...fila(grupo.total, grupo.apartados, { [FILTRO_DE[por]]: grupo.clave }),
      })),
      pie: fila(radar.total, radar.apartados, {}),
      pagina: paginar(radar.totalGrupos, GRUPOS_POR_PAGINA, consulta.pagina ?? 1, (pagina) =>
        direccion(RUTA_ESTIMACION.RADAR, { ...propia, pagina }),
      ),
      moneda: MONEDAS[moneda],
    },
  }
}

/** The control line: both sides computed apart, and whether they are the same. */
export function control({ radar, tasa }: RadarConTasa) {
  const { capturas, vigente, diferencia } = radar.control
  const valor = sumarCifras([vigente, { ...diferencia, piezas: 0 }])
  const renglon = (texto: string, cifra: Cifra) => ({
    texto,
    mn: textoDineroBreve(cifra.mn),
    usd: textoDineroBreve(cifra.usd),
    homologado: textoDineroBreve(homologar(cifra, tasa.valor)),
  })
  return {
    cuadra: mismoImporte(radar.total, valor),
    capturas: plural(capturas, 'captura', 'capturas'),
    partes: plural(radar.total.piezas, 'parte', 'partes'),
    renglones: [
      renglon('Producción a precios vigentes', vigente),
      renglon('Diferencia por precios congelados', diferencia),
      renglon('Valor de la producción', valor),
      renglon('Suma de los apartados', radar.total),
    ],
  }
}

/** Where somebody goes to act on a piece, when they may. */
function lugarDe(ctx: Contexto, pieza: PiezaRadar): { texto: string; ruta: string } | null {
  if (pieza.idEstimacion !== null)
    return { texto: `Ver EST-${String(pieza.numero)}`, ruta: rutaEstimacion(pieza.idEstimacion) }
  if (pieza.apartado === 'estimable')
    return tienePermiso(ctx, 'operaciones.add_estimacionheader')
      ? { texto: 'Estimar', ruta: `${RUTA_ESTIMACION.NUEVA}?id_ot=${String(pieza.idOt)}` }
      : null
  if (!tienePermiso(ctx, 'operaciones.view_produccion')) return null
  const lugar = {
    sitio: pieza.idSitio,
    ot: pieza.idOt,
    mes: Number(pieza.fecha.slice(5, 7)),
    anio: Number(pieza.fecha.slice(0, 4)),
  }
  const faltaEvidencia = pieza.apartado === 'sin_evidencia' || pieza.apartado === 'evidencia_sin_firma'
  if (!faltaEvidencia) return { texto: 'Ver la sábana', ruta: enlaceProduccion({ ...lugar, pestana: 'produccion' }) }
  return pieza.idGpu === null
    ? { texto: 'Ver el día', ruta: enlaceProduccion({ ...lugar, pestana: 'diarios' }) }
    : { texto: 'Ver su GPU', ruta: rutaDeGpu(pieza.idGpu) }
}

/** Data of the page of what a figure opens. */
export function vistaDePartes(
  ctx: Contexto,
  { piezas, total, exige }: PiezasDelRadar,
  consulta: ConsultaPartes,
  opciones: Opciones,
  exporta: boolean,
) {
  const propia = { ...filtrosDeDireccion(consulta), apartado: consulta.apartado }
  const actual = consulta.pagina ?? 1
  return {
    titulo: consulta.apartado ? APARTADOS[consulta.apartado].texto : 'Toda la producción',
    ayuda: consulta.apartado
      ? `${APARTADOS[consulta.apartado].ayuda}.`
      : 'Cada captura, en los apartados que le tocan.',
    conApartado: !consulta.apartado,
    alcance: alcanceDe(consulta, opciones),
    radar: direccion(RUTA_ESTIMACION.RADAR, filtrosDeDireccion(consulta)),
    exportar: exporta ? direccion(RUTA_ESTIMACION.RADAR_PARTES_EXPORTAR, propia) : null,
    total: {
      partes: plural(total.piezas, 'parte', 'partes'),
      mn: textoDineroBreve(total.mn),
      usd: textoDineroBreve(total.usd),
    },
    filas: piezas.map((pieza) => ({
      fecha: aDdMmAaaa(pieza.fecha),
      ot: pieza.ot,
      sitio: pieza.sitio,
      tipo: pieza.tipoTiempo,
      partida: `${pieza.anexo} · ${pieza.codigo}`,
      concepto: pieza.concepto,
      unidad: pieza.unidad,
      volumen: textoVolumen(pieza.volumen),
      puMn: precio(pieza.puMn),
      puUsd: precio(pieza.puUsd),
      mn: textoDineroBreve(pieza.mn),
      usd: textoDineroBreve(pieza.usd),
      apartado: APARTADOS[pieza.apartado].texto,
      razon: razonDe(pieza, exige),
      lugar: lugarDe(ctx, pieza),
    })),
    pagina: paginar(total.piezas, PIEZAS_POR_PAGINA, actual, (pagina) =>
      direccion(RUTA_ESTIMACION.RADAR_PARTES, { ...propia, pagina }),
    ),
  }
}

/** With every digit it has, two at least. */
const precio = (valor: Dinero): string => `$${conMiles(valor.toFixed(Math.max(2, valor.decimalPlaces())))}`

/** The filters in words: «OT 101 · Cliente X · 31 a 60 días». */
export function alcanceDe(consulta: ConsultaRadar | ConsultaPartes, { ots, clientes, sitios }: Opciones): string {
  const nombre = (lista: Opciones['ots'], valor: number | null | undefined, que: string): string[] =>
    valor == null ? [] : [`${que} ${lista.find((opcion) => opcion.valor === valor)?.texto ?? String(valor)}`]
  const cliente = consulta.id_cliente === 0 ? [SIN_CLIENTE] : nombre(clientes, consulta.id_cliente, 'Cliente')
  const banda = consulta.antiguedad ? [BANDAS[consulta.antiguedad].texto] : []
  const partes = [
    ...nombre(ots, consulta.id_ot, 'OT'),
    ...cliente,
    ...nombre(sitios, consulta.id_sitio, 'Sitio'),
    ...banda,
  ]
  return partes.length === 0 ? 'Todas las OT' : partes.join(' · ')
}

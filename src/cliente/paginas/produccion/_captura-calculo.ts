/**
 * What the page works out while somebody types, without asking the server (produccion.md §5.7, §5.12, §7.4): accumulated volumes, amounts,
 * excedentes, subtotals and cards. The same functions of the server over the same whole numbers; a property test keeps both equal.
 */
import { aMicras } from '../../../comun/volumenes.ts'
import type {
  FilaDeConcepto,
  Sabana,
  TipoTiempo,
  VolumenEnOtroSitio,
} from '../../../modulos/produccion/captura/captura.contrato.ts'
import { marcarExcedentes } from '../../../modulos/produccion/captura/excedentes.contrato.ts'
import {
  aPrecio,
  importesDe,
  masImporte,
  menosImporte,
  SIN_IMPORTE,
  type Importes,
} from '../../../modulos/produccion/captura/importes.contrato.ts'

export const DIAS = Array.from({ length: 31 }, (_, i) => i + 1)

/** An order of the grid with what the server said of it. */
export interface OtDeCaptura {
  readonly idOt: number
  readonly folio: string
  readonly sabana: Sabana
}

/** A row of the grid: an order, the subtotal of an annex, or a concept. */
export type FilaCaptura =
  | { readonly clase: 'ot'; readonly clave: string; readonly ot: OtDeCaptura }
  | { readonly clase: 'subtotal'; readonly clave: string; readonly ot: OtDeCaptura; readonly anexo: string }
  | { readonly clase: 'concepto'; readonly clave: string; readonly ot: OtDeCaptura; readonly datos: FilaDeConcepto }

export type FilaConcepto = Extract<FilaCaptura, { clase: 'concepto' }>

/** What is being looked at. */
export interface VistaDeCaptura {
  readonly tipo: TipoTiempo
  readonly sitio: number
}

/** A concept with what was typed in it; days are positions 0 to 30. */
export interface Derivado {
  /** Of the active type, and of the other. */
  readonly propio: readonly bigint[]
  readonly otro: readonly bigint[]
  readonly programado: readonly bigint[]
  readonly acumulado: bigint
  readonly importes: Importes
  readonly excedentes: ReadonlySet<number>
}

const texto = (valor: string): string => valor.toUpperCase().replace(/\s+/g, ' ').trim()

/**
 * The concept, not the line of the annex: a new version of the annex gives its lines other ids, and what was typed must still find its row
 * (the key K of §5.4.3; the annex already comes normalised).
 */
export const claveDeConcepto = (idOt: number, { anexo_clave, codigo, concepto, unidad }: FilaDeConcepto): string =>
  [String(idOt), anexo_clave, texto(codigo).replace(/\.$/, ''), texto(concepto), texto(unidad)].join('|')

/** Rows in their order; with several orders, each under its own title. */
export function filasDeCaptura(ots: readonly OtDeCaptura[]): FilaCaptura[] {
  return ots.flatMap((ot) => [
    ...(ots.length > 1 ? [{ clase: 'ot' as const, clave: `${String(ot.idOt)}|OT`, ot }] : []),
    ...ot.sabana.partidas.map((datos): FilaCaptura =>
      datos.es_subtitulo
        ? {
            clase: 'subtotal',
            clave: `${String(ot.idOt)}|SUBTOTAL|${datos.anexo_clave}`,
            ot,
            anexo: datos.anexo_clave,
          }
        : { clase: 'concepto', clave: claveDeConcepto(ot.idOt, datos), ot, datos },
    ),
  ])
}

/** @param escrito canonical volume typed in a day, null where the server's holds */
export function derivar(
  datos: FilaDeConcepto,
  { tipo, sitio }: VistaDeCaptura,
  escrito: (dia: number) => string | null,
): Derivado {
  const propio: bigint[] = []
  const otro: bigint[] = []
  const programado: bigint[] = []
  for (const dia of DIAS) {
    const celda = datos[`dia${dia as 1}`]
    const [te, cma] = [aMicras(celda?.te_dia ?? null), aMicras(celda?.cma_dia ?? null)]
    const nuevo = escrito(dia)
    propio.push(nuevo === null ? (tipo === 'TE' ? te : cma) : aMicras(nuevo))
    otro.push(tipo === 'TE' ? cma : te)
    programado.push(aMicras(celda?.programado ?? null))
  }
  const acumulado = sumaDe(propio) + sumaDe(otro)
  return {
    propio,
    otro,
    programado,
    acumulado,
    importes: importesDe(acumulado, preciosDe(datos)),
    excedentes: diasExcedidos(datos, { tipo, sitio }, propio, otro),
  }
}

export const sumaDe = (lista: readonly bigint[]): bigint => lista.reduce((suma, uno) => suma + uno, 0n)

const preciosDe = ({ pu_mn, pu_usd }: FilaDeConcepto) => ({ mn: aPrecio(pu_mn), usd: aPrecio(pu_usd) })

/** Days of this site with a row above the authorised volume, with what the family produced elsewhere and before. */
function diasExcedidos(
  datos: FilaDeConcepto,
  { tipo, sitio }: VistaDeCaptura,
  propio: readonly bigint[],
  otro: readonly bigint[],
): ReadonlySet<number> {
  const elOtro: TipoTiempo = tipo === 'TE' ? 'CMA' : 'TE'
  const suyas = DIAS.flatMap((dia, i) => [
    { dia, tipo, sitio, micras: propio[i] ?? 0n },
    { dia, tipo: elOtro, sitio, micras: otro[i] ?? 0n },
  ])
  const ajenas = datos.otros_sitios.map(({ dia, tipo_tiempo, id_sitio, volumen }: VolumenEnOtroSitio) => ({
    dia,
    tipo: tipo_tiempo,
    sitio: id_sitio,
    micras: aMicras(volumen),
  }))
  const filas = [...suyas, ...ajenas]
    .filter(({ micras }) => micras > 0n)
    .map((fila) => ({ ...fila, fecha: String(fila.dia).padStart(2, '0') }))
  const marcas = marcarExcedentes(aMicras(datos.vol_total_proyectado), filas, aMicras(datos.previo))
  return new Set(filas.filter((fila, i) => marcas[i] === true && fila.sitio === sitio).map(({ dia }) => dia))
}

export interface Subtotal {
  readonly proyectado: bigint
  readonly programado: bigint
  readonly acumulado: bigint
  readonly importes: Importes
  readonly propio: readonly bigint[]
  readonly otro: readonly bigint[]
  readonly programadoPorDia: readonly bigint[]
}

/** Sums of an annex (or of an order), day by day too. */
export function subtotalDe(filas: readonly { datos: FilaDeConcepto; derivado: Derivado }[]): Subtotal {
  const porDia = (lista: (derivado: Derivado) => readonly bigint[]): bigint[] =>
    DIAS.map((_, i) => filas.reduce((suma, { derivado }) => suma + (lista(derivado)[i] ?? 0n), 0n))
  const programadoPorDia = porDia(({ programado }) => programado)
  return {
    proyectado: filas.reduce((suma, { datos }) => suma + aMicras(datos.vol_total_proyectado), 0n),
    programado: sumaDe(programadoPorDia),
    acumulado: filas.reduce((suma, { derivado }) => suma + derivado.acumulado, 0n),
    importes: filas.reduce((suma, { derivado }) => masImporte(suma, derivado.importes), SIN_IMPORTE),
    propio: porDia(({ propio }) => propio),
    otro: porDia(({ otro }) => otro),
    programadoPorDia,
  }
}

/** The cards of §5.12. */
export interface Tarjetas {
  readonly autorizado: Importes
  readonly mes: Importes
  readonly general: Importes
  readonly porProducir: Importes
}

export function tarjetasDe(filas: readonly { datos: FilaDeConcepto; derivado: Derivado }[]): Tarjetas {
  let [autorizado, mes, general] = [SIN_IMPORTE, SIN_IMPORTE, SIN_IMPORTE]
  for (const { datos, derivado } of filas) {
    const precios = preciosDe(datos)
    const enOtros = datos.otros_sitios.reduce((suma, { volumen }) => suma + aMicras(volumen), 0n)
    autorizado = masImporte(autorizado, importesDe(aMicras(datos.vol_total_proyectado), precios))
    mes = masImporte(mes, derivado.importes)
    general = masImporte(general, importesDe(aMicras(datos.previo) + enOtros + derivado.acumulado, precios))
  }
  return { autorizado, mes, general, porProducir: menosImporte(autorizado, general) }
}

/** Whole number of 10⁻⁴ of an exchange rate as people write it; null when it is not one. */
export function leerTipoDeCambio(escrito: string): bigint | null {
  return /^\d{1,4}(?:\.\d{1,4})?$/.test(escrito.trim()) ? aPrecio(escrito.trim()) : null
}

/**
 * MN + USD × exchange rate, in whole numbers of 10⁻¹⁰. What does not fit is cut, not rounded: the only rounding is that of the two decimals
 * that are shown.
 */
export const homologado = ({ mn, usd }: Importes, tc: bigint): bigint => (mn * 10_000n + usd * tc) / 10_000n

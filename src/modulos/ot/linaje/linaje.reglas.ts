/**
 * Lineage of a family: its initial order and every reprogramación, what each changed in days and money, and the
 * comparison of any two. The sum of the differences to the previous version is always the last minus the first known.
 */
import { type Dinero, sumar, textoDinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, diasEntre, type FechaIso, plazoEntre } from '../../../comun/fechas.ts'
import { TIPO_OT } from '../ot.tipos.ts'

/** What the lineage needs of a version. */
export interface VersionOt {
  readonly id: number
  readonly idTipo: number
  readonly numReprogramacion: number | null
  readonly fechaInicioProgramado: FechaIso | null
  readonly fechaTerminoProgramado: FechaIso | null
  readonly montoMxn: Dinero
  readonly montoUsd: Dinero
}

/** One version minus another: days that start, end and length moved, and money. Null = a date is missing. */
export interface Diferencia {
  readonly inicio: number | null
  readonly termino: number | null
  readonly dias: number | null
  readonly montoMxn: Dinero
  readonly montoUsd: Dinero
}

export interface EslabonDeLinaje<V extends VersionOt> {
  readonly version: V
  /** Days of the programme, both ends included; null without both dates or when the end precedes the start. */
  readonly dias: number | null
  /**
   * Against the previous version; null on the first. A date that the previous one lacks is compared with the last
   * version that had it, so that a gap in the history does not lose days.
   */
  readonly contraAnterior: Diferencia | null
  /** Against the initial order, that is, accumulated; null on the first. */
  readonly contraInicial: Diferencia | null
}

export interface Linaje<V extends VersionOt> {
  readonly eslabones: readonly EslabonDeLinaje<V>[]
  /** Sum of every `contraAnterior`; null with a single version. */
  readonly suma: Diferencia | null
}

/** 'Inicial', 'Reprogramación 2'; without number, 'Reprogramación'. */
export function etiquetaDeVersion({
  idTipo,
  numReprogramacion,
}: Pick<VersionOt, 'idTipo' | 'numReprogramacion'>): string {
  if (idTipo === TIPO_OT.INICIAL) return 'Inicial'
  return numReprogramacion === null ? 'Reprogramación' : `Reprogramación ${String(numReprogramacion)}`
}

/** The initial order first, then its reprogramaciones by number; those without number last, by id. */
export function ordenarFamilia<V extends VersionOt>(versiones: readonly V[]): V[] {
  const lugar = (version: V): number =>
    version.idTipo === TIPO_OT.INICIAL ? 0 : (version.numReprogramacion ?? Number.MAX_SAFE_INTEGER)
  return [...versiones].sort((a, b) => lugar(a) - lugar(b) || a.id - b.id)
}

/** Differences of each version of a family, in any order, and their sum. */
export function linajeDe<V extends VersionOt>(familia: readonly V[]): Linaje<V> {
  const versiones = ordenarFamilia(familia)
  const inicial = versiones[0]
  if (inicial === undefined) return { eslabones: [], suma: null }
  let conocida = medidas(inicial)
  const eslabones = versiones.map((version, lugar): EslabonDeLinaje<V> => {
    const propias = medidas(version)
    const eslabon = {
      version,
      dias: propias.dias,
      contraAnterior: lugar === 0 ? null : restar(propias, conocida),
      contraInicial: lugar === 0 ? null : restar(propias, medidas(inicial)),
    }
    conocida = conservar(propias, conocida)
    return eslabon
  })
  return { eslabones, suma: sumarDiferencias(eslabones.flatMap(({ contraAnterior }) => contraAnterior ?? [])) }
}

/** Sum of differences; a measure that none of them has is null. Null for an empty list. */
export function sumarDiferencias(diferencias: readonly Diferencia[]): Diferencia | null {
  if (diferencias.length === 0) return null
  return {
    inicio: sumarConocidos(diferencias.map(({ inicio }) => inicio)),
    termino: sumarConocidos(diferencias.map(({ termino }) => termino)),
    dias: sumarConocidos(diferencias.map(({ dias }) => dias)),
    montoMxn: sumar(diferencias.map(({ montoMxn }) => montoMxn)),
    montoUsd: sumar(diferencias.map(({ montoUsd }) => montoUsd)),
  }
}

/** Start and end as a day, length in days, money. */
interface Medidas {
  readonly inicio: FechaIso | null
  readonly termino: FechaIso | null
  readonly dias: number | null
  readonly montoMxn: Dinero
  readonly montoUsd: Dinero
}

function medidas({ fechaInicioProgramado, fechaTerminoProgramado, montoMxn, montoUsd }: VersionOt): Medidas {
  return {
    inicio: fechaInicioProgramado,
    termino: fechaTerminoProgramado,
    dias: diasDePrograma(fechaInicioProgramado, fechaTerminoProgramado),
    montoMxn,
    montoUsd,
  }
}

/** Null also for an end before its start (old data): no term is zero or negative (ot.md §4.2). */
function diasDePrograma(inicio: FechaIso | null, termino: FechaIso | null): number | null {
  return inicio === null || termino === null || termino < inicio ? null : plazoEntre(inicio, termino)
}

function restar(propias: Medidas, base: Medidas): Diferencia {
  return {
    inicio: diasMovidos(base.inicio, propias.inicio),
    termino: diasMovidos(base.termino, propias.termino),
    dias: propias.dias === null || base.dias === null ? null : propias.dias - base.dias,
    montoMxn: propias.montoMxn.minus(base.montoMxn),
    montoUsd: propias.montoUsd.minus(base.montoUsd),
  }
}

const diasMovidos = (desde: FechaIso | null, hasta: FechaIso | null): number | null =>
  desde === null || hasta === null ? null : diasEntre(desde, hasta)

function conservar(propias: Medidas, anteriores: Medidas): Medidas {
  return {
    inicio: propias.inicio ?? anteriores.inicio,
    termino: propias.termino ?? anteriores.termino,
    dias: propias.dias ?? anteriores.dias,
    montoMxn: propias.montoMxn,
    montoUsd: propias.montoUsd,
  }
}

function sumarConocidos(valores: readonly (number | null)[]): number | null {
  const conocidos = valores.filter((valor) => valor !== null)
  return conocidos.length === 0 ? null : conocidos.reduce((suma, valor) => suma + valor, 0)
}

// -------------------------------------------------------------------------------------------------- comparison

/** A version with the texts of what it refers to. */
export interface VersionComparable extends VersionOt {
  readonly ordenTrabajo: string
  readonly oficioOt: string
  readonly descripcionTrabajo: string
  readonly responsableProyecto: string
  readonly responsableCliente: string
  readonly cliente: string
  readonly estatusTexto: string
  readonly frente: string
  readonly embarcacion: string
  readonly plataforma: string
  readonly intercom: string
  readonly patio: string
  readonly requierePatio: boolean
  readonly fechaInicioPatio: FechaIso | null
  readonly fechaFinPatio: FechaIso | null
  readonly fechaInicioReal: FechaIso | null
  readonly fechaTerminoReal: FechaIso | null
  readonly plazoDias: number | null
  readonly motivo: string
  readonly comentarioReprogramacion: string
  readonly comentario: string
}

export interface CampoComparado {
  readonly campo: string
  readonly a: string
  readonly b: string
  readonly igual: boolean
}

const dia = (fecha: FechaIso | null): string => aDdMmAaaa(fecha) ?? ''

/** Label and text of each compared field, in the order people read an OT. */
const CAMPOS: readonly (readonly [campo: string, texto: (version: VersionComparable) => string])[] = [
  ['Versión', etiquetaDeVersion],
  ['Folio OT', (v) => v.ordenTrabajo],
  ['Oficio OT', (v) => v.oficioOt],
  ['Descripción del Trabajo', (v) => v.descripcionTrabajo],
  ['Cliente', (v) => v.cliente],
  ['Responsable del Proyecto', (v) => v.responsableProyecto],
  ['Responsable del cliente', (v) => v.responsableCliente],
  ['Estatus', (v) => v.estatusTexto],
  ['Frente', (v) => v.frente],
  ['Embarcación', (v) => v.embarcacion],
  ['Plataforma', (v) => v.plataforma],
  ['Intercom', (v) => v.intercom],
  ['Patio', (v) => v.patio],
  ['Fase en patio', (v) => (v.requierePatio ? 'Sí' : 'No')],
  ['Inicio fase patio', (v) => dia(v.fechaInicioPatio)],
  ['Fin fase patio', (v) => dia(v.fechaFinPatio)],
  ['Inicio programado', (v) => dia(v.fechaInicioProgramado)],
  ['Término programado', (v) => dia(v.fechaTerminoProgramado)],
  ['Plazo (días)', (v) => (v.plazoDias === null ? '' : String(v.plazoDias))],
  ['Inicio real', (v) => dia(v.fechaInicioReal)],
  ['Término real', (v) => dia(v.fechaTerminoReal)],
  ['Monto MXN', (v) => textoDinero(v.montoMxn)],
  ['Monto USD', (v) => textoDinero(v.montoUsd)],
  ['Motivo de la reprogramación', (v) => v.motivo],
  ['Comentario de la reprogramación', (v) => v.comentarioReprogramacion],
  ['Comentario', (v) => v.comentario],
]

/** Two versions field by field, as they are read; `igual` tells which fields changed. */
export function compararVersiones(a: VersionComparable, b: VersionComparable): CampoComparado[] {
  return CAMPOS.map(([campo, texto]) => {
    const [deA, deB] = [texto(a), texto(b)]
    return { campo, a: deA, b: deB, igual: deA === deB }
  })
}

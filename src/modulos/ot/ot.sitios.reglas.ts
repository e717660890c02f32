/** Front, sites and yard phase of an OT (ot.md §3.5, §5.5), the same on creation and on edition. */
import { DatosInvalidos } from '../../comun/errores.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import {
  CAMPO_DE_SITIO,
  type ClaseSitio,
  FRENTE_DE_SITIO,
  FRENTE_OT,
  type FrenteOt,
  REGLAS_FRENTE,
  type SitiosOt,
} from './ot.tipos.ts'

/** Fields of the request: undefined = absent, null = sent empty (pte.md §1.6). */
export interface SitiosEnviados {
  readonly idFrente?: number | null | undefined
  readonly idEmbarcacion?: number | null | undefined
  readonly idPlataforma?: number | null | undefined
  readonly idIntercom?: number | null | undefined
  readonly idPatio?: number | null | undefined
  /** `check_fase_patio` = `on`. */
  readonly fasePatio?: boolean | undefined
  readonly idPatioFase?: number | null | undefined
  readonly fechaInicioPatio?: FechaIso | null | undefined
  readonly fechaFinPatio?: FechaIso | null | undefined
}

/** What the rules need to know of a site. */
export interface SitioConocido {
  readonly idFrente: number
  readonly activo: boolean
}
export type SitiosConocidos = ReadonlyMap<number, SitioConocido>

export const SIN_SITIOS: SitiosOt = {
  idFrente: null,
  idEmbarcacion: null,
  idPlataforma: null,
  idIntercom: null,
  idPatio: null,
  requierePatio: false,
  fechaInicioPatio: null,
  fechaFinPatio: null,
}

/** Whether that front may be the front of an OT (3, 5, 6 and 7 only classify sites). */
export function esFrenteOt(idFrente: number): idFrente is FrenteOt {
  return Object.values<number>(FRENTE_OT).includes(idFrente)
}

/** Sites of the request that have to be looked up before `resolverSitios`. */
export function idsDeSitios(enviado: SitiosEnviados): number[] {
  const { idEmbarcacion, idPlataforma, idIntercom, idPatio, idPatioFase } = enviado
  const ids = [idEmbarcacion, idPlataforma, idIntercom, idPatio, idPatioFase].filter((id) => typeof id === 'number')
  return [...new Set(ids)].sort((a, b) => a - b)
}

/** Only the columns of sites: whoever spreads the answer over an OT must not bring back the rest of the old one. */
function soloSitios(ot: SitiosOt): SitiosOt {
  const { idFrente, idEmbarcacion, idPlataforma, idIntercom, idPatio, requierePatio, fechaInicioPatio, fechaFinPatio } =
    ot
  return { idFrente, idEmbarcacion, idPlataforma, idIntercom, idPatio, requierePatio, fechaInicioPatio, fechaFinPatio }
}

/**
 * Columns to store (R-OT-15, R-OT-16, R-OT-17). Without front in the request everything stays as in `actual`; with
 * it, the sites that do not belong to the front are null, an absent one of the front stays, and the yard follows its
 * own table. A site that is stored already may stay although it was deactivated since.
 * @throws DatosInvalidos for a front or a site that cannot be, and for a yard phase without yard (`advertencia`).
 */
export function resolverSitios(
  enviado: SitiosEnviados,
  sitios: SitiosConocidos,
  actual: SitiosOt = SIN_SITIOS,
): SitiosOt {
  if (enviado.idFrente === undefined) return soloSitios(actual)
  if (enviado.idFrente === null) return SIN_SITIOS
  if (!esFrenteOt(enviado.idFrente)) {
    throw invalido('id_frente', 'El frente de una OT debe ser BARCO, TIERRA o CP / PS.')
  }
  const frente = REGLAS_FRENTE[enviado.idFrente]
  const sitio = (clase: Exclude<ClaseSitio, 'patio'>, columna: 'idEmbarcacion' | 'idPlataforma' | 'idIntercom') => {
    const id = enviado[columna]
    if (typeof id === 'number') exigirSitio(clase, CAMPO_DE_SITIO[clase], id, sitios, actual[columna])
    if (!frente.sitios.includes(clase)) return null
    return id === undefined ? actual[columna] : id
  }
  return {
    idFrente: enviado.idFrente,
    idEmbarcacion: sitio('embarcacion', 'idEmbarcacion'),
    idPlataforma: sitio('plataforma', 'idPlataforma'),
    idIntercom: sitio('intercom', 'idIntercom'),
    ...resolverPatio(enviado, frente.admiteFasePatio, sitios, actual),
  }
}

/**
 * Columns of a new reprogramación: with a front of its own, as any OT; without it, front and sites of the principal
 * except those sent (R-OT-05). The yard phase is never inherited, but is honoured when it comes in the request (R-OT-09).
 * @throws DatosInvalidos as `resolverSitios`.
 */
export function resolverSitiosDeReprogramacion(
  enviado: SitiosEnviados,
  sitios: SitiosConocidos,
  principal: SitiosOt,
): SitiosOt {
  if (typeof enviado.idFrente === 'number') return resolverSitios(enviado, sitios)
  const esTierra = principal.idFrente === FRENTE_OT.TIERRA
  const heredado: SitiosOt = {
    ...principal,
    // On the other fronts the yard is part of the phase.
    idPatio: esTierra ? principal.idPatio : null,
    requierePatio: false,
    fechaInicioPatio: null,
    fechaFinPatio: null,
  }
  const completo: SitiosEnviados = {
    ...enviado,
    idFrente: heredado.idFrente,
    idEmbarcacion: enviado.idEmbarcacion ?? heredado.idEmbarcacion,
    idPlataforma: enviado.idPlataforma ?? heredado.idPlataforma,
    idIntercom: enviado.idIntercom ?? heredado.idIntercom,
    idPatio: enviado.idPatio ?? heredado.idPatio,
  }
  return resolverSitios(completo, sitios, heredado)
}

type Patio = Pick<SitiosOt, 'idPatio' | 'requierePatio' | 'fechaInicioPatio' | 'fechaFinPatio'>

const SIN_PATIO: Patio = { idPatio: null, requierePatio: false, fechaInicioPatio: null, fechaFinPatio: null }

/** R-OT-16: on TIERRA the yard is the main site; on the other fronts it exists only with the phase switched on. */
function resolverPatio(enviado: SitiosEnviados, admiteFase: boolean, sitios: SitiosConocidos, actual: SitiosOt): Patio {
  // The dates of a yard phase mean nothing on another front.
  const guardadas = actual.idFrente === enviado.idFrente ? actual : SIN_PATIO
  const fechas = {
    fechaInicioPatio: enviado.fechaInicioPatio === undefined ? guardadas.fechaInicioPatio : enviado.fechaInicioPatio,
    fechaFinPatio: enviado.fechaFinPatio === undefined ? guardadas.fechaFinPatio : enviado.fechaFinPatio,
  }
  if (!admiteFase) {
    if (typeof enviado.idPatio !== 'number') return SIN_PATIO
    exigirSitio('patio', 'id_patio', enviado.idPatio, sitios, actual.idPatio)
    return { idPatio: enviado.idPatio, requierePatio: false, ...fechas }
  }
  if (enviado.fasePatio !== true) return SIN_PATIO
  if (typeof enviado.idPatioFase !== 'number') {
    throw invalido('id_patio_fase', 'Elige el patio de prefabricados de la fase en patio.', 'advertencia')
  }
  exigirSitio('patio', 'id_patio_fase', enviado.idPatioFase, sitios, actual.idPatio)
  return { idPatio: enviado.idPatioFase, requierePatio: true, ...fechas }
}

const NOMBRE: Readonly<Record<ClaseSitio, string>> = {
  embarcacion: 'una embarcación',
  plataforma: 'una plataforma',
  intercom: 'un sitio de intercom',
  patio: 'un patio',
}

function exigirSitio(
  clase: ClaseSitio,
  campo: string,
  id: number,
  sitios: SitiosConocidos,
  guardado: number | null,
): void {
  if (id === guardado) return
  const sitio = sitios.get(id)
  if (!sitio?.activo) throw invalido(campo, 'El sitio elegido no existe o está inactivo.')
  if (sitio.idFrente !== FRENTE_DE_SITIO[clase]) throw invalido(campo, `El sitio elegido no es ${NOMBRE[clase]}.`)
}

function invalido(campo: string, mensaje: string, tipoAviso: 'error' | 'advertencia' = 'error'): DatosInvalidos {
  return new DatosInvalidos(mensaje, { tipoAviso, campos: { [campo]: mensaje } })
}

/** Rules of the concepts (catalogos.md §6, settled.md §6). Pure. */
import { DINERO_CERO, dinero, leerImporte, redondear, type Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import { claveFolio, limpiar, recortar } from '../../comun/texto.ts'
import { ESTATUS_PUE, PARTIDA_LIBRE, TIPO_PARTIDA, type Concepto } from './contratos.tipos.ts'

/** Text of every number that cannot be read (catalogos.md §6.2). */
export const NUMEROS_INVALIDOS = 'Valores numéricos inválidos.'
export const CANTIDAD_OBLIGATORIA = 'La cantidad es obligatoria y debe ser mayor a 0'
export const FALTAN_DATOS = 'Faltan datos obligatorios (Partida u Anexo).'

/** First values that do not fit decimal(18,2) and decimal(20,2). */
const LIMITE_PRECIO = dinero('1e16')
const LIMITE_CANTIDAD = dinero('1e18')

/** A price as typed: empty is zero, null when it cannot be read or does not fit. Two decimals, half up. */
export function leerPrecio(texto: string): Dinero | null {
  if (texto === '') return DINERO_CERO
  const leido = leerImporte(texto)
  const precio = leido === null ? null : redondear(leido, 2)
  return precio?.lt(LIMITE_PRECIO) ? precio : null
}

/** A quantity as typed; null when it cannot be read or does not fit. Empty is zero, which a form refuses (CAT-12). */
export function leerCantidad(texto: string): Dinero | null {
  if (texto === '') return DINERO_CERO
  const leida = leerImporte(texto)
  const cantidad = leida === null ? null : redondear(leida, 2)
  return cantidad?.lt(LIMITE_CANTIDAD) ? cantidad : null
}

/** A partida or the key of a sub-annex as they are stored: one line, upper case. */
export function claveGuardada(texto: string): string {
  return limpiar(texto).toUpperCase()
}

/** The literal that any number of PUEs may have. */
export function esPartidaLibre(partida: string): boolean {
  return claveFolio(partida) === claveFolio(PARTIDA_LIBRE)
}

/** The partida that names a concept: that of its type. */
export function partidaDe(
  concepto: Pick<Concepto, 'idTipoPartida' | 'partidaOrdinaria' | 'partidaExtraordinaria'>,
): string {
  const { idTipoPartida, partidaOrdinaria, partidaExtraordinaria } = concepto
  const [suya, otra] =
    idTipoPartida === TIPO_PARTIDA.ORDINARIA
      ? [partidaOrdinaria, partidaExtraordinaria]
      : [partidaExtraordinaria, partidaOrdinaria]
  return suya ?? otra ?? ''
}

/** Why a concept cannot be converted, or null when it can (catalogos.md §6.3.4). */
export function impedimento(pue: Concepto | null): string | null {
  if (pue === null) return 'El concepto PUE no existe.'
  if (pue.idTipoPartida !== TIPO_PARTIDA.EXTRAORDINARIA)
    return `${partidaDe(pue)} ya es un concepto ordinario; no se puede convertir de nuevo.`
  if (!pue.activo) return `El concepto PUE ${partidaDe(pue)} está inactivo; reactívalo para convertirlo.`
  if (pue.estatus === ESTATUS_PUE.CANCELADA)
    return `El concepto PUE ${partidaDe(pue)} está CANCELADA; no se puede convertir.`
  return null
}

/** What a conversion decided, besides the PUE. Null prices stay as they were. */
export interface Destino {
  readonly idSubAnexo: number
  readonly partida: string
  readonly precioMn: Dinero | null
  readonly precioUsd: Dinero | null
}

/** The PUE once converted (catalogos.md §6.3.5); its own key stays. */
export function convertido(
  pue: Concepto,
  { idSubAnexo, partida, precioMn, precioUsd }: Destino,
  hoy: FechaIso,
): Concepto {
  const nota = `Convertido de PUE (${pue.partidaExtraordinaria ?? ''})`
  const comentario = limpiar(pue.comentario ?? '') === '' ? nota : `${pue.comentario ?? ''} | ${nota}`
  return {
    ...pue,
    idTipoPartida: TIPO_PARTIDA.ORDINARIA,
    idSubAnexo,
    partidaOrdinaria: partida,
    precioUnitarioMn: precioMn ?? pue.precioUnitarioMn,
    precioUnitarioUsd: precioUsd ?? pue.precioUnitarioUsd,
    estatus: ESTATUS_PUE.AUTORIZADO,
    fechaAutorizacion: pue.fechaAutorizacion ?? hoy,
    comentario,
  }
}

/** Message of an ordinary code that is taken; it names the concept that has it (settled.md §6). */
export function partidaTomada(partida: string, anexo: string, descripcion: string): string {
  return `La partida ${partida} ya existe en el anexo ${anexo}. La tiene «${recortar(limpiar(descripcion), 80)}».`
}

/** What two ordinary concepts of one sub-annex are equal by: partida, description and unit, as the unique index sees them. */
export function claveOrdinaria(partida: string, descripcion: string, idUnidadMedida: number): string {
  return [claveFolio(partida), claveFolio(descripcion), String(idUnidadMedida)].join('\n')
}

/** Words of a search: no blanks, no repeats. Each must be found. */
export function palabrasDe(busqueda: string): string[] {
  return [...new Set(claveFolio(busqueda).split(' '))].filter((palabra) => palabra !== '')
}
